#include "promote_command.h"

#include "final_report.h"
#include "session.h"

int cog_promote_command(const struct cog_command *command)
{
    COG_CLEANUP(cog_session_end) struct cog_session session = {0};
    struct cog_error error = {0};
    enum cog_code code = cog_session_start(&session, command, &error);
    if (code != COG_OK) {
        return cog_command_fail(command, code, &error);
    }
    struct cog_report report = {0};
    cog_promote(session.client, NULL, cog_session_watch(&session), &report);
    cog_session_hush(&session);
    return cog_final_report_print(command, &report);
}
