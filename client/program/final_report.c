#include "final_report.h"

#include "output.h"
#include "signals.h"

#include <cogpromote/audit.h>

#include <cogbase/text.h>

enum cog_code cog_final_report_format(const struct cog_command *command,
                                      const struct cog_report *report, char **out_text,
                                      struct cog_error *error)
{
    if (command->config.output == COG_OUTPUT_JSON) {
        return cog_report_format_json(report, out_text, error);
    }
    COG_CLEANUP(cog_string_finish) char *rows = NULL;
    enum cog_code code = cog_report_format_text(report, &rows, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text, rows);
    if (report->audit_is_written) {
        cog_text_append(&text, "  audit in   ");
        cog_text_append_shown(&text, command->config.state_directory);
        cog_text_append(&text, "/" COG_AUDIT_FILE "\n");
    }
    bool is_open =
        report->outcome == COG_OUTCOME_INTERRUPTED || report->outcome == COG_OUTCOME_UNKNOWN;
    if (is_open && report->is_resumable) {
        cog_text_append_format(&text, "  resume     cogpromote resume %s\n", report->run_id);
    }
    return cog_text_give(&text, out_text, error);
}

int cog_final_report_print(const struct cog_command *command, const struct cog_report *report)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};
    if (cog_final_report_format(command, report, &text, &error) == COG_OK) {
        (void)cog_output_write(text);
    } else {
        (void)cog_command_fail(command, COG_ERROR_MEMORY, &error);
    }
    /* What became of the target counts, not what became of the text about it. */
    return cog_outcome_exit_code(report->outcome, cog_signals_received());
}
