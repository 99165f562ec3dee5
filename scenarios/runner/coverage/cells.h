/**
 * What runs have reached, as names of cells: "fault/html_body/sessions", "exit/6",
 * "transition/follow/failed/roll_back". The part before the first '/' is the cell's dimension.
 */
#ifndef SCN_CELLS_H
#define SCN_CELLS_H

#include <cogpromote/attributes.h>
#include <cogpromote/error.h>

#include <stdbool.h>
#include <stddef.h>

enum { SCN_CELL_SIZE = 128 };

/** A set, sorted by strcmp(). `{0}` is empty and safe to finish. */
struct scn_cells {
    char **items; /**< Owned, and so is each name. */
    size_t count;
    size_t capacity;
    bool failed; /**< A name that was noted is missing. */
};

/**
 * Adds the cell of that name, unless it is there already.
 *
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_ARGUMENT (a name of SCN_CELL_SIZE bytes or more)
 */
enum cog_code scn_cells_add(struct scn_cells *cells, const char *format, ...) COG_CHECK
    COG_PRINTF(2, 3);

/** As above, for who looks once, at the end: a failure is remembered in `failed`. */
void scn_cells_note(struct scn_cells *cells, const char *format, ...) COG_PRINTF(2, 3);

bool scn_cells_has(const struct scn_cells *cells, const char *name);

void scn_cells_finish(struct scn_cells *cells);

#endif
