/**
 * Making a scenario smaller, one change at a time: each is kept if somebody still likes what is
 * left. Every kept change has less in it, a simpler fault, or smaller numbers, so that it ends.
 */
#ifndef SCN_SIMPLIFICATION_H
#define SCN_SIMPLIFICATION_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

/** Who decides. */
struct scn_simplifier {
    bool (*likes)(void *context, const cJSON *scenario);
    void *context;
    size_t kept_count; /**< Changes that were kept. */
};

/** Takes away what is not needed of `server`, `faults` and `client`: much at once, then less. */
void scn_simplify_structure(cJSON *scenario, struct scn_simplifier *simplifier);

/** Puts simpler faults in the place of others: another kind, once instead of for ever. */
void scn_simplify_faults(cJSON *scenario, struct scn_simplifier *simplifier);

/** Makes numbers and times smaller: earlier, shorter, fewer. */
void scn_simplify_values(cJSON *scenario, struct scn_simplifier *simplifier);

#endif
