/** `cogdrill explore --operators`. */
#ifndef SCN_PROGRAM_ENCOUNTERS_H
#define SCN_PROGRAM_ENCOUNTERS_H

#include "crew/interrupt.h"
#include "explore/exploration.h"
#include "program/explore_arguments.h"

/**
 * Runs every schedule of the scenarios that the command line names, or of those that come with the
 * program.
 *
 * @param out_exploration filled, as far as it got, also with COG_ERROR_CANCELLED
 * @return as `scn_encounters_explore`; COG_ERROR_STORAGE, COG_ERROR_SYNTAX (a scenario)
 */
enum cog_code scn_program_encounters(const struct scn_explore_arguments *arguments,
                                     const struct scn_interrupt *interrupt,
                                     struct scn_exploration *out_exploration,
                                     struct cog_error *error) COG_CHECK;

#endif
