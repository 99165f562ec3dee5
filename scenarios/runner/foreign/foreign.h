/** Running a scenario with a client that is not ours. */
#ifndef SCN_FOREIGN_H
#define SCN_FOREIGN_H

#include "foreign/exit_map.h"
#include "run.h"

/** Everything is borrowed. */
struct scn_client {
    const char *command; /**< For `/bin/sh -c`. */
    struct scn_exit_map exit_map;
    const char *exit_map_path; /**< Where that was read; NULL for our codes. */
    char *const *environment;  /**< Of the runner: "NAME=value", ends with NULL. */
    const char *directory;     /**< Where the runner was started. */
    double scale;              /**< How many times as fast the fake's clock runs. */
    int64_t limit_ms;          /**< Real time that it may take; 0: by the scenario's limits. */
    bool knows_options;        /**< It reads `COGPROMOTE_…`. */
};

/** As `scn_run`, with `options->client`; a scenario that is none for it has `skip` set. */
void scn_foreign_run(const struct scn_scenario *scenario, const struct scn_run_options *options,
                     struct scn_run *out_run);

#endif
