#include "v1/spoil.h"

#include "v1/problem.h"
#include "v1/retry_after.h"
#include "v1/routes.h"

#include <cjson/cJSON.h>
#include <string.h>

#define TYPE_HTML "text/html; charset=utf-8"
#define TYPE_TEXT "text/plain; charset=utf-8"

static const char html_body[] =
    "<!DOCTYPE html><html><head><title>Gateway</title></head><body>Something went wrong."
    "</body></html>\n";

static void end_without_answer(struct mock_plan *plan, enum mock_ending ending)
{
    mock_plan_finish(plan);
    plan->ending = ending;
}

static enum cog_code replace_body(struct mock_plan *plan, const char *type, const char *body)
{
    enum cog_code code = mock_plan_body_set(plan, strdup(body), strlen(body));
    return code == COG_OK ? mock_plan_header_set(plan, "Content-Type", type) : code;
}

/* A body of one byte or more is always cut; an empty one cannot be. */
static void truncate_body(struct mock_plan *plan, int64_t after_bytes)
{
    size_t length = plan->body_length;
    size_t sent = after_bytes < 0 ? length / 2 : (size_t)after_bytes;
    if (sent >= length) {
        sent = length == 0 ? 0 : length - 1;
    }
    plan->sent_length = sent;
    plan->ending = MOCK_ENDING_CLOSE;
}

static cJSON *value_of_other_type(const cJSON *value)
{
    if (cJSON_IsString(value)) {
        return cJSON_CreateNumber(17);
    }
    if (cJSON_IsArray(value)) {
        return cJSON_CreateObject();
    }
    if (cJSON_IsObject(value)) {
        return cJSON_CreateArray();
    }
    return cJSON_CreateString("seventeen");
}

static enum cog_code replace_types(struct mock_plan *plan)
{
    cJSON *json = plan->body == NULL ? NULL : cJSON_Parse(plan->body);
    if (!cJSON_IsObject(json)) {
        cJSON_Delete(json);
        return COG_OK;
    }
    COG_CLEANUP(mock_body_finish) struct mock_body wrong = {0};
    wrong.object = cJSON_CreateObject();
    const cJSON *value = NULL;
    cJSON_ArrayForEach(value, json)
    {
        cJSON *other = value_of_other_type(value);
        if (!cJSON_AddItemToObject(wrong.object, value->string, other)) {
            cJSON_Delete(other);
            wrong.failed = true;
        }
    }
    cJSON_Delete(json);
    char *text = mock_body_print(&wrong);
    return mock_plan_body_set(plan, text, text == NULL ? 0 : strlen(text));
}

static enum cog_code fill_body(struct mock_plan *plan, const struct mock_injection *injection)
{
    switch (injection->body) {
    case MOCK_FAULT_BODY_PROBLEM: {
        const struct mock_problem problem = {.status = injection->status, .name = "injected"};
        return mock_answer_problem(plan, &problem, "injected by the scenario");
    }
    case MOCK_FAULT_BODY_EMPTY:
        return COG_OK;
    case MOCK_FAULT_BODY_TEXT:
        return replace_body(plan, TYPE_TEXT, "something went wrong\n");
    case MOCK_FAULT_BODY_HTML:
        return replace_body(plan, TYPE_HTML, html_body);
    case MOCK_FAULT_BODY_JSON_NULL:
        return replace_body(plan, MOCK_TYPE_JSON, "null");
    case MOCK_FAULT_BODY_RAW:
        break;
    }
    return replace_body(plan, MOCK_TYPE_JSON, injection->raw_body);
}

static enum cog_code add_challenge(struct mock_plan *plan, const struct mock_visit *visit)
{
    bool is_basic = visit->route->access == MOCK_ACCESS_CLIENT;
    return mock_plan_header_append(plan, "WWW-Authenticate",
                                   is_basic ? "Basic realm=\"cogmock\""
                                            : "Bearer realm=\"cogmock\", error=\"invalid_token\"");
}

static enum cog_code answer_status(struct mock_plan *plan, const struct mock_injection *injection,
                                   const struct mock_visit *visit)
{
    mock_plan_finish(plan);
    /* 204 and 304 have no body (RFC 9110 15.3.5 and 15.4.5). */
    bool has_body = injection->status != MOCK_STATUS_NO_CONTENT &&
                    injection->status != MOCK_STATUS_NOT_MODIFIED;
    enum cog_code code = has_body ? fill_body(plan, injection) : COG_OK;
    mock_answer_empty(plan, injection->status);
    if (code == COG_OK && injection->status == MOCK_STATUS_UNAUTHORIZED) {
        code = add_challenge(plan, visit);
    }
    if (code != COG_OK) {
        return code;
    }
    const struct mock_api *api = visit->api;
    return mock_answer_retry_after(plan, &injection->retry_after,
                                   mock_api_unix_ms(api, api->world->now_ms));
}

static enum cog_code spoil(struct mock_plan *plan, const struct mock_injection *injection,
                           const struct mock_visit *visit)
{
    switch (injection->kind) {
    case MOCK_FAULT_DELAY:
        break;
    case MOCK_FAULT_RESET_AFTER_APPLY:
        end_without_answer(plan, MOCK_ENDING_RESET);
        break;
    case MOCK_FAULT_CLOSE_NO_RESPONSE:
        end_without_answer(plan, MOCK_ENDING_CLOSE);
        break;
    case MOCK_FAULT_TIMEOUT_AFTER_APPLY:
        end_without_answer(plan, MOCK_ENDING_HANG);
        break;
    case MOCK_FAULT_RESET_AFTER_HEADERS:
        plan->sent_length = 0;
        plan->ending = MOCK_ENDING_RESET;
        break;
    case MOCK_FAULT_TRUNCATED_BODY:
        truncate_body(plan, injection->after_bytes);
        break;
    case MOCK_FAULT_EMPTY_BODY:
        mock_plan_body_clear(plan);
        break;
    case MOCK_FAULT_NOT_JSON:
        return replace_body(plan, MOCK_TYPE_JSON, "this is not JSON\n");
    case MOCK_FAULT_HTML_BODY:
        return replace_body(plan, TYPE_HTML, html_body);
    case MOCK_FAULT_WRONG_TYPES:
        return replace_types(plan);
    case MOCK_FAULT_MISSING_FIELDS:
        return replace_body(plan, MOCK_TYPE_JSON, "{}");
    case MOCK_FAULT_STATUS:
        return answer_status(plan, injection, visit);
    }
    return COG_OK;
}

enum cog_code mock_plan_spoil(struct mock_plan *plan, const struct mock_injection *injection,
                              const struct mock_visit *visit)
{
    enum cog_code code = spoil(plan, injection, visit);
    plan->delay_ms = injection->delay_ms;
    return code;
}
