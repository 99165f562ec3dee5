/** What the programs in the folder of a guided drill are made of; not for people to call. */
#ifndef SCN_DRILL_SHELL_H
#define SCN_DRILL_SHELL_H

#include <stdbool.h>

/** Whether the command line is one of theirs. */
bool scn_drill_shell_is_meant(int count, char *const *arguments);

/**
 * `cogdrill record-client FOLDER PROGRAM [WORD...]` and `cogdrill drill-order FOLDER [WORD...]`.
 *
 * @return the program's exit code
 */
int scn_drill_shell_run(int count, char **arguments);

#endif
