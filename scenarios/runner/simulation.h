/**
 * One run of the real client against the fake: real sockets on loopback, virtual time, storage in
 * memory, seeded random numbers. Two runs of one scenario with one seed do the same.
 */
#ifndef SCN_SIMULATION_H
#define SCN_SIMULATION_H

#include "facts.h"
#include "scenario.h"

struct scn_simulation;

/**
 * Runs to the end.
 *
 * @param scenario borrowed; must outlive the simulation
 * @return COG_OK, whatever the client did; COG_ERROR_SYNTAX, COG_ERROR_MEMORY,
 *         COG_ERROR_INTERNAL, COG_ERROR_CONFIGURATION (no port is free)
 */
enum cog_code scn_simulation_run(const struct scn_scenario *scenario, uint64_t seed,
                                 struct scn_simulation **out_simulation,
                                 struct cog_error *error) COG_CHECK;

/** Borrowed from the simulation. */
const struct scn_facts *scn_simulation_facts(const struct scn_simulation *simulation);

/** NULL does nothing. */
void scn_simulation_destroy(struct scn_simulation *simulation);

/** For COG_CLEANUP. */
void scn_simulation_finish(struct scn_simulation **simulation);

#endif
