#include "following.h"

#include <cogbase/duration.h>

#include <stdio.h>
#include <string.h>

/** Failed polls in a row. */
struct failures {
    int count;
    int not_found_count;
};

/** Polls in a row that show no rollback. */
struct stillness {
    int count;
    bool is_broken; /**< A rollback was seen. */
};

static void log_progress(const struct cog_promotion *promotion, const struct cog_job *job)
{
    char progress[32] = "";
    if (job->progress >= 0) {
        (void)snprintf(progress, sizeof progress, "%.1f", job->progress);
    }
    const struct cog_log_field fields[] = {
        {.key = "job_id", .value = job->job_id},
        {.key = "status", .value = job->status_word},
        {.key = "progress", .value = progress[0] == '\0' ? NULL : progress},
    };
    cog_log_write(promotion->log, COG_LOG_INFO, "job-progress", fields,
                  sizeof fields / sizeof fields[0]);
}

/**
 * A new status is noted at once, mere progress now and then: it is for people to read, while a
 * run that is resumed asks again; and each entry waits for the disk.
 */
static void note_progress(struct cog_promotion *promotion, bool is_other_status)
{
    const int64_t now_ms = cog_clock_monotonic_ms(promotion->clock);
    if (is_other_status || now_ms - promotion->progress_noted_ms >= COG_PROGRESS_NOTED_MS) {
        promotion->progress_noted_ms = now_ms;
        cog_promotion_journal_or_go_on(promotion, "progress");
    }
}

static void take_sighting(struct cog_promotion *promotion, const struct cog_job *seen)
{
    struct cog_job *job = &promotion->course->job;
    promotion->sighting_count++;
    bool is_other_status = seen->status != job->status;
    bool is_news =
        is_other_status || seen->progress < job->progress || seen->progress > job->progress;
    if (seen->status == COG_JOB_OTHER && strcmp(seen->status_word, job->status_word) != 0) {
        cog_promotion_log(promotion, COG_LOG_WARNING, "job-status-unknown", "status",
                          seen->status_word);
    }
    *job = *seen;
    job->retry_after_ms = -1; /* Remembered already. */
    if (is_news) {
        log_progress(promotion, job);
        note_progress(promotion, is_other_status);
    }
    if (job->rollback_id[0] != '\0') {
        (void)snprintf(promotion->course->report.rollback_id,
                       sizeof promotion->course->report.rollback_id, "%s", job->rollback_id);
    }
}

/** Whether a failed poll leaves hope that a later one succeeds. */
static bool may_go_on(const struct cog_promotion *promotion, struct failures *failures,
                      enum cog_code code)
{
    failures->count++;
    failures->not_found_count = code == COG_ERROR_NOT_FOUND ? failures->not_found_count + 1 : 0;
    if (code == COG_ERROR_UNAUTHORIZED || code == COG_ERROR_FORBIDDEN || code == COG_ERROR_MEMORY ||
        code == COG_ERROR_INTERNAL || code == COG_ERROR_ARGUMENT) {
        return false;
    }
    if (failures->not_found_count >= COG_POLL_NOT_FOUND_MAX) {
        cog_promotion_log_limit(promotion, "polls_not_found");
        return false;
    }
    if (failures->count >= COG_POLL_FAILURES_MAX) {
        cog_promotion_log_limit(promotion, "polls_failed");
        return false;
    }
    return true;
}

static bool is_time_up(const struct cog_promotion *promotion, struct cog_limits limits)
{
    return cog_clock_monotonic_ms(promotion->clock) >= limits.deadline_ms;
}

static bool is_waited_for(const struct cog_promotion *promotion)
{
    return promotion->poll_due_ms > cog_clock_monotonic_ms(promotion->clock);
}

bool cog_job_is_barred(const struct cog_promotion *promotion, struct cog_limits limits)
{
    return is_waited_for(promotion) && promotion->poll_due_ms >= limits.deadline_ms;
}

static enum cog_sighting sleep_until(const struct cog_promotion *promotion, int64_t due_ms,
                                     struct cog_limits limits)
{
    return cog_clock_sleep_until(promotion->clock, due_ms, limits.cancel) == COG_OK
               ? COG_SIGHTING_REACHED
               : COG_SIGHTING_INTERRUPTED;
}

enum cog_sighting cog_job_wait(const struct cog_promotion *promotion, struct cog_limits limits)
{
    if (!is_waited_for(promotion)) {
        return COG_SIGHTING_REACHED;
    }
    if (cog_job_is_barred(promotion, limits)) {
        cog_promotion_log_limit(promotion, "poll_wait");
        return COG_SIGHTING_OVERDUE;
    }
    return sleep_until(promotion, promotion->poll_due_ms, limits);
}

/** A wait of 0 asks for none, and would be a poll as fast as the network: the interval it is. */
static enum cog_sighting wait_for_next(const struct cog_promotion *promotion,
                                       struct cog_limits limits)
{
    if (is_waited_for(promotion)) {
        return cog_job_wait(promotion, limits);
    }
    int64_t due_ms = cog_clock_monotonic_ms(promotion->clock) + promotion->config->poll_interval_ms;
    return sleep_until(promotion, due_ms < limits.deadline_ms ? due_ms : limits.deadline_ms,
                       limits);
}

static void remember_wait(struct cog_promotion *promotion, int64_t retry_after_ms)
{
    const int64_t due_ms = cog_clock_monotonic_ms(promotion->clock) + retry_after_ms;
    /* The acceptance of a rollback does not take back what an earlier poll was told. */
    if (retry_after_ms > 0 && due_ms > promotion->poll_due_ms) {
        promotion->poll_due_ms = due_ms;
    }
}

/** Waits until the acceptance of a promotion or a rollback, or an earlier poll, said to look. */
static enum cog_sighting wait_for_first(struct cog_promotion *promotion, struct cog_limits limits)
{
    remember_wait(promotion, promotion->course->job.retry_after_ms);
    promotion->course->job.retry_after_ms = -1;
    return cog_job_wait(promotion, limits);
}

enum cog_code cog_job_poll(struct cog_promotion *promotion, struct cog_limits limits,
                           struct cog_job *out_seen, struct cog_error *error)
{
    enum cog_code code = promotion->platform.ops->poll(
        promotion->platform.context, promotion->course->job.job_id, limits, out_seen, error);
    if (code == COG_OK) {
        remember_wait(promotion, out_seen->retry_after_ms);
    } else if (error->http_status != 0) {
        remember_wait(promotion, error->retry_after_ms);
    }
    return code;
}

static enum cog_code poll_once(struct cog_promotion *promotion, struct cog_limits limits,
                               struct cog_error *error)
{
    struct cog_job seen = {0};
    enum cog_code code = cog_job_poll(promotion, limits, &seen, error);
    if (code == COG_OK) {
        take_sighting(promotion, &seen);
    }
    return code;
}

/** Whether the last sighting makes too many that show no rollback. */
static bool is_unmoved(const struct cog_promotion *promotion, struct cog_watch watch,
                       struct stillness *stillness)
{
    const enum cog_job_status status = promotion->course->job.status;
    stillness->is_broken = stillness->is_broken || status == COG_JOB_ROLLING_BACK;
    stillness->count = (COG_JOB_SET_UNMOVED & 1U << status) != 0 ? stillness->count + 1 : 0;
    return watch.unmoved_polls_max > 0 && !stillness->is_broken &&
           stillness->count >= watch.unmoved_polls_max;
}

enum cog_sighting cog_job_watch(struct cog_promotion *promotion, struct cog_limits limits,
                                struct cog_watch watch, struct cog_error *error)
{
    struct failures failures = {0};
    struct stillness stillness = {0};
    promotion->sighting_count = 0;
    enum cog_sighting first = wait_for_first(promotion, limits);
    if (first != COG_SIGHTING_REACHED) {
        return first;
    }
    while (!is_time_up(promotion, limits)) {
        struct cog_error poll_error = {0};
        enum cog_code code = poll_once(promotion, limits, &poll_error);
        if (code == COG_ERROR_CANCELLED) {
            return COG_SIGHTING_INTERRUPTED;
        }
        if (code == COG_OK && (watch.wanted & 1U << promotion->course->job.status) != 0) {
            return COG_SIGHTING_REACHED;
        }
        if (code == COG_OK && is_unmoved(promotion, watch, &stillness)) {
            return COG_SIGHTING_UNMOVED;
        }
        if (code == COG_OK) {
            failures = (struct failures){0};
        } else if (!may_go_on(promotion, &failures, code)) {
            *error = poll_error;
            return COG_SIGHTING_LOST;
        } else {
            char text[COG_REASON_SIZE];
            cog_promotion_log(promotion, COG_LOG_WARNING, "poll-failed", "reason",
                              cog_error_text(&poll_error, text, sizeof text));
        }
        enum cog_sighting wait = wait_for_next(promotion, limits);
        if (wait != COG_SIGHTING_REACHED) {
            return wait;
        }
    }
    return COG_SIGHTING_OVERDUE;
}

/** What an ended job means for a promotion. */
static enum cog_event ended_event(struct cog_promotion *promotion)
{
    struct cog_error error = {0};
    switch (promotion->course->job.status) {
    case COG_JOB_COMPLETED:
        /* Also behind the time limit: what is complete after all is not rolled back unasked. */
        cog_promotion_forget_failure(promotion);
        return COG_EVENT_COMPLETED;
    case COG_JOB_ROLLING_BACK:
        (void)cog_error_set(&error, COG_ERROR_REFUSED, "the platform is rolling the job back%s%s",
                            promotion->course->job.error[0] == '\0' ? "" : ": ",
                            promotion->course->job.error);
        cog_promotion_note_failure(promotion, &error);
        return COG_EVENT_ROLLING_BACK;
    case COG_JOB_ROLLED_BACK:
        (void)cog_error_set(&error, COG_ERROR_REFUSED, "the platform rolled the job back%s%s",
                            promotion->course->job.error[0] == '\0' ? "" : ": ",
                            promotion->course->job.error);
        cog_promotion_note_failure(promotion, &error);
        return COG_EVENT_RESTORED;
    case COG_JOB_ROLLBACK_FAILED:
        (void)cog_error_set(
            &error, COG_ERROR_REFUSED, "the platform rolled the job back and failed%s%s",
            promotion->course->job.error[0] == '\0' ? "" : ": ", promotion->course->job.error);
        promotion->course->report.rollback_end = COG_ROLLBACK_FAILED;
        return cog_promotion_end(promotion, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT,
                                 &error);
    case COG_JOB_FAILED:
    case COG_JOB_PENDING:
    case COG_JOB_RUNNING:
    case COG_JOB_OTHER:
        break;
    }
    (void)cog_error_set(&error, COG_ERROR_REFUSED, "the job failed: %s",
                        promotion->course->job.error[0] == '\0' ? "no reason given"
                                                                : promotion->course->job.error);
    cog_promotion_note_failure(promotion, &error);
    return COG_EVENT_FAILED;
}

static enum cog_event end_out_of_sight(struct cog_promotion *promotion,
                                       const struct cog_error *cause)
{
    struct cog_error error = *cause;
    (void)cog_error_wrap(&error, cause->code, "job '%s' cannot be seen any more",
                         promotion->course->job.job_id);
    return cog_promotion_end(promotion, COG_OUTCOME_UNKNOWN, COG_TARGET_UNKNOWN, &error);
}

/** A signal: the job is left to itself, or ended and rolled back as if its time were up. */
static enum cog_event interrupted(struct cog_promotion *promotion)
{
    struct cog_error error = {0};
    const char *job_id = promotion->course->job.job_id;
    if (cog_promotion_must_roll_back(promotion)) {
        (void)cog_error_set(&error, COG_ERROR_CANCELLED,
                            "interrupted while job '%s' was running; it is rolled back", job_id);
        cog_promotion_note_failure(promotion, &error);
        return COG_EVENT_OVERDUE;
    }
    (void)cog_error_set(&error, COG_ERROR_CANCELLED,
                        "interrupted while job '%s' was running; it goes on by itself", job_id);
    return cog_promotion_end(promotion, COG_OUTCOME_INTERRUPTED, COG_TARGET_UNKNOWN, &error);
}

bool cog_job_watch_to_end(struct cog_promotion *promotion, struct cog_limits limits,
                          enum cog_event *out_event)
{
    const struct cog_watch watch = {.wanted = COG_JOB_SET_ENDED};
    struct cog_error error = {0};
    switch (cog_job_watch(promotion, limits, watch, &error)) {
    case COG_SIGHTING_REACHED:
        *out_event = ended_event(promotion);
        return true;
    case COG_SIGHTING_LOST:
        *out_event = end_out_of_sight(promotion, &error);
        return true;
    case COG_SIGHTING_INTERRUPTED:
        *out_event = interrupted(promotion);
        return true;
    case COG_SIGHTING_OVERDUE:
    case COG_SIGHTING_UNMOVED:
        break;
    }
    return false;
}

enum cog_event cog_follow(struct cog_promotion *promotion)
{
    enum cog_event event = COG_EVENT_OVERDUE;
    if (cog_job_watch_to_end(promotion, cog_promotion_limits(promotion), &event)) {
        return event;
    }
    struct cog_error error = {0};
    char limit[COG_DURATION_TEXT_SIZE];
    cog_promotion_log_limit(promotion, "timeout");
    (void)cog_error_set(&error, COG_ERROR_DEADLINE, "the job has not ended within %s",
                        cog_duration_format(promotion->config->timeout_ms, limit));
    cog_promotion_note_failure(promotion, &error);
    return COG_EVENT_OVERDUE;
}
