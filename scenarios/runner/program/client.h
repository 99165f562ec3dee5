/** The foreign client that the command line names. */
#ifndef SCN_PROGRAM_CLIENT_H
#define SCN_PROGRAM_CLIENT_H

#include "foreign/foreign.h"
#include "program/client_flags.h"

/**
 * Reads its exit map, and says on stderr what is wrong with it. Without a command there is nothing
 * to read, and `out_client` has none either.
 *
 * @param out_client borrows from `flags`, and the process's environment
 * @return 0, SCN_EXIT_USAGE, SCN_EXIT_NO_INPUT, SCN_EXIT_SOFTWARE
 */
int scn_program_client(const struct scn_client_flags *flags, struct scn_client *out_client);

/** The client as runs take it: NULL for ours. */
const struct scn_client *scn_program_foreign(const struct scn_client *client);

#endif
