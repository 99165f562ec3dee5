/** The verb `resume`. */
#ifndef PROGRAM_RESUME_COMMAND_H
#define PROGRAM_RESUME_COMMAND_H

#include "command.h"

/** Runs the verb. @return the program's exit code */
int cog_resume_command(const struct cog_command *command);

#endif
