/** The foreign client that the command line names. */
#ifndef SCN_PROGRAM_CLIENT_H
#define SCN_PROGRAM_CLIENT_H

#include "foreign/foreign.h"
#include "program/arguments.h"

/**
 * Reads its exit map, and says on stderr what is wrong with it.
 *
 * @param out_client borrows from `arguments`, and the process's environment
 * @return 0, SCN_EXIT_USAGE, SCN_EXIT_NO_INPUT, SCN_EXIT_SOFTWARE
 */
int scn_program_client(const struct scn_arguments *arguments, struct scn_client *out_client);

#endif
