/** The verb `parity`. */
#ifndef PROGRAM_PARITY_COMMAND_H
#define PROGRAM_PARITY_COMMAND_H

#include "command.h"

/** Runs the verb. @return the program's exit code */
int cog_parity_command(const struct cog_command *command);

#endif
