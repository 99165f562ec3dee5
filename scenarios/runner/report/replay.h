/** The command that runs a scenario again, as it ran. */
#ifndef SCN_REPLAY_H
#define SCN_REPLAY_H

#include "run.h"

/** @return owned by the caller, free(); NULL without memory */
char *scn_replay_format(const struct scn_scenario *scenario, const struct scn_run_options *options);

/**
 * The command that tortures the client again at one point of this scenario.
 *
 * @param point "memory 117 lasting"
 * @return owned by the caller, free(); NULL without memory
 */
char *scn_replay_format_torture(const struct scn_scenario *scenario, uint64_t seed,
                                const char *point);

/** "wire", "memory": what carries this scenario's requests, whatever the others have. */
const char *scn_replay_transport(const struct scn_scenario *scenario,
                                 const struct scn_run_options *options);

/** The case's name, as `--case` takes it; NULL for a scenario without. */
const char *scn_replay_case(const struct scn_scenario *scenario);

#endif
