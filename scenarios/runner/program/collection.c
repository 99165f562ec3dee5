#include "program/collection.h"

#include "explore/shrink/layout.h"
#include "session/output_file.h"

#include <cogbase/text.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LENGTH_MAX = 60 };

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

/* What makes two failures the same: the rule, and all that goes wrong. */
static char *format_key(const struct scn_shrunk *shrunk)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const cJSON *faults = cJSON_GetObjectItemCaseSensitive(shrunk->scenario, "faults");
    const cJSON *client = cJSON_GetObjectItemCaseSensitive(shrunk->scenario, "client");
    const cJSON *member = NULL;
    cog_text_append(&text, shrunk->check);
    if (faults != NULL) {
        scn_layout_append_line(&text, faults);
    }
    cJSON_ArrayForEach(member, client)
    {
        if (strcmp(member->string, "options") != 0) {
            cog_text_append(&text, member->string);
            scn_layout_append_line(&text, member);
        }
    }
    return cog_text_take(&text);
}

static bool is_known(const struct scn_collection *collection, const char *key)
{
    for (size_t i = 0; i < collection->count; i++) {
        if (strcmp(collection->keys[i], key) == 0) {
            return true;
        }
    }
    return false;
}

/* @param inout_key taken on success */
static enum cog_code remember(struct scn_collection *collection, char **inout_key)
{
    char **keys = realloc(collection->keys, (collection->count + 1) * sizeof *keys);
    if (keys == NULL) {
        return COG_ERROR_MEMORY;
    }
    collection->keys = keys;
    keys[collection->count++] = *inout_key;
    *inout_key = NULL;
    return COG_OK;
}

/* "a promotion that fails" is "a-promotion-that-fails". */
static void append_slug(struct cog_text *text, const char *name)
{
    const size_t start = text->length;
    for (; *name != '\0' && text->length - start < NAME_LENGTH_MAX; name++) {
        const bool is_plain = isalnum((unsigned char)*name) != 0;
        const bool is_joint = text->length > start && text->bytes[text->length - 1] != '-';
        if (is_plain || is_joint) {
            cog_text_append_bytes(text, is_plain ? name : "-", 1);
        }
    }
}

/* The number keeps those apart that break one rule of one base in different ways. */
static char *choose_path(const struct scn_collection *collection, const char *base_name,
                         const char *check)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s/", collection->folder);
    append_slug(&text, base_name);
    cog_text_append_format(&text, "-%s-%zu.jsonc", check, collection->count + 1);
    return cog_text_take(&text);
}

static enum cog_code write(const struct scn_collection *collection, const char *base_name,
                           const struct scn_shrunk *shrunk, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish)
    char *path = choose_path(collection, base_name, shrunk->check);
    COG_CLEANUP(cog_string_finish)
    char *text = path != NULL ? scn_shrunk_format(shrunk, path) : NULL;
    COG_CLEANUP(scn_output_file_finish) struct scn_output_file file = {0};
    if (text == NULL) {
        return fail_memory(error);
    }
    enum cog_code code = scn_output_folder_make(collection->folder, error);
    if (code == COG_OK) {
        code = scn_output_file_open(path, &file, error);
    }
    if (code != COG_OK) {
        return code;
    }
    (void)fputs(text, file.stream);
    return scn_output_file_commit(&file, error);
}

enum cog_code scn_collection_add(struct scn_collection *collection, const char *base_name,
                                 const cJSON *scenario,
                                 const struct scn_experiment_options *options,
                                 struct cog_error *error)
{
    COG_CLEANUP(scn_shrunk_finish) struct scn_shrunk shrunk = {0};
    enum cog_code code = scn_shrink(scenario, options, &shrunk, error);
    if (code != COG_OK || shrunk.scenario == NULL) {
        return code;
    }
    COG_CLEANUP(cog_string_finish) char *key = format_key(&shrunk);
    if (key == NULL) {
        return fail_memory(error);
    }
    if (is_known(collection, key)) {
        return COG_OK;
    }
    code = write(collection, base_name, &shrunk, error);
    if (code == COG_OK && remember(collection, &key) != COG_OK) {
        return fail_memory(error);
    }
    return code;
}

void scn_collection_finish(struct scn_collection *collection)
{
    for (size_t i = 0; i < collection->count; i++) {
        free(collection->keys[i]);
    }
    free(collection->keys);
    *collection = (struct scn_collection){0};
}
