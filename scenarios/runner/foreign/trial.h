/**
 * One run of a foreign client: the fake on real sockets, its clock as fast as it is told to, the
 * client as processes of its own.
 */
#ifndef SCN_TRIAL_H
#define SCN_TRIAL_H

#include "foreign/ending.h"
#include "judge/facts.h"
#include "language/scenario.h"

struct scn_trial;

/** Everything is borrowed. */
struct scn_trial_options {
    const char *command;
    const struct scn_exit_map *exit_map;
    char *const *environment; /**< Of the runner: "NAME=value", ends with NULL. */
    const char *directory;    /**< Where the runner was started. */
    double scale;
    int64_t limit_ms; /**< Real time of one process; 0: from the scenario's own limits. */
    uint64_t seed;
};

/**
 * Runs it to its end, or to its limit.
 *
 * @param scenario borrowed; must outlive the trial
 * @return COG_OK, whatever the client did; COG_ERROR_SYNTAX, COG_ERROR_MEMORY, COG_ERROR_INTERNAL,
 *         COG_ERROR_STORAGE (no folder), COG_ERROR_CONFIGURATION (no port is free)
 */
enum cog_code scn_trial_run(const struct scn_scenario *scenario,
                            const struct scn_trial_options *options, struct scn_trial **out_trial,
                            struct cog_error *error) COG_CHECK;

/** Borrowed from the trial. Its `report` has nothing but what the exit code says. */
const struct scn_facts *scn_trial_facts(const struct scn_trial *trial);

/** Takes the secrets out of what the client printed: from here on it can be shown. */
void scn_trial_mask(struct scn_trial *trial);

/** NULL does nothing. */
void scn_trial_destroy(struct scn_trial *trial);

/** For COG_CLEANUP. */
void scn_trial_finish(struct scn_trial **trial);

#endif
