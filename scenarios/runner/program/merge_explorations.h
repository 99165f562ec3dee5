/** `cogdrill merge` of explorations. */
#ifndef SCN_MERGE_EXPLORATIONS_H
#define SCN_MERGE_EXPLORATIONS_H

#include "program/merge_arguments.h"

/**
 * Adds them up: the report on stdout.
 *
 * @param texts what the files hold, in the order of the paths; one and more
 * @return 0, 1 (a rule was broken), 2 (none was, and a run could not be judged); SCN_EXIT_USAGE
 *         also for files that cannot be merged, SCN_EXIT_NO_OUTPUT, SCN_EXIT_SOFTWARE
 */
int scn_merge_explorations(const struct scn_merge_arguments *arguments, char *const *texts);

#endif
