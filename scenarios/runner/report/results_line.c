/* One record of a results file. */
#include "report/finding_members.h"
#include "report/member.h"
#include "report/results_file.h"

#include <cogbase/number.h>

#include <stdlib.h>
#include <string.h>

static const struct scn_member record_members[] = {
    {"name", cJSON_String, false},
    {"file", cJSON_String, false},
    {"case", cJSON_String, true},
    {"description", cJSON_String, false},
    {"tags", cJSON_Array, false},
    {"transport", cJSON_String, false},
    {"result", cJSON_String, false},
    {"virtual_ms", cJSON_Number, false},
    {"replay", cJSON_String, false},
    {"findings", cJSON_Array, false},
    {"expected", cJSON_Object, false},
    {"exit", cJSON_Number, true},
    {"outcome", cJSON_String, true},
    {"target", cJSON_String, true},
    {"step", cJSON_String, true},
    {"reason", cJSON_String, true},
    {"follow_up", cJSON_String, true},
    {"signal", cJSON_String, true},
    {"processes", cJSON_Number, false},
    {"invariants", cJSON_Object, false},
    {"exchanges", cJSON_Array, false},
    {"events", cJSON_Array, false},
    {"jobs", cJSON_Array, false},
    {"sessions", cJSON_Array, false},
    {"truth", cJSON_Object, false},
    {"report", cJSON_Object, true},
    {"audit", cJSON_String, false},
    {"deliveries", cJSON_Array, false},
    {"cells", cJSON_Array, false},
    {"journal", cJSON_String, true},
    {NULL, 0, false},
};

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code read_texts(const cJSON *record, struct scn_results_line *line,
                                struct cog_error *error)
{
    line->name = strdup(scn_member_string(record, "name"));
    line->path = strdup(scn_member_string(record, "file"));
    line->replay = strdup(scn_member_string(record, "replay"));
    return line->name == NULL || line->path == NULL || line->replay == NULL ? fail_memory(error)
                                                                            : COG_OK;
}

enum cog_code scn_results_line_read(const cJSON *record, size_t selected_count,
                                    struct scn_results_line *inout_line, struct cog_error *error)
{
    int64_t number = 0;
    enum cog_code code =
        scn_member_integer(record, "number", 1, (int64_t)selected_count, &number, error);
    if (code == COG_OK) {
        code = scn_members_check(record, record_members, error);
    }
    if (code == COG_OK) {
        code = scn_member_integer(record, "virtual_ms", 0, COG_NUMBER_INTEGER_MAX,
                                  &inout_line->item.virtual_ms, error);
    }
    if (code == COG_OK) {
        code = scn_finding_result_read(record, &inout_line->item.verdict, error);
    }
    if (code == COG_OK) {
        code = scn_findings_read(record, &inout_line->findings, error);
    }
    if (code == COG_OK) {
        code = read_texts(record, inout_line, error);
    }
    inout_line->item.number = (size_t)number;
    return code;
}

void scn_results_line_finish(struct scn_results_line *line)
{
    free(line->name);
    free(line->path);
    free(line->replay);
    scn_findings_finish(&line->findings);
    *line = (struct scn_results_line){0};
}
