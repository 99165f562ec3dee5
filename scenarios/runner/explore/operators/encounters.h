/** Explores how two operators can come between one another: every schedule of a scenario. */
#ifndef SCN_ENCOUNTERS_H
#define SCN_ENCOUNTERS_H

#include "explore/exploration.h"
#include "explore/operators/interleavings.h"

struct scn_encounters_options {
    uint64_t seed;
    struct scn_interleavings_options interleavings;
    bool ends_with_first;
    /** Asked between two runs whether to end; NULL: never. */
    bool (*is_interrupted)(void *context);
    void *interrupt_context;
};

/**
 * Runs every schedule of one scenario, and adds it as a base of depth 1, with what was found.
 *
 * @param scenario has a second operator
 * @return COG_OK; COG_ERROR_CANCELLED (interrupted, with all that is known added),
 *         COG_ERROR_CONFIGURATION (there is no second operator), COG_ERROR_MEMORY, or as
 *         `scn_simulation_run`
 */
enum cog_code scn_encounters_explore(const struct scn_scenario *scenario, const char *path,
                                     const struct scn_encounters_options *options,
                                     struct scn_exploration *inout_exploration,
                                     struct cog_error *error) COG_CHECK;

#endif
