#include "audit.h"

#include <cogbase/json.h>

#include <string.h>

enum cog_code scn_audit_parse(const char *text, struct scn_audit *out_audit,
                              struct cog_error *error)
{
    COG_CLEANUP(scn_audit_finish) struct scn_audit audit = {0};
    const char *line = text;
    while (*line != '\0') {
        const size_t length = strcspn(line, "\n");
        if (line[length] == '\0') {
            return cog_error_set(error, COG_ERROR_PROTOCOL, "line %zu has no end",
                                 audit.record_count + 1);
        }
        cJSON *record = NULL;
        enum cog_code code = cog_json_parse_object(line, length, &record, error);
        if (code != COG_OK) {
            return cog_error_wrap(error, code, "line %zu", audit.record_count + 1);
        }
        cJSON_Delete(audit.last);
        audit.last = record;
        audit.record_count++;
        line += length + 1;
    }
    *out_audit = audit;
    audit.last = NULL;
    return COG_OK;
}

void scn_audit_finish(struct scn_audit *audit)
{
    cJSON_Delete(audit->last);
    *audit = (struct scn_audit){0};
}
