/* The promotion itself: sent once, and when its answer is lost, found out instead of repeated. */
#include "promotion.h"

#include <stdio.h>
#include <string.h>

/** The last answer said no, or the request never arrived. */
static enum cog_event end_rejected(struct cog_promotion *promotion, const struct cog_error *error)
{
    enum cog_outcome outcome = cog_promotion_untouched_outcome(error->code);
    if (outcome == COG_OUTCOME_NOT_READY) {
        outcome = COG_OUTCOME_REJECTED;
    }
    return cog_promotion_end(promotion, outcome, COG_TARGET_UNTOUCHED, error);
}

/** Nothing can be said: the server has no such call, or could not be asked. */
static enum cog_event end_unknown(struct cog_promotion *promotion, const struct cog_error *error)
{
    enum cog_outcome outcome =
        cog_cancel_is_requested(promotion->cancel) ? COG_OUTCOME_INTERRUPTED : COG_OUTCOME_UNKNOWN;
    return cog_promotion_end(promotion, outcome, COG_TARGET_UNKNOWN, error);
}

/** 409: wait for the sessions to end, then look again and promote anew. */
static enum cog_event occupied(struct cog_promotion *promotion, struct cog_error *error)
{
    struct cog_error pause_error = {0};
    enum cog_code code = cog_drain_pause(promotion, 1, &pause_error);
    if (code == COG_OK) {
        promotion->course->promote_key[0] = '\0';
        promotion->course->promote_count = 0;
        return COG_EVENT_OCCUPIED;
    }
    return cog_promotion_end_untouched(promotion,
                                       code == COG_ERROR_CONFLICT ? error : &pause_error);
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
    cog_promotion_journal_or_go_on(promotion, "result promote");
    if (cog_cancel_is_requested(promotion->cancel) && !cog_promotion_must_roll_back(promotion)) {
        return end_unknown(promotion, error);
    }
    cog_promotion_note_failure(promotion, error);
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
    course->promote_count++;
    course->promote_is_open = true;
    enum cog_code code = cog_promotion_journal(promotion, "intent promote", error);
    if (code != COG_OK) {
        course->promote_count--;
        course->promote_is_open = was_open;
    }
    return code;
}

/**
 * After an answer that was no acceptance.
 *
 * @param was_open an earlier one was sent whose fate is not known: a refusal of this one is not
 * about that
 */
static enum cog_event unaccepted(struct cog_promotion *promotion, bool was_open,
                                 struct cog_error *error)
{
    const enum cog_code code = error->code;
    /* «Another deployment runs» may mean our own first one, which arrived late after all. */
    bool is_repeat = promotion->course->promote_count > 1;
    bool is_disputed = code == COG_ERROR_CONFLICT || code == COG_ERROR_REFUSED;
    if (was_open || code == COG_ERROR_AMBIGUOUS || (is_repeat && is_disputed)) {
        return ambiguous(promotion, error);
    }
    promotion->course->promote_is_open = false;
    cog_promotion_journal_or_go_on(promotion, "result promote");
    return code == COG_ERROR_CONFLICT ? occupied(promotion, error) : end_rejected(promotion, error);
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

/** The newest deployment that was not there before; NULL for none. */
static const char *find_new(const struct cog_deployments *before, const struct cog_deployments *now)
{
    for (size_t i = 0; i < now->count; i++) {
        bool was_there = false;
        for (size_t j = 0; j < before->count && !was_there; j++) {
            was_there = strcmp(now->job_ids[i], before->job_ids[j]) == 0;
        }
        if (!was_there) {
            return now->job_ids[i];
        }
    }
    return NULL;
}

static enum cog_event absent(struct cog_promotion *promotion)
{
    struct cog_course *course = promotion->course;
    course->promote_is_open = false;
    cog_promotion_log(promotion, COG_LOG_INFO, "promotion-absent", NULL, NULL);
    cog_promotion_journal_or_go_on(promotion, "result promote");
    if (cog_cancel_is_requested(promotion->cancel)) {
        return cog_promotion_end(promotion, COG_OUTCOME_INTERRUPTED, COG_TARGET_UNTOUCHED, NULL);
    }
    if (course->promote_count >= promotion->config->max_attempts) {
        cog_promotion_log_limit(promotion, "promotions");
        return cog_promotion_end(promotion, COG_OUTCOME_REJECTED, COG_TARGET_UNTOUCHED, NULL);
    }
    cog_promotion_forget_failure(promotion);
    return COG_EVENT_ABSENT;
}

/** A server that knows its keys answers the same promotion again instead of starting another. */
static bool may_repeat(const struct cog_promotion *promotion)
{
    return promotion->config->server_honours_idempotency_keys &&
           promotion->course->promote_count < promotion->config->max_attempts &&
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

/** The job that was not there before; NULL for none, or when nobody can tell. */
static const char *look(const struct cog_promotion *promotion, struct cog_deployments *now,
                        bool *out_is_seen, struct cog_error *error)
{
    *out_is_seen = list(promotion, now, error) == COG_OK;
    return *out_is_seen ? find_new(&promotion->course->known, now) : NULL;
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
            struct cog_job job = {.status = COG_JOB_PENDING, .progress = -1, .retry_after_ms = -1};
            (void)snprintf(job.job_id, sizeof job.job_id, "%s", job_id);
            cog_promotion_forget_failure(promotion);
            return accepted(promotion, &job);
        }
    }
    cog_promotion_log_limit(promotion, "settle_reads");
    /* Absence is proven by a last look that saw the list, not by one that failed. */
    return is_seen ? absent(promotion) : end_unknown(promotion, &error);
}
