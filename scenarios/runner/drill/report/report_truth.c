/* The client's last word beside what was true. */
#include "drill/report/report_part.h"

static const cJSON *find(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

void scn_report_truth(struct scn_report_writer *writer)
{
    static const char *const words[] = {"exit", "outcome", "target", "reason"};
    struct scn_json_text *json = &writer->json;
    scn_json_text_open(json, "outcome", '{');
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        scn_report_copy(json, words[i], find(writer->record, words[i]));
    }
    scn_json_text_close(json, '}');
    const cJSON *truth = find(writer->record, "truth");
    scn_json_text_open(json, "truth", '{');
    scn_report_copy(json, "source", find(truth, "source"));
    scn_report_copy(json, "target", find(truth, "target"));
    const cJSON *jobs = find(writer->record, "jobs");
    if (jobs != NULL) {
        scn_report_copy(json, "jobs", jobs);
    } else {
        scn_json_text_value(json, "jobs", "[]");
    }
    scn_json_text_close(json, '}');
}
