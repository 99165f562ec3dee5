/** The files that reports of rehearsals are written to: for programs, and for a browser. */
#ifndef SCN_REHEARSAL_FILES_H
#define SCN_REHEARSAL_FILES_H

#include "drill/automatic/gate.h"
#include "report/json_text.h"
#include "session/output_file.h"

#include <cjson/cJSON.h>

enum { SCN_REHEARSAL_FILES_VERSION = 1 };

/** What the JSON calls its format. */
#define SCN_REHEARSAL_FILES_FORMAT "cogdrill-rehearsals"

/*
 * format, version, tool_version
 * rehearsals: the reports, one a drill (drill/report/rehearsal_report.h)
 * conditions: [{text, drill, value, met}] of `--fail-if`, each for each drill; text is as it was
 *     typed, drill an id, value what was held against it, in ms or as a number (null: no run has
 *     that figure), met whether that fails the drill (null: nobody can tell)
 */

/** `{0}` is empty and safe to finish. */
struct scn_rehearsal_files {
    struct scn_output_file json;
    struct scn_output_file html;
    struct scn_json_text reports;
    struct scn_json_text conditions;
};

/**
 * Opens them before anything runs, so that no rehearsal is lost for an output.
 *
 * @param json_path NULL for none; `html_path` too
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code scn_rehearsal_files_open(const char *json_path, const char *html_path,
                                       struct scn_rehearsal_files *out_files,
                                       struct cog_error *error) COG_CHECK;

/** Whether anything is written. */
bool scn_rehearsal_files_are_wanted(const struct scn_rehearsal_files *files);

/** Adds a report, as `scn_drill_report_json` makes it. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_rehearsal_files_add(struct scn_rehearsal_files *files, const cJSON *report,
                                      struct cog_error *error) COG_CHECK;

/** Adds how a condition came out for a drill. @param drill_id of the drill */
void scn_rehearsal_files_add_gate(struct scn_rehearsal_files *files, const char *drill_id,
                                  const struct scn_gate *gate);

/** Writes them and gives them their names. @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY */
enum cog_code scn_rehearsal_files_commit(struct scn_rehearsal_files *files,
                                         struct cog_error *error) COG_CHECK;

/** What was not committed is gone. */
void scn_rehearsal_files_finish(struct scn_rehearsal_files *files);

#endif
