#include "course.h"

#include <cogbase/text.h>

#include <string.h>

static const struct {
    const char *key;
    const char *name;
} STATES[COG_STATE_COUNT] = {
    [COG_STATE_AUTHENTICATE] = {"authenticate", "authenticate"},
    [COG_STATE_LOCK] = {"lock", "lock"},
    [COG_STATE_DRAIN] = {"drain", "ready"},
    [COG_STATE_CHECK] = {"check", "ready"},
    [COG_STATE_BASELINE] = {"baseline", "ready"},
    [COG_STATE_PROMOTE] = {"promote", "promote"},
    [COG_STATE_FOLLOW] = {"follow", "follow"},
    [COG_STATE_VERIFY] = {"verify", "verify"},
    [COG_STATE_SETTLE] = {"settle", "settle"},
    [COG_STATE_INSPECT] = {"inspect", "rollback"},
    [COG_STATE_STOP] = {"stop", "follow"},
    [COG_STATE_ROLL_BACK] = {"roll_back", "rollback"},
    [COG_STATE_FOLLOW_ROLLBACK] = {"follow_rollback", "rollback"},
    [COG_STATE_VERIFY_RESTORED] = {"verify_restored", "verify"},
    [COG_STATE_END] = {"end", "end"},
};

enum cog_code cog_course_init(const struct cog_promotion_request *request, const char *api_base,
                              struct cog_course *out_course, struct cog_error *error)
{
    struct cog_course course = {
        .resolve_dependencies = request->resolve_dependencies,
        .sync_configuration = request->sync_configuration,
        .override_active_sessions = request->override_active_sessions,
        .include_webhooks = request->include_webhooks,
        .include_integrations = request->include_integrations,
        .job = {.progress = -1, .retry_after_ms = -1},
    };
    const struct {
        const char *name;
        char *buffer;
        size_t size;
        const char *value;
    } texts[] = {
        {"the source environment", course.report.source_environment_id, COG_ID_SIZE,
         request->source_environment_id},
        {"the target environment", course.report.target_environment_id, COG_ID_SIZE,
         request->target_environment_id},
        {"the platform version", course.platform_version, COG_ID_SIZE, request->platform_version},
        {"the API's base URL", course.api_base, COG_API_BASE_SIZE, api_base},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *value = texts[i].value != NULL ? texts[i].value : "";
        if (!cog_string_copy(texts[i].buffer, texts[i].size, value)) {
            return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s is longer than %zu bytes",
                                 texts[i].name, texts[i].size - 1);
        }
    }
    *out_course = course;
    return COG_OK;
}

struct cog_promotion_request cog_course_request(const struct cog_course *course)
{
    return (struct cog_promotion_request){
        .source_environment_id = course->report.source_environment_id,
        .target_environment_id = course->report.target_environment_id,
        .platform_version = course->platform_version,
        .resolve_dependencies = course->resolve_dependencies,
        .sync_configuration = course->sync_configuration,
        .override_active_sessions = course->override_active_sessions,
        .include_webhooks = course->include_webhooks,
        .include_integrations = course->include_integrations,
    };
}

bool cog_course_has_acted(const struct cog_course *course)
{
    return course->is_by_hand || course->promote_is_open || course->report.job_id[0] != '\0';
}

bool cog_course_is_untold(const struct cog_course *course)
{
    return course->state == COG_STATE_END && (!course->is_closed || !course->is_audited ||
                                              course->report.webhook == COG_DELIVERY_FAILED);
}

/** Whether somebody may know more by now of how it ended. */
static bool is_open_ended(const struct cog_report *report)
{
    bool is_rollback_open = report->rollback_end == COG_ROLLBACK_UNKNOWN ||
                            report->rollback_end == COG_ROLLBACK_UNCONFIRMED;
    return report->outcome == COG_OUTCOME_UNKNOWN || report->outcome == COG_OUTCOME_INTERRUPTED ||
           (report->outcome == COG_OUTCOME_ROLLBACK_FAILED && is_rollback_open);
}

bool cog_course_is_resumable(const struct cog_course *course)
{
    return course->state != COG_STATE_END || cog_course_is_untold(course) ||
           is_open_ended(&course->report);
}

bool cog_course_is_at_work(const struct cog_course *course, struct cog_storage storage)
{
    struct cog_holder self = {0};
    cog_storage_identify(storage, &self);
    return !course->is_closed && !cog_holder_is_same(&course->holder, &self) &&
           cog_storage_ask_life(storage, &course->holder) == COG_HOLDER_ALIVE;
}

const char *cog_state_name(enum cog_state state)
{
    return STATES[state].name;
}

const char *cog_state_key(enum cog_state state)
{
    return STATES[state].key;
}
