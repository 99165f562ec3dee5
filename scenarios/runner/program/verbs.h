/** The commands of `cogdrill`; each returns the program's exit code. */
#ifndef SCN_VERBS_H
#define SCN_VERBS_H

#include "program/arguments.h"
#include "suite.h"

/** Runs scenarios: TAP on stdout, one line of summary on stderr. 0, 1 (failed), 2 (inconclusive).
 */
int scn_verb_run(const struct scn_arguments *arguments);

/** Reads scenarios and says what is wrong with them. 0, or 1 when a file is wrong. */
int scn_verb_check(const struct scn_arguments *arguments);

/** Prints name, tags and file of each scenario. */
int scn_verb_list(const struct scn_arguments *arguments);

/**
 * Loads what the command line names, or else the default suite, and prints what is wrong with it.
 *
 * @return 0, also when single files are wrong; SCN_EXIT_USAGE, SCN_EXIT_NO_INPUT,
 *         SCN_EXIT_SOFTWARE
 */
int scn_program_load(const struct scn_arguments *arguments, struct scn_suite *out_suite);

#endif
