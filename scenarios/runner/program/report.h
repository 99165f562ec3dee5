/** What the program writes of an exploration. */
#ifndef SCN_PROGRAM_REPORT_H
#define SCN_PROGRAM_REPORT_H

#include "explore/report/report.h"

/** Paths are borrowed; NULL for none. */
struct scn_exploration_files {
    const char *json_path;
    const char *html_path;
    const char *mutants_path; /**< Read: what the reports say of mutants. */
};

/**
 * Writes the files, and the report for people on stdout.
 *
 * @return 0, 1 (a rule was broken), 2 (none was, and a run could not be judged, or nothing was
 *         run); SCN_EXIT_USAGE, SCN_EXIT_NO_INPUT (the mutants), SCN_EXIT_NO_OUTPUT,
 *         SCN_EXIT_SOFTWARE
 */
int scn_program_report(const struct scn_exploration *exploration,
                       const struct scn_exploration_origin *origin,
                       const struct scn_exploration_files *files);

#endif
