/** What one command line asks for. */
#ifndef PROGRAM_COMMAND_H
#define PROGRAM_COMMAND_H

#include "preferences.h"
#include "verb.h"

enum cog_request_kind {
    COG_REQUEST_RUN,
    COG_REQUEST_HELP,
    COG_REQUEST_VERSION,
};

/** `{0}` is safe to finish. Texts but those of `config` are borrowed from arguments, environment.
 */
struct cog_command {
    enum cog_request_kind kind;
    const struct cog_verb *verb; /**< NULL: none was named; for help and version only. */
    const char *family;          /**< Help about the verbs that begin with this word; else NULL. */
    struct cog_config config;
    struct cog_preferences preferences;
    const char *operands[COG_OPERANDS_MAX]; /**< NULL behind the last. */
    cog_variable_lookup *lookup; /**< For variables that are nobody's setting: TERM, … */
    void *lookup_context;
};

void cog_command_finish(struct cog_command *command);

/** A variable's value; "" when it is not set. */
const char *cog_command_variable(const struct cog_command *command, const char *name);

/**
 * Says on stderr, in one line, why the command cannot be done, and where help is.
 *
 * @return the exit code that goes with `code`: 2 where the user can mend it, 3 for credentials,
 *         128 and the signal for a cancelled one, else 1
 */
int cog_command_fail(const struct cog_command *command, enum cog_code code,
                     const struct cog_error *error);

#endif
