/**
 * A scenario that a seed draws: a base, options of the client, changes of the server, and several
 * faults. Under each seed other kinds are on (swarm testing, Groce et al. 2012): what hides a
 * fault in one run is missing in the next one.
 *
 * In a second phase all that went wrong is over, at times that are drawn too, and the run has to
 * end well.
 */
#ifndef SCN_SAMPLE_H
#define SCN_SAMPLE_H

#include "explore/base.h"
#include "explore/swarm/dice.h"

/** What is drawn from; borrowed. */
struct scn_sample_ground {
    const struct scn_base *bases;
    size_t base_count;
    const struct scn_catalogue *catalogue;
};

/** `{0}` is empty and safe to finish. */
struct scn_sample {
    uint64_t seed;
    size_t base_index;
    struct scn_faults faults; /**< All that is not as in the base. */
};

/** @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_sample_draw(const struct scn_sample_ground *ground, uint64_t seed,
                              struct scn_sample *out_sample) COG_CHECK;

/**
 * The scenario, which brings its seed: the same bytes for the same seed.
 *
 * @param exit_code what is expected of the client
 * @return owned by the caller, free(); NULL without memory
 */
char *scn_sample_compose(const struct scn_sample *sample, const struct scn_sample_ground *ground,
                         int exit_code);

void scn_sample_finish(struct scn_sample *sample);

/** Adds another server, and other options of the client. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_sample_world(struct scn_dice *dice, struct scn_faults *faults) COG_CHECK;

/** Adds what strikes the client itself: signals, deaths, its clock, its disk. @return as above */
enum cog_code scn_sample_client(struct scn_dice *dice, uint64_t seed,
                                struct scn_faults *faults) COG_CHECK;

#endif
