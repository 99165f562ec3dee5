#include "explore/experiment.h"
#include "explore/shrink/flatten.h"
#include "explore/shrink/layout.h"
#include "program/client.h"
#include "program/opening.h"
#include "program/replay_arguments.h"
#include "program/verbs.h"
#include "report/ladder.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What came of the runs so far. */
struct tally {
    const struct scn_replay_arguments *arguments;
    struct scn_client client; /* That is not ours. */
    size_t run_count;
    bool is_broken;
    bool is_open; /* Something could not be judged. */
};

/* `name: {…}`, or each entry of a list on a line of its own. */
static void append_member(struct cog_text *text, const cJSON *member)
{
    cog_text_append_format(text, "    %s ", member->string);
    scn_layout_append_line(text, member);
    cog_text_append(text, "\n");
}

/* All that is not as in the default world. */
static void append_world(struct cog_text *text, const cJSON *scenario)
{
    static const char *const parts[] = {"server", "client"};
    const cJSON *node = NULL;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const cJSON *part = cJSON_GetObjectItemCaseSensitive(scenario, parts[i]);
        cog_text_append_format(text, part != NULL && part->child != NULL ? "  %s\n" : "%.0s",
                               parts[i]);
        cJSON_ArrayForEach(node, part)
        {
            append_member(text, node);
        }
    }
    const cJSON *faults = cJSON_GetObjectItemCaseSensitive(scenario, "faults");
    cog_text_append(text, faults != NULL && faults->child != NULL ? "  faults\n" : "");
    cJSON_ArrayForEach(node, faults)
    {
        cog_text_append(text, "    ");
        scn_layout_append_line(text, node);
        cog_text_append(text, "\n");
    }
}

/* Each line with some indentation. */
static void append_lines(struct cog_text *text, const char *lines)
{
    while (*lines != '\0') {
        const size_t length = strcspn(lines, "\n");
        cog_text_append(text, "    ");
        cog_text_append_bytes(text, lines, length);
        cog_text_append(text, "\n");
        lines += lines[length] == '\n' ? length + 1 : length;
    }
}

/* What happened, and what the client says of it. What was expected is no matter here. */
static void append_record(struct cog_text *text, const char *record)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    if (record == NULL || cog_json_parse_object(record, strlen(record), &json, NULL) != COG_OK) {
        return;
    }
    cJSON_DeleteItemFromObjectCaseSensitive(json, "expected");
    COG_CLEANUP(cog_string_finish) char *ladder = scn_ladder_format(json);
    cog_text_append(text, "  course\n");
    append_lines(text, ladder != NULL ? ladder : "");
    const cJSON *report = cJSON_GetObjectItemCaseSensitive(json, "report");
    if (report != NULL) {
        COG_CLEANUP(cog_string_finish) char *lines = scn_layout_format(report);
        cog_text_append(text, "  report\n");
        append_lines(text, lines != NULL ? lines : "");
    }
}

static void append_findings(struct cog_text *text, const struct scn_run *run, struct tally *tally)
{
    bool is_good = true;
    for (size_t i = 0; i < run->findings.count; i++) {
        const struct scn_finding *finding = &run->findings.items[i];
        if (!scn_experiment_counts(finding->subject, tally->arguments->client.command != NULL)) {
            continue;
        }
        const bool is_broken = finding->result == SCN_FAIL;
        tally->is_broken = tally->is_broken || is_broken;
        tally->is_open = tally->is_open || !is_broken;
        is_good = false;
        cog_text_append_format(text, "  %s %s: ", finding->subject,
                               is_broken ? "is broken" : "cannot be judged");
        cog_text_append_shown(text, finding->text);
        cog_text_append(text, "\n");
    }
    cog_text_append(text, is_good ? "  no rule is broken\n" : "");
}

static enum cog_code describe(const struct scn_scenario *scenario, struct cog_text *text,
                              struct cog_error *error)
{
    const char *name = scenario->chosen.name[0] != '\0' ? scenario->chosen.name : NULL;
    COG_CLEANUP(cog_json_finish) cJSON *flat = NULL;
    enum cog_code code = scn_flatten(&scenario->file->document, name, &flat, error);
    cog_text_append_format(text, "%s\n", scenario->name);
    append_world(text, flat);
    return code;
}

static enum cog_code replay(const struct scn_scenario *scenario, struct tally *tally,
                            struct cog_error *error)
{
    const struct scn_replay_arguments *arguments = tally->arguments;
    const struct scn_run_options options = {
        .seed = arguments->seed,
        .repeat_count = arguments->client.command != NULL ? 1 : 2,
        .transport = arguments->transport,
        .client = scn_program_foreign(&tally->client),
        .wants_record = true,
        .wants_trace = true,
    };
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};
    enum cog_code code = describe(scenario, &text, error);
    if (code != COG_OK) {
        return code;
    }
    scn_run(scenario, &options, &run);
    if (arguments->wants_trace && run.trace != NULL) {
        cog_text_append(&text, "  trace\n");
        append_lines(&text, run.trace);
    } else {
        append_record(&text, run.record);
    }
    append_findings(&text, &run, tally);
    if (text.failed) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    if (run.skip != NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "'%s' is not for this client: %s",
                             scenario->name, run.skip);
    }
    (void)fputs(cog_text_string(&text), stdout);
    tally->run_count++;
    return COG_OK;
}

static enum cog_code replay_file(const char *path, struct tally *tally, struct cog_error *error)
{
    COG_CLEANUP(scn_file_finish) struct scn_file *file = NULL;
    const char *wanted = tally->arguments->case_name;
    enum cog_code code = scn_file_read(path, &file, error);
    if (code == COG_OK && wanted != NULL) {
        struct mock_case unused = {0};
        code = mock_cases_find(&file->document, wanted, &unused, error);
    }
    for (size_t i = 0; code == COG_OK && i < mock_cases_count(&file->document); i++) {
        COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
        struct mock_case chosen = {0};
        mock_cases_at(&file->document, i, &chosen);
        if (wanted != NULL && strcmp(chosen.name, wanted) != 0) {
            continue;
        }
        code = scn_scenario_parse(file, i, &scenario, error);
        if (code == COG_OK) {
            code = replay(&scenario, tally, error);
        }
    }
    return code;
}

static int replay_all(const struct scn_replay_arguments *arguments)
{
    struct tally tally = {.arguments = arguments};
    struct cog_error error = {0};
    const int failure = scn_program_client(&arguments->client, &tally.client);
    if (failure != 0) {
        return failure;
    }
    for (size_t i = 0; i < arguments->path_count; i++) {
        enum cog_code code = replay_file(arguments->paths[i], &tally, &error);
        if (code != COG_OK) {
            return scn_program_fail(code, &error);
        }
    }
    if (tally.is_broken) {
        return 1;
    }
    return tally.is_open ? 2 : 0;
}

int scn_verb_replay(int count, char **arguments)
{
    COG_CLEANUP(scn_opening_paths_finish) const char **paths = scn_opening_paths(count);
    struct scn_replay_arguments parsed = {0};
    struct cog_error error = {0};
    enum cog_code code = paths != NULL
                             ? scn_replay_arguments_parse(count, arguments, paths, &parsed, &error)
                             : COG_ERROR_MEMORY;
    const int ending = scn_opening_decide(code, parsed.is_help, &error);
    return ending == SCN_OPENING_GO_ON ? replay_all(&parsed) : ending;
}
