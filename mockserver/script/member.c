#include "script/member.h"

#include <cogbase/duration.h>
#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum cog_code mock_member_text(const struct cog_document *document, const cJSON *object,
                               const char *key, struct mock_member_buffer buffer,
                               struct cog_error *error)
{
    const char *text = NULL;
    enum cog_code code = cog_document_string(document, object, key, &text, error);
    if (code != COG_OK || text == NULL) {
        return code;
    }
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, key);
    if (*text == '\0') {
        return cog_document_fail(document, node, error, "'%s' must not be empty", key);
    }
    if (!cog_string_copy(buffer.bytes, buffer.size, text)) {
        return cog_document_fail(document, node, error, "'%s' is longer than %zu bytes", key,
                                 buffer.size - 1);
    }
    return COG_OK;
}

enum cog_code mock_member_at(const struct cog_document *document, const cJSON *object,
                             int64_t minimum_ms, int64_t *out_ms, struct cog_error *error)
{
    const cJSON *node = NULL;
    enum cog_code code = cog_document_require(document, object, "at", &node, error);
    if (code != COG_OK) {
        return code;
    }
    int64_t at_ms = 0;
    code = cog_document_duration(document, object, "at", &at_ms, error);
    if (code != COG_OK) {
        return code;
    }
    if (at_ms < minimum_ms) {
        return cog_document_fail(document, node, error, "times must ascend");
    }
    *out_ms = at_ms;
    return COG_OK;
}

enum cog_code mock_member_duration(const struct cog_document *document, const cJSON *node,
                                   int64_t *out_ms, struct cog_error *error)
{
    struct cog_error cause = {0};
    if (!cJSON_IsString(node)) {
        return cog_document_fail(document, node, error, "expected a duration such as \"30s\"");
    }
    if (cog_duration_parse(node->valuestring, out_ms, &cause) != COG_OK) {
        return cog_document_fail(document, node, error, "%s", cause.message);
    }
    return COG_OK;
}

/* Where nothing is near, all that it could be. */
static enum cog_code fail_unlisted(const struct cog_document *document, const cJSON *node,
                                   const char *const *words, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text message = {0};
    cog_text_append_format(&message, "unknown word '%s', expected one of: ", node->valuestring);
    for (size_t i = 0; words[i] != NULL; i++) {
        cog_text_append(&message, i > 0 ? ", " : "");
        cog_text_append(&message, words[i]);
    }
    return cog_document_fail(document, node, error, "%s", cog_text_string(&message));
}

enum cog_code mock_member_word(const struct cog_document *document, const cJSON *node,
                               const char *const *words, int *out_index, struct cog_error *error)
{
    if (!cJSON_IsString(node)) {
        return cog_document_fail(document, node, error, "expected a string");
    }
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], node->valuestring) == 0) {
            *out_index = i;
            return COG_OK;
        }
    }
    const char *nearest = cog_string_nearest(node->valuestring, words);
    if (nearest == NULL) {
        return fail_unlisted(document, node, words, error);
    }
    return cog_document_fail(document, node, error, "unknown word '%s', did you mean '%s'?",
                             node->valuestring, nearest);
}

enum cog_code mock_member_check_count(const struct cog_document *document, const cJSON *array,
                                      int maximum, struct cog_error *error)
{
    if (cJSON_GetArraySize(array) > maximum) {
        return cog_document_fail(document, array, error, "more than %d entries", maximum);
    }
    return COG_OK;
}

static enum cog_code read_level_step(const struct cog_document *document, const cJSON *entry,
                                     const struct mock_level_form *form, struct mock_level *level,
                                     struct cog_error *error)
{
    const char *const keys[] = {"at", form->key, NULL};
    enum cog_code code = cog_document_check_keys(document, entry, keys, error);
    if (code != COG_OK) {
        return code;
    }
    struct mock_level_step *step = &level->steps[level->step_count];
    int64_t minimum_ms = level->step_count == 0 ? 0 : step[-1].at_ms;
    code = mock_member_at(document, entry, minimum_ms, &step->at_ms, error);
    const cJSON *node = NULL;
    if (code == COG_OK) {
        code = cog_document_require(document, entry, form->key, &node, error);
    }
    int64_t value = 0;
    if (code == COG_OK) {
        code = cog_document_integer(document, entry, form->key, form->range, &value, error);
    }
    if (code == COG_OK) {
        step->value = (int)value;
        level->step_count++;
    }
    return code;
}

enum cog_code mock_member_level(const struct cog_document *document, const cJSON *array,
                                const struct mock_level_form *form, struct mock_level *inout_level,
                                struct cog_error *error)
{
    enum cog_code code = mock_member_check_count(document, array, MOCK_STEPS_MAX, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(mock_level_finish) struct mock_level level = {0};
    level.steps = calloc((size_t)cJSON_GetArraySize(array) + 1, sizeof *level.steps);
    if (level.steps == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        code = read_level_step(document, entry, form, &level, error);
        if (code != COG_OK) {
            return code;
        }
    }
    mock_level_finish(inout_level);
    *inout_level = level;
    level = (struct mock_level){0};
    return COG_OK;
}
