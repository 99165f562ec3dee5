/* After the change: does the target answer, and is its content what it should be? */
#include "promotion.h"

#include <cogpromote/parity.h>

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
        promotion->platform.context, promotion->request.target_environment_id, limits, error);
}

static void note_parity(const struct cog_promotion *promotion, const struct cog_parity *parity)
{
    struct cog_report *report = &promotion->course->report;
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
    struct cog_parity_sides sides = {0};
    struct cog_parity parity = {0};
    struct cog_error error = {0};
    if (target_answers(promotion, limits, &error) != COG_OK ||
        cog_parity_measure(promotion->platform, &promotion->request, limits, &sides, &parity,
                           &error) != COG_OK) {
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
        promotion->platform.context, promotion->request.target_environment_id, limits, &now, error);
    if (code != COG_OK) {
        return code;
    }
    const char *before = promotion->course->baseline.content_digest;
    if (before[0] != '\0' && now.content_digest[0] == '\0') {
        return cog_error_set(error, COG_ERROR_NOT_FOUND,
                             "the platform says rolled back, but its content cannot be measured"
                             " any more");
    }
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
        promotion->course->report.rollback_end = COG_ROLLBACK_UNCONFIRMED;
        return cog_promotion_end(promotion, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT,
                                 &error);
    }
    promotion->course->report.rollback_end = COG_ROLLBACK_CONFIRMED;
    return cog_promotion_end(promotion, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, NULL);
}
