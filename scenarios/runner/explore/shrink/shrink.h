/** The smallest scenario that still breaks the rule that a larger one breaks. */
#ifndef SCN_SHRINK_H
#define SCN_SHRINK_H

#include "explore/experiment.h"

#include <cjson/cJSON.h>

/** `{0}` is empty and safe to finish. */
struct scn_shrunk {
    enum scn_result verdict;       /**< Of the scenario as it was. */
    char check[64];                /**< The rule, "I6"; "" when none is broken. */
    cJSON *scenario;               /**< The smallest; NULL when no rule is broken. Owned. */
    struct scn_experiment outcome; /**< Of that one; or of the whole, when no rule is broken. */
    size_t run_count;              /**< It took so many. */
};

/**
 * Shrinks by running one smaller scenario after the other, in this process.
 *
 * @param scenario without cases and calls; keeps its seed, or gets that of the options
 * @return COG_OK, also when no rule is broken; COG_ERROR_SYNTAX, COG_ERROR_MEMORY
 */
enum cog_code scn_shrink(const cJSON *scenario, const struct scn_experiment_options *options,
                         struct scn_shrunk *out_shrunk, struct cog_error *error) COG_CHECK;

/**
 * As a file for people: which rule it breaks, how, and the command that shows it.
 *
 * @param path of that file
 * @return owned by the caller, free(); NULL without memory
 */
char *scn_shrunk_format(const struct scn_shrunk *shrunk, const char *path);

void scn_shrunk_finish(struct scn_shrunk *shrunk);

#endif
