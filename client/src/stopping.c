/* Out of time: the job is ended first, because a running one cannot be rolled back. */
#include "following.h"

/** @return COG_OK: it will end, or has ended; else the platform cannot end it */
static enum cog_code cancel_job(struct cog_promotion *promotion, struct cog_limits limits)
{
    for (;;) {
        struct cog_error error = {0};
        enum cog_code code = promotion->platform.ops->cancel(promotion->platform.context,
                                                             promotion->job.job_id, limits, &error);
        if (code == COG_OK || code == COG_ERROR_CONFLICT) {
            return COG_OK;
        }
        cog_promotion_log(promotion, COG_LOG_WARNING, "cancel-failed", "reason", error.message);
        if (!cog_rollback_may_ask_again(code) ||
            !cog_rollback_pause(promotion, limits, error.retry_after_ms)) {
            return code;
        }
    }
}

enum cog_event cog_stop(struct cog_promotion *promotion)
{
    const struct cog_limits limits = cog_promotion_rollback_limits(promotion);
    if (cancel_job(promotion, limits) != COG_OK) {
        /* Whether it can be rolled back while it runs, the rollback tells. */
        return COG_EVENT_FAILED;
    }
    enum cog_event event = COG_EVENT_ENDED;
    if (cog_job_watch_to_end(promotion, limits, &event)) {
        return event;
    }
    struct cog_error error = {0};
    (void)cog_error_set(&error, COG_ERROR_DEADLINE, "the job was cancelled and has not ended");
    return cog_promotion_end(promotion, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, &error);
}
