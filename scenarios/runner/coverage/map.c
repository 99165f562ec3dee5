#include "coverage/map.h"

#include "coverage/dimension.h"
#include "coverage/pattern.h"

#include <stdlib.h>
#include <string.h>

enum cog_code scn_map_init(struct scn_map *map, struct cog_error *error)
{
    *map = (struct scn_map){0};
    if (scn_dimensions_list(&map->names) == COG_OK) {
        map->cells = calloc(map->names.count, sizeof *map->cells);
    }
    if (map->cells == NULL) {
        scn_map_finish(map);
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < map->names.count; i++) {
        map->cells[i].name = map->names.items[i];
        map->cells[i].state = SCN_CELL_MISSING;
    }
    map->counts[SCN_CELL_MISSING] = map->names.count;
    return COG_OK;
}

static int compare_name(const void *key, const void *cell)
{
    return strcmp(key, ((const struct scn_map_cell *)cell)->name);
}

static struct scn_map_cell *find(const struct scn_map *map, const char *name)
{
    return bsearch(name, map->cells, map->names.count, sizeof *map->cells, compare_name);
}

static void change_state(struct scn_map *map, struct scn_map_cell *cell, enum scn_cell_state state)
{
    map->counts[cell->state]--;
    map->counts[state]++;
    cell->state = state;
}

void scn_map_add(struct scn_map *map, const struct scn_cells *reached)
{
    for (size_t i = 0; i < reached->count; i++) {
        struct scn_map_cell *cell = find(map, reached->items[i]);
        if (cell != NULL) {
            cell->run_count++;
            change_state(map, cell, SCN_CELL_RUN);
        }
    }
}

static void complain(const struct scn_exceptions *exceptions, const struct scn_exception *exception,
                     const char *complaint, struct scn_findings *findings)
{
    struct cog_error error = {0};
    (void)cog_document_fail(&exceptions->document, exception->node, &error, "'%s': %s",
                            exception->pattern, complaint);
    scn_findings_append(findings, SCN_FAIL, "stale", "%s", error.message);
}

static void except(struct scn_map *map, const struct scn_exceptions *exceptions,
                   const struct scn_exception *exception, struct scn_findings *findings)
{
    bool is_any = false;
    for (size_t i = 0; i < map->names.count; i++) {
        struct scn_map_cell *cell = &map->cells[i];
        if (!scn_pattern_matches(exception->pattern, cell->name)) {
            continue;
        }
        is_any = true;
        if (cell->run_count > 0) {
            COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
            cog_text_append_format(&text, "'%s' was run, so that it applies; take it out",
                                   cell->name);
            complain(exceptions, exception, cog_text_string(&text), findings);
            continue;
        }
        change_state(map, cell, SCN_CELL_NOT_APPLICABLE);
        cell->reason = exception->reason;
    }
    if (!is_any) {
        complain(exceptions, exception, "there is no such cell; take it out", findings);
    }
}

void scn_map_except(struct scn_map *map, const struct scn_exceptions *exceptions,
                    struct scn_findings *findings)
{
    for (size_t i = 0; i < exceptions->count; i++) {
        except(map, exceptions, &exceptions->items[i], findings);
    }
}

const struct scn_map_cell *scn_map_find(const struct scn_map *map, const char *name)
{
    return find(map, name);
}

const char *scn_cell_state_name(enum scn_cell_state state)
{
    static const char *const names[] = {
        [SCN_CELL_RUN] = "run",
        [SCN_CELL_NOT_APPLICABLE] = "not_applicable",
        [SCN_CELL_MISSING] = "missing",
    };
    return names[state];
}

void scn_map_finish(struct scn_map *map)
{
    free(map->cells);
    scn_cells_finish(&map->names);
    *map = (struct scn_map){0};
}
