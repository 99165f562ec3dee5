/* Before a rollback: a job that runs is ended first, because it cannot be rolled back. */
#include "following.h"

#include <string.h>

/** @return COG_OK: it will end; COG_ERROR_CONFLICT: it has ended; else nobody can end it */
static enum cog_code cancel_job(struct cog_promotion *promotion, struct cog_limits limits)
{
    for (;;) {
        struct cog_error error = {0};
        cog_promotion_journal_or_go_on(promotion, "intent cancel");
        enum cog_code code = promotion->platform.ops->cancel(
            promotion->platform.context, promotion->course->job.job_id, limits, &error);
        cog_promotion_journal_or_go_on(promotion, "result cancel");
        if (code == COG_OK || code == COG_ERROR_CONFLICT) {
            return code;
        }
        char text[COG_REASON_SIZE];
        cog_promotion_log(promotion, COG_LOG_WARNING, "cancel-failed", "reason",
                          cog_error_text(&error, text, sizeof text));
        if (!cog_rollback_may_ask_again(code) ||
            !cog_rollback_pause(promotion, limits, error.retry_after_ms)) {
            return code;
        }
    }
}

/** What a job that is to be rolled back by hand is about; nothing was changed so far. */
enum cog_event cog_inspect(struct cog_promotion *promotion)
{
    const struct cog_watch any = {.wanted = ~0U};
    struct cog_error error = {0};
    enum cog_sighting sighting =
        cog_job_watch(promotion, cog_promotion_limits(promotion), any, &error);
    if (sighting == COG_SIGHTING_LOST && error.code == COG_ERROR_NOT_FOUND) {
        return cog_promotion_end(promotion, COG_OUTCOME_REJECTED, COG_TARGET_UNTOUCHED, &error);
    }
    if (sighting != COG_SIGHTING_REACHED) {
        if (sighting != COG_SIGHTING_LOST) {
            bool is_late = sighting == COG_SIGHTING_OVERDUE;
            if (is_late) {
                cog_promotion_log_limit(promotion, "timeout");
            }
            (void)cog_error_set(&error, is_late ? COG_ERROR_DEADLINE : COG_ERROR_CANCELLED,
                                "job '%s' was not seen %s", promotion->course->job.job_id,
                                is_late ? "in time" : "before the interruption");
        }
        return cog_promotion_end_untouched(promotion, &error);
    }
    switch (promotion->course->job.status) {
    case COG_JOB_PENDING:
    case COG_JOB_RUNNING:
    case COG_JOB_OTHER:
        return COG_EVENT_OVERDUE;
    case COG_JOB_ROLLING_BACK:
        return COG_EVENT_ROLLING_BACK;
    case COG_JOB_ROLLED_BACK:
        return COG_EVENT_RESTORED;
    case COG_JOB_COMPLETED:
    case COG_JOB_FAILED:
    case COG_JOB_ROLLBACK_FAILED:
        break;
    }
    return COG_EVENT_FAILED;
}

static void tell_status(const struct cog_promotion *promotion, const char *known,
                        struct cog_error *error)
{
    (void)cog_error_set(error, COG_ERROR_DEADLINE, "%s, but its status stays '%s'", known,
                        promotion->course->job.status_word);
}

/** How a job stands whose status nobody understands, or may ask for, only the platform knows. */
static enum cog_event end_unseen(struct cog_promotion *promotion, const char *known)
{
    struct cog_error error = {0};
    if (cog_job_is_barred(promotion, cog_promotion_rollback_limits(promotion))) {
        (void)cog_error_set(&error, COG_ERROR_DEADLINE,
                            "%s, but the server wants no poll of it in time", known);
    } else {
        tell_status(promotion, known, &error);
    }
    return cog_promotion_end(promotion, COG_OUTCOME_UNKNOWN, COG_TARGET_UNKNOWN, &error);
}

/** It was to end and was seen to run on, half of its work in the target: that calls an operator. */
static enum cog_event end_running(struct cog_promotion *promotion, const char *known)
{
    struct cog_error error = {0};
    tell_status(promotion, known, &error);
    promotion->course->report.rollback_end = COG_ROLLBACK_UNKNOWN;
    return cog_promotion_end(promotion, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, &error);
}

/** The platform cannot end it: it may complete where nobody may look, or understands the word. */
static enum cog_event not_cancelled(struct cog_promotion *promotion, struct cog_limits limits)
{
    const bool is_asked_for =
        promotion->course->is_by_hand || cog_promotion_must_roll_back(promotion);
    const bool is_unseen =
        promotion->course->job.status == COG_JOB_OTHER || cog_job_is_barred(promotion, limits);
    if (is_unseen && !is_asked_for) {
        return end_unseen(promotion, "the job cannot be cancelled");
    }
    /* Whether it can be rolled back while it runs, the rollback tells. That it has ended, if
     * anything, the promotion's answer says, and nobody has seen it. */
    if ((COG_JOB_SET_ENDED & 1U << promotion->course->job.status) != 0) {
        promotion->course->job.status = COG_JOB_PENDING;
    }
    return COG_EVENT_FAILED;
}

/**
 * What had failed by itself before it was to be ended, has that for its cause, and not the limit;
 * not what was said to have ended, and was seen to run on.
 */
static void tell_own_failure(const struct cog_promotion *promotion)
{
    struct cog_report *report = &promotion->course->report;
    const char *job_error = promotion->course->job.error;
    const bool is_own = job_error[0] != '\0' && strcmp(job_error, "cancelled") != 0;
    if (is_own && promotion->sighting_count == 1 && report->follow_up[0] != '\0') {
        memcpy(report->reason, report->follow_up, sizeof report->reason);
        report->follow_up[0] = '\0';
    }
}

enum cog_event cog_stop(struct cog_promotion *promotion)
{
    const struct cog_limits limits = cog_promotion_rollback_limits(promotion);
    const enum cog_code code = cancel_job(promotion, limits);
    const bool has_ended = code == COG_ERROR_CONFLICT;
    if (code != COG_OK && !has_ended) {
        return not_cancelled(promotion, limits);
    }
    if (!has_ended && cog_job_is_barred(promotion, limits)) {
        /* It will end as failed; nobody may look, and the rollback must not be lost over that. */
        promotion->course->job.status = COG_JOB_FAILED;
        return COG_EVENT_FAILED;
    }
    enum cog_event event = COG_EVENT_ENDED;
    /* Overdue again: a call that gave up although nothing interrupts a rollback. */
    if (cog_job_watch_to_end(promotion, limits, &event) && event != COG_EVENT_OVERDUE) {
        if (has_ended && event != COG_EVENT_ENDED) {
            tell_own_failure(promotion);
        }
        bool is_unwanted = event == COG_EVENT_COMPLETED && promotion->course->is_by_hand;
        return is_unwanted ? COG_EVENT_FAILED : event;
    }
    cog_promotion_log_limit(promotion, "rollback_timeout");
    const char *known =
        has_ended ? "the platform says that the job has ended" : "the job was cancelled";
    const bool is_unseen = promotion->course->job.status == COG_JOB_OTHER ||
                           (has_ended && cog_job_is_barred(promotion, limits));
    return is_unseen ? end_unseen(promotion, known) : end_running(promotion, known);
}
