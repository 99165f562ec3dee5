/** Reading an exploration back, strictly: what is added up must be what was written. */
#ifndef SCN_STORED_EXPLORATION_H
#define SCN_STORED_EXPLORATION_H

#include "explore/exploration.h"
#include "explore/report/origin.h"

#include <cjson/cJSON.h>

/** `{0}` is empty and safe to finish. */
struct scn_stored_exploration {
    char *name;                           /**< For messages: its path. Owned. */
    cJSON *root;                          /**< Owned. */
    struct scn_exploration exploration;   /**< Owned. */
    struct scn_exploration_origin origin; /**< Texts are the root's, and `mutants`. */
    char *mutants;                        /**< Owned; NULL for none. */
};

/** Whether a file claims to be one, and not, say, results of runs. */
bool scn_stored_exploration_is(const char *text);

/**
 * Reads what `scn_exploration_write_json` wrote.
 *
 * @param name of the file, for messages
 * @return COG_OK, COG_ERROR_SYNTAX ("file:line:column: …", or "file: 'member' …"), COG_ERROR_MEMORY
 */
enum cog_code scn_stored_exploration_parse(const char *name, const char *text,
                                           struct scn_stored_exploration *out_stored,
                                           struct cog_error *error) COG_CHECK;

void scn_stored_exploration_finish(struct scn_stored_exploration *stored);

#endif
