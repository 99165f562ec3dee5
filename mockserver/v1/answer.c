#include "v1/answer.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

void mock_plan_finish(struct mock_plan *plan)
{
    for (size_t i = 0; i < plan->header_count; i++) {
        free(plan->headers[i].name);
        free(plan->headers[i].value);
    }
    free(plan->headers);
    free(plan->body);
    free(plan->raw);
    *plan = (struct mock_plan){0};
}

enum cog_code mock_plan_header_append(struct mock_plan *plan, const char *name, const char *value)
{
    size_t size = (plan->header_count + 1) * sizeof *plan->headers;
    struct mock_header *headers = realloc(plan->headers, size);
    if (headers == NULL) {
        return COG_ERROR_MEMORY;
    }
    plan->headers = headers;
    COG_CLEANUP(cog_string_finish) char *name_copy = strdup(name);
    char *value_copy = strdup(value);
    if (name_copy == NULL || value_copy == NULL) {
        free(value_copy);
        return COG_ERROR_MEMORY;
    }
    struct mock_header *header = &headers[plan->header_count++];
    header->name = name_copy;
    header->value = value_copy;
    name_copy = NULL;
    return COG_OK;
}

enum cog_code mock_plan_header_set(struct mock_plan *plan, const char *name, const char *value)
{
    for (size_t i = 0; i < plan->header_count; i++) {
        if (!cog_string_equals_ignoring_case(plan->headers[i].name, name)) {
            continue;
        }
        char *copy = strdup(value);
        if (copy == NULL) {
            return COG_ERROR_MEMORY;
        }
        free(plan->headers[i].value);
        plan->headers[i].value = copy;
        return COG_OK;
    }
    return mock_plan_header_append(plan, name, value);
}

void mock_plan_header_remove(struct mock_plan *plan, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->header_count; i++) {
        if (cog_string_equals_ignoring_case(plan->headers[i].name, name)) {
            free(plan->headers[i].name);
            free(plan->headers[i].value);
        } else {
            plan->headers[count++] = plan->headers[i];
        }
    }
    plan->header_count = count;
}

enum cog_code mock_plan_copy(const struct mock_plan *plan, struct mock_plan *out_plan)
{
    COG_CLEANUP(mock_plan_finish) struct mock_plan copy = *plan;
    copy.headers = NULL;
    copy.header_count = 0;
    copy.body = NULL;
    copy.raw = NULL;
    copy.raw_length = 0;
    for (size_t i = 0; i < plan->header_count; i++) {
        enum cog_code code =
            mock_plan_header_append(&copy, plan->headers[i].name, plan->headers[i].value);
        if (code != COG_OK) {
            return code;
        }
    }
    if (plan->body != NULL) {
        copy.body = strdup(plan->body);
        if (copy.body == NULL) {
            return COG_ERROR_MEMORY;
        }
    }
    *out_plan = copy;
    copy = (struct mock_plan){0};
    return COG_OK;
}

enum cog_code mock_plan_body_set(struct mock_plan *plan, char *body, size_t length)
{
    if (body == NULL) {
        return COG_ERROR_MEMORY;
    }
    free(plan->body);
    plan->body = body;
    plan->body_length = length;
    plan->sent_length = length;
    return COG_OK;
}

void mock_plan_body_clear(struct mock_plan *plan)
{
    free(plan->body);
    plan->body = NULL;
    plan->body_length = 0;
    plan->sent_length = 0;
}

void mock_answer_empty(struct mock_plan *plan, int status)
{
    plan->status = status;
    plan->ending = MOCK_ENDING_COMPLETE;
}

enum cog_code mock_answer_json(struct mock_plan *plan, int status, const struct mock_body *body)
{
    return mock_answer_typed(plan, status, MOCK_TYPE_JSON, body);
}

enum cog_code mock_answer_typed(struct mock_plan *plan, int status, const char *type,
                                const struct mock_body *body)
{
    enum cog_code code = mock_plan_header_append(plan, "Content-Type", type);
    if (code != COG_OK) {
        return code;
    }
    char *text = mock_body_print(body);
    code = mock_plan_body_set(plan, text, text == NULL ? 0 : strlen(text));
    if (code == COG_OK) {
        mock_answer_empty(plan, status);
    }
    return code;
}
