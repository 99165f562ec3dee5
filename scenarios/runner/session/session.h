/** One run of many scenarios, from the first to the last line that is written about them. */
#ifndef SCN_SESSION_H
#define SCN_SESSION_H

#include "session/outputs.h"
#include "session/summary.h"

/** Everything is borrowed. */
struct scn_session_options {
    struct scn_run_options run;
    struct scn_output_options
        outputs;              /**< `run` in them is set by the session, as are its wishes. */
    size_t worker_count;      /**< 0: as many as there are processors. */
    int64_t stall_ms;         /**< Real time that one run may take; 0: any. */
    bool is_fail_fast;        /**< Nothing more is run after a failure. */
    FILE *progress;           /**< A terminal; NULL for none. */
    int interrupt_descriptor; /**< When it can be read, all ends; -1 for none. */

    /** How one scenario is run; NULL: `scn_run`. */
    void (*run_scenario)(const struct scn_scenario *scenario, const struct scn_run_options *options,
                         struct scn_run *out_run);
    /** Told of each run that was made, in the order of the suite; NULL for nobody. */
    void (*hear)(void *context, const struct scn_suite_entry *entry, const struct scn_run *run);
    void *hear_context;
    size_t slowest_count; /**< How many of the slowest are told. */
    FILE *remarks;        /**< Where; NULL: nowhere. */
};

/**
 * Runs the suite in worker processes. What is written is the same for any number of them.
 *
 * @param suite without entries that are wrong
 * @return COG_OK, whatever the verdicts; COG_ERROR_CANCELLED, with all written that is known;
 *         COG_ERROR_STORAGE (an output), COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code scn_session_run(const struct scn_suite *suite,
                              const struct scn_session_options *options,
                              struct scn_summary *out_summary, struct cog_error *error) COG_CHECK;

#endif
