#include "drill/drill.h"
#include "drill/history/overdue.h"
#include "program/drills.h"
#include "program/drills_roll.h"

#include <cogbase/json.h>
#include <cogbase/text.h>
#include <cogpromote/clock.h>

#include <stdio.h>
#include <string.h>

/* The asking under way. */
struct asking {
    const struct scn_drills_arguments *arguments;
    const struct scn_drills_roll *roll;
    struct scn_due_rule rule;
    struct cog_text text;
    cJSON *array; /* NULL: text is wanted. */
    size_t asked_count;
    size_t due_count;
};

static const char *name_due(enum scn_due due)
{
    switch (due) {
    case SCN_DUE_NOT:
        return "passed";
    case SCN_DUE_OLD:
        return "too_old";
    case SCN_DUE_FAILED:
        return "never_passed";
    case SCN_DUE_NEVER:
        return "never_rehearsed";
    }
    return "never_rehearsed";
}

/* What adds a rehearsal that counts. */
static const char *name_way(const struct asking *asking)
{
    const char *mode = asking->rule.mode;
    return mode != NULL && strcmp(mode, "automatic") == 0 ? "--record" : "--guided";
}

static void append_line(struct asking *asking, const char *id, const char *word,
                        const struct scn_due_finding *finding)
{
    struct cog_text *text = &asking->text;
    if (finding->due == SCN_DUE_NOT) {
        return;
    }
    cog_text_append_format(text, "%s is due: ", id);
    if (finding->due == SCN_DUE_OLD) {
        cog_text_append(text, "last passed ");
        scn_drills_append_age(text, finding->age_ms);
        cog_text_append(text, " ago");
    } else {
        cog_text_append(text, finding->due == SCN_DUE_FAILED ? "never passed" : "never rehearsed");
    }
    if (finding->last != NULL && strcmp(finding->last->verdict, "pass") != 0) {
        cog_text_append_format(text, ", and the last verdict is '%s'", finding->last->verdict);
    }
    cog_text_append_format(text, "; 'cogdrill rehearse %s %s'\n", name_way(asking), word);
}

static bool add_finding(cJSON *array, const char *id, const struct scn_due_finding *finding)
{
    cJSON *json = cJSON_CreateObject();
    if (json == NULL || !cJSON_AddItemToArray(array, json)) {
        cJSON_Delete(json);
        return false;
    }
    return cJSON_AddStringToObject(json, "id", id) != NULL &&
           cJSON_AddBoolToObject(json, "due", finding->due != SCN_DUE_NOT) != NULL &&
           cJSON_AddStringToObject(json, "why", name_due(finding->due)) != NULL &&
           (finding->age_ms >= 0 ? cJSON_AddNumberToObject(json, "age_ms", (double)finding->age_ms)
                                 : cJSON_AddNullToObject(json, "age_ms")) != NULL &&
           cog_json_add_text(json, "last_verdict",
                             finding->last != NULL ? finding->last->verdict : "");
}

/* @param word by which `rehearse` knows it */
static void ask(struct asking *asking, const char *id, const char *word)
{
    const struct scn_due_finding finding =
        scn_overdue_ask(&asking->roll->history, id, &asking->rule);
    asking->asked_count++;
    asking->due_count += finding.due != SCN_DUE_NOT ? 1 : 0;
    if (asking->array == NULL) {
        append_line(asking, id, word, &finding);
    } else if (!add_finding(asking->array, id, &finding)) {
        asking->text.failed = true;
    }
}

/* A drill of one's own, which may never have been rehearsed; the name of the file is its id. */
static enum cog_code ask_file(struct asking *asking, const char *path, struct cog_error *error)
{
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    enum cog_code code = scn_drill_read(path, &drill, error);
    if (code == COG_OK) {
        ask(asking, drill.id, path);
    }
    return code;
}

/* @return what was typed is wrong: COG_ERROR_ARGUMENT */
static enum cog_code ask_word(struct asking *asking, const char *word, struct cog_error *error)
{
    const char *id = "";
    struct cog_error cause = {0};
    enum cog_code code = scn_drills_roll_find(asking->roll, word, &id, error);
    if (code == COG_OK) {
        ask(asking, id, id);
        return COG_OK;
    }
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    if (scn_drill_catalogue_find(word, &path, NULL) != COG_OK) {
        return code;
    }
    code = ask_file(asking, path, &cause);
    return code == COG_OK || code == COG_ERROR_MEMORY
               ? code
               : cog_error_set(error, COG_ERROR_ARGUMENT, "%s", cause.message);
}

/* Without any words all drills that come with the program. */
static enum cog_code ask_all(struct asking *asking, struct cog_error *error)
{
    const struct scn_drills_arguments *arguments = asking->arguments;
    for (size_t i = 0; i < arguments->word_count; i++) {
        enum cog_code code = ask_word(asking, arguments->words[i], error);
        if (code != COG_OK) {
            return code;
        }
    }
    for (size_t i = 0; arguments->word_count == 0 && i < asking->roll->catalogue.count; i++) {
        ask(asking, asking->roll->ids[i], asking->roll->ids[i]);
    }
    return COG_OK;
}

static int print(struct asking *asking)
{
    if (asking->array != NULL && !asking->text.failed) {
        return scn_drills_print_json(asking->array);
    }
    if (asking->due_count == 0) {
        cog_text_append_format(&asking->text, "none of %zu drill%s is due: each passed within ",
                               asking->asked_count, asking->asked_count == 1 ? "" : "s");
        scn_drills_append_age(&asking->text, asking->rule.age_ms_max);
        cog_text_append(&asking->text, "\n");
    }
    return scn_drills_print(&asking->text);
}

int scn_drills_overdue(const struct scn_drills_arguments *arguments)
{
    COG_CLEANUP(scn_drills_roll_finish) struct scn_drills_roll roll = {0};
    struct cog_error error = {0};
    enum cog_code code = scn_drills_roll_call(arguments->history_path, &roll, &error);
    if (code != COG_OK) {
        return scn_drills_fail(code, &error);
    }
    COG_CLEANUP(cog_json_finish) cJSON *array = arguments->is_json ? cJSON_CreateArray() : NULL;
    struct asking asking = {
        .arguments = arguments,
        .roll = &roll,
        .rule = {.age_ms_max = arguments->age_ms_max,
                 .now_unix_ms = cog_clock_unix_ms(cog_clock_posix()),
                 .mode = arguments->mode},
        .text = {.failed = arguments->is_json && array == NULL},
        .array = array,
    };
    code = ask_all(&asking, &error);
    int exit_code = code == COG_OK ? print(&asking) : scn_drills_fail(code, &error);
    cog_text_finish(&asking.text);
    return exit_code == 0 && asking.due_count > 0 ? 1 : exit_code;
}
