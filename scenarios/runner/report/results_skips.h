/** The scenarios that results skip, read back. */
#ifndef SCN_RESULTS_SKIPS_H
#define SCN_RESULTS_SKIPS_H

#include "report/results.h"

#include <cjson/cJSON.h>
#include <cogpromote/error.h>

/** `{0}` is empty and safe to finish. */
struct scn_results_skips {
    struct scn_results_skip *items; /**< Owned; texts are the JSON's. In the order of numbers. */
    size_t count;
};

/**
 * Reads `skipped` of a file's head, which need not be there.
 *
 * @param selected_count no number is higher
 * @return COG_OK, COG_ERROR_SYNTAX (without the place), COG_ERROR_MEMORY
 */
enum cog_code scn_results_skips_read(const cJSON *head, size_t selected_count,
                                     struct scn_results_skips *out_skips,
                                     struct cog_error *error) COG_CHECK;

/** Appends those of `others`, and keeps the order. @return COG_OK, COG_ERROR_MEMORY */
enum cog_code scn_results_skips_add(struct scn_results_skips *skips,
                                    const struct scn_results_skips *others) COG_CHECK;

/** Whether the scenario of that number is among them. */
bool scn_results_skips_has(const struct scn_results_skips *skips, size_t number);

void scn_results_skips_finish(struct scn_results_skips *skips);

#endif
