#include "session/outputs.h"

#include "report/html.h"
#include "report/junit.h"
#include "report/ladder.h"
#include "report/record.h"
#include "report/replay.h"
#include "report/tap.h"

#include <stdlib.h>
#include <string.h>

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

bool scn_outputs_want_records(const struct scn_output_options *options)
{
    return options->json_path != NULL || options->html_path != NULL ||
           options->trace_folder != NULL;
}

/* @param path NULL for none */
static enum cog_code open_file(const char *path, struct scn_output_file *out_file,
                               struct cog_error *error)
{
    return path != NULL ? scn_output_file_open(path, out_file, error) : COG_OK;
}

static enum cog_code open_files(struct scn_outputs *outputs, struct cog_error *error)
{
    const struct scn_output_options *options = &outputs->options;
    enum cog_code code = options->trace_folder != NULL
                             ? scn_output_folder_make(options->trace_folder, error)
                             : COG_OK;
    if (code == COG_OK) {
        code = open_file(options->junit_path, &outputs->junit, error);
    }
    if (code == COG_OK) {
        code = open_file(options->json_path, &outputs->json, error);
    }
    if (code == COG_OK) {
        code = open_file(options->html_path, &outputs->html, error);
    }
    return code;
}

enum cog_code scn_outputs_open(const struct scn_output_options *options, size_t count,
                               struct scn_outputs *out_outputs, struct cog_error *error)
{
    COG_CLEANUP(scn_outputs_finish) struct scn_outputs outputs = {.options = *options};
    outputs.entries = calloc(count + 1, sizeof *outputs.entries);
    outputs.items = calloc(count + 1, sizeof *outputs.items);
    outputs.skips = calloc(count + 1, sizeof *outputs.skips);
    if (outputs.entries == NULL || outputs.items == NULL || outputs.skips == NULL) {
        return fail_memory(error);
    }
    enum cog_code code = open_files(&outputs, error);
    if (code != COG_OK) {
        return code;
    }
    if (options->tap != NULL) {
        scn_tap_write_plan(options->tap, count);
    }
    *out_outputs = outputs;
    outputs = (struct scn_outputs){0};
    return COG_OK;
}

/* The overview first, then all of it. */
static enum cog_code write_trace(const struct scn_outputs *outputs,
                                 const struct scn_suite_entry *entry, const struct scn_run *run,
                                 struct cog_error *error)
{
    const char *folder = outputs->options.trace_folder;
    if (folder == NULL || run->trace == NULL) {
        return COG_OK;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    cog_text_append_format(&path, "%s/", folder);
    scn_naming_append_file(entry, &path);
    cog_text_append(&path, ".trace");
    if (path.failed) {
        return fail_memory(error);
    }
    COG_CLEANUP(scn_output_file_finish) struct scn_output_file file = {0};
    enum cog_code code = scn_output_file_open(cog_text_string(&path), &file, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_string_finish)
    char *ladder = run->record != NULL ? scn_ladder_format_text(run->record) : NULL;
    (void)fprintf(file.stream, "%s%s%s", ladder != NULL ? ladder : "", ladder != NULL ? "\n" : "",
                  run->trace);
    return scn_output_file_commit(&file, error);
}

/* What is kept of a run until all of them are written. */
static enum cog_code keep(struct scn_outputs *outputs, const struct scn_output_item *item,
                          struct cog_error *error)
{
    struct scn_run *run = &item->outcome->run;
    char *replay = scn_replay_format(&item->entry->scenario, outputs->options.run);
    if (replay == NULL) {
        return fail_memory(error);
    }
    outputs->items[outputs->item_count++] = (struct scn_results_item){
        .number = item->entry->number,
        .verdict = run->verdict,
        .virtual_ms = run->virtual_ms,
        .record = run->record,
    };
    outputs->entries[outputs->entry_count++] = (struct scn_entry){
        .number = item->number,
        .name = item->entry->scenario.name,
        .file = item->entry->path,
        .replay = replay,
        .verdict = run->verdict,
        .findings = &run->findings,
        .record = run->record,
        .time_ms = item->outcome->real_ms,
    };
    run->record = NULL;
    return COG_OK;
}

/* What only was not come to is missing in the results, and is not told as if that were meant. */
static void keep_skipped(struct scn_outputs *outputs, const struct scn_output_item *item)
{
    if (item->is_unsuited) {
        outputs->skips[outputs->skip_count++] = (struct scn_results_skip){
            .number = item->entry->number,
            .name = item->entry->scenario.name,
            .file = item->entry->path,
            .reason = item->skip_reason,
        };
    }
    outputs->entries[outputs->entry_count++] = (struct scn_entry){
        .number = item->number,
        .name = item->entry->scenario.name,
        .file = item->entry->path,
        .skip_reason = item->skip_reason,
    };
}

static void write_tap(const struct scn_outputs *outputs, const struct scn_output_item *item)
{
    FILE *tap = outputs->options.tap;
    if (tap == NULL) {
        return;
    }
    if (item->outcome == NULL) {
        scn_tap_write_skip(tap, item->number, item->entry->scenario.name, item->skip_reason);
    } else {
        scn_tap_write_entry(tap, &outputs->entries[outputs->entry_count - 1]);
    }
}

/* A process that died left none, and results list every run. */
static enum cog_code complete(const struct scn_outputs *outputs, const struct scn_output_item *item,
                              struct cog_error *error)
{
    struct scn_run *run = &item->outcome->run;
    const struct scn_record_draft nothing = {0};
    if (run->record != NULL || !scn_outputs_want_records(&outputs->options)) {
        return COG_OK;
    }
    run->record = scn_record_format(&nothing, &item->entry->scenario, outputs->options.run, run);
    return run->record != NULL ? COG_OK : fail_memory(error);
}

enum cog_code scn_outputs_append(struct scn_outputs *outputs, const struct scn_output_item *item,
                                 struct cog_error *error)
{
    if (item->outcome == NULL) {
        keep_skipped(outputs, item);
        write_tap(outputs, item);
        return COG_OK;
    }
    enum cog_code code = complete(outputs, item, error);
    if (code == COG_OK) {
        code = write_trace(outputs, item->entry, &item->outcome->run, error);
    }
    if (code == COG_OK) {
        code = keep(outputs, item, error);
    }
    if (code == COG_OK) {
        write_tap(outputs, item);
    }
    return code;
}

static enum cog_code commit_junit(struct scn_outputs *outputs, struct cog_error *error)
{
    const struct scn_results_origin *origin = &outputs->options.origin;
    const struct scn_junit_origin junit_origin = {origin->seed, origin->tool_version};
    if (outputs->junit.stream == NULL) {
        return COG_OK;
    }
    scn_junit_write(outputs->junit.stream, &junit_origin, outputs->entries, outputs->entry_count);
    return scn_output_file_commit(&outputs->junit, error);
}

static enum cog_code commit_results(struct scn_outputs *outputs, struct cog_error *error)
{
    const struct scn_output_options *options = &outputs->options;
    COG_CLEANUP(cog_string_finish) char *coverage = NULL;
    if (options->format_coverage != NULL) {
        coverage = options->format_coverage(options->coverage_context);
        if (coverage == NULL) {
            return fail_memory(error);
        }
    }
    const struct scn_results results = {
        .origin = options->origin,
        .coverage = coverage,
        .items = outputs->items,
        .count = outputs->item_count,
        .skips = outputs->skips,
        .skip_count = outputs->skip_count,
    };
    enum cog_code code = COG_OK;
    if (outputs->json.stream != NULL) {
        scn_results_write(outputs->json.stream, &results);
        code = scn_output_file_commit(&outputs->json, error);
    }
    if (code == COG_OK && outputs->html.stream != NULL) {
        code = scn_html_write_results(outputs->html.stream, &results, error);
        code = code == COG_OK ? scn_output_file_commit(&outputs->html, error) : code;
    }
    return code;
}

enum cog_code scn_outputs_commit(struct scn_outputs *outputs, struct cog_error *error)
{
    if (outputs->options.tap != NULL) {
        (void)fflush(outputs->options.tap);
    }
    enum cog_code code = commit_junit(outputs, error);
    return code == COG_OK ? commit_results(outputs, error) : code;
}

void scn_outputs_finish(struct scn_outputs *outputs)
{
    scn_output_file_finish(&outputs->junit);
    scn_output_file_finish(&outputs->json);
    scn_output_file_finish(&outputs->html);
    for (size_t i = 0; i < outputs->entry_count; i++) {
        /* Reports see them as const; they are this file's own. */
        free((char *)outputs->entries[i].replay);
        free((char *)outputs->entries[i].record);
    }
    free(outputs->entries);
    free(outputs->items);
    free(outputs->skips);
    *outputs = (struct scn_outputs){0};
}
