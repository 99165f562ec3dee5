#include "explore/exploration.h"

#include <cogbase/text.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum cog_code scn_exploration_add_base(struct scn_exploration *exploration, const char *name,
                                       const char *path, size_t site_count)
{
    const size_t count = exploration->base_count + 1;
    struct scn_explored_base *bases = realloc(exploration->bases, count * sizeof *bases);
    if (bases == NULL) {
        return COG_ERROR_MEMORY;
    }
    exploration->bases = bases;
    exploration->base_count = count;
    bases[count - 1] = (struct scn_explored_base){
        .name = cog_string_clone(name, strlen(name)),
        .path = cog_string_clone(path, strlen(path)),
        .site_count = site_count,
    };
    return bases[count - 1].name != NULL && bases[count - 1].path != NULL ? COG_OK
                                                                          : COG_ERROR_MEMORY;
}

enum cog_code scn_exploration_add(struct scn_exploration *exploration,
                                  struct scn_discovery *inout_discovery)
{
    if (exploration->discovery_count == SCN_DISCOVERIES_MAX) {
        scn_discovery_finish(inout_discovery);
        return COG_OK;
    }
    const size_t count = exploration->discovery_count + 1;
    struct scn_discovery *items =
        realloc(exploration->discoveries, count * sizeof *exploration->discoveries);
    if (items == NULL) {
        scn_discovery_finish(inout_discovery);
        return COG_ERROR_MEMORY;
    }
    items[exploration->discovery_count] = *inout_discovery;
    *inout_discovery = (struct scn_discovery){0};
    exploration->discoveries = items;
    exploration->discovery_count = count;
    return COG_OK;
}

enum cog_code scn_exploration_note_time(struct scn_exploration *exploration, const char *name,
                                        int64_t real_ms)
{
    struct scn_slow_run *slowest = exploration->slowest;
    size_t place = exploration->slowest_count;
    while (place > 0 && slowest[place - 1].real_ms < real_ms) {
        place--;
    }
    if (place == SCN_SLOWEST_RUNS_MAX) {
        return COG_OK;
    }
    char *copy = cog_string_clone(name, strlen(name));
    if (copy == NULL) {
        return COG_ERROR_MEMORY;
    }
    if (exploration->slowest_count == SCN_SLOWEST_RUNS_MAX) {
        free(slowest[--exploration->slowest_count].name);
    }
    memmove(&slowest[place + 1], &slowest[place],
            (exploration->slowest_count - place) * sizeof *slowest);
    slowest[place] = (struct scn_slow_run){.name = copy, .real_ms = real_ms};
    exploration->slowest_count++;
    return COG_OK;
}

enum cog_code scn_exploration_merge(struct scn_exploration *exploration, size_t base_index,
                                    struct scn_exploration *found)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < found->discovery_count; i++) {
        found->discoveries[i].base_index = base_index;
        code = scn_exploration_add(exploration, &found->discoveries[i]);
    }
    for (size_t i = 0; code == COG_OK && i < found->slowest_count; i++) {
        code = scn_exploration_note_time(exploration, found->slowest[i].name,
                                         found->slowest[i].real_ms);
    }
    if (code == COG_OK) {
        code = scn_matrix_join(&exploration->matrix, &found->matrix);
    }
    for (size_t i = 0; i < found->cells.count; i++) {
        scn_cells_note(&exploration->cells, "%s", found->cells.items[i]);
    }
    return code == COG_OK && exploration->cells.failed ? COG_ERROR_MEMORY : code;
}

struct scn_effort scn_exploration_sum(const struct scn_exploration *exploration, int depth)
{
    assert(depth >= 1 && depth <= SCN_DEPTH_MAX);
    struct scn_effort sum = {0};
    for (size_t i = 0; i < exploration->base_count; i++) {
        scn_effort_add(&sum, &exploration->bases[i].depths[depth - 1]);
    }
    return sum;
}

struct scn_effort scn_exploration_sum_all(const struct scn_exploration *exploration)
{
    struct scn_effort all = {0};
    for (int depth = 1; depth <= SCN_DEPTH_MAX; depth++) {
        const struct scn_effort sum = scn_exploration_sum(exploration, depth);
        scn_effort_add(&all, &sum);
    }
    return all;
}

void scn_effort_add(struct scn_effort *effort, const struct scn_effort *other)
{
    effort->possible_count += other->possible_count;
    effort->run_count += other->run_count;
    effort->idle_count += other->idle_count;
    effort->pruned_count += other->pruned_count;
    effort->failed_count += other->failed_count;
    effort->inconclusive_count += other->inconclusive_count;
    effort->virtual_ms += other->virtual_ms;
}

void scn_discovery_finish(struct scn_discovery *discovery)
{
    for (size_t i = 0; i < SCN_DISCOVERY_FAULTS_MAX; i++) {
        free(discovery->faults[i]);
    }
    scn_findings_finish(&discovery->findings);
    free(discovery->scenario);
    *discovery = (struct scn_discovery){0};
}

void scn_exploration_finish(struct scn_exploration *exploration)
{
    for (size_t i = 0; i < exploration->base_count; i++) {
        free(exploration->bases[i].name);
        free(exploration->bases[i].path);
    }
    for (size_t i = 0; i < exploration->discovery_count; i++) {
        scn_discovery_finish(&exploration->discoveries[i]);
    }
    for (size_t i = 0; i < exploration->slowest_count; i++) {
        free(exploration->slowest[i].name);
    }
    free(exploration->bases);
    free(exploration->discoveries);
    scn_cells_finish(&exploration->cells);
    scn_matrix_finish(&exploration->matrix);
    *exploration = (struct scn_exploration){0};
}
