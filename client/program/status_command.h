/** The verb `status`. */
#ifndef PROGRAM_STATUS_COMMAND_H
#define PROGRAM_STATUS_COMMAND_H

#include "command.h"

/** Runs the verb. @return the program's exit code */
int cog_status_command(const struct cog_command *command);

#endif
