#include "world/state_field.h"

#include <cogbase/text.h>

#include <assert.h>
#include <string.h>

enum { KEYS_MAX = 64 };

static int64_t load_integer(const struct mock_state_field *field, const char *place)
{
    int small = 0;
    int64_t large = 0;
    size_t size = 0;
    switch (field->type) {
    case MOCK_STATE_INT64:
        memcpy(&large, place, sizeof large);
        return large;
    case MOCK_STATE_SIZE:
        memcpy(&size, place, sizeof size);
        return (int64_t)size;
    case MOCK_STATE_INT:
    case MOCK_STATE_WORD:
    case MOCK_STATE_BOOL:
    case MOCK_STATE_TEXT:
        break;
    }
    memcpy(&small, place, sizeof small);
    return small;
}

static void store_integer(const struct mock_state_field *field, int64_t value, char *place)
{
    const int small = (int)value;
    const size_t size = (size_t)value;
    if (field->type == MOCK_STATE_INT64) {
        memcpy(place, &value, sizeof value);
    } else if (field->type == MOCK_STATE_SIZE) {
        memcpy(place, &size, sizeof size);
    } else {
        memcpy(place, &small, sizeof small);
    }
}

static bool write_field(const struct mock_state_field *field, const char *place, cJSON *object)
{
    switch (field->type) {
    case MOCK_STATE_BOOL:
        return cJSON_AddBoolToObject(object, field->key, *(const bool *)place) != NULL;
    case MOCK_STATE_TEXT:
        return cJSON_AddStringToObject(object, field->key, place) != NULL;
    case MOCK_STATE_WORD:
        return cJSON_AddStringToObject(object, field->key,
                                       field->words()[load_integer(field, place)]) != NULL;
    case MOCK_STATE_INT:
    case MOCK_STATE_INT64:
    case MOCK_STATE_SIZE:
        break;
    }
    return cJSON_AddNumberToObject(object, field->key, (double)load_integer(field, place)) != NULL;
}

bool mock_state_fields_write(const struct mock_state_field *fields, const void *record,
                             cJSON *object)
{
    bool is_written = true;
    for (; is_written && fields->key != NULL; fields++) {
        is_written = write_field(fields, (const char *)record + fields->offset, object);
    }
    return is_written;
}

static enum cog_code read_text(const struct cog_document *document, const cJSON *object,
                               const struct mock_state_field *field, char *place,
                               struct cog_error *error)
{
    const char *text = NULL;
    enum cog_code code = cog_document_string(document, object, field->key, &text, error);
    if (code != COG_OK) {
        return code;
    }
    assert(text != NULL);

    const int64_t length = (int64_t)strlen(text);
    if (length < field->range.minimum ||
        !cog_string_copy(place, (size_t)field->range.maximum + 1, text)) {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, field->key);
        return cog_document_fail(document, node, error, "'%s' must have %d to %d bytes", field->key,
                                 (int)field->range.minimum, (int)field->range.maximum);
    }
    return COG_OK;
}

static enum cog_code read_integer(const struct cog_document *document, const cJSON *object,
                                  const struct mock_state_field *field, char *place,
                                  struct cog_error *error)
{
    int64_t value = 0;
    int index = 0;
    enum cog_code code =
        field->type == MOCK_STATE_WORD
            ? cog_document_word(document, object, field->key, field->words(), &index, error)
            : cog_document_integer(document, object, field->key, field->range, &value, error);
    if (code == COG_OK) {
        store_integer(field, field->type == MOCK_STATE_WORD ? index : value, place);
    }
    return code;
}

static enum cog_code read_field(const struct cog_document *document, const cJSON *object,
                                const struct mock_state_field *field, char *place,
                                struct cog_error *error)
{
    const cJSON *node = NULL;
    enum cog_code code = cog_document_require(document, object, field->key, &node, error);
    if (code != COG_OK) {
        return code;
    }
    switch (field->type) {
    case MOCK_STATE_BOOL:
        return cog_document_boolean(document, object, field->key, (bool *)place, error);
    case MOCK_STATE_TEXT:
        return read_text(document, object, field, place, error);
    case MOCK_STATE_INT:
    case MOCK_STATE_INT64:
    case MOCK_STATE_SIZE:
    case MOCK_STATE_WORD:
        break;
    }
    return read_integer(document, object, field, place, error);
}

enum cog_code mock_state_fields_read(const struct cog_document *document, const cJSON *object,
                                     const struct mock_state_field *fields, void *record,
                                     struct cog_error *error)
{
    enum cog_code code = COG_OK;
    for (; code == COG_OK && fields->key != NULL; fields++) {
        code = read_field(document, object, fields, (char *)record + fields->offset, error);
    }
    return code;
}

enum cog_code mock_state_check_keys(const struct cog_document *document, const cJSON *object,
                                    const struct mock_state_field *fields,
                                    const char *const *others, struct cog_error *error)
{
    const char *keys[KEYS_MAX + 1];
    size_t count = 0;
    for (; fields->key != NULL; fields++) {
        assert(count < KEYS_MAX);
        keys[count++] = fields->key;
    }
    for (; *others != NULL; others++) {
        assert(count < KEYS_MAX);
        keys[count++] = *others;
    }
    keys[count] = NULL;
    return cog_document_check_keys(document, object, keys, error);
}
