/** The verbs `audit verify` and `audit show`. */
#ifndef PROGRAM_AUDIT_COMMAND_H
#define PROGRAM_AUDIT_COMMAND_H

#include "command.h"

/** Run the verbs. @return the program's exit code */
int cog_audit_verify_command(const struct cog_command *command);
int cog_audit_show_command(const struct cog_command *command);

#endif
