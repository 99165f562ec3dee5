/* Content in a saved state: the revisions of each kind, 0 for an item that is not there. */
#include "world/state_part.h"

/* As far as there are items: what comes behind is only room. */
static int used_length(const struct mock_content *content, enum mock_kind kind)
{
    int length = content->lengths[kind];
    while (length > 0 && mock_content_revision(content, kind, length - 1) == 0) {
        length--;
    }
    return length;
}

static bool write_kind(const struct mock_content *content, enum mock_kind kind, cJSON *object)
{
    int revisions[MOCK_ITEMS_MAX];
    const int length = used_length(content, kind);
    for (int i = 0; i < length; i++) {
        revisions[i] = mock_content_revision(content, kind, i);
    }
    cJSON *array = length == 0 ? cJSON_CreateArray() : cJSON_CreateIntArray(revisions, length);
    if (array == NULL || !cJSON_AddItemToObject(object, mock_kind_names()[kind], array)) {
        cJSON_Delete(array);
        return false;
    }
    return true;
}

bool mock_state_content_write(cJSON *object, const char *key, const struct mock_content *content)
{
    cJSON *node = cJSON_AddObjectToObject(object, key);
    bool is_written = node != NULL;
    for (int kind = 0; is_written && kind < MOCK_KIND_COUNT; kind++) {
        is_written = write_kind(content, (enum mock_kind)kind, node);
    }
    return is_written;
}

static enum cog_code read_lengths(const struct cog_document *document, const cJSON *node,
                                  int lengths[MOCK_KIND_COUNT], struct cog_error *error)
{
    for (int kind = 0; kind < MOCK_KIND_COUNT; kind++) {
        const cJSON *array = NULL;
        enum cog_code code =
            mock_state_list(document, node, mock_kind_names()[kind], MOCK_ITEMS_MAX, &array, error);
        if (code != COG_OK) {
            return code;
        }
        lengths[kind] = cJSON_GetArraySize(array);
    }
    return COG_OK;
}

static enum cog_code read_kind(const struct cog_document *document, const cJSON *array,
                               enum mock_kind kind, struct mock_content *content,
                               struct cog_error *error)
{
    int i = 0;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        const double revision = cJSON_IsNumber(entry) ? entry->valuedouble : -1;
        if (!(revision >= 0 && revision <= UINT16_MAX) || (double)(int)revision != revision) {
            return cog_document_fail(document, entry, error,
                                     "expected a revision, a whole number from 0 to %d",
                                     UINT16_MAX);
        }
        mock_content_set(content, kind, i++, (int)revision);
    }
    return COG_OK;
}

static enum cog_code read_kinds(const struct cog_document *document, const cJSON *node,
                                struct mock_content *content, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    for (int kind = 0; code == COG_OK && kind < MOCK_KIND_COUNT; kind++) {
        const cJSON *array = cJSON_GetObjectItemCaseSensitive(node, mock_kind_names()[kind]);
        code = read_kind(document, array, (enum mock_kind)kind, content, error);
    }
    return code;
}

enum cog_code mock_state_content_read(const struct cog_document *document, const cJSON *object,
                                      const char *key, struct mock_content *out_content,
                                      struct cog_error *error)
{
    int lengths[MOCK_KIND_COUNT] = {0};
    const cJSON *node = NULL;
    enum cog_code code = cog_document_require(document, object, key, &node, error);
    if (code == COG_OK) {
        code = cog_document_check_keys(document, node, mock_kind_names(), error);
    }
    if (code == COG_OK) {
        code = read_lengths(document, node, lengths, error);
    }
    COG_CLEANUP(mock_content_finish) struct mock_content content = {0};
    if (code == COG_OK && mock_content_init(lengths, &content) != COG_OK) {
        return mock_state_fail_memory(error);
    }
    if (code == COG_OK) {
        code = read_kinds(document, node, &content, error);
    }
    if (code != COG_OK) {
        return code;
    }
    *out_content = content;
    content = (struct mock_content){0};
    return COG_OK;
}
