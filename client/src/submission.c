/* The promotion itself: sent once, and when its answer is lost, found out instead of repeated. */
#include "promotion.h"

#include <stdio.h>
#include <string.h>

/** The last answer said no, or the request never arrived. */
static enum cog_event end_rejected(struct cog_promotion *promotion, const struct cog_error *error)
{
    if (error->code == COG_ERROR_CANCELLED) {
        /* The signal may have come while the request was under way. */
        return cog_promotion_end(promotion, COG_OUTCOME_INTERRUPTED, COG_TARGET_UNKNOWN, error);
    }
    enum cog_outcome outcome = cog_promotion_untouched_outcome(error->code);
    if (outcome == COG_OUTCOME_NOT_READY) {
        outcome = COG_OUTCOME_REJECTED;
    }
    return cog_promotion_end(promotion, outcome, COG_TARGET_UNTOUCHED, error);
}

/** 409: wait for the sessions to end, then look again and promote anew. */
static enum cog_event occupied(struct cog_promotion *promotion, struct cog_error *error)
{
    struct cog_error pause_error = {0};
    enum cog_code code = cog_drain_pause(promotion, 1, &pause_error);
    if (code == COG_OK) {
        promotion->promote_key[0] = '\0';
        promotion->promote_count = 0;
        return COG_EVENT_OCCUPIED;
    }
    return cog_promotion_end_untouched(promotion,
                                       code == COG_ERROR_CONFLICT ? error : &pause_error);
}

static enum cog_event accepted(struct cog_promotion *promotion, const struct cog_job *job)
{
    promotion->job = *job;
    (void)snprintf(promotion->report->job_id, sizeof promotion->report->job_id, "%s", job->job_id);
    cog_promotion_log(promotion, COG_LOG_INFO, "job-accepted", "job_id", job->job_id);
    return COG_EVENT_PASSED;
}

enum cog_event cog_submit(struct cog_promotion *promotion)
{
    struct cog_error error = {0};
    if (promotion->promote_key[0] == '\0' &&
        cog_random_uuid(promotion->random, promotion->promote_key) != COG_OK) {
        (void)cog_error_set(&error, COG_ERROR_INTERNAL, "no random bytes for an idempotency key");
        return cog_promotion_end_untouched(promotion, &error);
    }

    bool is_repeat = promotion->promote_count++ > 0;
    struct cog_job job = {0};
    enum cog_code code = promotion->platform.ops->promote(
        promotion->platform.context, &promotion->request, promotion->promote_key,
        cog_promotion_limits(promotion), &job, &error);
    if (code == COG_OK) {
        return accepted(promotion, &job);
    }
    if (code == COG_ERROR_AMBIGUOUS) {
        cog_promotion_note_failure(promotion, &error);
        return COG_EVENT_AMBIGUOUS;
    }
    /* «Another deployment runs» may mean our own first one, which arrived late after all. */
    if (is_repeat && (code == COG_ERROR_CONFLICT || code == COG_ERROR_REFUSED)) {
        cog_promotion_note_failure(promotion, &error);
        return COG_EVENT_AMBIGUOUS;
    }
    if (code == COG_ERROR_CONFLICT) {
        return occupied(promotion, &error);
    }
    return end_rejected(promotion, &error);
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

/** Nothing can be said: the server has no such call, or could not be asked. */
static enum cog_event end_unknown(struct cog_promotion *promotion, const struct cog_error *error)
{
    enum cog_outcome outcome =
        error->code == COG_ERROR_CANCELLED ? COG_OUTCOME_INTERRUPTED : COG_OUTCOME_UNKNOWN;
    return cog_promotion_end(promotion, outcome, COG_TARGET_UNKNOWN, error);
}

static enum cog_event absent(struct cog_promotion *promotion)
{
    cog_promotion_log(promotion, COG_LOG_INFO, "promotion-absent", NULL, NULL);
    if (promotion->promote_count >= promotion->config->max_attempts) {
        return cog_promotion_end(promotion, COG_OUTCOME_REJECTED, COG_TARGET_UNTOUCHED, NULL);
    }
    cog_promotion_forget_failure(promotion);
    return COG_EVENT_ABSENT;
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
        promotion->platform.context, promotion->config->source_environment_id,
        promotion->config->target_environment_id, cog_promotion_limits(promotion), out_now, error);
    return code == COG_OK && !out_now->is_listed ? fail_unlisted(error) : code;
}

enum cog_event cog_settle(struct cog_promotion *promotion)
{
    struct cog_error error = {0};
    if (!promotion->known.is_listed) {
        (void)fail_unlisted(&error);
        return end_unknown(promotion, &error);
    }

    bool is_seen = false;
    for (int i = 0; i < COG_SETTLE_READS; i++) {
        if (i > 0 && cog_promotion_pause(promotion, promotion->config->poll_interval_ms,
                                         promotion->deadline_ms, &error) != COG_OK) {
            return end_unknown(promotion, &error);
        }
        struct cog_deployments now = {0};
        is_seen = list(promotion, &now, &error) == COG_OK;
        const char *job_id = is_seen ? find_new(&promotion->known, &now) : NULL;
        if (job_id != NULL) {
            struct cog_job job = {.status = COG_JOB_PENDING, .progress = -1, .retry_after_ms = -1};
            (void)snprintf(job.job_id, sizeof job.job_id, "%s", job_id);
            cog_promotion_forget_failure(promotion);
            return accepted(promotion, &job);
        }
    }
    /* Absence is proven by a last look that saw the list, not by one that failed. */
    return is_seen ? absent(promotion) : end_unknown(promotion, &error);
}
