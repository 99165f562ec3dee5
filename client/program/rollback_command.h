/** The verb `rollback`. */
#ifndef PROGRAM_ROLLBACK_COMMAND_H
#define PROGRAM_ROLLBACK_COMMAND_H

#include "command.h"

/** Runs the verb. @return the program's exit code */
int cog_rollback_command(const struct cog_command *command);

#endif
