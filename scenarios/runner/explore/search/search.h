/**
 * Tries every single fault of some bases, and every pair: for each single one that struck, its own
 * run, and a second fault at every later place of that.
 */
#ifndef SCN_SEARCH_H
#define SCN_SEARCH_H

#include "explore/base.h"
#include "explore/exploration.h"
#include "session/selection.h"

/** Told how far it is, often. */
struct scn_search_progress {
    int depth;
    size_t run_count;  /**< Made so far, of all depths. */
    size_t task_count; /**< Of this depth. */
    size_t done_count; /**< Of these. */
    size_t failed_count;
};

/** Everything is borrowed. */
struct scn_search_options {
    const struct scn_base *bases;
    size_t base_count;
    const struct scn_catalogue *catalogue;
    struct scn_experiment_options experiment; /**< Of single faults; a pair is run once. */
    int depth;                                /**< 1 or 2. */
    bool prunes;                              /**< Leaves out what another run tells. */
    bool ends_with_first;                     /**< Discovery. */
    struct scn_shard shard;                   /**< By the first fault. */
    size_t worker_count;                      /**< At least 1. */
    int interrupt_descriptor;                 /**< -1 for none. */
    const char *state_path; /**< Where what is done is kept, for another time; NULL for nowhere. */
    bool resumes;           /**< What is there is not done again. */
    void (*progress)(void *context, const struct scn_search_progress *progress);
    void *progress_context; /**< `progress` may be NULL. */
};

/**
 * @param out_exploration filled, as far as it got, also with COG_ERROR_CANCELLED
 * @return COG_OK, COG_ERROR_CANCELLED (interrupted), COG_ERROR_STORAGE (the state),
 * COG_ERROR_SYNTAX (what is there is no such state, or one of another search), COG_ERROR_MEMORY,
 *         COG_ERROR_INTERNAL
 */
enum cog_code scn_search_run(const struct scn_search_options *options,
                             struct scn_exploration *out_exploration,
                             struct cog_error *error) COG_CHECK;

#endif
