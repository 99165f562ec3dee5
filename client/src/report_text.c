#include <cogpromote/report.h>

#include <cogbase/duration.h>
#include <cogbase/text.h>

#include <inttypes.h>

enum { LABEL_WIDTH = 10 };

static void append_row(struct cog_text *text, const char *label, const char *value)
{
    if (value[0] == '\0') {
        return;
    }
    cog_text_append_format(text, "  %-*s ", LABEL_WIDTH, label);
    cog_text_append_shown(text, value);
    cog_text_append(text, "\n");
}

static void append_parity(struct cog_text *text, const struct cog_report *report)
{
    if (report->parity_is_measured) {
        cog_text_append_format(text, "  %-*s %.4g\n", LABEL_WIDTH, "parity", report->parity_score);
    } else if (report->target == COG_TARGET_NEW) {
        append_row(text, "parity", "not measured");
    }
}

static void append_records(struct cog_text *text, const struct cog_report *report)
{
    if (report->audit_is_written) {
        cog_text_append_format(text, "  %-*s record %" PRId64 ", checksum %s\n", LABEL_WIDTH,
                               "audit", report->audit_sequence, report->audit_checksum);
    } else {
        append_row(text, "audit", "NOT WRITTEN");
    }
    switch (report->webhook) {
    case COG_DELIVERY_NONE:
        break;
    case COG_DELIVERY_DELIVERED:
        append_row(text, "webhook", "delivered");
        break;
    case COG_DELIVERY_FAILED:
        append_row(text, "webhook", "NOT DELIVERED");
        append_row(text, "", report->webhook_error);
        break;
    }
}

enum cog_code cog_report_format_text(const struct cog_report *report, char **out_text,
                                     struct cog_error *error)
{
    char duration[COG_DURATION_TEXT_SIZE];
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s: %s\n", cog_outcome_name(report->outcome),
                           cog_outcome_description(report->outcome));
    append_row(&text, "from", report->source_environment_id);
    append_row(&text, "to", report->target_environment_id);
    append_row(&text, "target", cog_target_state_name(report->target));
    append_row(&text, "step", report->step);
    append_row(&text, "reason", report->reason);
    append_row(&text, "then", report->follow_up);
    append_row(&text, "job", report->job_id);
    append_row(&text, "rollback", report->rollback_id);
    append_parity(&text, report);
    append_row(&text, "took", cog_duration_format(report->duration_ms, duration));
    append_row(&text, "run", report->run_id);
    append_records(&text, report);

    char *taken = cog_text_take(&text);
    if (taken == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_text = taken;
    return COG_OK;
}
