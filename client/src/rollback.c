/* Restoring the target: within its own time, until its end is known. */
#include "following.h"

#include <cogbase/duration.h>

#include <stdio.h>

static const char BARRED[] = ": the server wants no poll of the job before";

static enum cog_event end_not_rolled_back(struct cog_promotion *promotion,
                                          enum cog_rollback_end end, const struct cog_error *error)
{
    promotion->course->report.rollback_end = end;
    return cog_promotion_end(promotion, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, error);
}

bool cog_rollback_may_ask_again(enum cog_code code)
{
    return code == COG_ERROR_AMBIGUOUS || code == COG_ERROR_MEMORY || cog_code_is_transient(code);
}

bool cog_rollback_pause(const struct cog_promotion *promotion, struct cog_limits limits,
                        int64_t retry_after_ms)
{
    int64_t pause_ms = promotion->config->poll_interval_ms;
    if (retry_after_ms > pause_ms) {
        pause_ms = retry_after_ms;
    }
    int64_t due_ms = cog_clock_monotonic_ms(promotion->clock) + pause_ms;
    if (due_ms >= limits.deadline_ms) {
        cog_promotion_log_limit(promotion, "rollback_timeout");
        return false;
    }
    return cog_clock_sleep_until(promotion->clock, due_ms, NULL) == COG_OK;
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
    if (cog_job_wait(promotion, limits) != COG_SIGHTING_REACHED ||
        cog_job_poll(promotion, limits, &seen, &error) != COG_OK) {
        return FINDING_NOTHING;
    }
    switch (seen.status) {
    case COG_JOB_ROLLING_BACK:
    case COG_JOB_ROLLED_BACK:
    case COG_JOB_ROLLBACK_FAILED:
        return FINDING_BEGUN;
    case COG_JOB_FAILED:
        /* It ended only now: the 409 may have been that of a job that still runs. */
        if (promotion->course->job.status != COG_JOB_FAILED) {
            promotion->course->job = seen;
            return FINDING_NOTHING;
        }
        /* 409 means running or done, also where the server's status never says so. */
        return code == COG_ERROR_CONFLICT ? FINDING_BEGUN : FINDING_NOTHING;
    case COG_JOB_COMPLETED:
        if (promotion->course->job.status != COG_JOB_COMPLETED) {
            if (!promotion->course->is_by_hand) {
                return FINDING_COMPLETED;
            }
            promotion->course->job = seen;
            return FINDING_NOTHING;
        }
        return code == COG_ERROR_CONFLICT ? FINDING_REFUSED : FINDING_NOTHING;
    case COG_JOB_PENDING:
    case COG_JOB_RUNNING:
    case COG_JOB_OTHER:
        break;
    }
    return FINDING_NOTHING;
}

/** @param retry_after_ms when to look first; -1 when the server did not say */
static enum cog_event accepted(struct cog_promotion *promotion, const char *rollback_id,
                               int64_t retry_after_ms)
{
    struct cog_course *course = promotion->course;
    if (rollback_id[0] != '\0') {
        (void)snprintf(course->report.rollback_id, sizeof course->report.rollback_id, "%s",
                       rollback_id);
    }
    course->job.retry_after_ms = retry_after_ms;
    course->rollback_is_open = false;
    course->rollback_is_accepted = true;
    cog_promotion_journal_or_go_on(promotion, "result rollback");
    cog_promotion_log(promotion, COG_LOG_INFO, "rollback-accepted", "job_id", course->job.job_id);
    return COG_EVENT_PASSED;
}

/** Whether the platform itself said no. */
static bool is_refusal(enum cog_code code)
{
    return code == COG_ERROR_REFUSED || code == COG_ERROR_CONFLICT || code == COG_ERROR_NOT_FOUND ||
           code == COG_ERROR_FORBIDDEN || code == COG_ERROR_UNAUTHORIZED;
}

static enum cog_event end_not_accepted(struct cog_promotion *promotion, struct cog_error *error)
{
    bool is_refused = is_refusal(error->code) && !promotion->course->rollback_may_have_been_applied;
    (void)cog_error_wrap(error, error->code,
                         is_refused ? "the rollback was refused"
                                    : "nobody can tell whether the rollback was accepted");
    return end_not_rolled_back(promotion, is_refused ? COG_ROLLBACK_REFUSED : COG_ROLLBACK_UNKNOWN,
                               error);
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
        *out_event = accepted(promotion, "", -1);
        return true;
    }
    if (finding == FINDING_COMPLETED) {
        promotion->course->rollback_is_open = false;
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
static enum cog_code key_renew(const struct cog_promotion *promotion, struct cog_error *error)
{
    char *key = promotion->course->rollback_key;
    if (key[0] == '\0' && cog_random_uuid(promotion->random, key) != COG_OK) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "no random bytes for an idempotency key");
    }
    return COG_OK;
}

/** What an answer says about the key, and about whether a rollback may run now. */
static void learn(struct cog_promotion *promotion, enum cog_code code)
{
    struct cog_course *course = promotion->course;
    course->rollback_may_have_been_applied =
        course->rollback_may_have_been_applied || code == COG_ERROR_AMBIGUOUS;
    course->rollback_is_open = course->rollback_may_have_been_applied;
    if (code == COG_ERROR_CONFLICT && !course->rollback_may_have_been_applied) {
        course->rollback_key[0] = '\0';
    }
    cog_promotion_journal_or_go_on(promotion, "result rollback");
}

/** A rollback that was on its way when the process was killed: look before asking again. */
static bool is_settled_by_looking(struct cog_promotion *promotion, struct cog_limits limits,
                                  enum cog_event *out_event)
{
    if (!promotion->course->rollback_is_open) {
        return false;
    }
    struct cog_error error = {0};
    promotion->course->rollback_may_have_been_applied = true;
    (void)cog_error_set(&error, COG_ERROR_AMBIGUOUS, "interrupted while the rollback was sent");
    return rollback_is_settled(promotion, limits, &error, out_event);
}

enum cog_event cog_roll_back(struct cog_promotion *promotion)
{
    const struct cog_limits limits = cog_promotion_rollback_limits(promotion);
    enum cog_event event = COG_EVENT_ENDED;
    if (promotion->course->rollback_is_accepted) {
        return COG_EVENT_PASSED;
    }
    if (is_settled_by_looking(promotion, limits, &event)) {
        return event;
    }
    for (;;) {
        struct cog_error error = {0};
        struct cog_job job = {0};
        if (key_renew(promotion, &error) != COG_OK) {
            return end_not_rolled_back(promotion, COG_ROLLBACK_UNKNOWN, &error);
        }
        promotion->course->rollback_is_open = true;
        cog_promotion_journal_or_go_on(promotion, "intent rollback");
        if (promotion->platform.ops->roll_back(
                promotion->platform.context, promotion->course->job.job_id,
                promotion->course->rollback_key, limits, &job, &error) == COG_OK) {
            return accepted(promotion, job.rollback_id, job.retry_after_ms);
        }
        learn(promotion, error.code);
        if (rollback_is_settled(promotion, limits, &error, &event)) {
            return event;
        }
    }
}

enum cog_event cog_follow_rollback(struct cog_promotion *promotion)
{
    const struct cog_limits limits = cog_promotion_rollback_limits(promotion);
    struct cog_error error = {0};
    char limit[COG_DURATION_TEXT_SIZE];
    enum cog_rollback_end end = COG_ROLLBACK_UNCONFIRMED;
    switch (cog_job_watch(promotion, limits, COG_JOB_SET_ROLLED_BACK, &error)) {
    case COG_SIGHTING_REACHED:
        if (promotion->course->job.status == COG_JOB_ROLLED_BACK) {
            return COG_EVENT_RESTORED;
        }
        end = COG_ROLLBACK_FAILED;
        (void)cog_error_set(&error, COG_ERROR_REFUSED, "the rollback failed: %s",
                            promotion->course->job.error[0] == '\0' ? "no reason given"
                                                                    : promotion->course->job.error);
        break;
    case COG_SIGHTING_OVERDUE:
        cog_promotion_log_limit(promotion, "rollback_timeout");
        (void)cog_error_set(&error, COG_ERROR_DEADLINE,
                            "rollback accepted, completion not confirmed within %s%s",
                            cog_duration_format(promotion->config->rollback_timeout_ms, limit),
                            cog_job_is_barred(promotion, limits) ? BARRED : "");
        break;
    case COG_SIGHTING_LOST:
    case COG_SIGHTING_INTERRUPTED:
        (void)cog_error_wrap(&error, error.code, "rollback accepted, completion not confirmed");
        break;
    }
    return end_not_rolled_back(promotion, end, &error);
}
