#include "report/merging.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A record, and the file that it came from. */
struct origin {
    const struct scn_results_file *file;
    const struct scn_results_line *line;
};

static bool is_same_text(const char *left, const char *right)
{
    return left == right || (left != NULL && right != NULL && strcmp(left, right) == 0);
}

static const char *or_none(const char *text)
{
    return text != NULL ? text : "none";
}

static enum cog_code fail_text(const struct scn_results_file *first,
                               const struct scn_results_file *file, const char *what,
                               const char *const values[2], struct cog_error *error)
{
    return scn_results_file_fail(file, 1, error, "%s is '%s', in '%s' it is '%s'", what,
                                 or_none(values[1]), first->name, or_none(values[0]));
}

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
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!is_same_text(rows[i].values[0], rows[i].values[1])) {
            return fail_text(first, file, rows[i].what, rows[i].values, error);
        }
    }
    return COG_OK;
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
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].values[0] != rows[i].values[1]) {
            return scn_results_file_fail(file, 1, error,
                                         "%s is %" PRIu64 ", in '%s' it is %" PRIu64, rows[i].what,
                                         rows[i].values[1], first->name, rows[i].values[0]);
        }
    }
    return COG_OK;
}

static enum cog_code check_shard(const struct scn_results_file *files, size_t index,
                                 struct cog_error *error)
{
    const struct scn_results_origin *origin = &files[index].origin;
    if (origin->shard_count == 0) {
        return scn_results_file_fail(
            &files[index], 1, error,
            "these are no shard's results: nothing can be merged with them");
    }
    for (size_t i = 0; i < index; i++) {
        if (files[i].origin.shard_index == origin->shard_index) {
            return scn_results_file_fail(&files[index], 1, error,
                                         "shard %zu/%zu is in '%s' already", origin->shard_index,
                                         origin->shard_count, files[i].name);
        }
    }
    return COG_OK;
}

static enum cog_code check_files(const struct scn_results_file *files, size_t file_count,
                                 struct cog_error *error)
{
    enum cog_code code = COG_OK;
    for (size_t i = 1; code == COG_OK && i < file_count; i++) {
        code = compare_texts(&files[0], &files[i], error);
        if (code == COG_OK) {
            code = compare_numbers(&files[0], &files[i], error);
        }
    }
    for (size_t i = 0; code == COG_OK && file_count > 1 && i < file_count; i++) {
        code = check_shard(files, i, error);
    }
    return code;
}

static enum cog_code check_shards(const struct scn_results_file *files, size_t file_count,
                                  struct cog_error *error)
{
    const size_t shard_count = files[0].origin.shard_count;
    for (size_t shard = 1; shard <= shard_count; shard++) {
        bool is_there = false;
        for (size_t i = 0; i < file_count; i++) {
            is_there = is_there || files[i].origin.shard_index == shard;
        }
        if (!is_there) {
            return cog_error_set(error, COG_ERROR_SYNTAX,
                                 "shard %zu/%zu is missing; --partial merges without it", shard,
                                 shard_count);
        }
    }
    return COG_OK;
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
    enum cog_code code = check_files(files, file_count, error);
    if (code == COG_OK && !is_partial) {
        code = check_shards(files, file_count, error);
    }
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
