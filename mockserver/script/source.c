#include "script/source.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

void mock_source_finish(struct mock_source *source)
{
    for (size_t i = 0; i < source->patch_count; i++) {
        free(source->patches[i]);
    }
    free(source->patches);
    free(source->title);
    free(source->name);
    free(source->text);
    free(source->case_name);
    *source = (struct mock_source){0};
}

/* Whether everything that `earlier` says is said anew by `later`. */
static bool outdoes(const cJSON *later, const cJSON *earlier)
{
    if (!cJSON_IsObject(later) || !cJSON_IsObject(earlier)) {
        return !cJSON_IsObject(later);
    }
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, earlier)
    {
        const cJSON *other = cJSON_GetObjectItemCaseSensitive(later, member->string);
        if (other == NULL || !outdoes(other, member)) {
            return false;
        }
    }
    return true;
}

static bool is_outdone(const struct cog_document *const *patches, size_t index)
{
    for (size_t later = index + 1; patches[later] != NULL; later++) {
        if (outdoes(patches[later]->root, patches[index]->root)) {
            return true;
        }
    }
    return false;
}

static bool keep_text(const char *text, char **out_copy)
{
    *out_copy = text == NULL ? NULL : strdup(text);
    return text == NULL || *out_copy != NULL;
}

static enum cog_code keep_patches(struct mock_source *source,
                                  const struct cog_document *const *patches,
                                  struct cog_error *error)
{
    source->patches = calloc(MOCK_SOURCE_PATCHES_MAX, sizeof(char *));
    if (source->patches == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    for (size_t i = 0; patches[i] != NULL; i++) {
        if (is_outdone(patches, i)) {
            continue;
        }
        if (source->patch_count == MOCK_SOURCE_PATCHES_MAX) {
            return cog_error_set(error, COG_ERROR_REFUSED,
                                 "more than %d changes that add up: reset the tenant",
                                 MOCK_SOURCE_PATCHES_MAX);
        }
        if (!keep_text(patches[i]->text, &source->patches[source->patch_count])) {
            return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
        }
        source->patch_count++;
    }
    return COG_OK;
}

enum cog_code mock_source_keep(struct mock_source *out_source, const struct cog_document *document,
                               const struct mock_case *chosen,
                               const struct cog_document *const *patches, struct cog_error *error)
{
    COG_CLEANUP(mock_source_finish) struct mock_source source = {0};
    bool is_kept = true;
    if (document != NULL) {
        const cJSON *title = cJSON_GetObjectItemCaseSensitive(document->root, "name");
        is_kept = keep_text(cJSON_GetStringValue(title), &source.title) &&
                  keep_text(document->name, &source.name) &&
                  keep_text(document->text, &source.text) &&
                  keep_text(chosen->name[0] == '\0' ? NULL : chosen->name, &source.case_name);
    }
    if (!is_kept) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = patches[0] == NULL ? COG_OK : keep_patches(&source, patches, error);
    if (code == COG_OK) {
        *out_source = source;
        source = (struct mock_source){0};
    }
    return code;
}
