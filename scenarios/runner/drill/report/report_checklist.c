/* What was asked of the runs, and what came of it. */
#include "drill/report/report_part.h"

#include "report/finding_members.h"

/* How many of the runs ended so at that point; where it was idle they did not. */
static int64_t count_results(const struct scn_drill_report *report, size_t index,
                             enum scn_result result)
{
    int64_t count = 0;
    for (size_t i = 0; i < report->rehearsal_count; i++) {
        const struct scn_check_results *checks = &report->rehearsals[i].checks;
        count += index < checks->count && !checks->items[index].is_idle &&
                 checks->items[index].result == result;
    }
    return count;
}

/* Of a run that could not be made nothing was judged. */
static void write_result(struct scn_json_text *json, const struct scn_check_results *checks,
                         size_t index)
{
    const struct scn_check_result *result = index < checks->count ? &checks->items[index] : NULL;
    scn_json_text_string(json, "result",
                         scn_result_name(result != NULL ? result->result : SCN_INCONCLUSIVE));
    scn_json_text_boolean(json, "idle", result != NULL && result->is_idle);
    scn_json_text_string(json, "evidence", result != NULL ? result->evidence : "");
}

static void write_check(struct scn_report_writer *writer, size_t index)
{
    struct scn_json_text *json = &writer->json;
    const struct scn_drill_report *report = writer->report;
    const struct scn_check *check = &report->drill->checklist.items[index];
    scn_json_text_open(json, NULL, '{');
    scn_json_text_string(json, "id", check->id);
    scn_json_text_string(json, "text", check->text);
    scn_json_text_integer(json, "weight", check->weight);
    scn_json_text_boolean(json, "critical", check->is_critical);
    write_result(json, &writer->shown->checks, index);
    scn_json_text_integer(json, "passed", count_results(report, index, SCN_PASS));
    scn_json_text_integer(json, "failed", count_results(report, index, SCN_FAIL));
    scn_json_text_integer(json, "inconclusive", count_results(report, index, SCN_INCONCLUSIVE));
    scn_json_text_close(json, '}');
}

void scn_report_checklist(struct scn_report_writer *writer)
{
    scn_json_text_open(&writer->json, "checklist", '[');
    for (size_t i = 0; i < writer->report->drill->checklist.count; i++) {
        write_check(writer, i);
    }
    scn_json_text_close(&writer->json, ']');
    scn_findings_write(&writer->json, &writer->shown->findings);
}
