/* The ends of the audit chain, before and after, and whether it holds. */
#include "drill/report/report_part.h"

#include <cogbase/text.h>
#include <cogpromote/audit.h>
#include <cogpromote/storage.h>

#include <string.h>

static enum cog_code compose_copy(void *context, const char *existing, size_t existing_length,
                                  char **out_text, struct cog_error *error)
{
    (void)existing;
    (void)existing_length;
    *out_text = strdup(context);
    return *out_text != NULL ? COG_OK : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

/* The file as it was gathered goes on from the anchor, or it does not. */
static enum cog_code inspect(const char *audit, const struct scn_drill_anchor *before,
                             struct cog_audit_inspection *out_inspection, struct cog_error *error)
{
    struct cog_storage_memory files = {0};
    const struct cog_storage storage = cog_storage_memory(&files);
    struct cog_audit_anchor anchor = {.sequence = before->sequence};
    memcpy(anchor.checksum, before->checksum, sizeof anchor.checksum);
    enum cog_code code = COG_OK;
    if (audit[0] != '\0') {
        COG_CLEANUP(cog_string_finish) char *text = strdup(audit);
        const struct cog_storage_composer composer = {.compose = compose_copy, .context = text};
        code = text == NULL ? cog_error_set(error, COG_ERROR_MEMORY, "out of memory")
                            : cog_storage_append(storage, COG_AUDIT_FILE, composer, error);
    }
    if (code == COG_OK) {
        code = cog_audit_inspect(storage, before->is_there ? &anchor : NULL, out_inspection, error);
    }
    cog_storage_memory_finish(&files);
    return code;
}

static void write_anchor(struct scn_json_text *json, const char *name, int64_t sequence,
                         const char *checksum)
{
    if (sequence < 0) {
        scn_json_text_value(json, name, "null");
        return;
    }
    scn_json_text_open(json, name, '{');
    scn_json_text_integer(json, "seq", sequence);
    scn_json_text_string(json, "checksum", checksum);
    scn_json_text_close(json, '}');
}

static void write_inspection(struct scn_json_text *json, const struct cog_audit_inspection *seen)
{
    write_anchor(json, "after", seen->head_sequence, seen->head_checksum);
    scn_json_text_string(json, "verdict", cog_audit_verdict_name(seen->verdict));
    scn_json_text_string(json, "reason", seen->reason);
    scn_json_text_integer(json, "records", (int64_t)seen->record_count);
}

enum cog_code scn_report_audit(struct scn_report_writer *writer, struct cog_error *error)
{
    struct scn_json_text *json = &writer->json;
    const struct scn_drill_anchor *before = &writer->report->audit_before;
    const struct scn_evidence *evidence = writer->report->evidence;
    struct cog_audit_inspection inspection = writer->shown->audit;
    bool is_known = writer->shown->has_audit;
    if (evidence != NULL && evidence->facts != NULL && evidence->facts->audit != NULL) {
        enum cog_code code = inspect(evidence->facts->audit, before, &inspection, error);
        if (code != COG_OK) {
            return cog_error_wrap(error, code, "look at the audit file");
        }
        is_known = true;
    }
    scn_json_text_open(json, "audit", '{');
    write_anchor(json, "before", before->is_there ? before->sequence : -1, before->checksum);
    if (is_known) {
        write_inspection(json, &inspection);
    } else {
        scn_json_text_members(json,
                              "\"after\":null,\"verdict\":null,\"reason\":null,\"records\":null");
    }
    scn_json_text_close(json, '}');
    return COG_OK;
}
