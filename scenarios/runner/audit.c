#include "audit.h"

#include <cogbase/json.h>

#include <string.h>

/** Genesis and repairs have a kind, and are about no run. */
static void record_take(cJSON **record, struct scn_audit *audit)
{
    if (cJSON_GetObjectItemCaseSensitive(*record, "kind") != NULL) {
        return;
    }
    cJSON_Delete(audit->last);
    audit->last = *record;
    audit->record_count++;
    *record = NULL;
}

enum cog_code scn_audit_parse(const char *text, struct scn_audit *out_audit,
                              struct cog_error *error)
{
    COG_CLEANUP(scn_audit_finish) struct scn_audit audit = {0};
    const char *line = text;
    size_t line_number = 0;
    while (*line != '\0') {
        line_number++;
        const size_t length = strcspn(line, "\n");
        if (line[length] == '\0') {
            return cog_error_set(error, COG_ERROR_PROTOCOL, "line %zu has no end", line_number);
        }
        COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
        enum cog_code code = cog_json_parse_object(line, length, &record, error);
        if (code != COG_OK) {
            return cog_error_wrap(error, code, "line %zu", line_number);
        }
        record_take(&record, &audit);
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

bool scn_audit_tells(const char *recorded, enum cog_outcome outcome)
{
    return recorded != NULL && (strcmp(recorded, cog_outcome_name(outcome)) == 0 ||
                                (outcome == COG_OUTCOME_UNDELIVERED &&
                                 strcmp(recorded, cog_outcome_name(COG_OUTCOME_PROMOTED)) == 0));
}
