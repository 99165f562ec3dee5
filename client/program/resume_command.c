#include "resume_command.h"

#include "final_report.h"
#include "session.h"

#include <cogpromote/outcome.h>
#include <cogpromote/run.h>

#include <cogbase/text.h>

/** What there is, below the reason why nothing of it was taken. */
static void print_runs(struct cog_storage storage)
{
    COG_CLEANUP(cog_run_list_finish) struct cog_run_list list = {0};
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    if (cog_run_list_read(storage, &list, NULL) == COG_OK && list.count > 0 &&
        cog_run_list_format_text(&list, &text, NULL) == COG_OK) {
        (void)fputs(text, stderr);
    }
}

/** No such run, or several: the user chooses another one. */
static int fail_choice(const struct cog_command *command, const struct cog_session *session,
                       struct cog_error *error)
{
    struct cog_storage_posix storage = session->storage;
    int exit_code = cog_command_fail(command, COG_ERROR_CONFIGURATION, error);
    print_runs(cog_storage_posix(&storage));
    return exit_code;
}

/** Somebody is at it: the same exit code as that of a promotion then. */
static int fail_locked(const struct cog_command *command, const struct cog_error *error)
{
    (void)cog_command_fail(command, COG_ERROR_CONFLICT, error);
    return cog_outcome_exit_code(COG_OUTCOME_LOCKED, 0);
}

int cog_resume_command(const struct cog_command *command)
{
    COG_CLEANUP(cog_session_end) struct cog_session session = {0};
    struct cog_error error = {0};
    enum cog_code code = cog_session_start(&session, command, &error);
    if (code != COG_OK) {
        return cog_command_fail(command, code, &error);
    }
    struct cog_report report = {0};
    code = cog_resume(session.client, command->operands[0], cog_session_watch(&session), &report,
                      &error);
    cog_session_hush(&session);
    if (code == COG_ERROR_NOT_FOUND || code == COG_ERROR_ARGUMENT) {
        return fail_choice(command, &session, &error);
    }
    if (code == COG_ERROR_CONFLICT) {
        return fail_locked(command, &error);
    }
    return code == COG_OK ? cog_final_report_print(command, &report)
                          : cog_command_fail(command, code, &error);
}
