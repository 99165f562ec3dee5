#include "program/drills.h"

#include "program/history_file.h"
#include "program/opening.h"
#include "program/verbs.h"

#include <cogbase/duration.h>
#include <cogbase/json.h>

#include <inttypes.h>
#include <stdio.h>

int scn_drills_fail(enum cog_code code, const struct cog_error *error)
{
    const int exit_code = scn_program_fail(code, error);
    /* Of what the command line says nothing is wrong then. */
    return code == COG_ERROR_SYNTAX ? SCN_EXIT_NO_INPUT : exit_code;
}

static int fail_memory(void)
{
    (void)fprintf(stderr, "cogdrill: out of memory\n");
    return SCN_EXIT_SOFTWARE;
}

int scn_drills_print_json(const cJSON *json)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    if (cog_json_print(json, &text, NULL) != COG_OK) {
        return fail_memory();
    }
    (void)puts(text);
    return 0;
}

int scn_drills_print(const struct cog_text *text)
{
    if (text->failed) {
        return fail_memory();
    }
    (void)fputs(cog_text_string(text), stdout);
    return 0;
}

void scn_drills_append_age(struct cog_text *text, int64_t age_ms)
{
    static const int64_t units_ms[] = {86400000, 3600000, 60000, 1000};
    for (size_t i = 0; i < sizeof units_ms / sizeof units_ms[0]; i++) {
        if (age_ms >= units_ms[i]) {
            char age[COG_DURATION_TEXT_SIZE];
            cog_text_append(text, cog_duration_format(age_ms - age_ms % units_ms[i], age));
            return;
        }
    }
    cog_text_append(text, "0s");
}

static cJSON *inspection_make_json(const struct scn_history_inspection *inspection)
{
    cJSON *json = cJSON_CreateObject();
    if (json == NULL ||
        cJSON_AddStringToObject(json, "state", scn_history_state_name(inspection->state)) == NULL ||
        cJSON_AddNumberToObject(json, "line", (double)inspection->line_number) == NULL ||
        !cog_json_add_text(json, "reason", inspection->reason) ||
        cJSON_AddNumberToObject(json, "rehearsals", (double)inspection->entry_count) == NULL ||
        cJSON_AddNumberToObject(json, "repairs", (double)inspection->repair_count) == NULL ||
        cJSON_AddNumberToObject(json, "seq", (double)inspection->head_sequence) == NULL ||
        !cog_json_add_text(json, "checksum", inspection->head_checksum)) {
        cJSON_Delete(json);
        return NULL;
    }
    return json;
}

static int print_inspection(const char *path, const struct scn_history_inspection *inspection)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s: %s", path, scn_history_state_name(inspection->state));
    if (inspection->reason[0] != '\0') {
        cog_text_append_format(&text, ": %s", inspection->reason);
    }
    cog_text_append_format(&text, "\n%zu rehearsal%s", inspection->entry_count,
                           inspection->entry_count == 1 ? "" : "s");
    if (inspection->repair_count > 0) {
        cog_text_append_format(&text, ", %zu repaired by a later one", inspection->repair_count);
    }
    if (inspection->head_sequence >= 0) {
        cog_text_append_format(&text, "; the last good line is %" PRId64 ":%s",
                               inspection->head_sequence, inspection->head_checksum);
    }
    cog_text_append(&text, "\n");
    return scn_drills_print(&text);
}

/* A crash is nobody's doing, and the next rehearsal repairs it. */
static bool is_trusted(enum scn_history_state state)
{
    return state == SCN_HISTORY_EMPTY || state == SCN_HISTORY_INTACT || state == SCN_HISTORY_TORN;
}

int scn_drills_verify(const struct scn_drills_arguments *arguments)
{
    struct cog_error error = {0};
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    struct scn_history_inspection inspection = {.state = SCN_HISTORY_EMPTY};
    enum cog_code code = scn_history_file_path(arguments->history_path, &path, &error);
    if (code == COG_OK) {
        code = scn_history_inspect(path, arguments->has_anchor ? &arguments->anchor : NULL,
                                   &inspection, &error);
    }
    if (code != COG_OK) {
        return scn_drills_fail(code, &error);
    }
    int exit_code = 0;
    if (arguments->is_json) {
        COG_CLEANUP(cog_json_finish) cJSON *json = inspection_make_json(&inspection);
        exit_code = scn_drills_print_json(json);
    } else {
        exit_code = print_inspection(path, &inspection);
    }
    return exit_code == 0 && !is_trusted(inspection.state) ? 1 : exit_code;
}

static int run(const struct scn_drills_arguments *arguments)
{
    switch (arguments->action) {
    case SCN_DRILLS_LIST:
        return scn_drills_list(arguments);
    case SCN_DRILLS_SHOW:
        return scn_drills_show(arguments);
    case SCN_DRILLS_TREND:
        return scn_drills_trend(arguments);
    case SCN_DRILLS_OVERDUE:
        return scn_drills_overdue(arguments);
    case SCN_DRILLS_VERIFY:
        return scn_drills_verify(arguments);
    case SCN_DRILLS_NEW:
        return scn_drills_new(arguments);
    }
    return SCN_EXIT_USAGE;
}

int scn_verb_drills(int count, char **arguments)
{
    COG_CLEANUP(scn_opening_paths_finish) const char **words = scn_opening_paths(count);
    struct scn_drills_arguments parsed = {0};
    struct cog_error error = {0};
    enum cog_code code = words != NULL
                             ? scn_drills_arguments_parse(count, arguments, words, &parsed, &error)
                             : COG_ERROR_MEMORY;
    const int ending = scn_opening_decide(code, parsed.is_help, &error);
    return ending == SCN_OPENING_GO_ON ? run(&parsed) : ending;
}
