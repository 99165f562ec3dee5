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
    FINDING_NOTHING,   /**< Not yet: ask again. */
    FINDING_UNSEEN,    /**< Nobody can tell. */
};

static enum finding look_at_job(struct cog_promotion *promotion, struct cog_limits limits,
                                enum cog_code code)
{
    struct cog_job seen = {0};
    struct cog_error error = {0};
    if (cog_job_wait(promotion, limits) != COG_SIGHTING_REACHED ||
        cog_job_poll(promotion, limits, &seen, &error) != COG_OK) {
        return FINDING_UNSEEN;
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
        if (code != COG_ERROR_CONFLICT) {
            return FINDING_NOTHING;
        }
        return promotion->course->rollback_may_have_been_applied ? FINDING_BEGUN : FINDING_REFUSED;
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

/** Said of this rollback, and of none that was sent before and may run. */
static bool is_refused(const struct cog_promotion *promotion, enum cog_code code)
{
    return cog_promotion_is_refusal(code) && !promotion->course->rollback_may_have_been_applied;
}

static enum cog_event end_not_accepted(struct cog_promotion *promotion, struct cog_error *error)
{
    const bool is_final = is_refused(promotion, error->code);
    (void)cog_error_wrap(error, error->code,
                         is_final ? "the rollback was refused"
                                  : "nobody can tell whether the rollback was accepted");
    return end_not_rolled_back(promotion, is_final ? COG_ROLLBACK_REFUSED : COG_ROLLBACK_UNKNOWN,
                               error);
}

/** With its end in the journal at once: who resumes behind the answer must not ask again. */
static enum cog_event refused(struct cog_promotion *promotion, struct cog_error *error)
{
    promotion->course->rollback_is_open = false;
    enum cog_event event = end_not_accepted(promotion, error);
    cog_promotion_journal_or_go_on(promotion, "result rollback");
    return event;
}

/** @return true when what was found is the end of asking, and `out_event` is what it means */
static bool is_end_of_asking(struct cog_promotion *promotion, enum finding finding,
                             enum cog_event *out_event)
{
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
    return false;
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
    if (is_end_of_asking(promotion, finding, out_event)) {
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
    if (code == COG_ERROR_CONFLICT) {
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
    promotion->course->rollback_may_have_been_applied = true;
    enum finding finding = look_at_job(promotion, limits, COG_ERROR_AMBIGUOUS);
    if (is_end_of_asking(promotion, finding, out_event)) {
        return true;
    }
    /* It may arrive late; but this process has not asked, and asks also without time for a pause.
     */
    (void)cog_rollback_pause(promotion, limits, -1);
    return false;
}

/** A job that may have completed, and that nobody can see, is left as it is. */
static enum cog_event end_unseen(struct cog_promotion *promotion)
{
    struct cog_error error = {0};
    (void)cog_error_set(&error, COG_ERROR_DEADLINE,
                        "the job may have completed, and cannot be seen: it is not rolled back");
    return cog_promotion_end(promotion, COG_OUTCOME_UNKNOWN, COG_TARGET_UNKNOWN, &error);
}

/**
 * A job that nobody has seen end may have completed since the last look, and is not rolled back
 * unasked then: so each request has a look right before it, and waits for one that shows the job.
 */
static bool is_settled_beforehand(struct cog_promotion *promotion, struct cog_limits limits,
                                  enum cog_event *out_event)
{
    enum finding finding = FINDING_NOTHING;
    do {
        if ((COG_JOB_SET_ENDED & 1U << promotion->course->job.status) != 0) {
            return false;
        }
        finding = look_at_job(promotion, limits, COG_OK);
        if (finding != FINDING_UNSEEN || promotion->course->is_by_hand ||
            promotion->course->rollback_may_have_been_applied) {
            return is_end_of_asking(promotion, finding, out_event);
        }
    } while (!cog_job_is_barred(promotion, limits) && cog_rollback_pause(promotion, limits, -1));
    *out_event = end_unseen(promotion);
    return true;
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
        if (is_settled_beforehand(promotion, limits, &event)) {
            return event;
        }
        if (key_renew(promotion, &error) != COG_OK) {
            return end_not_rolled_back(promotion, COG_ROLLBACK_UNKNOWN, &error);
        }
        promotion->course->rollback_is_open = true;
        cog_promotion_journal_or_go_on(promotion, "intent rollback");
        if (promotion->platform.ops->roll_back(
                promotion->platform.context, promotion->course->job.job_id,
                promotion->course->rollback_key, limits, &job, &error) == COG_OK) {
            promotion->course->rollback_may_have_been_applied = true;
            return accepted(promotion, job.rollback_id, job.retry_after_ms);
        }
        /* What a 409 is about, the job tells. */
        if (error.code != COG_ERROR_CONFLICT && is_refused(promotion, error.code)) {
            return refused(promotion, &error);
        }
        learn(promotion, error.code);
        if (rollback_is_settled(promotion, limits, &error, &event)) {
            return event;
        }
    }
}

/** What was accepted, and is not to be seen, is asked for again: not for ever. */
static enum cog_event doubt(struct cog_promotion *promotion)
{
    promotion->rollback_doubt_count++;
    promotion->course->rollback_is_accepted = false;
    cog_promotion_log(promotion, COG_LOG_WARNING, "rollback-doubted", "status",
                      promotion->course->job.status_word);
    return COG_EVENT_UNMOVED;
}

static struct cog_watch watch_for(const struct cog_promotion *promotion)
{
    const bool may_doubt = promotion->course->rollback_is_accepted &&
                           promotion->rollback_doubt_count < COG_ROLLBACK_DOUBTS_MAX;
    return (struct cog_watch){
        .wanted = COG_JOB_SET_ROLLED_BACK,
        .unmoved_polls_max = may_doubt ? COG_UNMOVED_POLLS : 0,
    };
}

enum cog_event cog_follow_rollback(struct cog_promotion *promotion)
{
    const struct cog_limits limits = cog_promotion_rollback_limits(promotion);
    struct cog_error error = {0};
    char limit[COG_DURATION_TEXT_SIZE];
    enum cog_rollback_end end = COG_ROLLBACK_UNCONFIRMED;
    switch (cog_job_watch(promotion, limits, watch_for(promotion), &error)) {
    case COG_SIGHTING_UNMOVED:
        return doubt(promotion);
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
