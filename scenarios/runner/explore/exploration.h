/** What came of exploring: how much was tried, and what was found. */
#ifndef SCN_EXPLORATION_H
#define SCN_EXPLORATION_H

#include "coverage/cells.h"
#include "explore/matrix.h"
#include "judge/findings.h"

#include <stdint.h>

enum {
    SCN_DEPTH_MAX = 2,
    SCN_DISCOVERY_FAULTS_MAX = 20,
    SCN_SLOWEST_RUNS_MAX = 10,
    SCN_DISCOVERIES_MAX = 1000,
};

/** Of all runs with so many faults. All of them add up to `possible`. */
struct scn_effort {
    size_t possible_count;     /**< Runs that there are, as far as they are known. */
    size_t run_count;          /**< Runs that were made and judged. */
    size_t idle_count;         /**< Of which a fault never struck, or contradicts another one. */
    size_t pruned_count;       /**< Not made: another one tells the same. */
    size_t failed_count;       /**< Of those that were judged. */
    size_t inconclusive_count; /**< Likewise. */
    int64_t virtual_ms;
};

struct scn_explored_base {
    char *name;        /**< Owned. */
    char *path;        /**< Owned. */
    size_t site_count; /**< Requests without any fault. */
    /** [0] of single faults, or of the run without any, if that is not as it should be; [1] of
     * pairs. */
    struct scn_effort depths[SCN_DEPTH_MAX];
};

/** One run that broke a rule, or a base that does not do what it expects. Everything is owned. */
struct scn_discovery {
    size_t base_index;
    size_t place; /**< Of its first fault among all of the base: what shards are put together by. */
    char *faults[SCN_DISCOVERY_FAULTS_MAX]; /**< "promote#1/a1 status_503"; NULL behind the last
                                               one; none: the base by itself. */
    struct scn_findings findings;
    int exit_code;
    char *scenario; /**< JSON: the whole scenario, whose `expect` has that exit code. */
};

/** A run and the real time it took. */
struct scn_slow_run {
    char *name; /**< "BASE: FAULT, FAULT". Owned. */
    int64_t real_ms;
};

/** `{0}` is empty and safe to finish. */
struct scn_exploration {
    struct scn_explored_base *bases;
    size_t base_count;
    struct scn_discovery *discoveries; /**< In the order of depths, bases and places. */
    size_t discovery_count;            /**< At most SCN_DISCOVERIES_MAX are kept. */
    struct scn_cells cells;            /**< Of coverage, reached by single faults. */
    struct scn_matrix matrix;          /**< Of single faults. */
    struct scn_slow_run slowest[SCN_SLOWEST_RUNS_MAX]; /**< The slowest first. */
    size_t slowest_count;
    int64_t real_ms;
    bool is_interrupted; /**< It is not all of it. */
};

/** Texts are copied. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_exploration_add_base(struct scn_exploration *exploration, const char *name,
                                       const char *path, size_t site_count) COG_CHECK;

/** Takes what the discovery owns, also on failure. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_exploration_add(struct scn_exploration *exploration,
                                  struct scn_discovery *inout_discovery) COG_CHECK;

/**
 * Takes over what was found in runs of one base, and leaves `found` without it.
 *
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code scn_exploration_merge(struct scn_exploration *exploration, size_t base_index,
                                    struct scn_exploration *found) COG_CHECK;

/** Notes a run, if it is among the slowest. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_exploration_note_time(struct scn_exploration *exploration, const char *name,
                                        int64_t real_ms) COG_CHECK;

/** Of all bases, of that depth, from 1. */
struct scn_effort scn_exploration_sum(const struct scn_exploration *exploration, int depth);

/** Of all depths. */
struct scn_effort scn_exploration_sum_all(const struct scn_exploration *exploration);

/** Adds up. */
void scn_effort_add(struct scn_effort *effort, const struct scn_effort *other);

void scn_discovery_finish(struct scn_discovery *discovery);
void scn_exploration_finish(struct scn_exploration *exploration);

#endif
