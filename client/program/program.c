#include "program.h"

#include "audit_command.h"
#include "help.h"
#include "lock_command.h"
#include "output.h"
#include "parity_command.h"
#include "plan_command.h"
#include "promote_command.h"
#include "resume_command.h"
#include "rollback_command.h"
#include "signals.h"
#include "status_command.h"
#include "webhook_command.h"

#include <cogpromote/outcome.h>

#include <stdio.h>

static int run(const struct cog_command *command)
{
    switch (command->verb->id) {
    case COG_VERB_PROMOTE:
        return cog_promote_command(command);
    case COG_VERB_PLAN:
        return cog_plan_command(command);
    case COG_VERB_RESUME:
        return cog_resume_command(command);
    case COG_VERB_STATUS:
        return cog_status_command(command);
    case COG_VERB_ROLLBACK:
        return cog_rollback_command(command);
    case COG_VERB_PARITY:
        return cog_parity_command(command);
    case COG_VERB_AUDIT_VERIFY:
        return cog_audit_verify_command(command);
    case COG_VERB_AUDIT_SHOW:
        return cog_audit_show_command(command);
    case COG_VERB_WEBHOOK_FLUSH:
        return cog_webhook_flush_command(command);
    case COG_VERB_LOCK_STATUS:
        return cog_lock_status_command(command);
    case COG_VERB_LOCK_RELEASE:
        return cog_lock_release_command(command);
    }
    return cog_outcome_exit_code(COG_OUTCOME_INTERNAL, 0);
}

static void append_help(struct cog_text *text, const struct cog_command *command)
{
    if (command->family != NULL) {
        cog_help_append_family(text, command->family);
    } else if (command->verb != NULL) {
        cog_help_append_verb(text, command->verb);
    } else {
        cog_help_append(text);
    }
}

static int tell(const struct cog_command *command)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    if (command->kind == COG_REQUEST_HELP) {
        append_help(&text, command);
    } else {
        cog_text_append(&text, "cogpromote " COG_VERSION);
    }
    return cog_outcome_exit_code(
        cog_output_write(cog_text_string(&text)) ? COG_OUTCOME_PROMOTED : COG_OUTCOME_INTERNAL, 0);
}

/** Nobody who only types the name is told off. */
static int tell_usage(void)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_help_append(&text);
    (void)fputs(cog_text_string(&text), stderr);
    return cog_outcome_exit_code(COG_OUTCOME_USAGE, 0);
}

/** The verb's needs; a target that it could do without is looked at when there is one. */
static unsigned needs_of(const struct cog_command *command)
{
    unsigned target = command->config.target_environment_id == NULL ? 0U : COG_NEED_TARGET;
    return command->verb->needs | target;
}

int cog_program_run(const struct cog_arguments *arguments)
{
    if (arguments->count < 2) {
        return tell_usage();
    }
    COG_CLEANUP(cog_command_finish) struct cog_command command = {0};
    struct cog_error error = {0};
    enum cog_code code = cog_arguments_parse(arguments, &command, &error);
    if (code == COG_OK && command.kind != COG_REQUEST_RUN) {
        return tell(&command);
    }
    cog_signals_ignore_pipe();
    if (code == COG_OK) {
        code = cog_config_check_needs(&command.config, needs_of(&command), &error);
    }
    return code == COG_OK ? run(&command) : cog_command_fail(&command, code, &error);
}
