#include "v1/body.h"

#include <string.h>

static bool is_ready(struct mock_body *body)
{
    if (body->object == NULL && !body->failed) {
        body->object = cJSON_CreateObject();
        body->failed = body->object == NULL;
    }
    return !body->failed;
}

void mock_body_string(struct mock_body *body, const char *name, const char *value)
{
    if (is_ready(body)) {
        const cJSON *added = value == NULL ? cJSON_AddNullToObject(body->object, name)
                                           : cJSON_AddStringToObject(body->object, name, value);
        body->failed = added == NULL;
    }
}

void mock_body_integer(struct mock_body *body, const char *name, int64_t value)
{
    if (is_ready(body)) {
        body->failed = cJSON_AddNumberToObject(body->object, name, (double)value) == NULL;
    }
}

void mock_body_boolean(struct mock_body *body, const char *name, bool value)
{
    if (is_ready(body)) {
        body->failed = cJSON_AddBoolToObject(body->object, name, value) == NULL;
    }
}

void mock_body_array(struct mock_body *body, const char *name)
{
    if (is_ready(body)) {
        body->failed = cJSON_AddArrayToObject(body->object, name) == NULL;
    }
}

void mock_body_array_append(struct mock_body *body, const char *name, struct mock_body *item)
{
    if (item->failed || !is_ready(body)) {
        body->failed = true;
        return;
    }
    cJSON *array = cJSON_GetObjectItemCaseSensitive(body->object, name);
    if (cJSON_AddItemToArray(array, item->object)) {
        item->object = NULL;
    } else {
        body->failed = true;
    }
}

/* cJSON's text comes from cJSON's allocator, which is malloc unless somebody hooked it. */
char *mock_body_print(const struct mock_body *body)
{
    if (body->failed || body->object == NULL) {
        return body->failed ? NULL : strdup("{}");
    }
    char *printed = cJSON_PrintUnformatted(body->object);
    char *text = printed == NULL ? NULL : strdup(printed);
    cJSON_free(printed);
    return text;
}

void mock_body_finish(struct mock_body *body)
{
    cJSON_Delete(body->object);
    *body = (struct mock_body){0};
}
