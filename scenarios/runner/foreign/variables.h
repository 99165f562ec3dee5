/** The environment of a foreign client. */
#ifndef SCN_VARIABLES_H
#define SCN_VARIABLES_H

#include "language/scenario.h"

/** Everything is borrowed. */
struct scn_variables_source {
    const struct scn_scenario *scenario;
    const struct cog_config *config;
    char *const *inherited; /**< "NAME=value", ends with NULL. */
    const char *folder;     /**< The client's own. */
    const char *directory;  /**< Where the runner was started. */
    double scale;
};

/** Ends with NULL; each text and the list are owned. */
struct scn_variables {
    char **list;
    size_t count;
    size_t capacity;
    bool has_failed;
};

/**
 * The founding document's variables; the scenario's options as `COGPROMOTE_…`, their durations in
 * the client's time; COGDRILL_… about the run. What is inherited but could lead elsewhere (another
 * tenant's settings, a proxy) is left out.
 *
 * @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_variables_make(const struct scn_variables_source *source,
                                 struct scn_variables *out_variables,
                                 struct cog_error *error) COG_CHECK;

void scn_variables_finish(struct scn_variables *variables);

#endif
