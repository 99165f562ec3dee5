/* The promotion itself: sent once, and when its answer is lost, found out instead of repeated. */
#include "promotion.h"

#include <stdio.h>
#include <string.h>

/** What is settled first is noted before that, as the step that failed. */
static const struct cog_error *unless_noted(const struct cog_promotion *promotion,
                                            const struct cog_error *error)
{
    return promotion->course->report.reason[0] == '\0' ? error : NULL;
}

/** The last answer said no, or the request never arrived. */
static enum cog_event end_rejected(struct cog_promotion *promotion, const struct cog_error *error)
{
    enum cog_outcome outcome = cog_promotion_untouched_outcome(error->code);
    if (outcome == COG_OUTCOME_NOT_READY) {
        outcome = COG_OUTCOME_REJECTED;
    }
    return cog_promotion_end(promotion, outcome, COG_TARGET_UNTOUCHED,
                             unless_noted(promotion, error));
}

/** Nothing can be said: the server has no such call, or could not be asked. */
static enum cog_event end_unknown(struct cog_promotion *promotion, const struct cog_error *error)
{
    enum cog_outcome outcome =
        cog_cancel_is_requested(promotion->cancel) ? COG_OUTCOME_INTERRUPTED : COG_OUTCOME_UNKNOWN;
    return cog_promotion_end(promotion, outcome, COG_TARGET_UNKNOWN, error);
}

/** 409: wait for the sessions to end, then look again and promote anew. */
static enum cog_event occupied(struct cog_promotion *promotion, const struct cog_error *error)
{
    struct cog_error pause_error = {0};
    enum cog_code code = cog_drain_pause(promotion, 1, &pause_error);
    if (code == COG_OK) {
        cog_promotion_forget_failure(promotion);
        return COG_EVENT_OCCUPIED;
    }
    if (code != COG_ERROR_CONFLICT) {
        return cog_promotion_end_untouched(promotion, &pause_error);
    }
    return cog_promotion_end(promotion, cog_promotion_untouched_outcome(error->code),
                             COG_TARGET_UNTOUCHED, unless_noted(promotion, error));
}

/**
 * The platform said no, and none that was sent before can have arrived. What that means goes into
 * the journal with it: who resumes behind the answer must not promote again.
 */
static enum cog_event refused(struct cog_promotion *promotion, const struct cog_error *error)
{
    const bool is_occupied = error->code == COG_ERROR_CONFLICT;
    promotion->course->promote_is_open = false;
    if (is_occupied && promotion->config->drain_wait_ms > 0) {
        cog_promotion_journal_or_go_on(promotion, "result promote");
        return occupied(promotion, error);
    }
    enum cog_event event =
        is_occupied ? occupied(promotion, error) : end_rejected(promotion, error);
    cog_promotion_journal_or_go_on(promotion, "result promote");
    return event;
}

static enum cog_event accepted(struct cog_promotion *promotion, const struct cog_job *job)
{
    struct cog_course *course = promotion->course;
    course->job = *job;
    course->promote_is_open = false;
    (void)snprintf(course->report.job_id, sizeof course->report.job_id, "%s", job->job_id);
    cog_promotion_journal_or_go_on(promotion, "result promote");
    cog_promotion_log(promotion, COG_LOG_INFO, "job-accepted", "job_id", job->job_id);
    return COG_EVENT_PASSED;
}

/** Sent, and perhaps applied. Who only wanted to stop leaves it to `cogpromote resume`. */
static enum cog_event ambiguous(struct cog_promotion *promotion, const struct cog_error *error)
{
    if (error->http_status / 100 == 2) {
        /* Accepted, only nobody can read by what job. */
        promotion->course->job.retry_after_ms = error->retry_after_ms;
    }
    if (cog_cancel_is_requested(promotion->cancel) && !cog_promotion_must_roll_back(promotion)) {
        cog_promotion_journal_or_go_on(promotion, "result promote");
        return end_unknown(promotion, error);
    }
    cog_promotion_note_failure(promotion, error);
    cog_promotion_journal_or_go_on(promotion, "result promote");
    return COG_EVENT_AMBIGUOUS;
}

/** On disk before it is sent: a key, and that the promotion may be under way from here on. */
static enum cog_code intend(struct cog_promotion *promotion, struct cog_error *error)
{
    struct cog_course *course = promotion->course;
    if (course->promote_key[0] == '\0' &&
        cog_random_uuid(promotion->random, course->promote_key) != COG_OK) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "no random bytes for an idempotency key");
    }
    const bool was_open = course->promote_is_open; /* Of an earlier one, with the same key. */
    course->promote_refusal = COG_OK;
    course->promote_count++;
    promotion->submit_count++;
    course->promote_is_open = true;
    enum cog_code code = cog_promotion_journal(promotion, "intent promote", error);
    if (code != COG_OK) {
        course->promote_count--;
        course->promote_is_open = was_open;
    }
    return code;
}

/** A key that was refused has had its time: a server that remembers it would repeat the refusal. */
static void note_refusal(struct cog_promotion *promotion, enum cog_code code)
{
    promotion->course->promote_refusal = code;
    promotion->course->promote_count--; /* What is refused does not arrive; others may, with it. */
    cog_course_retire_key(promotion->course);
    promotion->submit_count = 0;
}

/**
 * After an answer that was no acceptance.
 *
 * @param was_open an earlier one was sent whose fate is not known: a refusal of this one is not
 * about that
 */
static enum cog_event unaccepted(struct cog_promotion *promotion, bool was_open,
                                 const struct cog_error *error)
{
    const enum cog_code code = error->code;
    /* «Another deployment runs» may mean our own first one, which arrived late after all. */
    bool is_repeat = promotion->course->promote_count > 1;
    bool is_disputed = code == COG_ERROR_CONFLICT || code == COG_ERROR_REFUSED;
    if (cog_promotion_is_refusal(code) && code != COG_ERROR_UNAUTHORIZED) {
        note_refusal(promotion, code);
    }
    if (was_open || code == COG_ERROR_AMBIGUOUS || (is_repeat && is_disputed)) {
        return ambiguous(promotion, error);
    }
    return refused(promotion, error);
}

enum cog_event cog_submit(struct cog_promotion *promotion)
{
    struct cog_error error = {0};
    if (cog_cancel_is_requested(promotion->cancel) && !promotion->course->promote_is_open) {
        (void)cog_error_set(&error, COG_ERROR_CANCELLED, "interrupted before the promotion");
        return cog_promotion_end_untouched(promotion, &error);
    }
    const bool was_open = promotion->course->promote_is_open;
    if (intend(promotion, &error) != COG_OK) {
        return was_open ? end_unknown(promotion, &error)
                        : cog_promotion_end_untouched(promotion, &error);
    }
    struct cog_job job = {0};
    enum cog_code code = promotion->platform.ops->promote(
        promotion->platform.context, &promotion->request, promotion->course->promote_key,
        cog_promotion_limits(promotion), &job, &error);
    return code == COG_OK ? accepted(promotion, &job) : unaccepted(promotion, was_open, &error);
}

static bool was_there(const struct cog_deployments *before, const char *job_id)
{
    bool is_there = false;
    for (size_t i = 0; i < before->count && !is_there; i++) {
        is_there = strcmp(before->job_ids[i], job_id) == 0;
    }
    return is_there;
}

/**
 * The deployment that a promotion of this run has made; NULL for none.
 *
 * A key tells whose it is. Where none is told, it is the newest that was not there before: another
 * operator's cannot be told from ours then.
 */
static const char *find_own(const struct cog_course *course, const struct cog_deployments *now)
{
    const char *unmarked = NULL;
    for (size_t i = 0; i < now->count; i++) {
        if (cog_course_has_key(course, now->keys[i])) {
            return now->job_ids[i];
        }
        if (unmarked == NULL && now->keys[i][0] == '\0' &&
            !was_there(&course->known, now->job_ids[i])) {
            unmarked = now->job_ids[i];
        }
    }
    return unmarked;
}

/** A process that resumes knows no failure yet. */
static enum cog_event end_interrupted(struct cog_promotion *promotion)
{
    struct cog_error error = {0};
    (void)cog_error_set(&error, COG_ERROR_CANCELLED,
                        "interrupted, and the promotion never arrived");
    const bool is_first = promotion->course->report.reason[0] == '\0';
    return cog_promotion_end(promotion, COG_OUTCOME_INTERRUPTED, COG_TARGET_UNTOUCHED,
                             is_first ? &error : NULL);
}

static enum cog_event absent(struct cog_promotion *promotion)
{
    struct cog_course *course = promotion->course;
    cog_promotion_log(promotion, COG_LOG_INFO, "promotion-absent", NULL, NULL);
    if (course->promote_refusal != COG_OK) {
        /* Its text was noted before it was settled. */
        const struct cog_error refusal = {.code = course->promote_refusal};
        return refused(promotion, &refusal);
    }
    course->promote_is_open = false;
    cog_promotion_journal_or_go_on(promotion, "result promote");
    if (cog_cancel_is_requested(promotion->cancel)) {
        return end_interrupted(promotion);
    }
    if (promotion->submit_count >= promotion->config->max_attempts) {
        cog_promotion_log_limit(promotion, "promotions");
        return cog_promotion_end(promotion, COG_OUTCOME_REJECTED, COG_TARGET_UNTOUCHED, NULL);
    }
    cog_promotion_forget_failure(promotion);
    return COG_EVENT_ABSENT;
}

/**
 * A server that knows its keys answers the same promotion again instead of starting another: not
 * when it has refused the key.
 */
static bool may_repeat(const struct cog_promotion *promotion)
{
    return promotion->config->server_honours_idempotency_keys &&
           promotion->course->promote_key[0] != '\0' &&
           promotion->submit_count < promotion->config->max_attempts &&
           !cog_cancel_is_requested(promotion->cancel);
}

/** Finding out is not given up for a signal when the job is to be rolled back then. */
static struct cog_limits settle_limits(const struct cog_promotion *promotion)
{
    struct cog_limits limits = cog_promotion_limits(promotion);
    if (promotion->config->on_interrupt == COG_ON_INTERRUPT_ROLL_BACK) {
        limits.cancel = NULL;
    }
    return limits;
}

static enum cog_code fail_unlisted(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_AMBIGUOUS,
                         "the platform lists no deployments, so it cannot be asked whether the"
                         " promotion arrived");
}

/** What there is now. A call that the platform suddenly lacks shows nothing, also no absence. */
static enum cog_code list(const struct cog_promotion *promotion, struct cog_deployments *out_now,
                          struct cog_error *error)
{
    enum cog_code code = promotion->platform.ops->list_deployments(
        promotion->platform.context, promotion->request.source_environment_id,
        promotion->request.target_environment_id, settle_limits(promotion), out_now, error);
    return code == COG_OK && !out_now->is_listed ? fail_unlisted(error) : code;
}

/** The job that our promotion has made; NULL for none, or when nobody can tell. */
static const char *look(const struct cog_promotion *promotion, struct cog_deployments *now,
                        bool *out_is_seen, struct cog_error *error)
{
    *out_is_seen = list(promotion, now, error) == COG_OK;
    return *out_is_seen ? find_own(promotion->course, now) : NULL;
}

/** There was no time, or no wish, to look once more. */
static enum cog_event end_unsettled(struct cog_promotion *promotion, const struct cog_error *error)
{
    if (error->code == COG_ERROR_DEADLINE) {
        cog_promotion_log_limit(promotion, "timeout");
    }
    return end_unknown(promotion, error);
}

enum cog_event cog_settle(struct cog_promotion *promotion)
{
    struct cog_error error = {0};
    if (may_repeat(promotion)) {
        cog_promotion_forget_failure(promotion);
        return COG_EVENT_ABSENT;
    }
    if (!promotion->course->known.is_listed) {
        (void)fail_unlisted(&error);
        return end_unknown(promotion, &error);
    }

    bool is_seen = false;
    const struct cog_limits limits = settle_limits(promotion);
    for (int i = 0; i < COG_SETTLE_READS; i++) {
        if (i > 0 && cog_promotion_pause(promotion, promotion->config->poll_interval_ms, limits,
                                         &error) != COG_OK) {
            return end_unsettled(promotion, &error);
        }
        struct cog_deployments now = {0};
        const char *job_id = look(promotion, &now, &is_seen, &error);
        if (job_id != NULL) {
            struct cog_job job = {.status = COG_JOB_PENDING, .progress = -1};
            job.retry_after_ms = promotion->course->job.retry_after_ms;
            (void)snprintf(job.job_id, sizeof job.job_id, "%s", job_id);
            cog_promotion_forget_failure(promotion);
            return accepted(promotion, &job);
        }
    }
    cog_promotion_log_limit(promotion, "settle_reads");
    /* Absence is proven by a last look that saw the list, not by one that failed. */
    return is_seen ? absent(promotion) : end_unknown(promotion, &error);
}
