#include "report/merging.h"

#include "report/agreement.h"

#include <stdlib.h>
#include <string.h>

/* A record, and the file that it came from. */
struct origin {
    const struct scn_results_file *file;
    const struct scn_results_line *line;
};

static enum cog_code compare_texts(const struct scn_results_file *first,
                                   const struct scn_results_file *file, struct cog_error *error)
{
    const struct {
        const char *what;
        const char *values[2];
    } rows[] = {
        {"the version of cogdrill", {first->origin.tool_version, file->origin.tool_version}},
        {"the transport", {first->origin.transport, file->origin.transport}},
        {"the client", {first->origin.client, file->origin.client}},
    };
    const char *const names[] = {first->name, file->name};
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof rows / sizeof rows[0]; i++) {
        code = scn_agreement_texts(names, rows[i].what, rows[i].values, error);
    }
    return code;
}

static enum cog_code compare_numbers(const struct scn_results_file *first,
                                     const struct scn_results_file *file, struct cog_error *error)
{
    const struct {
        const char *what;
        uint64_t values[2];
    } rows[] = {
        {"the seed", {first->origin.seed, file->origin.seed}},
        {"the number of repetitions",
         {(uint64_t)first->origin.repeat_count, (uint64_t)file->origin.repeat_count}},
        {"the number of shards", {first->origin.shard_count, file->origin.shard_count}},
        {"the number of selected scenarios",
         {first->origin.selected_count, file->origin.selected_count}},
    };
    const char *const names[] = {first->name, file->name};
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof rows / sizeof rows[0]; i++) {
        code = scn_agreement_numbers(names, rows[i].what, rows[i].values, error);
    }
    return code;
}

static void finish_shards(struct scn_shard_file **shards)
{
    free(*shards);
}

static enum cog_code check_shards(const struct scn_results_file *files, size_t file_count,
                                  bool is_partial, struct cog_error *error)
{
    COG_CLEANUP(finish_shards)
    struct scn_shard_file *shards = calloc(file_count, sizeof *shards);
    if (shards == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < file_count; i++) {
        const struct scn_results_origin *origin = &files[i].origin;
        shards[i] =
            (struct scn_shard_file){files[i].name, origin->shard_index, origin->shard_count};
    }
    return scn_agreement_shards(shards, file_count, is_partial, error);
}

static enum cog_code check_files(const struct scn_results_file *files, size_t file_count,
                                 bool is_partial, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    for (size_t i = 1; code == COG_OK && i < file_count; i++) {
        code = compare_texts(&files[0], &files[i], error);
        if (code == COG_OK) {
            code = compare_numbers(&files[0], &files[i], error);
        }
    }
    return code == COG_OK ? check_shards(files, file_count, is_partial, error) : code;
}

/* Of two that claim one place the second is the one to complain of. */
static int compare_files(const struct origin *left, const struct origin *right)
{
    return (left->file > right->file) - (left->file < right->file);
}

static int compare_places(const void *left_origin, const void *right_origin)
{
    const struct origin *left = left_origin;
    const struct origin *right = right_origin;
    const size_t left_number = left->line->item.number;
    const size_t right_number = right->line->item.number;
    return left_number != right_number ? (left_number > right_number) - (left_number < right_number)
                                       : compare_files(left, right);
}

static int compare_names(const void *left_origin, const void *right_origin)
{
    const struct origin *left = left_origin;
    const struct origin *right = right_origin;
    const int order = strcmp(left->line->name, right->line->name);
    return order != 0 ? order : compare_files(left, right);
}

static enum cog_code fail_double(const struct origin *first, const struct origin *second,
                                 struct cog_error *error)
{
    return scn_results_file_fail(second->file, second->line->line, error,
                                 "number %zu, '%s', is in '%s' already, as number %zu, '%s'",
                                 second->line->item.number, second->line->name, first->file->name,
                                 first->line->item.number, first->line->name);
}

/* Sorts by number, and complains of two with one name or number. */
static enum cog_code sort(struct origin *origins, size_t count, struct cog_error *error)
{
    qsort(origins, count, sizeof *origins, compare_names);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(origins[i - 1].line->name, origins[i].line->name) == 0) {
            return fail_double(&origins[i - 1], &origins[i], error);
        }
    }
    qsort(origins, count, sizeof *origins, compare_places);
    for (size_t i = 1; i < count; i++) {
        if (origins[i - 1].line->item.number == origins[i].line->item.number) {
            return fail_double(&origins[i - 1], &origins[i], error);
        }
    }
    return COG_OK;
}

static enum cog_code check_complete(const struct origin *origins, size_t count,
                                    const struct scn_results_skips *skips, size_t selected_count,
                                    struct cog_error *error)
{
    size_t present = 0;
    size_t number = 1;
    for (; number <= selected_count; number++) {
        if (present < count && origins[present].line->item.number == number) {
            present++;
        } else if (!scn_results_skips_has(skips, number)) {
            break;
        }
    }
    if (number > selected_count) {
        return COG_OK;
    }
    return cog_error_set(
        error, COG_ERROR_SYNTAX,
        "scenario %zu of %zu is in no file, behind '%s'; --partial merges without it", number,
        selected_count, present > 0 ? origins[present - 1].line->name : "");
}

static struct origin *collect(const struct scn_results_file *files, size_t file_count,
                              size_t *out_count)
{
    size_t count = 0;
    for (size_t i = 0; i < file_count; i++) {
        count += files[i].count;
    }
    struct origin *origins = calloc(count + 1, sizeof *origins);
    size_t used = 0;
    for (size_t i = 0; origins != NULL && i < file_count; i++) {
        for (size_t j = 0; j < files[i].count; j++) {
            origins[used++] = (struct origin){&files[i], &files[i].lines[j]};
        }
    }
    *out_count = count;
    return origins;
}

static enum cog_code fill(struct scn_merging *merging, const struct scn_results_file *first,
                          const struct origin *origins, size_t count)
{
    struct scn_merging made = {0};
    made.lines = calloc(count + 1, sizeof *made.lines);
    made.items = calloc(count + 1, sizeof *made.items);
    if (made.lines == NULL || made.items == NULL) {
        scn_merging_finish(&made);
        return COG_ERROR_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        made.lines[i] = *origins[i].line;
        made.items[i] = origins[i].line->item;
    }
    made.results.origin = first->origin;
    made.results.origin.shard_index = 0;
    made.results.origin.shard_count = 0;
    made.results.items = made.items;
    made.results.count = count;
    *merging = made;
    return COG_OK;
}

static enum cog_code collect_skips(const struct scn_results_file *files, size_t file_count,
                                   struct scn_results_skips *skips, struct cog_error *error)
{
    for (size_t i = 0; i < file_count; i++) {
        if (scn_results_skips_add(skips, &files[i].skips) != COG_OK) {
            return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
        }
    }
    return COG_OK;
}

static void finish_origins(struct origin **origins)
{
    free(*origins);
}

enum cog_code scn_merging_make(const struct scn_results_file *files, size_t file_count,
                               bool is_partial, struct scn_merging *out_merging,
                               struct cog_error *error)
{
    size_t count = 0;
    COG_CLEANUP(finish_origins) struct origin *origins = collect(files, file_count, &count);
    if (origins == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = check_files(files, file_count, is_partial, error);
    if (code == COG_OK) {
        code = sort(origins, count, error);
    }
    COG_CLEANUP(scn_results_skips_finish) struct scn_results_skips skips = {0};
    if (code == COG_OK) {
        code = collect_skips(files, file_count, &skips, error);
    }
    if (code == COG_OK && !is_partial) {
        code = check_complete(origins, count, &skips, files[0].origin.selected_count, error);
    }
    if (code != COG_OK) {
        return code;
    }
    code = fill(out_merging, &files[0], origins, count);
    if (code == COG_OK) {
        out_merging->skips = skips;
        out_merging->results.skips = skips.items;
        out_merging->results.skip_count = skips.count;
        skips = (struct scn_results_skips){0};
    }
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "out of memory");
}

void scn_merging_finish(struct scn_merging *merging)
{
    free(merging->lines);
    free(merging->items);
    scn_results_skips_finish(&merging->skips);
    *merging = (struct scn_merging){0};
}
