/** Of what an exploration is one: those that differ in it are not to be added up. */
#ifndef SCN_EXPLORATION_ORIGIN_H
#define SCN_EXPLORATION_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Texts are borrowed. */
struct scn_exploration_origin {
    const char *verb; /**< "explore", "swarm", or "operators": schedules of two of them. */
    const char *tool_version;
    uint64_t seed;         /**< At most COG_NUMBER_INTEGER_MAX. */
    const char *transport; /**< "memory", "wire". */
    const char *client;    /**< The foreign client's command; NULL for our own. */
    int depth;             /**< Faults a run, at most. */
    bool is_pruned;
    size_t shard_index;         /**< From 1; 0: all of them. */
    size_t shard_count;         /**< 0: all of them. */
    const char *mutants;        /**< JSON, as `scn_mutants_read` has it; NULL for none. */
    const char *shrink_command; /**< Comes before a failure's id; NULL: nobody can be told. */
};

#endif
