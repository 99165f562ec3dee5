/** The explorations of shards as one: what would have come of all without them. */
#ifndef SCN_EXPLORATION_SUM_H
#define SCN_EXPLORATION_SUM_H

#include "explore/report/stored.h"

/**
 * Adds up explorations of the same bases, seed, depth, transport, client and version.
 *
 * @param files one or more; their texts are borrowed by `out_origin`
 * @param is_partial shards may be missing, and may be interrupted
 * @param out_exploration owned by the caller; interrupted when it is not all
 * @return COG_OK, COG_ERROR_SYNTAX (the message names the file and what is wrong with it),
 *         COG_ERROR_MEMORY
 */
enum cog_code scn_explorations_add(const struct scn_stored_exploration *files, size_t file_count,
                                   bool is_partial, struct scn_exploration *out_exploration,
                                   struct scn_exploration_origin *out_origin,
                                   struct cog_error *error) COG_CHECK;

#endif
