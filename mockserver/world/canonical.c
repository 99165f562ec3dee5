#include "world/canonical.h"

#include <stdlib.h>
#include <string.h>

static int compare_keys(const void *left, const void *right)
{
    const cJSON *const *left_node = left;
    const cJSON *const *right_node = right;
    return strcmp((*left_node)->string, (*right_node)->string);
}

static void append_printed(cJSON *scalar, struct cog_text *text)
{
    char *printed = cJSON_PrintUnformatted(scalar);
    if (printed == NULL) {
        text->failed = true;
        return;
    }
    cog_text_append(text, printed);
    cJSON_free(printed);
}

/* cJSON escapes what the RFC escapes, and prints whole numbers without an exponent. */
static void append_scalar(const cJSON *value, struct cog_text *text)
{
    cJSON scalar = *value;
    scalar.next = NULL;
    scalar.prev = NULL;
    scalar.string = NULL;
    scalar.valuedouble += 0.0; /* Of -0 there is only 0. */
    append_printed(&scalar, text);
}

static void append_key(const char *key, struct cog_text *text)
{
    cJSON *string = cJSON_CreateStringReference(key);
    if (string == NULL) {
        text->failed = true;
        return;
    }
    append_printed(string, text);
    cJSON_Delete(string);
    cog_text_append(text, ":");
}

/* The members in the order of their keys, owned; NULL for no memory. */
static const cJSON **sort_members(const cJSON *object, size_t count)
{
    const cJSON **members = calloc(count + 1, sizeof(const cJSON *));
    if (members == NULL) {
        return NULL;
    }
    size_t i = 0;
    for (const cJSON *child = object->child; child != NULL; child = child->next) {
        members[i++] = child;
    }
    qsort(members, count, sizeof(const cJSON *), compare_keys);
    return members;
}

static void append_object(const cJSON *object, const char *without, struct cog_text *text)
{
    const size_t count = (size_t)cJSON_GetArraySize(object);
    const cJSON **members = sort_members(object, count);
    if (members == NULL) {
        text->failed = true;
        return;
    }
    const char *separator = "";
    cog_text_append(text, "{");
    for (size_t i = 0; i < count; i++) {
        if (without != NULL && strcmp(members[i]->string, without) == 0) {
            continue;
        }
        cog_text_append(text, separator);
        append_key(members[i]->string, text);
        mock_canonical_append(members[i], NULL, text);
        separator = ",";
    }
    cog_text_append(text, "}");
    free(members);
}

void mock_canonical_append(const cJSON *value, const char *without, struct cog_text *text)
{
    if (cJSON_IsObject(value)) {
        append_object(value, without, text);
        return;
    }
    if (!cJSON_IsArray(value)) {
        append_scalar(value, text);
        return;
    }
    const char *separator = "";
    cog_text_append(text, "[");
    for (const cJSON *child = value->child; child != NULL; child = child->next) {
        cog_text_append(text, separator);
        mock_canonical_append(child, NULL, text);
        separator = ",";
    }
    cog_text_append(text, "]");
}
