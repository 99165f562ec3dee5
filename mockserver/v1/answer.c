#include "v1/answer.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum { HEADERS_START = 4 };

void mock_plan_finish(struct mock_plan *plan)
{
    for (size_t i = 0; i < plan->header_count; i++) {
        free(plan->headers[i].name);
    }
    free(plan->headers);
    free(plan->body);
    free(plan->raw);
    if (plan->stream.ops != NULL) {
        plan->stream.ops->finish(plan->stream.context);
    }
    *plan = (struct mock_plan){0};
}

/* @return name and value in one block; NULL when out of memory */
static char *join(const char *name, const char *value)
{
    const size_t name_size = strlen(name) + 1;
    const size_t value_size = strlen(value) + 1;
    char *block = malloc(name_size + value_size);
    if (block != NULL) {
        memcpy(block, name, name_size);
        memcpy(block + name_size, value, value_size);
    }
    return block;
}

/* There is room for the next power of two, from four on. */
static enum cog_code reserve_header(struct mock_plan *plan)
{
    const size_t count = plan->header_count;
    const bool is_full = count == 0 || (count >= HEADERS_START && (count & (count - 1)) == 0);
    if (!is_full) {
        return COG_OK;
    }
    const size_t capacity = count == 0 ? HEADERS_START : 2 * count;
    struct mock_header *headers = realloc(plan->headers, capacity * sizeof *headers);
    if (headers == NULL) {
        return COG_ERROR_MEMORY;
    }
    plan->headers = headers;
    return COG_OK;
}

enum cog_code mock_plan_header_append(struct mock_plan *plan, const char *name, const char *value)
{
    char *block = join(name, value);
    if (block == NULL || reserve_header(plan) != COG_OK) {
        free(block);
        return COG_ERROR_MEMORY;
    }
    plan->headers[plan->header_count++] = (struct mock_header){block, block + strlen(name) + 1};
    return COG_OK;
}

enum cog_code mock_plan_header_set(struct mock_plan *plan, const char *name, const char *value)
{
    for (size_t i = 0; i < plan->header_count; i++) {
        struct mock_header *header = &plan->headers[i];
        if (!cog_string_equals_ignoring_case(header->name, name)) {
            continue;
        }
        char *block = join(header->name, value);
        if (block == NULL) {
            return COG_ERROR_MEMORY;
        }
        free(header->name);
        *header = (struct mock_header){block, block + strlen(block) + 1};
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

enum cog_code mock_answer_json(struct mock_plan *plan, int status, struct mock_body *body)
{
    return mock_answer_typed(plan, status, MOCK_TYPE_JSON, body);
}

enum cog_code mock_answer_typed(struct mock_plan *plan, int status, const char *type,
                                struct mock_body *body)
{
    enum cog_code code = mock_plan_header_append(plan, "Content-Type", type);
    if (code != COG_OK) {
        return code;
    }
    char *text = mock_body_take(body);
    code = mock_plan_body_set(plan, text, text == NULL ? 0 : strlen(text));
    if (code == COG_OK) {
        mock_answer_empty(plan, status);
    }
    return code;
}
