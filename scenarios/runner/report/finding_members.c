#include "report/finding_members.h"

#include "report/member.h"

static const struct scn_member members[] = {
    {"result", cJSON_String, false},
    {"check", cJSON_String, false},
    {"text", cJSON_String, false},
    {NULL, 0, false},
};

enum cog_code scn_finding_result_read(const cJSON *object, enum scn_result *out_result,
                                      struct cog_error *error)
{
    static const char *const words[] = {"pass", "fail", "inconclusive", NULL};
    int index = 0;
    enum cog_code code = scn_member_word(object, "result", words, &index, error);
    *out_result = (enum scn_result)index;
    return code;
}

enum cog_code scn_findings_read(const cJSON *object, struct scn_findings *findings,
                                struct cog_error *error)
{
    const cJSON *finding = NULL;
    cJSON_ArrayForEach(finding, cJSON_GetObjectItemCaseSensitive(object, "findings"))
    {
        enum scn_result result = SCN_PASS;
        enum cog_code code = scn_members_check(finding, members, error);
        if (code == COG_OK) {
            code = scn_finding_result_read(finding, &result, error);
        }
        if (code != COG_OK) {
            return code;
        }
        scn_findings_append(findings, result, scn_member_string(finding, "check"), "%s",
                            scn_member_string(finding, "text"));
    }
    return findings->failed ? cog_error_set(error, COG_ERROR_MEMORY, "out of memory") : COG_OK;
}

void scn_findings_write(struct scn_json_text *json, const struct scn_findings *findings)
{
    scn_json_text_open(json, "findings", '[');
    for (size_t i = 0; i < findings->count; i++) {
        scn_json_text_open(json, NULL, '{');
        scn_json_text_string(json, "result", scn_result_name(findings->items[i].result));
        scn_json_text_string(json, "check", findings->items[i].subject);
        scn_json_text_string(json, "text", findings->items[i].text);
        scn_json_text_close(json, '}');
    }
    scn_json_text_close(json, ']');
}
