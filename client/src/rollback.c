/* Restoring the target: within its own time, until its end is known. */
#include "following.h"

#include <cogbase/duration.h>

#include <stdio.h>

static enum cog_event end_not_rolled_back(struct cog_promotion *promotion,
                                          const struct cog_error *error)
{
    return cog_promotion_end(promotion, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, error);
}

bool cog_rollback_may_ask_again(enum cog_code code)
{
    return code == COG_ERROR_AMBIGUOUS || cog_code_is_transient(code);
}

bool cog_rollback_pause(const struct cog_promotion *promotion, struct cog_limits limits,
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

/** What the job's own status says of a rollback whose answer was lost, or was 409. */
enum finding {
    FINDING_BEGUN,     /**< A rollback runs or has ended. */
    FINDING_COMPLETED, /**< The job was not stopped in time, and has completed. */
    FINDING_REFUSED,   /**< The completed job is not rolled back. */
    FINDING_NOTHING,   /**< Not yet, or nobody can tell: ask again. */
};

static enum finding look_at_job(struct cog_promotion *promotion, struct cog_limits limits,
                                enum cog_code code)
{
    struct cog_job seen = {0};
    struct cog_error error = {0};
    if (promotion->platform.ops->poll(promotion->platform.context, promotion->job.job_id, limits,
                                      &seen, &error) != COG_OK) {
        return FINDING_NOTHING;
    }
    switch (seen.status) {
    case COG_JOB_ROLLING_BACK:
    case COG_JOB_ROLLED_BACK:
    case COG_JOB_ROLLBACK_FAILED:
        return FINDING_BEGUN;
    case COG_JOB_FAILED:
        /* It ended only now: the 409 may have been that of a job that still runs. */
        if (promotion->job.status != COG_JOB_FAILED) {
            promotion->job = seen;
            return FINDING_NOTHING;
        }
        /* 409 means running or done, also where the server's status never says so. */
        return code == COG_ERROR_CONFLICT ? FINDING_BEGUN : FINDING_NOTHING;
    case COG_JOB_COMPLETED:
        if (promotion->job.status != COG_JOB_COMPLETED) {
            return FINDING_COMPLETED;
        }
        return code == COG_ERROR_CONFLICT ? FINDING_REFUSED : FINDING_NOTHING;
    case COG_JOB_PENDING:
    case COG_JOB_RUNNING:
    case COG_JOB_OTHER:
        break;
    }
    return FINDING_NOTHING;
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

static enum cog_event end_not_accepted(struct cog_promotion *promotion, struct cog_error *error)
{
    (void)cog_error_wrap(error, error->code, "the rollback was not accepted");
    return end_not_rolled_back(promotion, error);
}

/**
 * After an answer that was no acceptance.
 *
 * @return true when `out_event` is the end of it, false to ask again
 */
static bool rollback_is_settled(struct cog_promotion *promotion, struct cog_limits limits,
                                struct cog_error *error, enum cog_event *out_event)
{
    bool is_disputed = error->code == COG_ERROR_CONFLICT || error->code == COG_ERROR_AMBIGUOUS;
    enum finding finding =
        is_disputed ? look_at_job(promotion, limits, error->code) : FINDING_NOTHING;
    if (finding == FINDING_BEGUN) {
        *out_event = accepted(promotion, "");
        return true;
    }
    if (finding == FINDING_COMPLETED) {
        cog_promotion_forget_failure(promotion);
        *out_event = COG_EVENT_COMPLETED;
        return true;
    }
    bool may_ask_again =
        finding != FINDING_REFUSED && (is_disputed || cog_rollback_may_ask_again(error->code));
    if (may_ask_again && cog_rollback_pause(promotion, limits, error->retry_after_ms)) {
        return false;
    }
    *out_event = end_not_accepted(promotion, error);
    return true;
}

/**
 * One key for one rollback, however often it is asked for; a new one once an answer has refused it,
 * because a server that remembers keys would repeat the refusal.
 */
struct rollback_key {
    char uuid[COG_UUID_SIZE];   /**< Empty: a new one is due. */
    bool may_have_been_applied; /**< The key is kept from here on. */
};

static enum cog_code key_renew(const struct cog_promotion *promotion, struct rollback_key *key,
                               struct cog_error *error)
{
    if (key->uuid[0] != '\0') {
        return COG_OK;
    }
    if (cog_random_uuid(promotion->random, key->uuid) != COG_OK) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "no random bytes for an idempotency key");
    }
    return COG_OK;
}

static void key_learn(struct rollback_key *key, enum cog_code code)
{
    key->may_have_been_applied = key->may_have_been_applied || code == COG_ERROR_AMBIGUOUS;
    if (code == COG_ERROR_CONFLICT && !key->may_have_been_applied) {
        key->uuid[0] = '\0';
    }
}

enum cog_event cog_roll_back(struct cog_promotion *promotion)
{
    const struct cog_limits limits = cog_promotion_rollback_limits(promotion);
    struct rollback_key key = {0};
    struct cog_error error = {0};
    for (;;) {
        char rollback_id[COG_ID_SIZE] = "";
        enum cog_event event = COG_EVENT_ENDED;
        if (key_renew(promotion, &key, &error) != COG_OK) {
            return end_not_rolled_back(promotion, &error);
        }
        if (promotion->platform.ops->roll_back(promotion->platform.context, promotion->job.job_id,
                                               key.uuid, limits, rollback_id, &error) == COG_OK) {
            return accepted(promotion, rollback_id);
        }
        if (rollback_is_settled(promotion, limits, &error, &event)) {
            return event;
        }
        key_learn(&key, error.code);
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
