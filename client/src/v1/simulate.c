#include "calls.h"

#include "call.h"
#include "job_json.h"

#include <cogbase/json.h>

#include <string.h>
#include <strings.h>

static const char INTENT[] = "health_check_ping";

static bool add_entity(cJSON *json)
{
    cJSON *entities = cJSON_AddArrayToObject(json, "entities");
    cJSON *entity = cJSON_CreateObject();
    if (!cJSON_AddItemToArray(entities, entity)) {
        cJSON_Delete(entity);
        return false;
    }
    return cJSON_AddStringToObject(entity, "name", "test") != NULL &&
           cJSON_AddStringToObject(entity, "value", "true") != NULL;
}

static enum cog_code format_body(const char *environment_id, char **out_body,
                                 struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = cJSON_CreateObject();
    char *body = NULL;
    if (cJSON_AddStringToObject(json, "environment_id", environment_id) != NULL &&
        cJSON_AddStringToObject(json, "intent", INTENT) != NULL && add_entity(json)) {
        body = cJSON_PrintUnformatted(json);
    }
    if (body == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_body = body;
    return COG_OK;
}

/* A problem (RFC 9457) is no verdict, whatever the status says. */
static bool is_problem(const struct cog_response *response)
{
    static const char type[] = "application/problem+json";
    const char *stated = cog_response_header(response, "Content-Type");
    return stated != NULL && strncasecmp(stated, type, sizeof type - 1) == 0;
}

/* Some servers name no intent: they say yes by an object. Those that name one must have matched. */
static enum cog_code read_verdict(const struct cog_response *response, const char *environment_id,
                                  struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    const enum cog_code code =
        cog_json_parse_object(response->body, response->body_length, &json, error);
    if (code != COG_OK) {
        return code;
    }
    if (is_problem(response)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "%d with a problem in place of a verdict",
                             response->status);
    }
    if (!cog_v1_is_echo_sound(json, "environment_id", environment_id)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "the answer is about another environment");
    }
    const cJSON *intent = cJSON_GetObjectItemCaseSensitive(json, "matched_intent");
    if (intent == NULL) {
        return COG_OK;
    }
    const char *word = cJSON_GetStringValue(intent);
    if (word == NULL || strcmp(word, INTENT) != 0) {
        return cog_error_set(error, COG_ERROR_REFUSED,
                             "the environment did not match the intent '%s'", INTENT);
    }
    return COG_OK;
}

enum cog_code cog_v1_simulate(void *context, const char *environment_id, struct cog_limits limits,
                              struct cog_error *error)
{
    const struct cog_v1 *v1 = context;
    COG_CLEANUP(cog_string_finish) char *body = NULL;
    enum cog_code code = format_body(environment_id, &body, error);
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    if (code == COG_OK) {
        const struct cog_v1_call call = {
            .name = "simulate", .path = "/conversations/simulate", .body = body};
        code = cog_v1_call_send(v1, &call, limits, &response, error);
    }
    if (code == COG_OK) {
        const bool is_done = response.status == 200 || response.status == 201;
        code = is_done ? read_verdict(&response, environment_id, error)
                       : cog_v1_answer_fail(v1, &response, error);
    }
    return code == COG_OK
               ? code
               : cog_error_wrap(error, code, "let '%s' answer a message", environment_id);
}
