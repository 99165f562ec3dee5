/** The verb `promote`. */
#ifndef PROGRAM_PROMOTE_COMMAND_H
#define PROGRAM_PROMOTE_COMMAND_H

#include "command.h"

/** Runs the verb. @return the program's exit code */
int cog_promote_command(const struct cog_command *command);

#endif
