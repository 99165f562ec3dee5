/* Before anything is changed: who we are, and whether the target may be changed now. */
#include "promotion.h"

#include <cogbase/duration.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const SCOPES[] = {
    "environment:write",
    "bot:deploy",
    "deployment:execute",
    "conversation:simulate",
};

/** Whether `scope` is one of the space-separated words of `scopes`. */
static bool scopes_contain(const char *scopes, const char *scope)
{
    size_t length = strlen(scope);
    const char *at = scopes;
    while ((at = strstr(at, scope)) != NULL) {
        bool begins = at == scopes || at[-1] == ' ';
        bool ends = at[length] == '\0' || at[length] == ' ';
        if (begins && ends) {
            return true;
        }
        at += length;
    }
    return false;
}

const char *cog_scope_missing(const char *scopes)
{
    for (size_t i = 0; i < sizeof SCOPES / sizeof SCOPES[0]; i++) {
        if (!scopes_contain(scopes, SCOPES[i])) {
            return SCOPES[i];
        }
    }
    return NULL;
}

enum cog_event cog_authenticate(struct cog_promotion *promotion)
{
    char scopes[COG_SCOPES_SIZE] = "";
    struct cog_error error = {0};
    enum cog_code code = promotion->platform.ops->authenticate(
        promotion->platform.context, cog_promotion_limits(promotion), scopes, &error);
    if (code != COG_OK) {
        return cog_promotion_end_untouched(promotion, &error);
    }

    /* A server that does not tell the scopes may still grant them: its 403 will say. */
    const char *missing = scopes[0] != '\0' ? cog_scope_missing(scopes) : NULL;
    if (missing != NULL) {
        (void)cog_error_set(&error, COG_ERROR_FORBIDDEN,
                            "the client '%s' lacks the scope '%s'; grant it and try again",
                            promotion->config->client_id, missing);
        return cog_promotion_end_untouched(promotion, &error);
    }
    return COG_EVENT_PASSED;
}

static int64_t drain_deadline(struct cog_promotion *promotion)
{
    if (promotion->drain_deadline_ms == 0) {
        promotion->drain_deadline_ms =
            cog_clock_monotonic_ms(promotion->clock) + promotion->config->drain_wait_ms;
    }
    return promotion->drain_deadline_ms;
}

enum cog_code cog_drain_pause(struct cog_promotion *promotion, int64_t count,
                              struct cog_error *error)
{
    int64_t due_ms = cog_clock_monotonic_ms(promotion->clock) + promotion->config->poll_interval_ms;
    if (due_ms > drain_deadline(promotion) || due_ms >= promotion->deadline_ms) {
        char limit[COG_DURATION_TEXT_SIZE];
        cog_promotion_log_limit(promotion,
                                due_ms < promotion->deadline_ms ? "wait_for_drain" : "timeout");
        return cog_error_set(error, COG_ERROR_CONFLICT,
                             "environment '%s' has %" PRId64 " active sessions after a wait of %s;"
                             " raise --wait-for-drain or end the sessions",
                             promotion->request.target_environment_id, count,
                             cog_duration_format(promotion->config->drain_wait_ms, limit));
    }
    enum cog_code code = cog_clock_sleep_until(promotion->clock, due_ms, promotion->cancel);
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "interrupted while sessions drain");
}

enum cog_event cog_drain(struct cog_promotion *promotion)
{
    (void)drain_deadline(promotion);
    for (;;) {
        int64_t count = 0;
        struct cog_error error = {0};
        enum cog_code code = promotion->platform.ops->count_sessions(
            promotion->platform.context, promotion->request.target_environment_id,
            cog_promotion_limits(promotion), &count, &error);
        if (code != COG_OK) {
            return cog_promotion_end_untouched(promotion, &error);
        }
        if (count == 0) {
            return COG_EVENT_PASSED;
        }

        char text[32];
        (void)snprintf(text, sizeof text, "%" PRId64, count);
        cog_promotion_log(promotion, COG_LOG_INFO, "sessions-active", "count", text);
        if (promotion->request.override_active_sessions) {
            return COG_EVENT_PASSED;
        }
        if (cog_drain_pause(promotion, count, &error) != COG_OK) {
            return cog_promotion_end_untouched(promotion, &error);
        }
    }
}

enum cog_event cog_check(struct cog_promotion *promotion)
{
    const struct cog_limits limits = cog_promotion_limits(promotion);
    struct cog_error error = {0};
    if (promotion->platform.ops->check_health(promotion->platform.context, limits, &error) !=
            COG_OK ||
        promotion->platform.ops->simulate(promotion->platform.context,
                                          promotion->request.target_environment_id, limits,
                                          &error) != COG_OK) {
        return cog_promotion_end_untouched(promotion, &error);
    }
    return COG_EVENT_PASSED;
}

enum cog_event cog_baseline(struct cog_promotion *promotion)
{
    const struct cog_limits limits = cog_promotion_limits(promotion);
    struct cog_error error = {0};
    if (promotion->platform.ops->measure(promotion->platform.context,
                                         promotion->request.target_environment_id, limits,
                                         &promotion->course->baseline, &error) != COG_OK ||
        promotion->platform.ops->list_deployments(promotion->platform.context,
                                                  promotion->request.source_environment_id,
                                                  promotion->request.target_environment_id, limits,
                                                  &promotion->course->known, &error) != COG_OK) {
        return cog_promotion_end_untouched(promotion, &error);
    }
    return COG_EVENT_PASSED;
}
