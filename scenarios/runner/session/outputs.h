/** Everything that a session writes about its scenarios, each in the order of the suite. */
#ifndef SCN_OUTPUTS_H
#define SCN_OUTPUTS_H

#include "report/entry.h"
#include "report/results.h"
#include "session/naming.h"
#include "session/outcome.h"
#include "session/output_file.h"

#include <stdio.h>

/** Paths are borrowed; NULL for none. */
struct scn_output_options {
    FILE *tap; /**< Borrowed; NULL for none. */
    const char *junit_path;
    const char *json_path;
    const char *html_path;
    const char *trace_folder;
    const struct scn_run_options *run; /**< Borrowed; told in commands that run one again. */
    /** What the pages say of coverage: a JSON object, owned by the caller; NULL without memory.
     * Asked for once, when all has run; NULL for nothing. */
    char *(*format_coverage)(void *context);
    void *coverage_context;
    struct scn_results_origin origin; /**< Of the results. */
};

/** `{0}` is empty and safe to finish. */
struct scn_outputs {
    struct scn_output_options options;
    struct scn_output_file junit;
    struct scn_output_file json;
    struct scn_output_file html;
    struct scn_entry *entries; /**< All; owns the replays and the records. */
    size_t entry_count;
    struct scn_results_item *items; /**< What was run. */
    size_t item_count;
    struct scn_results_skip *skips; /**< What is not to be run. */
    size_t skip_count;
};

/** One line of each output. Everything is borrowed. */
struct scn_output_item {
    size_t number; /**< From 1, in the suite. */
    const struct scn_suite_entry *entry;
    struct scn_outcome *outcome; /**< NULL: it was not run. Stays until the commit, but for its
                                    record, which is taken. */
    const char *skip_reason;     /**< Why it was not run. Stays until the commit. */
    bool is_unsuited;            /**< It is none for this client: nothing is missing without it. */
};

/** Whether anything is written for which each run has to leave a record. */
bool scn_outputs_want_records(const struct scn_output_options *options);

/**
 * Opens all of them before anything runs, so that no run is lost for an output.
 *
 * @param count of scenarios
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code scn_outputs_open(const struct scn_output_options *options, size_t count,
                               struct scn_outputs *out_outputs, struct cog_error *error) COG_CHECK;

/** @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY */
enum cog_code scn_outputs_append(struct scn_outputs *outputs, const struct scn_output_item *item,
                                 struct cog_error *error) COG_CHECK;

/** Ends the files and gives them their names. @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code scn_outputs_commit(struct scn_outputs *outputs, struct cog_error *error) COG_CHECK;

/** What was not committed is gone. */
void scn_outputs_finish(struct scn_outputs *outputs);

#endif
