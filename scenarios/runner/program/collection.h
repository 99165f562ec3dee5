/** A folder of the smallest scenarios that break rules, each kind of failure once. */
#ifndef SCN_COLLECTION_H
#define SCN_COLLECTION_H

#include "explore/shrink/shrink.h"

/** `{0}` with a folder is empty, and safe to finish. */
struct scn_collection {
    const char *folder; /**< Borrowed; made when the first one comes. */
    char **keys;        /**< What is in it: rules and faults. Owned. */
    size_t count;
};

/**
 * Shrinks a scenario and writes it there, named by its base and the rule: "PROMOTION-I6.jsonc".
 * What breaks the same rule with the same faults as one before is not written.
 *
 * @param base_name what the scenario was made of
 * @return COG_OK, also when no rule is broken any more; COG_ERROR_SYNTAX, COG_ERROR_STORAGE,
 *         COG_ERROR_MEMORY
 */
enum cog_code scn_collection_add(struct scn_collection *collection, const char *base_name,
                                 const cJSON *scenario,
                                 const struct scn_experiment_options *options,
                                 struct cog_error *error) COG_CHECK;

void scn_collection_finish(struct scn_collection *collection);

#endif
