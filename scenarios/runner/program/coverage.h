/** Where the verb `coverage` has its cells from. */
#ifndef SCN_PROGRAM_COVERAGE_H
#define SCN_PROGRAM_COVERAGE_H

#include "coverage/map.h"
#include "program/arguments.h"

/**
 * Adds what the scenarios of results files reached that passed, and a failure for each that did
 * not.
 *
 * @return COG_OK, COG_ERROR_STORAGE (cannot be read), COG_ERROR_SYNTAX (no results),
 *         COG_ERROR_MEMORY
 */
enum cog_code scn_coverage_read_results(const char *path, struct scn_map *map,
                                        struct scn_findings *findings,
                                        struct cog_error *error) COG_CHECK;

#endif
