/* After the change: does the target answer, and is its content what it should be? */
#include "parity.h"
#include "promotion.h"

#include <stdio.h>
#include <string.h>

/** One request's time on top of the deadline, so that a late end can still be looked at. */
static struct cog_limits verification_limits(const struct cog_promotion *promotion)
{
    int64_t deadline_ms = promotion->rollback_deadline_ms > promotion->deadline_ms
                              ? promotion->rollback_deadline_ms
                              : promotion->deadline_ms;
    return (struct cog_limits){
        .deadline_ms = deadline_ms + promotion->config->request_timeout_ms,
    };
}

static enum cog_code target_answers(const struct cog_promotion *promotion, struct cog_limits limits,
                                    struct cog_error *error)
{
    enum cog_code code =
        promotion->platform.ops->check_health(promotion->platform.context, limits, error);
    if (code != COG_OK) {
        return code;
    }
    return promotion->platform.ops->simulate(
        promotion->platform.context, promotion->config->target_environment_id, limits, error);
}

static enum cog_code parity_measure(const struct cog_promotion *promotion, struct cog_limits limits,
                                    struct cog_parity *out_parity, struct cog_error *error)
{
    const struct cog_config *config = promotion->config;
    struct cog_metrics source = {0};
    struct cog_metrics target = {0};
    enum cog_code code = promotion->platform.ops->measure(
        promotion->platform.context, config->source_environment_id, limits, &source, error);
    if (code != COG_OK) {
        return code;
    }
    code = promotion->platform.ops->measure(promotion->platform.context,
                                            config->target_environment_id, limits, &target, error);
    if (code != COG_OK) {
        return code;
    }
    cog_parity_compute(&source, &target, &promotion->request, out_parity);
    return COG_OK;
}

static void note_parity(const struct cog_promotion *promotion, const struct cog_parity *parity)
{
    struct cog_report *report = promotion->report;
    report->parity_is_measured = parity->is_measured;
    report->parity_score = parity->score;

    char score[16] = "not measured";
    if (parity->is_measured) {
        (void)snprintf(score, sizeof score, "%.4f", parity->score);
    }
    cog_promotion_log(promotion, COG_LOG_INFO, "parity", "score", score);
}

static enum cog_event end_parity_low(struct cog_promotion *promotion,
                                     const struct cog_parity *parity)
{
    struct cog_error error = {0};
    (void)cog_error_set(&error, COG_ERROR_REFUSED, "parity %.4f is below %.4f: %s", parity->score,
                        promotion->config->parity_threshold, parity->differences);
    if (promotion->config->rollback_on_low_parity) {
        cog_promotion_note_failure(promotion, &error);
        return COG_EVENT_UNWANTED;
    }
    return cog_promotion_end(promotion, COG_OUTCOME_PARITY_LOW, COG_TARGET_NEW, &error);
}

enum cog_event cog_verify(struct cog_promotion *promotion)
{
    const struct cog_limits limits = verification_limits(promotion);
    struct cog_parity parity = {0};
    struct cog_error error = {0};
    if (target_answers(promotion, limits, &error) != COG_OK ||
        parity_measure(promotion, limits, &parity, &error) != COG_OK) {
        (void)cog_error_wrap(&error, error.code, "completed, but the target is not verified");
        return cog_promotion_end(promotion, COG_OUTCOME_PARITY_LOW, COG_TARGET_NEW, &error);
    }

    note_parity(promotion, &parity);
    if (parity.is_measured && parity.score < promotion->config->parity_threshold) {
        return end_parity_low(promotion, &parity);
    }
    return cog_promotion_end(promotion, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, NULL);
}

/** The content against what was noted before; where nothing was noted, the platform's word counts.
 */
static enum cog_code content_is_restored(const struct cog_promotion *promotion,
                                         struct cog_limits limits, struct cog_error *error)
{
    struct cog_metrics now = {0};
    enum cog_code code = promotion->platform.ops->measure(
        promotion->platform.context, promotion->config->target_environment_id, limits, &now, error);
    if (code != COG_OK) {
        return code;
    }
    const char *before = promotion->baseline.content_digest;
    if (before[0] != '\0' && strcmp(before, now.content_digest) != 0) {
        return cog_error_set(error, COG_ERROR_REFUSED,
                             "the platform says rolled back, but the content differs from before");
    }
    return COG_OK;
}

enum cog_event cog_verify_restored(struct cog_promotion *promotion)
{
    const struct cog_limits limits = verification_limits(promotion);
    struct cog_error error = {0};
    if (target_answers(promotion, limits, &error) != COG_OK ||
        content_is_restored(promotion, limits, &error) != COG_OK) {
        (void)cog_error_wrap(&error, error.code, "rolled back, but not confirmed");
        return cog_promotion_end(promotion, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT,
                                 &error);
    }
    return cog_promotion_end(promotion, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, NULL);
}
