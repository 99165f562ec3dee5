/** The verbs `lock status` and `lock release`. */
#ifndef PROGRAM_LOCK_COMMAND_H
#define PROGRAM_LOCK_COMMAND_H

#include "command.h"

/** Run the verbs. @return the program's exit code */
int cog_lock_status_command(const struct cog_command *command);
int cog_lock_release_command(const struct cog_command *command);

#endif
