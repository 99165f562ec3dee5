#include "drill/history/history.h"

#include "drill/history/history_chain.h"

#include <cogbase/json.h>
#include <cogbase/text.h>
#include <cogpromote/storage.h>

#include <string.h>

/* A path as the storage wants it. `{0}` is empty and safe to finish. */
struct place {
    char *folder; /* Owned. */
    const char *name;
    struct cog_storage_posix posix;
};

/* What an append is about. */
struct composition {
    const char *path;
    const struct scn_history_holding *holding;
};

const char *scn_history_state_name(enum scn_history_state state)
{
    switch (state) {
    case SCN_HISTORY_EMPTY:
        return "empty";
    case SCN_HISTORY_INTACT:
        return "intact";
    case SCN_HISTORY_TORN:
        return "torn";
    case SCN_HISTORY_BROKEN:
        return "broken";
    case SCN_HISTORY_CUT:
        return "cut";
    case SCN_HISTORY_REWRITTEN:
        return "rewritten";
    }
    return "broken";
}

static void place_finish(struct place *place)
{
    cog_string_finish(&place->folder);
}

static enum cog_code place_init(struct place *place, const char *path, struct cog_error *error)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    if (name[0] == '\0' || name[0] == '.') {
        return cog_error_set(error, COG_ERROR_STORAGE,
                             "'%s' cannot hold a history: expected the path of a file that is not "
                             "hidden",
                             path);
    }
    const char *folder = slash == NULL ? "." : slash == path ? "/" : path;
    const size_t length = folder == path ? (size_t)(slash - path) : 1;
    place->folder = cog_string_clone(folder, length);
    if (place->folder == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    place->name = name;
    place->posix.directory = place->folder;
    return COG_OK;
}

static enum cog_code chain_load(const char *path, char **out_text,
                                const struct scn_history_anchor *anchor,
                                struct scn_history_chain *out_chain, struct cog_error *error)
{
    COG_CLEANUP(place_finish) struct place place = {0};
    enum cog_code code = place_init(&place, path, error);
    if (code != COG_OK) {
        return code;
    }
    size_t length = 0;
    code = cog_storage_read(cog_storage_posix(&place.posix), place.name, out_text, &length, error);
    if (code == COG_OK) {
        code = scn_history_chain_read(*out_text, length, anchor, out_chain, error);
    }
    return code == COG_OK ? code : cog_error_wrap(error, code, "read the history");
}

/* What is broken is neither believed nor written to. */
static enum cog_code chain_check(const struct scn_history_chain *chain, const char *path,
                                 struct cog_error *error)
{
    if (chain->inspection.state != SCN_HISTORY_BROKEN) {
        return COG_OK;
    }
    (void)cog_error_set(error, COG_ERROR_SYNTAX,
                        "%s; restore the file from a copy, or move it away and begin another one",
                        chain->inspection.reason);
    return cog_error_wrap(error, COG_ERROR_SYNTAX, "history '%s' is broken", path);
}

enum cog_code scn_history_inspect(const char *path, const struct scn_history_anchor *anchor,
                                  struct scn_history_inspection *out_inspection,
                                  struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    COG_CLEANUP(scn_history_chain_finish) struct scn_history_chain chain = {0};
    const enum cog_code code = chain_load(path, &text, anchor, &chain, error);
    if (code == COG_OK) {
        *out_inspection = chain.inspection;
    }
    return code;
}

enum cog_code scn_history_read(const char *path, struct scn_history *out_history,
                               struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    COG_CLEANUP(scn_history_chain_finish) struct scn_history_chain chain = {0};
    enum cog_code code = chain_load(path, &text, NULL, &chain, error);
    if (code == COG_OK) {
        code = chain_check(&chain, path, error);
    }
    if (code != COG_OK) {
        return code;
    }
    *out_history = chain.history;
    chain.history = (struct scn_history){0};
    return COG_OK;
}

const struct scn_history_entry *scn_history_find_last(const struct scn_history *history,
                                                      const char *id, const char *mode)
{
    for (size_t i = history->count; i > 0; i--) {
        const struct scn_history_entry *entry = &history->entries[i - 1];
        if (strcmp(entry->id, id) == 0 && (mode == NULL || strcmp(entry->mode, mode) == 0)) {
            return entry;
        }
    }
    return NULL;
}

/* What has to stand in front of the rehearsal: a genesis, or the repair of what was cut short. */
static enum cog_code preface_append(const struct scn_history_chain *chain, int64_t unix_ms,
                                    struct scn_history_link *inout_link, struct cog_text *text,
                                    struct cog_error *error)
{
    cog_text_append(text, chain->is_open ? "\n" : "");
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    enum cog_code code = COG_OK;
    if (chain->tear.bytes != NULL) {
        char reason[SCN_HISTORY_REASON_SIZE];
        code = scn_history_tear_describe(&chain->tear, reason, error);
        if (code == COG_OK) {
            code = scn_history_record_print_repair(unix_ms, reason, inout_link, &line, error);
        }
    } else if (inout_link->sequence < 0) {
        code = scn_history_record_print_genesis(unix_ms, inout_link, &line, error);
    }
    if (code == COG_OK && line != NULL) {
        cog_text_append_format(text, "%s\n", line);
    }
    return code;
}

static enum cog_code compose(void *context, const char *existing, size_t existing_length,
                             char **out_text, struct cog_error *error)
{
    const struct composition *composition = context;
    const struct scn_history_holding *holding = composition->holding;
    COG_CLEANUP(scn_history_chain_finish) struct scn_history_chain chain = {0};
    enum cog_code code = scn_history_chain_read(existing, existing_length, NULL, &chain, error);
    if (code == COG_OK) {
        code = chain_check(&chain, composition->path, error);
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct scn_history_link link = chain.head;
    if (code == COG_OK) {
        code = preface_append(&chain, holding->held_unix_ms, &link, &text, error);
    }
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    if (code == COG_OK) {
        code = scn_history_record_print_held(holding, &link, &line, error);
    }
    if (code != COG_OK) {
        return code;
    }
    cog_text_append_format(&text, "%s\n", line);
    return cog_text_give(&text, out_text, error);
}

enum cog_code scn_history_append(const char *path, const struct scn_history_holding *holding,
                                 struct cog_error *error)
{
    COG_CLEANUP(place_finish) struct place place = {0};
    enum cog_code code = place_init(&place, path, error);
    if (code == COG_OK) {
        struct composition composition = {.path = path, .holding = holding};
        const struct cog_storage_composer composer = {.compose = compose, .context = &composition};
        code = cog_storage_append(cog_storage_posix(&place.posix), place.name, composer, error);
    }
    return code == COG_OK ? code : cog_error_wrap(error, code, "write the history");
}

enum cog_code scn_history_trend(const char *path, const char *id, cJSON **out_array,
                                struct cog_error *error)
{
    COG_CLEANUP(scn_history_finish) struct scn_history history = {0};
    const enum cog_code code = scn_history_read(path, &history, error);
    return code == COG_OK ? scn_history_trend_of(&history, id, out_array, error) : code;
}

const cJSON *scn_history_figure(const struct scn_history_entry *entry, const char *figure,
                                const char *member)
{
    const cJSON *figures = cJSON_GetObjectItemCaseSensitive(entry->json, "figures");
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(figures, figure);
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(found, member);
    return cJSON_IsNumber(value) ? value : NULL;
}

static bool add_number_or_null(cJSON *object, const char *name, const cJSON *number)
{
    return number != NULL ? cJSON_AddNumberToObject(object, name, number->valuedouble) != NULL
                          : cJSON_AddNullToObject(object, name) != NULL;
}

static bool trend_add(cJSON *array, const struct scn_history_entry *entry)
{
    const cJSON *held_at = cJSON_GetObjectItemCaseSensitive(entry->json, "held_at");
    cJSON *object = cJSON_CreateObject();
    if (object == NULL || !cJSON_AddItemToArray(array, object)) {
        cJSON_Delete(object);
        return false;
    }
    return cJSON_AddStringToObject(object, "held_at", held_at->valuestring) != NULL &&
           cJSON_AddStringToObject(object, "mode", entry->mode) != NULL &&
           cJSON_AddStringToObject(object, "verdict", entry->verdict) != NULL &&
           cJSON_AddNumberToObject(object, "points", entry->points) != NULL &&
           add_number_or_null(object, "recover", scn_history_figure(entry, "recover", "median")) &&
           add_number_or_null(object, "p95", scn_history_figure(entry, "recover", "p95"));
}

enum cog_code scn_history_trend_of(const struct scn_history *history, const char *id,
                                   cJSON **out_array, struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *array = cJSON_CreateArray();
    bool is_filled = array != NULL;
    for (size_t i = 0; is_filled && i < history->count; i++) {
        const struct scn_history_entry *entry = &history->entries[i];
        is_filled = strcmp(entry->id, id) != 0 || trend_add(array, entry);
    }
    if (!is_filled) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_array = array;
    array = NULL;
    return COG_OK;
}
