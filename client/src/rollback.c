/* Restoring the target: within its own time, until its end is known. */
#include "following.h"

#include <cogbase/duration.h>

#include <stdio.h>

static enum cog_event end_not_rolled_back(struct cog_promotion *promotion,
                                          const struct cog_error *error)
{
    return cog_promotion_end(promotion, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, error);
}

/** Whether asking again later may help: a rollback matters more than the number of requests. */
static bool may_ask_again(enum cog_code code)
{
    return code == COG_ERROR_AMBIGUOUS || cog_code_is_transient(code);
}

/** Whether the job's own status shows that a rollback has begun, or ended. */
static bool rollback_is_visible(struct cog_promotion *promotion, struct cog_limits limits)
{
    struct cog_job seen = {0};
    struct cog_error error = {0};
    if (promotion->platform.ops->poll(promotion->platform.context, promotion->job.job_id, limits,
                                      &seen, &error) != COG_OK) {
        return false;
    }
    return seen.status == COG_JOB_ROLLING_BACK || seen.status == COG_JOB_ROLLED_BACK ||
           seen.status == COG_JOB_ROLLBACK_FAILED;
}

static enum cog_event accepted(struct cog_promotion *promotion, const char *rollback_id)
{
    if (rollback_id[0] != '\0') {
        (void)snprintf(promotion->report->rollback_id, sizeof promotion->report->rollback_id, "%s",
                       rollback_id);
    }
    cog_promotion_log(promotion, COG_LOG_INFO, "rollback-accepted", "job_id",
                      promotion->job.job_id);
    return COG_EVENT_PASSED;
}

/**
 * Waits before the rollback is asked for again. Not cancelled: a signal must not leave a broken
 * target behind.
 */
static bool pause_before_repeat(const struct cog_promotion *promotion, struct cog_limits limits,
                                int64_t retry_after_ms)
{
    int64_t pause_ms = promotion->config->poll_interval_ms;
    if (retry_after_ms > pause_ms) {
        pause_ms = retry_after_ms;
    }
    int64_t due_ms = cog_clock_monotonic_ms(promotion->clock) + pause_ms;
    return due_ms < limits.deadline_ms &&
           cog_clock_sleep_until(promotion->clock, due_ms, NULL) == COG_OK;
}

enum cog_event cog_roll_back(struct cog_promotion *promotion)
{
    const struct cog_limits limits = cog_promotion_rollback_limits(promotion);
    struct cog_error error = {0};
    char key[COG_UUID_SIZE];
    if (cog_random_uuid(promotion->random, key) != COG_OK) {
        (void)cog_error_set(&error, COG_ERROR_INTERNAL, "no random bytes for an idempotency key");
        return end_not_rolled_back(promotion, &error);
    }

    for (;;) {
        char rollback_id[COG_ID_SIZE] = "";
        enum cog_code code = promotion->platform.ops->roll_back(
            promotion->platform.context, promotion->job.job_id, key, limits, rollback_id, &error);
        if (code == COG_OK) {
            return accepted(promotion, rollback_id);
        }
        bool is_disputed = code == COG_ERROR_CONFLICT || code == COG_ERROR_AMBIGUOUS;
        if (is_disputed && rollback_is_visible(promotion, limits)) {
            return accepted(promotion, "");
        }
        if (!may_ask_again(code) || !pause_before_repeat(promotion, limits, error.retry_after_ms)) {
            (void)cog_error_wrap(&error, code, "the rollback was not accepted");
            return end_not_rolled_back(promotion, &error);
        }
    }
}

enum cog_event cog_follow_rollback(struct cog_promotion *promotion)
{
    struct cog_error error = {0};
    char limit[COG_DURATION_TEXT_SIZE];
    switch (cog_job_watch(promotion, cog_promotion_rollback_limits(promotion),
                          COG_JOB_SET_ROLLED_BACK, &error)) {
    case COG_SIGHTING_REACHED:
        if (promotion->job.status == COG_JOB_ROLLED_BACK) {
            return COG_EVENT_RESTORED;
        }
        (void)cog_error_set(&error, COG_ERROR_REFUSED, "the rollback failed: %s",
                            promotion->job.error[0] == '\0' ? "no reason given"
                                                            : promotion->job.error);
        break;
    case COG_SIGHTING_OVERDUE:
        (void)cog_error_set(&error, COG_ERROR_DEADLINE,
                            "rollback accepted, completion not confirmed within %s",
                            cog_duration_format(promotion->config->rollback_timeout_ms, limit));
        break;
    case COG_SIGHTING_LOST:
    case COG_SIGHTING_INTERRUPTED:
        (void)cog_error_wrap(&error, error.code, "rollback accepted, completion not confirmed");
        break;
    }
    return end_not_rolled_back(promotion, &error);
}
