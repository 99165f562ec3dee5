#include "judge/audit.h"

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

/** A line that is no record is one that was cut short, if the record behind it says so. */
static enum cog_code check_torn(const cJSON *record, size_t torn_number, struct cog_error *error)
{
    const cJSON *kind = cJSON_GetObjectItemCaseSensitive(record, "kind");
    const char *name = cJSON_GetStringValue(kind);
    if (torn_number == 0 || (name != NULL && strcmp(name, "repair") == 0)) {
        return COG_OK;
    }
    return cog_error_set(error, COG_ERROR_PROTOCOL, "line %zu is no record", torn_number);
}

enum cog_code scn_audit_parse(const char *text, struct scn_audit *out_audit,
                              struct cog_error *error)
{
    COG_CLEANUP(scn_audit_finish) struct scn_audit audit = {0};
    const char *line = text;
    size_t line_number = 0;
    size_t torn_number = 0; /* Of the line before this one. */
    while (*line != '\0') {
        line_number++;
        const size_t length = strcspn(line, "\n");
        if (line[length] == '\0') {
            return cog_error_set(error, COG_ERROR_PROTOCOL, "line %zu has no end", line_number);
        }
        COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
        bool is_record = cog_json_parse_object(line, length, &record, NULL) == COG_OK;
        enum cog_code code = check_torn(record, torn_number, error);
        if (code != COG_OK) {
            return code;
        }
        torn_number = is_record ? 0 : line_number;
        if (is_record) {
            record_take(&record, &audit);
        }
        line += length + 1;
    }
    if (torn_number > 0) {
        return check_torn(NULL, torn_number, error);
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

bool scn_audit_is_due(const struct scn_facts *facts)
{
    return facts->report->run_id[0] != '\0' || strcmp(facts->report->step, "start") != 0;
}
