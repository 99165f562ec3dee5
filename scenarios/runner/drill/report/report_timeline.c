/* When what happened in the run that is shown. */
#include "drill/report/report_part.h"

static void write_milestone(struct scn_json_text *json, enum scn_milestone_id id,
                            const struct scn_milestone *milestone)
{
    scn_json_text_open(json, NULL, '{');
    scn_json_text_string(json, "code", scn_milestone_code(id));
    scn_json_text_string(json, "text", scn_milestone_text(id));
    scn_report_known(json, "server", milestone->server_ms);
    scn_report_known(json, "client", milestone->client_ms);
    if (milestone->server_ms >= 0 && milestone->client_ms >= 0) {
        scn_json_text_integer(json, "difference", milestone->client_ms - milestone->server_ms);
    } else {
        scn_json_text_value(json, "difference", "null");
    }
    scn_json_text_string(json, "server_evidence", milestone->server_evidence);
    scn_json_text_string(json, "client_evidence", milestone->client_evidence);
    scn_json_text_close(json, '}');
}

void scn_report_timeline(struct scn_report_writer *writer)
{
    struct scn_json_text *json = &writer->json;
    const struct scn_timeline *timeline = &writer->shown->timeline;
    scn_json_text_open(json, "milestones", '[');
    for (size_t id = 0; id < SCN_MILESTONE_COUNT; id++) {
        write_milestone(json, (enum scn_milestone_id)id, &timeline->milestones[id]);
    }
    scn_json_text_close(json, ']');
    scn_json_text_open(json, "mixed", '{');
    scn_report_known(json, "ms", timeline->mixed_ms);
    scn_json_text_boolean(json, "yet", timeline->is_mixed_yet);
    scn_json_text_close(json, '}');
}
