/** All cells, and what became of each: run, not applicable, or missing. */
#ifndef SCN_MAP_H
#define SCN_MAP_H

#include "coverage/cells.h"
#include "coverage/exceptions.h"
#include "judge/findings.h"

#include <cogbase/text.h>

enum scn_cell_state {
    SCN_CELL_RUN,
    SCN_CELL_NOT_APPLICABLE,
    SCN_CELL_MISSING,
};
enum { SCN_CELL_STATE_COUNT = SCN_CELL_MISSING + 1 };

/** Borrowed from the map, and the reason from the exceptions. */
struct scn_map_cell {
    const char *name;
    enum scn_cell_state state;
    size_t run_count;   /**< Scenarios that reached it. */
    const char *reason; /**< Of a cell that is not applicable; else NULL. */
};

/** `{0}` is safe to finish. */
struct scn_map {
    struct scn_cells names;     /**< Owned. */
    struct scn_map_cell *cells; /**< Owned; in the order of `names`. */
    size_t counts[SCN_CELL_STATE_COUNT];
};

/** Lists all cells; each is missing. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_map_init(struct scn_map *map, struct cog_error *error) COG_CHECK;

/** One scenario reached these; those that do not exist do not count. */
void scn_map_add(struct scn_map *map, const struct scn_cells *reached);

/**
 * Takes out what is not applicable, when everything is added.
 *
 * @param exceptions must outlive the map
 * @param findings gets a failure for each pattern that is stale: it has no cell, or one was run
 */
void scn_map_except(struct scn_map *map, const struct scn_exceptions *exceptions,
                    struct scn_findings *findings);

/** NULL for no such cell. */
const struct scn_map_cell *scn_map_find(const struct scn_map *map, const char *name);

/** "run", "not_applicable", "missing" */
const char *scn_cell_state_name(enum scn_cell_state state);

/** For people: the matrix of faults, lists of the rest, "N cells: N run, N not applicable, N
 * missing". */
void scn_map_append_text(const struct scn_map *map, struct cog_text *text);

/** One object: {"cells": [{"name", "state", "count", "reason"}], "counts": {…}}. */
void scn_map_append_json(const struct scn_map *map, struct cog_text *text);

void scn_map_finish(struct scn_map *map);

#endif
