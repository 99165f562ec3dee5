/* What was done in the run that is shown: to the world, and by a person. */
#include "drill/report/report_part.h"

static void write_inject(struct scn_json_text *json, const cJSON *inject)
{
    const cJSON *at = cJSON_GetObjectItemCaseSensitive(inject, "at");
    scn_json_text_open(json, NULL, '{');
    scn_report_copy(json, "name", cJSON_GetObjectItemCaseSensitive(inject, "name"));
    scn_report_copy(json, "text", cJSON_GetObjectItemCaseSensitive(inject, "text"));
    scn_report_known(json, "at", cJSON_IsNumber(at) ? (int64_t)at->valuedouble : -1);
    scn_json_text_close(json, '}');
}

static void write_command(struct scn_json_text *json, const struct scn_typed *typed)
{
    scn_json_text_open(json, NULL, '{');
    scn_json_text_integer(json, "at", typed->at_ms);
    scn_report_known(json, "until", typed->until_ms);
    scn_report_known(json, "exit", typed->exit_code);
    scn_json_text_string(json, "line", typed->line);
    scn_json_text_close(json, '}');
}

void scn_report_course(struct scn_report_writer *writer)
{
    struct scn_json_text *json = &writer->json;
    const struct scn_evidence *evidence = writer->report->evidence;
    const cJSON *inject = NULL;
    scn_json_text_open(json, "injects", '[');
    cJSON_ArrayForEach(inject, cJSON_GetObjectItemCaseSensitive(writer->record, "injects"))
    {
        write_inject(json, inject);
    }
    scn_json_text_close(json, ']');
    scn_json_text_open(json, "commands", '[');
    for (size_t i = 0; evidence != NULL && i < evidence->typed_count; i++) {
        write_command(json, &evidence->typed[i]);
    }
    scn_json_text_close(json, ']');
}
