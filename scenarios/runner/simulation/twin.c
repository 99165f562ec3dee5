#include "simulation/twin.h"

enum cog_code scn_twin_run(const struct scn_scenario *scenario,
                           const struct scn_simulation_options *options,
                           struct scn_simulation **out_simulation, struct scn_twin *out_twin,
                           struct cog_error *error)
{
    struct scn_undertaking undertaking = scenario->undertaking;
    undertaking.kill_count = 0;
    struct scn_simulation_options choice = *options;
    choice.undertaking = &undertaking;
    enum cog_code code = scn_simulation_run(scenario, &choice, out_simulation, error);
    if (code != COG_OK) {
        return cog_error_wrap(error, code, "the run without the kills");
    }
    scn_twin_read(scn_simulation_facts(*out_simulation), out_twin);
    return COG_OK;
}
