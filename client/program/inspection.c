#include "inspection.h"

#include <cogbase/json.h>
#include <cogbase/row.h>

#include <inttypes.h>

enum { LABEL_WIDTH = 10 };

enum cog_code cog_inspection_format_text(const struct cog_audit_inspection *inspection,
                                         char **out_text, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text, cog_audit_verdict_name(inspection->verdict));
    if (inspection->reason[0] != '\0') {
        cog_text_append(&text, ": ");
        cog_text_append_shown(&text, inspection->reason);
    }
    cog_text_append(&text, "\n");
    if (inspection->line_number > 0) {
        cog_row_append_format(&text, LABEL_WIDTH, "line", "%zu", inspection->line_number);
    }
    cog_row_append_format(&text, LABEL_WIDTH, "runs", "%zu", inspection->record_count);
    cog_row_append_format(&text, LABEL_WIDTH, "repairs", "%zu", inspection->repair_count);
    if (inspection->head_sequence >= 0) {
        /* As `--anchor` takes it. */
        cog_row_append_format(&text, LABEL_WIDTH, "head", "%" PRId64 ":%s",
                              inspection->head_sequence, inspection->head_checksum);
    }
    return cog_text_give(&text, out_text, error);
}

static bool add_place(cJSON *object, const struct cog_audit_inspection *inspection)
{
    bool has_line =
        inspection->line_number > 0
            ? cJSON_AddNumberToObject(object, "line", (double)inspection->line_number) != NULL
            : cJSON_AddNullToObject(object, "line") != NULL;
    return has_line && cog_json_add_text(object, "reason", inspection->reason);
}

static bool add_head(cJSON *object, const struct cog_audit_inspection *inspection)
{
    if (inspection->head_sequence < 0) {
        return cJSON_AddNullToObject(object, "head") != NULL;
    }
    cJSON *head = cJSON_AddObjectToObject(object, "head");
    return head != NULL &&
           cJSON_AddNumberToObject(head, "seq", (double)inspection->head_sequence) != NULL &&
           cJSON_AddStringToObject(head, "checksum", inspection->head_checksum) != NULL;
}

enum cog_code cog_inspection_format_json(const struct cog_audit_inspection *inspection,
                                         char **out_text, struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    const bool is_whole =
        object != NULL &&
        cJSON_AddStringToObject(object, "verdict", cog_audit_verdict_name(inspection->verdict)) !=
            NULL &&
        add_place(object, inspection) &&
        cJSON_AddNumberToObject(object, "runs", (double)inspection->record_count) != NULL &&
        cJSON_AddNumberToObject(object, "repairs", (double)inspection->repair_count) != NULL &&
        add_head(object, inspection);
    return cog_json_print(is_whole ? object : NULL, out_text, error);
}
