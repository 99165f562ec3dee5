/** A piece of a search that one process does at a time: some single faults, the pairs of one, or
 * what is wrong with a base itself. */
#ifndef SCN_TASK_H
#define SCN_TASK_H

#include "explore/search/harvest.h"
#include "explore/search/pruning.h"
#include "explore/search/search.h"

enum { SCN_TASK_KEY_SIZE = 96 };

enum scn_task_kind {
    SCN_TASK_SINGLES,
    SCN_TASK_PAIRS,
    SCN_TASK_BASE, /**< It is not as it should be without any fault: there is nothing but to say so.
                    */
};

/** `begin` and `end` count the base's single faults, or what comes later in the run of `first`. */
struct scn_task {
    enum scn_task_kind kind;
    size_t base_index;
    size_t first; /**< Of pairs: the first fault of each. */
    size_t begin;
    size_t end;    /**< Behind the last one; of pairs SIZE_MAX for all that there are. */
    size_t weight; /**< Of pairs: for how many first faults this one stands. */
};

/** What all tasks of a search have in common. Everything is borrowed. */
struct scn_task_surroundings {
    const struct scn_search_options *options;
    const struct scn_pruning *pruning; /**< NULL: nothing is left out. */
};

/** Does it. @return COG_OK, COG_ERROR_MEMORY */
enum cog_code scn_task_do(const struct scn_task *task,
                          const struct scn_task_surroundings *surroundings,
                          struct scn_harvest *out_harvest) COG_CHECK;

/**
 * How many runs it is, at most; those of pairs are found by making the first fault's.
 *
 * @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_task_measure(const struct scn_task *task,
                               const struct scn_task_surroundings *surroundings,
                               size_t *out_count) COG_CHECK;

/**
 * What is to be said of a task of one run, in which the process died.
 *
 * @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_task_blame(const struct scn_task *task,
                             const struct scn_task_surroundings *surroundings, const char *reason,
                             struct scn_harvest *out_harvest) COG_CHECK;

/** The same for the same task of the same search: "singles 0 0 40-80". */
const char *scn_task_key(const struct scn_task *task, char key[SCN_TASK_KEY_SIZE]);

/**
 * Whether the fault is this shard's.
 *
 * @param fault NULL: the base itself
 * @return COG_OK, COG_ERROR_MEMORY or COG_ERROR_INTERNAL
 */
enum cog_code scn_task_choose(const struct scn_search_options *options, const struct scn_base *base,
                              const struct scn_fault *fault, bool *out_is_ours) COG_CHECK;

#endif
