/** The command line, laid over the environment. */
#ifndef PROGRAM_ARGUMENTS_H
#define PROGRAM_ARGUMENTS_H

#include "command.h"

/** The program's arguments, and where variables are looked up. */
struct cog_arguments {
    int count;
    char **values; /**< values[0] is the program. */
    cog_variable_lookup *lookup;
    void *lookup_context;
};

/**
 * Finds the verb; then variables first, flags over them, the operands, the secret's file. Variables
 * that mean nothing for the verb are not looked at; such flags are refused. Does not ask whether
 * all is there that the verb needs.
 *
 * @param out_command to be finished on failure as well: it tells the verb, where there is one
 * @return COG_OK, COG_ERROR_CONFIGURATION with a one-line message, COG_ERROR_MEMORY
 */
enum cog_code cog_arguments_parse(const struct cog_arguments *arguments,
                                  struct cog_command *out_command,
                                  struct cog_error *error) COG_CHECK;

#endif
