/** Runs the samples of many seeds, over several processes. */
#ifndef SCN_SWARM_H
#define SCN_SWARM_H

#include "explore/exploration.h"
#include "explore/swarm/sample.h"

/** How far it is. */
struct scn_swarm_progress {
    uint64_t seed_count; /**< All of them. */
    uint64_t done_count;
    size_t failed_count;
};

/** Everything is borrowed. */
struct scn_swarm_options {
    struct scn_sample_ground ground;
    uint64_t first_seed;
    uint64_t seed_count;                      /**< At least 1. */
    struct scn_experiment_options experiment; /**< Its seed does not matter. */
    size_t worker_count;                      /**< At least 1. */
    int interrupt_descriptor;                 /**< -1 for none. */
    void (*progress)(void *context, const struct scn_swarm_progress *progress);
    void *progress_context; /**< `progress` may be NULL. */
};

/**
 * The same for the same seeds, whoever is faster. Memory does not grow with their number.
 *
 * @param out_exploration with all efforts at depth 1; filled, as far as it got, also with
 *        COG_ERROR_CANCELLED
 * @return COG_OK, COG_ERROR_CANCELLED (interrupted), COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_swarm_run(const struct scn_swarm_options *options,
                            struct scn_exploration *out_exploration,
                            struct cog_error *error) COG_CHECK;

#endif
