/** What `cogdrill drills` can do; each returns the program's exit code. */
#ifndef SCN_PROGRAM_DRILLS_H
#define SCN_PROGRAM_DRILLS_H

#include "drill/catalogue.h"
#include "drill/history/history.h"
#include "program/drills_arguments.h"

#include <cogbase/text.h>

/** All drills, and when each was last rehearsed. */
int scn_drills_list(const struct scn_drills_arguments *arguments);

/** One rehearsal of a drill. */
int scn_drills_show(const struct scn_drills_arguments *arguments);

/** All rehearsals of a drill. */
int scn_drills_trend(const struct scn_drills_arguments *arguments);

/** Which drills are due again: 1 when one is. */
int scn_drills_overdue(const struct scn_drills_arguments *arguments);

/** Whether the history is as it was written: 1 when it is not. */
int scn_drills_verify(const struct scn_drills_arguments *arguments);

/** Writes a drill to begin with. */
int scn_drills_new(const struct scn_drills_arguments *arguments);

/** Says on stderr what is wrong with the history. @return SCN_EXIT_USAGE, SCN_EXIT_NO_INPUT, … */
int scn_drills_fail(enum cog_code code, const struct cog_error *error);

/** Prints it as a line on stdout. @return 0, or SCN_EXIT_SOFTWARE without memory */
int scn_drills_print_json(const cJSON *json);

/** Prints it on stdout. @return as above */
int scn_drills_print(const struct cog_text *text);

/** "3d" of three days and a half: the largest unit that there is one of, rounded down. */
void scn_drills_append_age(struct cog_text *text, int64_t age_ms);

#endif
