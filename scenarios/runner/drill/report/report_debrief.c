/* What people typed in at the end. */
#include "drill/report/report_part.h"

void scn_report_debrief(struct scn_report_writer *writer)
{
    struct scn_json_text *json = &writer->json;
    const struct scn_drill_report *report = writer->report;
    scn_json_text_open(json, "surprises", '[');
    for (size_t i = 0; i < report->surprise_count; i++) {
        scn_json_text_string(json, NULL, report->surprises[i]);
    }
    scn_json_text_close(json, ']');
    scn_json_text_open(json, "actions", '[');
    for (size_t i = 0; i < report->action_count; i++) {
        scn_json_text_open(json, NULL, '{');
        scn_json_text_string(json, "text", report->actions[i].text);
        scn_json_text_string(json, "owner", report->actions[i].owner);
        scn_json_text_string(json, "due", report->actions[i].due);
        scn_json_text_close(json, '}');
    }
    scn_json_text_close(json, ']');
}
