/** The commands of `cogdrill`; each returns the program's exit code. */
#ifndef SCN_VERBS_H
#define SCN_VERBS_H

#include "crew/interrupt.h"
#include "explore/exploration.h"
#include "language/suite.h"
#include "program/arguments.h"
#include "session/session.h"

/** Runs scenarios: TAP on stdout, one line of summary on stderr. 0, 1 (failed), 2 (inconclusive).
 */
int scn_verb_run(const struct scn_arguments *arguments);

/** Reads scenarios and says what is wrong with them. 0, or 1 when a file is wrong. */
int scn_verb_check(const struct scn_arguments *arguments);

/** Prints name, tags and file of each scenario. */
int scn_verb_list(const struct scn_arguments *arguments);

/** Runs scenarios and says which cells no run reaches. 0, or 1 when there is one, or a scenario
 * failed, or an exception is stale. */
int scn_verb_coverage(const struct scn_arguments *arguments);

/** Runs scenarios again and again, with another thing going wrong each time. 0, 1 (a run broke a
 * rule), 2 (one could not be judged, or nothing was tried). */
int scn_verb_torture(const struct scn_arguments *arguments);

/**
 * Merges files of results into one report: TAP on stdout, one line of summary on stderr.
 *
 * @param arguments the verb first
 * @return as scn_verb_run; SCN_EXIT_USAGE also for files that cannot be merged, SCN_EXIT_NO_INPUT,
 *         SCN_EXIT_NO_OUTPUT, SCN_EXIT_SOFTWARE
 */
int scn_verb_merge(int count, char **arguments);

/**
 * Tells of the drills, and of their rehearsals so far; or writes a new drill.
 *
 * @param arguments the verb first
 * @return 0; 1 (overdue: a drill is due; verify: the history is broken); SCN_EXIT_USAGE,
 *         SCN_EXIT_NO_INPUT (also a history that is broken), SCN_EXIT_NO_OUTPUT, SCN_EXIT_SOFTWARE
 */
int scn_verb_drills(int count, char **arguments);

/**
 * Tries what can go wrong in some scenarios, one thing at a time or two.
 *
 * @param arguments the verb first
 * @return as scn_verb_run
 */
int scn_verb_explore(int count, char **arguments);

/**
 * Rehearses drills: the client alone, a person, or people at a table.
 *
 * @param arguments the verb first
 * @return 0 (passed), 1 (failed, or a condition is met), 2 (inconclusive), SCN_EXIT_USAGE,
 *         SCN_EXIT_NO_INPUT, SCN_EXIT_NO_OUTPUT, SCN_EXIT_SOFTWARE
 */
int scn_verb_rehearse(int count, char **arguments);

/**
 * Runs scenarios that were found and tells all about them on stdout; what they expect is no matter.
 *
 * @param arguments the verb first
 * @return 0 (no rule is broken), 1 (one is), 2 (inconclusive), SCN_EXIT_USAGE, SCN_EXIT_NO_INPUT,
 *         SCN_EXIT_SOFTWARE
 */
int scn_verb_replay(int count, char **arguments);

/**
 * Makes scenarios that break a rule as small as they can be.
 *
 * @param arguments the verb first
 * @return 0 (there is a small one), 1 (no rule is broken), 2 (inconclusive), SCN_EXIT_USAGE,
 *         SCN_EXIT_NO_INPUT, SCN_EXIT_NO_OUTPUT, SCN_EXIT_SOFTWARE
 */
int scn_verb_shrink(int count, char **arguments);

/**
 * Runs what many seeds draw.
 *
 * @param arguments the verb first
 * @return as scn_verb_run
 */
int scn_verb_swarm(int count, char **arguments);

/** How many processes are to work. @param wanted 0: as many as there are processors */
size_t scn_program_workers(size_t wanted);

/** The exit code for what was found. */
int scn_program_judge(const struct scn_exploration *exploration);

/** Takes the default suite where the command line names nothing. @param paths as it was parsed into
 */
void scn_program_choose_paths(struct scn_arguments *inout_arguments, const char **paths);

/** One line on stderr. */
void scn_program_complain(const struct cog_error *error);

/**
 * Loads what the command line names, leaves what it selects, and prints what is wrong with it.
 *
 * @return 0, also when single files are wrong; SCN_EXIT_USAGE, SCN_EXIT_NO_INPUT,
 *         SCN_EXIT_SOFTWARE
 */
int scn_program_load(const struct scn_arguments *arguments, struct scn_suite *out_suite);

/** Says on stderr what is wrong. @return SCN_EXIT_USAGE, SCN_EXIT_NO_INPUT, SCN_EXIT_SOFTWARE */
int scn_program_fail(enum cog_code code, const struct cog_error *error);

/** How the command line wants a suite to be run. Borrows from all three. */
struct scn_session_options scn_program_session(const struct scn_arguments *arguments,
                                               const struct scn_suite *suite,
                                               const struct scn_interrupt *interrupt);

/** The exit code after a session that could not be run to its end. */
int scn_program_failure(enum cog_code code, const struct scn_interrupt *interrupt);

/** Runs a suite without errors as the command line says. @return the program's exit code */
int scn_program_run(const struct scn_arguments *arguments, const struct scn_suite *suite,
                    const struct scn_interrupt *interrupt);

/** Runs everything, and then whatever changes, until a signal comes. @return the exit code */
int scn_program_watch(const struct scn_arguments *arguments, const struct scn_interrupt *interrupt);

#endif
