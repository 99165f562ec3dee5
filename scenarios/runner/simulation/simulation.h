/**
 * One run of the real client against the fake: by sockets on loopback or by calls, in virtual time,
 * with storage in memory and seeded random numbers. Two runs of one scenario with one seed do the
 * same, whatever carries them.
 */
#ifndef SCN_SIMULATION_H
#define SCN_SIMULATION_H

#include "judge/facts.h"
#include "language/scenario.h"
#include "simulation/line.h"

/** The client's wall clock at the start: 2026-01-01T00:00:00Z. */
#define SCN_SIMULATION_START_UNIX_MS INT64_C(1767225600000)

struct scn_simulation;

/** What differs from one run of a scenario to another; everything is borrowed. */
struct scn_simulation_options {
    uint64_t seed;
    enum scn_transport transport;              /**< Of a scenario that can run on either. */
    const struct scn_undertaking *undertaking; /**< NULL: the scenario's. */
    const struct cog_storage *storage;         /**< The client's; NULL: one in memory. */
    struct scn_shift shift;                    /**< `{0}` for none. */
};

/**
 * Runs to the end.
 *
 * @param scenario borrowed; must outlive the simulation
 * @return COG_OK, whatever the client did; COG_ERROR_SYNTAX, COG_ERROR_MEMORY,
 *         COG_ERROR_INTERNAL, COG_ERROR_CONFIGURATION (no port is free)
 */
enum cog_code scn_simulation_run(const struct scn_scenario *scenario,
                                 const struct scn_simulation_options *options,
                                 struct scn_simulation **out_simulation,
                                 struct cog_error *error) COG_CHECK;

/** Borrowed from the simulation. */
const struct scn_facts *scn_simulation_facts(const struct scn_simulation *simulation);

/** NULL does nothing. */
void scn_simulation_destroy(struct scn_simulation *simulation);

/** For COG_CLEANUP. */
void scn_simulation_finish(struct scn_simulation **simulation);

#endif
