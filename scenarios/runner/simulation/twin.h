/** The same run without the kills, which a run with kills has to end like. */
#ifndef SCN_TWIN_H
#define SCN_TWIN_H

#include "judge/invariant.h"
#include "simulation/simulation.h"

/**
 * @param options as of the run with the kills
 * @param out_twin borrows from `out_simulation`
 * @return as `scn_simulation_run`
 */
enum cog_code scn_twin_run(const struct scn_scenario *scenario,
                           const struct scn_simulation_options *options,
                           struct scn_simulation **out_simulation, struct scn_twin *out_twin,
                           struct cog_error *error) COG_CHECK;

#endif
