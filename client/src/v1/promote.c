#include "calls.h"

#include "../problem.h"
#include "../retry_after.h"
#include "call.h"
#include "job_json.h"

#include <cogbase/json.h>

#include <string.h>

#define PROMOTE_PATH "/deployments/promote"

static bool add_switches(cJSON *json, const struct cog_promotion_request *request)
{
    const struct {
        const char *name;
        bool value;
    } switches[] = {
        {"resolve_dependencies", request->resolve_dependencies},
        {"sync_configuration", request->sync_configuration},
        {"override_active_sessions", request->override_active_sessions},
        {"include_webhooks", request->include_webhooks},
        {"include_integrations", request->include_integrations},
    };
    for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++) {
        if (cJSON_AddBoolToObject(json, switches[i].name, switches[i].value) == NULL) {
            return false;
        }
    }
    return true;
}

static enum cog_code format_body(const struct cog_promotion_request *request, char **out_body,
                                 struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = cJSON_CreateObject();
    char *body = NULL;
    if (cJSON_AddStringToObject(json, "source_environment_id", request->source_environment_id) !=
            NULL &&
        cJSON_AddStringToObject(json, "target_environment_id", request->target_environment_id) !=
            NULL &&
        cJSON_AddStringToObject(json, "platform_version_compatibility",
                                request->platform_version) != NULL &&
        add_switches(json, request)) {
        body = cJSON_PrintUnformatted(json);
    }
    if (body == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_body = body;
    return COG_OK;
}

/* Waiting for sessions to drain does not help against another deployment. */
static bool is_other_deployment(const struct cog_response *response)
{
    COG_CLEANUP(cog_json_finish) cJSON *problem = cog_problem_parse(response);
    const char *type = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(problem, "type"));
    return type != NULL && strstr(type, "deployment") != NULL;
}

static enum cog_code fail_status(const struct cog_v1 *v1, const struct cog_response *response,
                                 struct cog_error *error)
{
    const enum cog_code code = cog_v1_acting_fail(v1, response, error);
    if (code == COG_ERROR_CONFLICT && is_other_deployment(response)) {
        return cog_error_wrap(error, COG_ERROR_REFUSED, "another deployment is running");
    }
    return code;
}

static enum cog_code read_answer(const struct cog_v1 *v1, const struct cog_response *response,
                                 const struct cog_promotion_request *request,
                                 struct cog_job *out_job, struct cog_error *error)
{
    const int status = response->status;
    if (status != 200 && status != 201 && status != 202) {
        return fail_status(v1, response, error);
    }
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    enum cog_code code = cog_v1_object_parse(v1, response, &json, error);
    if (code == COG_OK) {
        code = cog_v1_job_read(json, request, out_job, error);
    }
    if (code != COG_OK) {
        cog_v1_head_note(v1, response, error);
        return cog_error_wrap(error, COG_ERROR_AMBIGUOUS, "accepted, but without a usable job");
    }
    out_job->retry_after_ms = cog_retry_after_ms(response, cog_clock_unix_ms(v1->clock));
    return COG_OK;
}

enum cog_code cog_v1_promote(void *context, const struct cog_promotion_request *request,
                             const char *idempotency_key, struct cog_limits limits,
                             struct cog_job *out_job, struct cog_error *error)
{
    const struct cog_v1 *v1 = context;
    COG_CLEANUP(cog_string_finish) char *body = NULL;
    enum cog_code code = format_body(request, &body, error);
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    if (code == COG_OK) {
        const struct cog_v1_call call = {
            .name = "promote",
            .path = PROMOTE_PATH,
            .body = body,
            .idempotency_key = idempotency_key,
            .acts = true,
        };
        code = cog_v1_call_send(v1, &call, limits, &response, error);
    }
    if (code == COG_OK) {
        code = read_answer(v1, &response, request, out_job, error);
    }
    return code == COG_OK
               ? code
               : cog_error_wrap(error, code, "promote '%s' to '%s'", request->source_environment_id,
                                request->target_environment_id);
}

enum cog_code cog_v1_preview(void *context, const struct cog_promotion_request *request,
                             char **out_text, struct cog_error *error)
{
    const struct cog_v1 *v1 = context;
    COG_CLEANUP(cog_string_finish) char *body = NULL;
    enum cog_code code = format_body(request, &body, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_text text = {0};
    cog_text_append_format(&text, "POST %s" PROMOTE_PATH " %s", v1->api_base, body);
    return cog_text_give(&text, out_text, error);
}
