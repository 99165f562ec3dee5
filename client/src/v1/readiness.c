#include "calls.h"

#include "../problem.h"
#include "call.h"

#include <cogbase/json.h>
#include <cogbase/number.h>

#include <string.h>

/* 409 is "there are sessions"; how many, only some servers say. */
static int64_t count_from_conflict(const struct cog_response *response)
{
    COG_CLEANUP(cog_json_finish) cJSON *problem = cog_problem_parse(response);
    int64_t count = 0;
    if (problem == NULL || cog_json_integer(problem, "active_sessions", 1, COG_NUMBER_INTEGER_MAX,
                                            &count, NULL) != COG_OK) {
        return 1;
    }
    return count;
}

static enum cog_code read_sessions(const struct cog_v1 *v1, const struct cog_response *response,
                                   int64_t *out_count, struct cog_error *error)
{
    if (response->status == 409) {
        *out_count = count_from_conflict(response);
        return COG_OK;
    }
    if (response->status != 200) {
        return cog_v1_answer_fail(v1, response, error);
    }
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    const enum cog_code code =
        cog_json_parse_object(response->body, response->body_length, &json, error);
    if (code != COG_OK) {
        return code;
    }
    return cog_json_integer(json, "active_sessions", 0, COG_NUMBER_INTEGER_MAX, out_count, error);
}

enum cog_code cog_v1_count_sessions(void *context, const char *environment_id,
                                    struct cog_limits limits, int64_t *out_count,
                                    struct cog_error *error)
{
    const struct cog_v1 *v1 = context;
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    enum cog_code code =
        cog_v1_path_format("/environments/", environment_id, "/sessions", &path, error);
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    if (code == COG_OK) {
        const struct cog_v1_call call = {.name = "sessions", .path = path};
        code = cog_v1_call_send(v1, &call, limits, &response, error);
    }
    if (code == COG_OK) {
        code = read_sessions(v1, &response, out_count, error);
    }
    return code == COG_OK
               ? code
               : cog_error_wrap(error, code, "count the sessions of '%s'", environment_id);
}

enum cog_code cog_v1_check_health(void *context, struct cog_limits limits, struct cog_error *error)
{
    const struct cog_v1 *v1 = context;
    const struct cog_v1_call call = {.name = "health", .path = "/health"};
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    enum cog_code code = cog_v1_call_send(v1, &call, limits, &response, error);
    if (code == COG_OK && response.status != 200) {
        code = cog_v1_answer_fail(v1, &response, error);
    }
    return code == COG_OK ? code : cog_error_wrap(error, code, "check the platform's health");
}
