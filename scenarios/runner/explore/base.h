/** A scenario that is explored: what goes wrong in it is up to the explorer. */
#ifndef SCN_BASE_H
#define SCN_BASE_H

#include "explore/experiment.h"
#include "explore/exploration.h"
#include "explore/faults/catalogue.h"

/** `{0}` is empty and safe to finish. */
struct scn_base {
    char *path;                  /**< Of its file. Owned. */
    char *name;                  /**< The scenario's. Owned. */
    cJSON *scenario;             /**< Owned. */
    struct scn_experiment clean; /**< The run without any fault, with its sites. */
    /** All single ones, each site's side by side; none, if the run without any is not as it should
     * be: nothing would be known of what a fault does. */
    struct scn_faults faults;
};

/** Which scenario. Texts are borrowed. */
struct scn_base_source {
    const char *path;
    const char *case_name; /**< Of a file with cases or calls; NULL for one without. */
};

/**
 * Reads a scenario, runs it without faults, and lists what can go wrong in it; of one
 * that already breaks a rule, nothing more: that is to be told, and mended before all else.
 *
 * @return COG_OK, whatever came of that run; COG_ERROR_STORAGE, COG_ERROR_SYNTAX (a wrong file, or
 * no such case in it), COG_ERROR_MEMORY
 */
enum cog_code scn_base_read(const struct scn_base_source *source,
                            const struct scn_catalogue *catalogue,
                            const struct scn_experiment_options *options, struct scn_base *out_base,
                            struct cog_error *error) COG_CHECK;

/**
 * Whether a base breaks no rule by itself, and does what it expects.
 *
 * @return COG_OK, COG_ERROR_CONFIGURATION
 */
enum cog_code scn_base_check(const struct scn_base *base, struct cog_error *error) COG_CHECK;

/** Lists what can go wrong in a run: the same for the same sites. @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_base_list_faults(const struct scn_catalogue *catalogue,
                                   const struct scn_sites *sites,
                                   struct scn_faults *faults) COG_CHECK;

/**
 * Runs the base with these faults.
 *
 * @return as `scn_experiment_run`
 */
enum cog_code scn_base_try(const struct scn_base *base, const struct scn_fault *const *faults,
                           size_t fault_count, const struct scn_experiment_options *options,
                           struct scn_experiment *out_experiment,
                           struct cog_error *error) COG_CHECK;

void scn_base_finish(struct scn_base *base);

#endif
