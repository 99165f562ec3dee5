#include "verification/json_difference.h"

#include <cogbase/text.h>

#include <string.h>

static bool is_scalar_equal(const cJSON *expected, const cJSON *actual)
{
    if (cJSON_IsString(expected) && cJSON_IsString(actual)) {
        return strcmp(expected->valuestring, actual->valuestring) == 0;
    }
    return cJSON_Compare(expected, actual, true);
}

static char *member_path(const char *path, const char *name)
{
    struct cog_text text = {0};
    cog_text_append_format(&text, "%s.%s", path, name);
    return cog_text_take(&text);
}

static char *element_path(const char *path, int index)
{
    struct cog_text text = {0};
    cog_text_append_format(&text, "%s[%d]", path, index);
    return cog_text_take(&text);
}

/* Members that nobody expected. */
static void note_surplus(struct mock_comparison *comparison, const char *path,
                         const cJSON *expected, const cJSON *actual)
{
    for (const cJSON *node = actual->child; node != NULL; node = node->next) {
        if (cJSON_GetObjectItemCaseSensitive(expected, node->string) == NULL) {
            COG_CLEANUP(cog_string_finish) char *name = member_path(path, node->string);
            mock_comparison_differ(comparison, name, NULL, node);
        }
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the document, which has a limit. */
static void compare_objects(struct mock_comparison *comparison, const char *path,
                            const cJSON *expected, const cJSON *actual, bool is_subset)
{
    for (const cJSON *node = expected->child; node != NULL; node = node->next) {
        COG_CLEANUP(cog_string_finish) char *name = member_path(path, node->string);
        mock_json_compare(comparison, name, node,
                          cJSON_GetObjectItemCaseSensitive(actual, node->string), is_subset);
    }
    if (!is_subset) {
        note_surplus(comparison, path, expected, actual);
    }
}

/* Arrays must be equally long: an element has no name by which it could be looked for. */
static void compare_arrays(struct mock_comparison *comparison, const char *path,
                           const cJSON *expected, const cJSON *actual, bool is_subset)
{
    const cJSON *other = actual->child;
    int index = 0;
    for (const cJSON *node = expected->child; node != NULL; node = node->next) {
        COG_CLEANUP(cog_string_finish) char *name = element_path(path, index++);
        mock_json_compare(comparison, name, node, other, is_subset);
        other = other == NULL ? NULL : other->next;
    }
    for (; other != NULL; other = other->next) {
        COG_CLEANUP(cog_string_finish) char *name = element_path(path, index++);
        mock_comparison_differ(comparison, name, NULL, other);
    }
}

void mock_json_compare(struct mock_comparison *comparison, const char *path, const cJSON *expected,
                       const cJSON *actual, bool is_subset)
{
    if (path == NULL) {
        comparison->failed = true;
        return;
    }
    if (actual == NULL) {
        mock_comparison_differ(comparison, path, expected, NULL);
    } else if (cJSON_IsObject(expected) && cJSON_IsObject(actual)) {
        compare_objects(comparison, path, expected, actual, is_subset);
    } else if (cJSON_IsArray(expected) && cJSON_IsArray(actual)) {
        compare_arrays(comparison, path, expected, actual, is_subset);
    } else if (is_scalar_equal(expected, actual)) {
        mock_comparison_agree(comparison);
    } else {
        mock_comparison_differ(comparison, path, expected, actual);
    }
}
