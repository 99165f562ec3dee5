#include "command.h"

#include "signals.h"

#include <cogpromote/outcome.h>

#include <cogbase/text.h>

#include <stdio.h>

void cog_command_finish(struct cog_command *command)
{
    cog_config_finish(&command->config);
    *command = (struct cog_command){0};
}

const char *cog_command_variable(const struct cog_command *command, const char *name)
{
    const char *value = command->lookup(command->lookup_context, name);
    return value == NULL ? "" : value;
}

static enum cog_outcome outcome_of(enum cog_code code)
{
    if (code == COG_ERROR_CONFIGURATION) {
        return COG_OUTCOME_USAGE;
    }
    if (code == COG_ERROR_UNAUTHORIZED || code == COG_ERROR_FORBIDDEN) {
        return COG_OUTCOME_UNAUTHORIZED;
    }
    return code == COG_ERROR_CANCELLED ? COG_OUTCOME_INTERRUPTED : COG_OUTCOME_INTERNAL;
}

int cog_command_fail(const struct cog_command *command, enum cog_code code,
                     const struct cog_error *error)
{
    char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];
    const char *space = command->verb == NULL ? "" : " ";
    const char *verb = command->verb == NULL ? "" : command->verb->name;
    COG_CLEANUP(cog_text_finish) struct cog_text line = {0};
    cog_text_append_format(&line, "cogpromote%s%s: ", space, verb);
    /* What was typed, and what a peer said, is in there. */
    cog_text_append_shown(&line, cog_error_text(error, text, sizeof text));
    if (code == COG_ERROR_CONFIGURATION) {
        cog_text_append_format(&line, "; see 'cogpromote%s%s --help'", space, verb);
    }
    (void)fprintf(stderr, "%s\n", cog_text_string(&line));
    return cog_outcome_exit_code(outcome_of(code), cog_signals_received());
}
