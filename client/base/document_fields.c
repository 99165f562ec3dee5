#include "document_private.h"

#include <cogbase/duration.h>
#include <cogbase/json.h>
#include <cogbase/number.h>
#include <cogbase/text.h>

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

static bool is_listed(const char *word, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

/* "a, b, c" */
static void append_words(struct cog_text *text, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        cog_text_append(text, i > 0 ? ", " : "");
        cog_text_append(text, words[i]);
    }
}

static enum cog_code fail_unknown_key(const struct cog_document *document, const cJSON *member,
                                      const char *const *keys, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text message = {0};
    const char *nearest = cog_string_nearest(member->string, keys);
    cog_text_append_format(&message, "unknown key '%s', ", member->string);
    if (nearest != NULL) {
        cog_text_append_format(&message, "did you mean '%s'?", nearest);
    } else {
        cog_text_append(&message, "expected one of: ");
        append_words(&message, keys);
    }
    return cog_document_fail_at(document, cog_document_find(document, member).key_offset,
                                cog_text_string(&message), error);
}

enum cog_code cog_document_check_keys(const struct cog_document *document, const cJSON *object,
                                      const char *const *keys, struct cog_error *error)
{
    if (!cJSON_IsObject(object)) {
        return cog_document_fail(document, object, error, "expected an object, not %s",
                                 cog_json_type_name(object));
    }
    for (const cJSON *member = object->child; member != NULL; member = member->next) {
        if (!is_listed(member->string, keys)) {
            return fail_unknown_key(document, member, keys, error);
        }
    }
    return COG_OK;
}

static const cJSON *member_find(const cJSON *object, const char *key)
{
    assert(cJSON_IsObject(object) && key != NULL);
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

static enum cog_code fail_type(const struct cog_document *document, const cJSON *node,
                               const char *expected, struct cog_error *error)
{
    return cog_document_fail(document, node, error, "'%s' must be %s, not %s", node->string,
                             expected, cog_json_type_name(node));
}

enum cog_code cog_document_require(const struct cog_document *document, const cJSON *object,
                                   const char *key, const cJSON **out_node, struct cog_error *error)
{
    const cJSON *node = member_find(object, key);
    if (node == NULL) {
        return cog_document_fail(document, object, error, "'%s' is missing", key);
    }
    *out_node = node;
    return COG_OK;
}

enum cog_code cog_document_string(const struct cog_document *document, const cJSON *object,
                                  const char *key, const char **inout_string,
                                  struct cog_error *error)
{
    const cJSON *node = member_find(object, key);
    if (node == NULL) {
        return COG_OK;
    }
    if (!cJSON_IsString(node)) {
        return fail_type(document, node, "a string", error);
    }
    *inout_string = node->valuestring;
    return COG_OK;
}

enum cog_code cog_document_duration(const struct cog_document *document, const cJSON *object,
                                    const char *key, int64_t *inout_ms, struct cog_error *error)
{
    const cJSON *node = member_find(object, key);
    if (node == NULL) {
        return COG_OK;
    }
    if (!cJSON_IsString(node)) {
        return fail_type(document, node, "a duration such as \"30s\", \"250ms\" or \"15m\"", error);
    }
    struct cog_error inner = {0};
    if (cog_duration_parse(node->valuestring, inout_ms, &inner) != COG_OK) {
        return cog_document_fail(document, node, error, "'%s': %s", key, inner.message);
    }
    return COG_OK;
}

enum cog_code cog_document_integer(const struct cog_document *document, const cJSON *object,
                                   const char *key, struct cog_document_range range,
                                   int64_t *inout_integer, struct cog_error *error)
{
    const cJSON *node = member_find(object, key);
    if (node == NULL) {
        return COG_OK;
    }
    if (!cJSON_IsNumber(node)) {
        return fail_type(document, node, "a whole number", error);
    }
    if (!cog_number_to_integer(node->valuedouble, range.minimum, range.maximum, inout_integer)) {
        return cog_document_fail(document, node, error,
                                 "'%s' must be a whole number from %" PRId64 " to %" PRId64
                                 ", not %.17g",
                                 key, range.minimum, range.maximum, node->valuedouble);
    }
    return COG_OK;
}

enum cog_code cog_document_number(const struct cog_document *document, const cJSON *object,
                                  const char *key, double *inout_number, struct cog_error *error)
{
    const cJSON *node = member_find(object, key);
    if (node == NULL) {
        return COG_OK;
    }
    if (!cJSON_IsNumber(node)) {
        return fail_type(document, node, "a number", error);
    }
    if (!isfinite(node->valuedouble)) {
        return cog_document_fail(document, node, error, "'%s' is too large a number", key);
    }
    *inout_number = node->valuedouble;
    return COG_OK;
}

enum cog_code cog_document_boolean(const struct cog_document *document, const cJSON *object,
                                   const char *key, bool *inout_boolean, struct cog_error *error)
{
    const cJSON *node = member_find(object, key);
    if (node == NULL) {
        return COG_OK;
    }
    if (!cJSON_IsBool(node)) {
        return fail_type(document, node, "true or false", error);
    }
    *inout_boolean = cJSON_IsTrue(node);
    return COG_OK;
}

enum cog_code cog_document_object(const struct cog_document *document, const cJSON *object,
                                  const char *key, const cJSON **inout_node,
                                  struct cog_error *error)
{
    const cJSON *node = member_find(object, key);
    if (node == NULL) {
        return COG_OK;
    }
    if (!cJSON_IsObject(node)) {
        return fail_type(document, node, "an object", error);
    }
    *inout_node = node;
    return COG_OK;
}

enum cog_code cog_document_array(const struct cog_document *document, const cJSON *object,
                                 const char *key, const cJSON **inout_node, struct cog_error *error)
{
    const cJSON *node = member_find(object, key);
    if (node == NULL) {
        return COG_OK;
    }
    if (!cJSON_IsArray(node)) {
        return fail_type(document, node, "an array", error);
    }
    *inout_node = node;
    return COG_OK;
}

static enum cog_code fail_word(const struct cog_document *document, const cJSON *node,
                               const char *const *words, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text message = {0};
    const char *nearest = cog_string_nearest(node->valuestring, words);
    cog_text_append_format(&message, "'%s' must be one of: ", node->string);
    append_words(&message, words);
    if (nearest != NULL) {
        cog_text_append_format(&message, "; did you mean '%s'?", nearest);
    } else {
        cog_text_append_format(&message, "; not '%s'", node->valuestring);
    }
    return cog_document_fail(document, node, error, "%s", cog_text_string(&message));
}

enum cog_code cog_document_word(const struct cog_document *document, const cJSON *object,
                                const char *key, const char *const *words, int *inout_index,
                                struct cog_error *error)
{
    const cJSON *node = member_find(object, key);
    if (node == NULL) {
        return COG_OK;
    }
    if (!cJSON_IsString(node)) {
        return fail_type(document, node, "a string", error);
    }
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], node->valuestring) == 0) {
            *inout_index = i;
            return COG_OK;
        }
    }
    return fail_word(document, node, words, error);
}
