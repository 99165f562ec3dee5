#include "plan_command.h"

#include "output.h"
#include "session.h"
#include "signals.h"

#include <cogpromote/plan.h>

#include <cogbase/text.h>

int cog_plan_command(const struct cog_command *command)
{
    COG_CLEANUP(cog_session_end) struct cog_session session = {0};
    COG_CLEANUP(cog_plan_finish) struct cog_plan plan = {0};
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};
    enum cog_code code = cog_session_start(&session, command, &error);
    if (code != COG_OK) {
        return cog_command_fail(command, code, &error);
    }
    cog_plan_make(session.client, NULL, session.cancel, &plan);
    cog_session_hush(&session);
    code = command->config.output == COG_OUTPUT_JSON ? cog_plan_format_json(&plan, &text, &error)
                                                     : cog_plan_format_text(&plan, &text, &error);
    if (code != COG_OK) {
        return cog_command_fail(command, code, &error);
    }
    /* The exit code is the answer as well, whether or not the text could be written. */
    (void)cog_output_write(text);
    return cog_outcome_exit_code(plan.outcome, cog_signals_received());
}
