#include "explore/report/stored.h"
#include "program/input_file.h"
#include "program/merge_arguments.h"
#include "program/merge_explorations.h"
#include "program/opening.h"
#include "program/verbs.h"
#include "report/html.h"
#include "report/junit.h"
#include "report/merging.h"
#include "report/tap.h"
#include "session/output_file.h"

#include <cogbase/text.h>

#include <inttypes.h>
#include <stdlib.h>

enum { RESULTS_LENGTH_MAX = 120 << 20 }; /* Of one file. */

/* All that is merged, and what comes of it. */
struct work {
    const struct scn_merge_arguments *arguments;
    struct scn_results_file *files;
    size_t file_count;
    struct scn_merging merging;
    struct scn_entry *entries;
    size_t entry_count;
};

/* Takes the texts. */
static enum cog_code parse_files(struct work *work, char **texts, struct cog_error *error)
{
    const struct scn_merge_arguments *arguments = work->arguments;
    work->files = calloc(arguments->path_count + 1, sizeof *work->files);
    if (work->files == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < arguments->path_count; i++) {
        code = scn_results_file_parse(arguments->paths[i], &texts[i], &work->files[i], error);
        work->file_count++;
    }
    return code;
}

static struct scn_entry tell_skip(const struct scn_results_skip *skip)
{
    return (struct scn_entry){.name = skip->name, .file = skip->file, .skip_reason = skip->reason};
}

static struct scn_entry tell_line(const struct scn_results_line *line)
{
    return (struct scn_entry){
        .name = line->name,
        .file = line->path,
        .replay = line->replay,
        .verdict = line->item.verdict,
        .findings = &line->findings,
        .record = line->item.record,
        .time_ms = line->item.virtual_ms,
    };
}

/* In the suite's order, with what was skipped. */
static enum cog_code list_entries(struct work *work, struct cog_error *error)
{
    const struct scn_merging *merging = &work->merging;
    const size_t count = merging->results.count;
    size_t line = 0;
    size_t skip = 0;
    work->entries = calloc(count + merging->skips.count + 1, sizeof *work->entries);
    if (work->entries == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    while (line + skip < count + merging->skips.count) {
        const bool is_skip =
            line == count || (skip < merging->skips.count &&
                              merging->skips.items[skip].number < merging->items[line].number);
        struct scn_entry *entry = &work->entries[work->entry_count++];
        *entry =
            is_skip ? tell_skip(&merging->skips.items[skip]) : tell_line(&merging->lines[line]);
        entry->number = work->entry_count;
        skip += is_skip ? 1 : 0;
        line += is_skip ? 0 : 1;
    }
    return COG_OK;
}

static enum cog_code write_json(const struct work *work, struct cog_error *error)
{
    COG_CLEANUP(scn_output_file_finish) struct scn_output_file file = {0};
    enum cog_code code = scn_output_file_open(work->arguments->json_path, &file, error);
    if (code != COG_OK) {
        return code;
    }
    scn_results_write(file.stream, &work->merging.results);
    return scn_output_file_commit(&file, error);
}

static enum cog_code write_junit(const struct work *work, struct cog_error *error)
{
    const struct scn_results *results = &work->merging.results;
    const struct scn_junit_origin origin = {results->origin.seed, results->origin.tool_version};
    COG_CLEANUP(scn_output_file_finish) struct scn_output_file file = {0};
    enum cog_code code = scn_output_file_open(work->arguments->junit_path, &file, error);
    if (code != COG_OK) {
        return code;
    }
    scn_junit_write(file.stream, &origin, work->entries, work->entry_count);
    return scn_output_file_commit(&file, error);
}

static enum cog_code write_html(const struct work *work, struct cog_error *error)
{
    COG_CLEANUP(scn_output_file_finish) struct scn_output_file file = {0};
    enum cog_code code = scn_output_file_open(work->arguments->html_path, &file, error);
    if (code == COG_OK) {
        code = scn_html_write_results(file.stream, &work->merging.results, error);
    }
    return code == COG_OK ? scn_output_file_commit(&file, error) : code;
}

static enum cog_code write_files(const struct work *work, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    if (work->arguments->json_path != NULL) {
        code = write_json(work, error);
    }
    if (code == COG_OK && work->arguments->junit_path != NULL) {
        code = write_junit(work, error);
    }
    if (code == COG_OK && work->arguments->html_path != NULL) {
        code = write_html(work, error);
    }
    return code;
}

static int conclude(const struct work *work)
{
    const size_t count = work->merging.results.count;
    const size_t failure_count = scn_entry_count(work->entries, work->entry_count, SCN_FAIL);
    const size_t open_count = scn_entry_count(work->entries, work->entry_count, SCN_INCONCLUSIVE);
    scn_tap_write_plan(stdout, work->entry_count);
    for (size_t i = 0; i < work->entry_count; i++) {
        scn_tap_write_entry(stdout, &work->entries[i]);
    }
    if (!work->arguments->is_quiet) {
        (void)fprintf(
            stderr, "%zu passed, %zu failed, %zu inconclusive, %zu missing; from %zu files\n",
            count - failure_count - open_count, failure_count, open_count,
            work->merging.results.origin.selected_count - work->entry_count, work->file_count);
    }
    if (failure_count > 0) {
        return 1;
    }
    return open_count > 0 ? 2 : 0;
}

static void work_finish(struct work *work)
{
    scn_merging_finish(&work->merging);
    for (size_t i = 0; i < work->file_count; i++) {
        scn_results_file_finish(&work->files[i]);
    }
    free(work->files);
    free(work->entries);
}

static int merge_results(const struct scn_merge_arguments *arguments, char **texts)
{
    COG_CLEANUP(work_finish) struct work work = {.arguments = arguments};
    struct cog_error error = {0};
    enum cog_code code = parse_files(&work, texts, &error);
    if (code == COG_OK) {
        code = scn_merging_make(work.files, work.file_count, arguments->is_partial, &work.merging,
                                &error);
    }
    if (code == COG_OK) {
        code = list_entries(&work, &error);
    }
    if (code != COG_OK) {
        return scn_program_fail(code, &error);
    }
    code = write_files(&work, &error);
    if (code != COG_OK) {
        scn_program_complain(&error);
        return code == COG_ERROR_STORAGE ? SCN_EXIT_NO_OUTPUT : SCN_EXIT_SOFTWARE;
    }
    return conclude(&work);
}

/* What all files hold. */
struct contents {
    char **texts;
    size_t count;
};

static void contents_finish(struct contents *contents)
{
    for (size_t i = 0; i < contents->count; i++) {
        free(contents->texts[i]);
    }
    free(contents->texts);
}

static enum cog_code read_contents(const struct scn_merge_arguments *arguments,
                                   struct contents *contents, struct cog_error *error)
{
    contents->texts = calloc(arguments->path_count + 1, sizeof *contents->texts);
    if (contents->texts == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = COG_OK;
    for (; code == COG_OK && contents->count < arguments->path_count; contents->count++) {
        size_t length = 0;
        code = scn_input_file_read(arguments->paths[contents->count], RESULTS_LENGTH_MAX,
                                   &contents->texts[contents->count], &length, error);
    }
    return code;
}

/* What the first one is, all must be. */
static enum cog_code check_kinds(const struct scn_merge_arguments *arguments,
                                 const struct contents *contents, struct cog_error *error)
{
    static const char *const kinds[] = {"the results of runs", "an exploration"};
    const bool is_first = scn_stored_exploration_is(contents->texts[0]);
    for (size_t i = 1; i < contents->count; i++) {
        const bool is_this = scn_stored_exploration_is(contents->texts[i]);
        if (is_this != is_first) {
            return cog_error_set(error, COG_ERROR_SYNTAX,
                                 "%s:1:1: this is %s, and '%s' %s: merge each kind by itself",
                                 arguments->paths[i], kinds[is_this ? 1 : 0], arguments->paths[0],
                                 kinds[is_first ? 1 : 0]);
        }
    }
    return COG_OK;
}

static int merge(const struct scn_merge_arguments *arguments)
{
    COG_CLEANUP(contents_finish) struct contents contents = {0};
    struct cog_error error = {0};
    enum cog_code code = read_contents(arguments, &contents, &error);
    if (code == COG_OK) {
        code = check_kinds(arguments, &contents, &error);
    }
    if (code != COG_OK) {
        return scn_program_fail(code, &error);
    }
    if (scn_stored_exploration_is(contents.texts[0])) {
        return scn_merge_explorations(arguments, contents.texts);
    }
    if (arguments->mutants_path != NULL) {
        code = cog_error_set(&error, COG_ERROR_ARGUMENT,
                             "--mutants: only explorations tell of mutants");
        return scn_program_fail(code, &error);
    }
    return merge_results(arguments, contents.texts);
}

int scn_verb_merge(int count, char **arguments)
{
    COG_CLEANUP(scn_opening_paths_finish) const char **paths = scn_opening_paths(count);
    struct scn_merge_arguments parsed = {0};
    struct cog_error error = {0};
    enum cog_code code = paths != NULL
                             ? scn_merge_arguments_parse(count, arguments, paths, &parsed, &error)
                             : COG_ERROR_MEMORY;
    const int ending = scn_opening_decide(code, parsed.is_help, &error);
    return ending == SCN_OPENING_GO_ON ? merge(&parsed) : ending;
}
