/** The verb `plan`. */
#ifndef PROGRAM_PLAN_COMMAND_H
#define PROGRAM_PLAN_COMMAND_H

#include "command.h"

/** Runs the verb. @return the program's exit code */
int cog_plan_command(const struct cog_command *command);

#endif
