/** The command line, laid over the environment. */
#ifndef PROGRAM_ARGUMENTS_H
#define PROGRAM_ARGUMENTS_H

#include <cogpromote/config.h>

/** What the arguments ask for. */
enum cog_request_kind {
    COG_REQUEST_RUN,
    COG_REQUEST_HELP,
    COG_REQUEST_VERSION,
};

/** The arguments behind the verb, and where variables are looked up. */
struct cog_arguments {
    int count;
    char **values; /**< values[0] is the verb. */
    cog_variable_lookup *lookup;
    void *lookup_context;
};

/**
 * Variables first, then flags over them, then the secret's file. Does not ask whether all is there.
 *
 * @return COG_OK, or COG_ERROR_CONFIGURATION with a one-line message
 */
enum cog_code cog_arguments_parse(const struct cog_arguments *arguments, struct cog_config *config,
                                  enum cog_request_kind *out_kind,
                                  struct cog_error *error) COG_CHECK;

#endif
