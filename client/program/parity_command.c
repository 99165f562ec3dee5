#include "parity_command.h"

#include "comparison.h"
#include "output.h"
#include "session.h"

#include <cogpromote/outcome.h>

#include <cogbase/text.h>

/** What the user or this machine must mend is told as such; all else is: not measured. */
static int fail(const struct cog_command *command, enum cog_code code,
                const struct cog_error *error)
{
    int exit_code = cog_command_fail(command, code, error);
    bool is_ours = code == COG_ERROR_MEMORY || code == COG_ERROR_INTERNAL ||
                   code == COG_ERROR_ARGUMENT || code == COG_ERROR_STORAGE;
    bool is_internal = exit_code == cog_outcome_exit_code(COG_OUTCOME_INTERNAL, 0);
    return is_internal && !is_ours ? cog_outcome_exit_code(COG_OUTCOME_UNKNOWN, 0) : exit_code;
}

static int print(const struct cog_command *command, const struct cog_comparison *comparison)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};
    enum cog_code code =
        command->config.output == COG_OUTPUT_JSON
            ? cog_comparison_format_json(comparison, &command->config, &text, &error)
            : cog_comparison_format_text(comparison, &command->config, &text, &error);
    if (code != COG_OK) {
        return fail(command, code, &error);
    }
    /* The exit code is the answer as well, whether or not the text could be written. */
    (void)cog_output_write(text);
    if (!comparison->parity.is_measured) {
        return cog_outcome_exit_code(COG_OUTCOME_UNKNOWN, 0);
    }
    bool passes = cog_comparison_passes(comparison, &command->config);
    return cog_outcome_exit_code(passes ? COG_OUTCOME_PROMOTED : COG_OUTCOME_PARITY_LOW, 0);
}

int cog_parity_command(const struct cog_command *command)
{
    COG_CLEANUP(cog_session_end) struct cog_session session = {0};
    struct cog_comparison comparison = {0};
    struct cog_error error = {0};
    enum cog_code code = cog_session_start(&session, command, &error);
    if (code != COG_OK) {
        return cog_command_fail(command, code, &error);
    }
    const struct cog_promotion_request request = cog_client_request(session.client);
    code = cog_parity_measure(cog_client_platform(session.client), &request,
                              cog_session_limits(&session, command), &comparison.sides,
                              &comparison.parity, &error);
    cog_session_hush(&session);
    return code == COG_OK ? print(command, &comparison) : fail(command, code, &error);
}
