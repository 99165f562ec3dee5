/** Whole runs: from the token to the webhook, journalled, locked, audited. */
#ifndef COGPROMOTE_PROMOTE_H
#define COGPROMOTE_PROMOTE_H

#include <cogpromote/client.h>
#include <cogpromote/report.h>

/** How a run is watched and stopped. `{0}` is neither. */
struct cog_watch {
    struct cog_log observer;         /**< Told of this run's events, beside the client's log. */
    const struct cog_cancel *cancel; /**< Requesting it ends the run as `--on-interrupt` says. */
};

/**
 * Promotes, follows, rolls back where needed, verifies, audits and notifies. Everything that goes
 * wrong on the way is told in the report; it is complete on every path.
 *
 * @param request NULL for what the client's configuration describes
 */
COG_API void cog_promote(struct cog_client *client, const struct cog_promotion_request *request,
                         struct cog_watch watch, struct cog_report *out_report);

/**
 * Takes up a run that was killed, interrupted, or lost sight of its platform, where its journal
 * ends, and brings it to its end. An interruption that nobody has heard of is recorded and told
 * before that. The request is the journal's; limits and credentials are the client's.
 *
 * @param run_id NULL: the only run that can be resumed
 * @return COG_OK with a report, also when that is bad news; COG_ERROR_NOT_FOUND (no such run, none
 *         to resume, or another one has promoted into its target since), COG_ERROR_ARGUMENT
 *         (several could be meant), COG_ERROR_CONFLICT (its process still lives, or its target is
 *         locked),
 *         COG_ERROR_CONFIGURATION (the run is of another platform), COG_ERROR_SYNTAX (the journal
 *         is damaged), COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
COG_API enum cog_code cog_resume(struct cog_client *client, const char *run_id,
                                 struct cog_watch watch, struct cog_report *out_report,
                                 struct cog_error *error) COG_CHECK;

/**
 * Rolls a job back by hand, as a failed promotion does: ends it first where it still runs, follows
 * the rollback, verifies against what the job's own run noted, if its journal is here.
 *
 * @param target_environment_id what the job changed: it is locked and verified; refused where the
 * journal of the job's own run says another one
 */
COG_API void cog_roll_back_job(struct cog_client *client, const char *job_id,
                               const char *target_environment_id, struct cog_watch watch,
                               struct cog_report *out_report);

#endif
