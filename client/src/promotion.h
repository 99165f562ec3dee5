/**
 * The orchestration of one promotion. It knows no URL and no JSON: it drives a platform.
 *
 * Each state is one function, in the file of its subject; what follows on what is one table, in
 * transition.c.
 */
#ifndef PROMOTION_H
#define PROMOTION_H

#include "course.h"
#include "journal.h"

#include <cogpromote/clock.h>
#include <cogpromote/config.h>
#include <cogpromote/log.h>
#include <cogpromote/platform.h>
#include <cogpromote/random.h>
#include <cogpromote/report.h>

/** What a state found. */
enum cog_event {
    COG_EVENT_PASSED,
    COG_EVENT_ENDED,     /**< The outcome is in the report. */
    COG_EVENT_OCCUPIED,  /**< 409: sessions opened between the check and the promotion. */
    COG_EVENT_AMBIGUOUS, /**< Sent, and perhaps applied. */
    COG_EVENT_ABSENT,    /**< Provably not applied, or the server knows its key: promote again. */
    COG_EVENT_COMPLETED,
    COG_EVENT_FAILED,
    COG_EVENT_OVERDUE, /**< The promotion's time is up. */
    COG_EVENT_ROLLING_BACK,
    COG_EVENT_RESTORED, /**< The platform says that the target is as it was before. */
    COG_EVENT_UNMOVED,  /**< A rollback is said to run, and the job does not show it: ask again. */
    COG_EVENT_UNWANTED, /**< Nothing failed, but what is there is to be rolled back all the same. */
};

enum {
    COG_SETTLE_READS = 4,          /**< A lost promotion can be applied late. */
    COG_POLL_FAILURES_MAX = 30,    /**< In a row, before the job counts as out of sight. */
    COG_POLL_NOT_FOUND_MAX = 5,    /**< In a row: a job that was accepted and is not there. */
    COG_UNMOVED_POLLS = 5,         /**< In a row, before an accepted rollback is doubted. */
    COG_ROLLBACK_DOUBTS_MAX = 2,   /**< So often a rollback is asked for again that was accepted. */
    COG_PROGRESS_NOTED_MS = 30000, /**< How far the journal may lag behind a job's progress. */
};

/** One run under way. Set the first group; the rest starts as zero. */
struct cog_promotion {
    struct cog_platform platform;
    const struct cog_config *config;
    struct cog_clock clock;
    struct cog_random random;
    struct cog_log log;
    const struct cog_cancel *cancel;
    const struct cog_journal *journal; /**< Also says where the locks lie; NULL: none is kept. */
    struct cog_course *course;         /**< What is to survive. */
    struct cog_promotion_request request;
    int64_t deadline_ms; /**< Of the promotion; monotonic, like all of these. */

    int64_t drain_deadline_ms;    /**< 0 until the first look at the sessions. */
    int64_t rollback_deadline_ms; /**< 0 until a rollback is needed. */
    int64_t progress_noted_ms;    /**< When the journal last heard of the job's progress. */
    int64_t poll_due_ms;          /**< Before it the server wants no poll of the job. */
    int rollback_doubt_count;     /**< How often an accepted one was asked for again. */
    int sighting_count;           /**< Looks of the last watch that showed the job. */
    int submit_count;             /**< Promotions that this process has sent with one key. */
    bool is_locked;               /**< The target's lock is this run's. */
    bool has_no_journal;          /**< Writing it failed, and that was said. */
};

/** "passed", …; never NULL. */
const char *cog_event_name(enum cog_event event);

/** What follows on that. @return false when it is not in the table: it cannot happen */
bool cog_transition_find(enum cog_state state, enum cog_event event, enum cog_state *out_next);

/** Runs from the course's state to COG_STATE_END; the report has the outcome then. */
void cog_promotion_run(struct cog_promotion *promotion);

/**
 * Writes down where the run stands. Whoever cannot write does not begin anything new, but brings to
 * an end what has begun.
 *
 * @param event what has just happened, or is about to
 */
enum cog_code cog_promotion_journal(struct cog_promotion *promotion, const char *event,
                                    struct cog_error *error) COG_CHECK;

/** The same where a failure must not stop what is under way: it is only logged. */
void cog_promotion_journal_or_go_on(struct cog_promotion *promotion, const char *event);

/** The limits of a call within the promotion's time. */
struct cog_limits cog_promotion_limits(const struct cog_promotion *promotion);

/** The same within the rollback's time, which starts at the first call. */
struct cog_limits cog_promotion_rollback_limits(struct cog_promotion *promotion);

/**
 * Ends the promotion. The first cause of a failure becomes the report's reason and step; a later
 * one goes to its follow-up, so that the first is never lost.
 *
 * @param cause NULL on success
 * @return COG_EVENT_ENDED
 */
enum cog_event cog_promotion_end(struct cog_promotion *promotion, enum cog_outcome outcome,
                                 enum cog_target_state target, const struct cog_error *cause);

/** Notes a failure that will be handled, as `cog_promotion_end` does, and logs it. */
void cog_promotion_note_failure(struct cog_promotion *promotion, const struct cog_error *cause);

/** Forgets what was noted: it has come out well, and the promotion goes on as if it had not been.
 */
void cog_promotion_forget_failure(struct cog_promotion *promotion);

/** The first scope that a promotion needs and that is not in `scopes`; NULL: all are. */
const char *cog_scope_missing(const char *scopes);

/** Whether the platform itself said no. */
bool cog_promotion_is_refusal(enum cog_code code);

/** What a failure means before anything was changed. */
enum cog_outcome cog_promotion_untouched_outcome(enum cog_code code);

/** Ends with what `cause->code` means before anything was changed. */
enum cog_event cog_promotion_end_untouched(struct cog_promotion *promotion,
                                           const struct cog_error *cause);

/**
 * Sleeps one poll interval while `count` sessions are active.
 *
 * @return COG_OK, COG_ERROR_CANCELLED, or COG_ERROR_CONFLICT when that would cross the limit of
 *         `--wait-for-drain`, which is one for the whole promotion
 */
enum cog_code cog_drain_pause(struct cog_promotion *promotion, int64_t count,
                              struct cog_error *error) COG_CHECK;

/**
 * Sleeps, unless the pause would not end before the limits' deadline.
 *
 * @return COG_OK, COG_ERROR_CANCELLED, COG_ERROR_DEADLINE
 */
enum cog_code cog_promotion_pause(const struct cog_promotion *promotion, int64_t pause_ms,
                                  struct cog_limits limits, struct cog_error *error) COG_CHECK;

/** Whether asking the platform again may help: a rollback matters more than a request too many. */
bool cog_rollback_may_ask_again(enum cog_code code);

/**
 * Waits before something is asked for again on the way to a rollback: a poll interval, or longer
 * where the server said so. Not cancelled: a signal must not leave a broken target behind.
 *
 * @return false when that would cross the limit
 */
bool cog_rollback_pause(const struct cog_promotion *promotion, struct cog_limits limits,
                        int64_t retry_after_ms);

/** Logs an event with one field; NULL as `key` for none. */
void cog_promotion_log(const struct cog_promotion *promotion, enum cog_log_level level,
                       const char *event, const char *key, const char *value);

/** Logs that a limit of time or of attempts ended something; `name` is that of `cog_config`, or of
 * the constant. */
void cog_promotion_log_limit(const struct cog_promotion *promotion, const char *name);

/** Whether a signal came, and the user wants a running job to be rolled back then. */
bool cog_promotion_must_roll_back(const struct cog_promotion *promotion);

/* The states. */
enum cog_event cog_authenticate(struct cog_promotion *promotion);
enum cog_event cog_lock_target(struct cog_promotion *promotion);
enum cog_event cog_drain(struct cog_promotion *promotion);
enum cog_event cog_check(struct cog_promotion *promotion);
enum cog_event cog_baseline(struct cog_promotion *promotion);
enum cog_event cog_submit(struct cog_promotion *promotion);
enum cog_event cog_settle(struct cog_promotion *promotion);
enum cog_event cog_follow(struct cog_promotion *promotion);
enum cog_event cog_inspect(struct cog_promotion *promotion);
enum cog_event cog_stop(struct cog_promotion *promotion);
enum cog_event cog_roll_back(struct cog_promotion *promotion);
enum cog_event cog_follow_rollback(struct cog_promotion *promotion);
enum cog_event cog_verify(struct cog_promotion *promotion);
enum cog_event cog_verify_restored(struct cog_promotion *promotion);

#endif
