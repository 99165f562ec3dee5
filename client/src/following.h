/** Watching a job until it gets somewhere. */
#ifndef FOLLOWING_H
#define FOLLOWING_H

#include "promotion.h"

/** Why watching stopped. */
enum cog_sighting {
    COG_SIGHTING_REACHED,     /**< The job is in one of the wanted states. */
    COG_SIGHTING_OVERDUE,     /**< The deadline came first. */
    COG_SIGHTING_LOST,        /**< The job cannot be seen any more: `error` says why. */
    COG_SIGHTING_INTERRUPTED, /**< Cancelled. */
    COG_SIGHTING_UNMOVED,     /**< The job says no more than that it has ended, all the time. */
};

/** Statuses as a set: bit `1u << status`. */
enum {
    COG_JOB_SET_ENDED = 1U << COG_JOB_COMPLETED | 1U << COG_JOB_FAILED |
                        1U << COG_JOB_ROLLING_BACK | 1U << COG_JOB_ROLLED_BACK |
                        1U << COG_JOB_ROLLBACK_FAILED,
    COG_JOB_SET_UNMOVED = 1U << COG_JOB_COMPLETED | 1U << COG_JOB_FAILED,
    COG_JOB_SET_ROLLED_BACK = 1U << COG_JOB_ROLLED_BACK | 1U << COG_JOB_ROLLBACK_FAILED,
};

/**
 * Asks for the job's status once, and remembers when the server wants to be asked next.
 *
 * @return as the platform's `poll`
 */
enum cog_code cog_job_poll(struct cog_promotion *promotion, struct cog_limits limits,
                           struct cog_job *out_seen, struct cog_error *error) COG_CHECK;

/**
 * Whether the server wants no poll before the limits' deadline. It was said to an earlier poll,
 * perhaps one of another state: whoever polls next keeps to it all the same.
 */
bool cog_job_is_barred(const struct cog_promotion *promotion, struct cog_limits limits);

/**
 * Waits until the server wants to be polled; no time where it does not say.
 *
 * @return COG_SIGHTING_REACHED; COG_SIGHTING_OVERDUE, at once: that is not before the deadline;
 *         COG_SIGHTING_INTERRUPTED
 */
enum cog_sighting cog_job_wait(const struct cog_promotion *promotion, struct cog_limits limits);

/** What a job is watched for. */
struct cog_watch {
    unsigned wanted;       /**< Statuses, as a set. */
    int unmoved_polls_max; /**< Polls in a row that show an end and no rollback; 0: any number. */
};

/**
 * Polls as soon as the server wants it, and then every poll interval, or when the server says,
 * until `promotion->job` is where it is wanted. A failed poll changes nothing; too many in a row
 * end it.
 *
 * @param error written for COG_SIGHTING_LOST
 */
enum cog_sighting cog_job_watch(struct cog_promotion *promotion, struct cog_limits limits,
                                struct cog_watch watch, struct cog_error *error);

/**
 * Watches until the job has ended, or cannot be seen any more.
 *
 * @param out_event what that means for the promotion; the failure is noted in the report
 * @return false when the deadline came first
 */
bool cog_job_watch_to_end(struct cog_promotion *promotion, struct cog_limits limits,
                          enum cog_event *out_event);

#endif
