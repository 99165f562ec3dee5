/** Several files of results as one: what one run of all their scenarios would have written. */
#ifndef SCN_MERGING_H
#define SCN_MERGING_H

#include "report/results_file.h"

/** `{0}` is empty and safe to finish. Its files must outlive it. */
struct scn_merging {
    struct scn_results results;     /**< Its items are the merging's. */
    struct scn_results_line *lines; /**< In the same order; owned, their texts are the files'. */
    struct scn_results_item *items; /**< Owned. */
    struct scn_results_skips skips; /**< Of all files. */
};

/**
 * Merges files of one suite, seed, transport, client and version that share no scenario.
 *
 * @param files one or more
 * @param is_partial shards and scenarios may be missing
 * @return COG_OK, COG_ERROR_SYNTAX (the message names the file and what is wrong with it),
 *         COG_ERROR_MEMORY
 */
enum cog_code scn_merging_make(const struct scn_results_file *files, size_t file_count,
                               bool is_partial, struct scn_merging *out_merging,
                               struct cog_error *error) COG_CHECK;

void scn_merging_finish(struct scn_merging *merging);

#endif
