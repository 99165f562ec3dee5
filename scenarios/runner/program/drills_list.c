#include "program/drills.h"
#include "program/drills_roll.h"
#include "program/verbs.h"

#include "drill/drill.h"

#include <cogbase/json.h>
#include <cogpromote/clock.h>

#include <stdio.h>
#include <string.h>

enum { ID_WIDTH = 22, HELD_WIDTH = 20 };

/* One of the list. `{0}` is empty and safe to finish. */
struct item {
    const char *id;
    const char *path; /* NULL: only the history knows it. */
    const char *name;
    struct scn_drill drill;
    const struct scn_history_entry *automatic; /* The last one; NULL for none. */
    const struct scn_history_entry *guided;
};

static void item_finish(struct item *item)
{
    scn_drill_finish(&item->drill);
}

/* @return COG_OK, or why its file cannot be read: the rest is good nevertheless */
static enum cog_code item_init(struct item *item, const struct scn_drills_roll *roll, size_t index,
                               struct cog_error *error)
{
    const char *id = roll->ids[index];
    item->id = id;
    item->automatic = scn_history_find_last(&roll->history, id, "automatic");
    item->guided = scn_history_find_last(&roll->history, id, "guided");
    if (index >= roll->catalogue.count) {
        item->name = scn_history_find_last(&roll->history, id, NULL)->name;
        return COG_OK;
    }
    item->path = roll->catalogue.paths[index];
    const enum cog_code code = scn_drill_read(item->path, &item->drill, error);
    item->name = code == COG_OK ? item->drill.scenario.name : "(its file is wrong)";
    return code;
}

static void append_held(struct cog_text *text, const struct scn_history_entry *entry,
                        int64_t now_unix_ms)
{
    COG_CLEANUP(cog_text_finish) struct cog_text held = {0};
    if (entry == NULL) {
        cog_text_append(&held, "never");
    } else {
        const int64_t age_ms = now_unix_ms - entry->held_unix_ms;
        cog_text_append_format(&held, "%s, ", entry->verdict);
        scn_drills_append_age(&held, age_ms > 0 ? age_ms : 0);
        cog_text_append(&held, " ago");
    }
    cog_text_append_format(text, "%-*s ", (int)HELD_WIDTH, cog_text_string(&held));
}

static void append_line(struct cog_text *text, const struct item *item, int64_t now_unix_ms)
{
    cog_text_append_format(text, "%-*s ", (int)ID_WIDTH, item->id);
    append_held(text, item->automatic, now_unix_ms);
    append_held(text, item->guided, now_unix_ms);
    cog_text_append_shown(text, item->name);
    cog_text_append(text, "\n");
}

static bool add_held(cJSON *json, const char *mode, const struct scn_history_entry *entry)
{
    if (entry == NULL) {
        return cJSON_AddNullToObject(json, mode) != NULL;
    }
    cJSON *held = cJSON_AddObjectToObject(json, mode);
    const cJSON *held_at = cJSON_GetObjectItemCaseSensitive(entry->json, "held_at");
    return held != NULL && cog_json_add_text(held, "held_at", held_at->valuestring) &&
           cog_json_add_text(held, "verdict", entry->verdict) &&
           cJSON_AddNumberToObject(held, "points", entry->points) != NULL &&
           cJSON_AddNumberToObject(held, "seq", (double)entry->sequence) != NULL;
}

static bool add_item(cJSON *array, const struct item *item)
{
    cJSON *json = cJSON_CreateObject();
    if (json == NULL || !cJSON_AddItemToArray(array, json)) {
        cJSON_Delete(json);
        return false;
    }
    return cog_json_add_text(json, "id", item->id) && cog_json_add_text(json, "name", item->name) &&
           cog_json_add_text(json, "file", item->path != NULL ? item->path : "") &&
           add_held(json, "automatic", item->automatic) && add_held(json, "guided", item->guided);
}

/* Where the list goes: one of both. */
struct output {
    struct cog_text text;
    cJSON *array;
    int64_t now_unix_ms;
};

/* @return whether all files are good */
static bool list_all(const struct scn_drills_roll *roll, struct output *output)
{
    bool is_good = true;
    for (size_t i = 0; i < roll->count; i++) {
        struct cog_error error = {0};
        COG_CLEANUP(item_finish) struct item item = {0};
        if (item_init(&item, roll, i, &error) != COG_OK) {
            scn_program_complain(&error);
            is_good = false;
        }
        if (output->array == NULL) {
            append_line(&output->text, &item, output->now_unix_ms);
        } else if (!add_item(output->array, &item)) {
            output->text.failed = true;
        }
    }
    return is_good;
}

/* Without a look at the history, broken or not: these complete a command line. */
static int list_names(void)
{
    COG_CLEANUP(scn_drill_catalogue_finish) struct scn_drill_catalogue catalogue = {0};
    struct cog_error error = {0};
    enum cog_code code = scn_drill_catalogue_list(scn_drill_catalogue_folder(), &catalogue, &error);
    if (code != COG_OK) {
        return scn_program_fail(code, &error);
    }
    for (size_t i = 0; i < catalogue.count; i++) {
        (void)puts(catalogue.ids[i]);
    }
    return 0;
}

int scn_drills_list(const struct scn_drills_arguments *arguments)
{
    if (arguments->is_names_only) {
        return list_names();
    }
    COG_CLEANUP(scn_drills_roll_finish) struct scn_drills_roll roll = {0};
    struct cog_error error = {0};
    enum cog_code code = scn_drills_roll_call(arguments->history_path, &roll, &error);
    if (code != COG_OK) {
        return scn_drills_fail(code, &error);
    }
    COG_CLEANUP(cog_json_finish) cJSON *array = arguments->is_json ? cJSON_CreateArray() : NULL;
    struct output output = {.array = array, .now_unix_ms = cog_clock_unix_ms(cog_clock_posix())};
    output.text.failed = arguments->is_json && array == NULL;
    cog_text_append_format(&output.text, "%-*s %-*s %-*s %s\n", (int)ID_WIDTH, "DRILL",
                           (int)HELD_WIDTH, "AUTOMATIC", (int)HELD_WIDTH, "GUIDED", "NAME");
    const bool is_good = list_all(&roll, &output);
    const bool is_text = array == NULL || output.text.failed;
    const int exit_code = is_text ? scn_drills_print(&output.text) : scn_drills_print_json(array);
    cog_text_finish(&output.text);
    return exit_code == 0 && !is_good ? SCN_EXIT_USAGE : exit_code;
}
