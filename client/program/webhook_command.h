/** The verb `webhook flush`. */
#ifndef PROGRAM_WEBHOOK_COMMAND_H
#define PROGRAM_WEBHOOK_COMMAND_H

#include "command.h"

/** Runs the verb. @return the program's exit code */
int cog_webhook_flush_command(const struct cog_command *command);

#endif
