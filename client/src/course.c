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

/* One of the request's texts, and where it goes. */
struct place {
    const char *name;
    char *buffer;
    size_t size;
    const char *value; /* NULL: "". */
};

static enum cog_code check_places(const struct place *places, size_t count, struct cog_error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (places[i].value != NULL && strlen(places[i].value) >= places[i].size) {
            return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s is longer than %zu bytes",
                                 places[i].name, places[i].size - 1);
        }
    }
    return COG_OK;
}

enum cog_code cog_course_init(const struct cog_promotion_request *request, const char *api_base,
                              struct cog_course *out_course, struct cog_error *error)
{
    const struct place places[] = {
        {"the source environment", out_course->report.source_environment_id, COG_ID_SIZE,
         request->source_environment_id},
        {"the target environment", out_course->report.target_environment_id, COG_ID_SIZE,
         request->target_environment_id},
        {"the platform version", out_course->platform_version, COG_ID_SIZE,
         request->platform_version},
        {"the API's base URL", out_course->api_base, COG_API_BASE_SIZE, api_base},
    };
    const size_t count = sizeof places / sizeof places[0];
    enum cog_code code = check_places(places, count, error);
    if (code != COG_OK) {
        return code;
    }
    /* In place: it has room for many deployments, and is too large to be copied. */
    memset(out_course, 0, sizeof *out_course);
    out_course->resolve_dependencies = request->resolve_dependencies;
    out_course->sync_configuration = request->sync_configuration;
    out_course->override_active_sessions = request->override_active_sessions;
    out_course->include_webhooks = request->include_webhooks;
    out_course->include_integrations = request->include_integrations;
    out_course->job.progress = -1;
    out_course->job.retry_after_ms = -1;
    for (size_t i = 0; i < count; i++) {
        if (places[i].value != NULL) {
            memcpy(places[i].buffer, places[i].value, strlen(places[i].value) + 1);
        }
    }
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

void cog_course_retire_key(struct cog_course *course)
{
    if (course->promote_count > 0 && course->promote_key[0] != '\0') {
        memmove(course->retired_keys[1], course->retired_keys[0],
                sizeof course->retired_keys - sizeof course->retired_keys[0]);
        memcpy(course->retired_keys[0], course->promote_key, COG_UUID_SIZE);
        course->retired_key_count += course->retired_key_count < COG_RETIRED_KEYS_MAX ? 1 : 0;
    }
    course->promote_key[0] = '\0';
    course->promote_count = 0;
}

bool cog_course_has_key(const struct cog_course *course, const char *key)
{
    bool is_known = strcmp(course->promote_key, key) == 0;
    for (size_t i = 0; i < course->retired_key_count && !is_known; i++) {
        is_known = strcmp(course->retired_keys[i], key) == 0;
    }
    return is_known && key[0] != '\0';
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

bool cog_course_is_interrupted(const struct cog_course *course)
{
    const bool is_decided = course->state == COG_STATE_END || course->is_decided;
    return is_decided && course->report.outcome == COG_OUTCOME_INTERRUPTED;
}

/** Whether somebody may know more by now of how it ended. */
static bool is_open_ended(const struct cog_report *report)
{
    bool is_rollback_open = report->rollback_end == COG_ROLLBACK_UNKNOWN ||
                            report->rollback_end == COG_ROLLBACK_UNCONFIRMED;
    return report->outcome == COG_OUTCOME_UNKNOWN || report->outcome == COG_OUTCOME_INTERRUPTED ||
           (report->outcome == COG_OUTCOME_ROLLBACK_FAILED && is_rollback_open);
}

bool cog_course_may_go_on(const struct cog_course *course)
{
    return course->successor[0] == '\0' &&
           (course->state != COG_STATE_END || is_open_ended(&course->report));
}

bool cog_course_is_resumable(const struct cog_course *course)
{
    return cog_course_may_go_on(course) || cog_course_is_untold(course);
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
