#include "explore/report/sum.h"

#include "report/agreement.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code compare_origins(const struct scn_stored_exploration *first,
                                     const struct scn_stored_exploration *file,
                                     struct cog_error *error)
{
    const struct scn_exploration_origin *left = &first->origin;
    const struct scn_exploration_origin *right = &file->origin;
    const char *const names[] = {first->name, file->name};
    const struct {
        const char *what;
        const char *values[2];
    } texts[] = {
        {"the version of cogdrill", {left->tool_version, right->tool_version}},
        {"the verb", {left->verb, right->verb}},
        {"the transport", {left->transport, right->transport}},
        {"the client", {left->client, right->client}},
        {"pruning", {left->is_pruned ? "on" : "off", right->is_pruned ? "on" : "off"}},
    };
    const struct {
        const char *what;
        uint64_t values[2];
    } numbers[] = {
        {"the seed", {left->seed, right->seed}},
        {"the depth", {(uint64_t)left->depth, (uint64_t)right->depth}},
        {"the number of shards", {left->shard_count, right->shard_count}},
        {"the number of bases", {first->exploration.base_count, file->exploration.base_count}},
    };
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof texts / sizeof texts[0]; i++) {
        code = scn_agreement_texts(names, texts[i].what, texts[i].values, error);
    }
    for (size_t i = 0; code == COG_OK && i < sizeof numbers / sizeof numbers[0]; i++) {
        code = scn_agreement_numbers(names, numbers[i].what, numbers[i].values, error);
    }
    return code;
}

static enum cog_code compare_bases(const struct scn_stored_exploration *first,
                                   const struct scn_stored_exploration *file,
                                   struct cog_error *error)
{
    const char *const names[] = {first->name, file->name};
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < first->exploration.base_count; i++) {
        const struct scn_explored_base *left = &first->exploration.bases[i];
        const struct scn_explored_base *right = &file->exploration.bases[i];
        code = scn_agreement_texts(names, "the name of a base",
                                   (const char *const[]){left->name, right->name}, error);
        if (code == COG_OK) {
            code = scn_agreement_texts(names, "the file of a base",
                                       (const char *const[]){left->path, right->path}, error);
        }
        if (code == COG_OK) {
            code = scn_agreement_numbers(names, "the number of a base's sites",
                                         (const uint64_t[]){left->site_count, right->site_count},
                                         error);
        }
    }
    return code;
}

static void finish_shards(struct scn_shard_file **shards)
{
    free(*shards);
}

static enum cog_code check_shards(const struct scn_stored_exploration *files, size_t file_count,
                                  bool is_partial, struct cog_error *error)
{
    COG_CLEANUP(finish_shards)
    struct scn_shard_file *shards = calloc(file_count, sizeof *shards);
    if (shards == NULL) {
        return fail_memory(error);
    }
    for (size_t i = 0; i < file_count; i++) {
        const struct scn_exploration_origin *origin = &files[i].origin;
        shards[i] =
            (struct scn_shard_file){files[i].name, origin->shard_index, origin->shard_count};
        if (files[i].exploration.is_interrupted && !is_partial) {
            return cog_error_set(error, COG_ERROR_SYNTAX,
                                 "%s:1:1: it was interrupted; --partial merges what there is",
                                 files[i].name);
        }
    }
    return scn_agreement_shards(shards, file_count, is_partial, error);
}

static enum cog_code check_files(const struct scn_stored_exploration *files, size_t file_count,
                                 bool is_partial, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    for (size_t i = 1; code == COG_OK && i < file_count; i++) {
        code = compare_origins(&files[0], &files[i], error);
        if (code == COG_OK) {
            code = compare_bases(&files[0], &files[i], error);
        }
    }
    return code == COG_OK ? check_shards(files, file_count, is_partial, error) : code;
}

static char *clone(const char *string)
{
    return string != NULL ? cog_string_clone(string, strlen(string)) : NULL;
}

static enum cog_code copy_bases(const struct scn_exploration *from, struct scn_exploration *sum)
{
    sum->bases = calloc(from->base_count + 1, sizeof *sum->bases);
    if (sum->bases == NULL) {
        return COG_ERROR_MEMORY;
    }
    for (size_t i = 0; i < from->base_count; i++) {
        struct scn_explored_base *base = &sum->bases[sum->base_count++];
        base->name = clone(from->bases[i].name);
        base->path = clone(from->bases[i].path);
        base->site_count = from->bases[i].site_count;
        if (base->name == NULL || base->path == NULL) {
            return COG_ERROR_MEMORY;
        }
    }
    return COG_OK;
}

static enum cog_code add_discovery(const struct scn_discovery *from, struct scn_exploration *sum)
{
    COG_CLEANUP(scn_discovery_finish)
    struct scn_discovery copy = {
        .base_index = from->base_index,
        .place = from->place,
        .exit_code = from->exit_code,
        .scenario = clone(from->scenario),
    };
    bool is_whole = copy.scenario != NULL;
    for (size_t i = 0; i < SCN_DISCOVERY_FAULTS_MAX && from->faults[i] != NULL; i++) {
        copy.faults[i] = clone(from->faults[i]);
        is_whole = is_whole && copy.faults[i] != NULL;
    }
    for (size_t i = 0; i < from->findings.count; i++) {
        const struct scn_finding *finding = &from->findings.items[i];
        scn_findings_append(&copy.findings, finding->result, finding->subject, "%s", finding->text);
    }
    return is_whole && !copy.findings.failed ? scn_exploration_add(sum, &copy) : COG_ERROR_MEMORY;
}

static enum cog_code add_rest(const struct scn_exploration *from, struct scn_exploration *sum)
{
    enum cog_code code = scn_matrix_join(&sum->matrix, &from->matrix);
    for (size_t i = 0; code == COG_OK && i < from->cells.count; i++) {
        code = scn_cells_add(&sum->cells, "%s", from->cells.items[i]);
    }
    for (size_t i = 0; code == COG_OK && i < from->slowest_count; i++) {
        code = scn_exploration_note_time(sum, from->slowest[i].name, from->slowest[i].real_ms);
    }
    for (size_t i = 0; i < from->base_count; i++) {
        for (size_t depth = 0; depth < SCN_DEPTH_MAX; depth++) {
            scn_effort_add(&sum->bases[i].depths[depth], &from->bases[i].depths[depth]);
        }
    }
    sum->real_ms += from->real_ms;
    sum->is_interrupted = sum->is_interrupted || from->is_interrupted;
    return code;
}

static void finish_cursors(size_t **cursors)
{
    free(*cursors);
}

/* How the whole would have come upon them: singles first, then by base and place. One first fault
 * is one shard's alone, whose order holds among its own. */
static bool is_before(const struct scn_discovery *left, const struct scn_discovery *right)
{
    const bool is_left_pair = left->faults[0] != NULL && left->faults[1] != NULL;
    const bool is_right_pair = right->faults[0] != NULL && right->faults[1] != NULL;
    if (is_left_pair != is_right_pair) {
        return is_right_pair;
    }
    return left->base_index != right->base_index ? left->base_index < right->base_index
                                                 : left->place < right->place;
}

/* Merges what is sorted in each file. */
static enum cog_code add_discoveries(const struct scn_stored_exploration *files, size_t file_count,
                                     struct scn_exploration *sum)
{
    COG_CLEANUP(finish_cursors) size_t *cursors = calloc(file_count, sizeof *cursors);
    enum cog_code code = cursors != NULL ? COG_OK : COG_ERROR_MEMORY;
    while (code == COG_OK) {
        const struct scn_discovery *next = NULL;
        size_t from = 0;
        for (size_t i = 0; i < file_count; i++) {
            const struct scn_exploration *exploration = &files[i].exploration;
            if (cursors[i] < exploration->discovery_count &&
                (next == NULL || is_before(&exploration->discoveries[cursors[i]], next))) {
                next = &exploration->discoveries[cursors[i]];
                from = i;
            }
        }
        if (next == NULL) {
            return COG_OK;
        }
        cursors[from]++;
        code = add_discovery(next, sum);
    }
    return code;
}

static enum cog_code add_files(const struct scn_stored_exploration *files, size_t file_count,
                               struct scn_exploration *sum)
{
    enum cog_code code = copy_bases(&files[0].exploration, sum);
    if (code == COG_OK) {
        code = add_discoveries(files, file_count, sum);
    }
    for (size_t i = 0; code == COG_OK && i < file_count; i++) {
        code = add_rest(&files[i].exploration, sum);
    }
    sum->is_interrupted = sum->is_interrupted || file_count < files[0].origin.shard_count;
    return code;
}

enum cog_code scn_explorations_add(const struct scn_stored_exploration *files, size_t file_count,
                                   bool is_partial, struct scn_exploration *out_exploration,
                                   struct scn_exploration_origin *out_origin,
                                   struct cog_error *error)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration sum = {0};
    enum cog_code code = check_files(files, file_count, is_partial, error);
    if (code != COG_OK) {
        return code;
    }
    if (add_files(files, file_count, &sum) != COG_OK) {
        return fail_memory(error);
    }
    *out_exploration = sum;
    sum = (struct scn_exploration){0};
    *out_origin = files[0].origin;
    out_origin->shard_index = 0;
    out_origin->shard_count = 0;
    for (size_t i = 1; i < file_count && out_origin->mutants == NULL; i++) {
        out_origin->mutants = files[i].origin.mutants;
    }
    return COG_OK;
}
