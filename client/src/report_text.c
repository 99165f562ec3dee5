#include <cogpromote/report.h>

#include <cogbase/duration.h>
#include <cogbase/row.h>
#include <cogbase/text.h>

#include <inttypes.h>

enum { LABEL_WIDTH = 10 };

static void append_parity(struct cog_text *text, const struct cog_report *report)
{
    if (report->parity_is_measured) {
        cog_row_append_format(text, LABEL_WIDTH, "parity", "%.4g", report->parity_score);
    } else if (report->target == COG_TARGET_NEW) {
        cog_row_append(text, LABEL_WIDTH, "parity", "not measured");
    }
}

static void append_rollback(struct cog_text *text, const struct cog_report *report)
{
    const char *end = cog_rollback_end_name(report->rollback_end);
    if (report->rollback_end == COG_ROLLBACK_NONE) {
        return;
    }
    cog_row_append_format(text, LABEL_WIDTH, "rollback", "%s%s%s",
                          report->rollback_end == COG_ROLLBACK_REFUSED ? "REFUSED" : end,
                          report->rollback_id[0] == '\0' ? "" : ", ", report->rollback_id);
}

static void append_records(struct cog_text *text, const struct cog_report *report)
{
    if (report->audit_is_written) {
        cog_row_append_format(text, LABEL_WIDTH, "audit", "record %" PRId64 ", checksum %s",
                              report->audit_sequence, report->audit_checksum);
    } else {
        cog_row_append(text, LABEL_WIDTH, "audit", "NOT WRITTEN");
    }
    switch (report->webhook) {
    case COG_DELIVERY_NONE:
        break;
    case COG_DELIVERY_DELIVERED:
        cog_row_append(text, LABEL_WIDTH, "webhook", "delivered");
        break;
    case COG_DELIVERY_KEPT:
        cog_row_append(text, LABEL_WIDTH, "webhook",
                       "NOT DELIVERED; 'cogpromote webhook flush' sends it again");
        cog_row_append(text, LABEL_WIDTH, "", report->webhook_error);
        break;
    case COG_DELIVERY_FAILED:
        cog_row_append(text, LABEL_WIDTH, "webhook", "NOT DELIVERED");
        cog_row_append(text, LABEL_WIDTH, "", report->webhook_error);
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
    cog_row_append(&text, LABEL_WIDTH, "from", report->source_environment_id);
    cog_row_append(&text, LABEL_WIDTH, "to", report->target_environment_id);
    cog_row_append(&text, LABEL_WIDTH, "target", cog_target_state_name(report->target));
    cog_row_append(&text, LABEL_WIDTH, "step", report->step);
    cog_row_append(&text, LABEL_WIDTH, "reason", report->reason);
    cog_row_append(&text, LABEL_WIDTH, "then", report->follow_up);
    cog_row_append(&text, LABEL_WIDTH, "job", report->job_id);
    append_rollback(&text, report);
    append_parity(&text, report);
    cog_row_append(&text, LABEL_WIDTH, "took", cog_duration_format(report->duration_ms, duration));
    cog_row_append(&text, LABEL_WIDTH, "run", report->run_id);
    append_records(&text, report);

    return cog_text_give(&text, out_text, error);
}
