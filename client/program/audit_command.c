#include "audit_command.h"

#include "inspection.h"
#include "output.h"

#include <cogpromote/outcome.h>

#include <cogbase/text.h>

/** @param out_anchor NULL stays NULL where none was given */
static enum cog_code anchor_read(const struct cog_command *command, struct cog_audit_anchor *anchor,
                                 const struct cog_audit_anchor **out_anchor,
                                 struct cog_error *error)
{
    if (command->preferences.anchor == NULL) {
        return COG_OK;
    }
    struct cog_error cause = {0};
    char text[COG_ERROR_CAUSE_SIZE];
    if (cog_audit_anchor_parse(command->preferences.anchor, anchor, &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "--anchor: %s",
                             cog_error_text(&cause, text, sizeof text));
    }
    *out_anchor = anchor;
    return COG_OK;
}

int cog_audit_verify_command(const struct cog_command *command)
{
    struct cog_storage_posix storage = {.directory = command->config.state_directory};
    struct cog_audit_anchor given = {0};
    const struct cog_audit_anchor *anchor = NULL;
    struct cog_audit_inspection inspection = {0};
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};
    enum cog_code code = anchor_read(command, &given, &anchor, &error);
    if (code == COG_OK) {
        code = cog_audit_inspect(cog_storage_posix(&storage), anchor, &inspection, &error);
    }
    if (code == COG_OK) {
        code = command->config.output == COG_OUTPUT_JSON
                   ? cog_inspection_format_json(&inspection, &text, &error)
                   : cog_inspection_format_text(&inspection, &text, &error);
    }
    if (code != COG_OK) {
        return cog_command_fail(command, code, &error);
    }
    bool is_good = inspection.verdict == COG_AUDIT_INTACT || inspection.verdict == COG_AUDIT_EMPTY;
    /* The exit code is the answer as well, whether or not the text could be written. */
    (void)cog_output_write(text);
    return cog_outcome_exit_code(is_good ? COG_OUTCOME_PROMOTED : COG_OUTCOME_INTERNAL, 0);
}

int cog_audit_show_command(const struct cog_command *command)
{
    struct cog_storage_posix storage = {.directory = command->config.state_directory};
    size_t count_max = (size_t)command->preferences.last_count;
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};
    enum cog_code code =
        command->config.output == COG_OUTPUT_JSON
            ? cog_audit_format_json(cog_storage_posix(&storage), count_max, &text, &error)
            : cog_audit_format_text(cog_storage_posix(&storage), count_max, &text, &error);
    if (code != COG_OK) {
        return cog_command_fail(command, code, &error);
    }
    return cog_outcome_exit_code(
        cog_output_write(text) ? COG_OUTCOME_PROMOTED : COG_OUTCOME_INTERNAL, 0);
}
