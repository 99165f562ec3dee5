#include "audit_bench.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

struct cog_report audit_report(int number)
{
    struct cog_report report = {
        .outcome = COG_OUTCOME_PROMOTED,
        .source_environment_id = "env-a",
        .target_environment_id = "env-b",
        .job_id = "job-1",
        .started_unix_ms = INT64_C(1767225600000),
        .duration_ms = 61500,
        .parity_is_measured = true,
        .parity_score = 0.9375,
    };
    (void)snprintf(report.run_id, sizeof report.run_id, "00000000-0000-4000-8000-%012d", number);
    return report;
}

char *audit_append(struct cog_storage storage, const struct cog_report *report)
{
    const struct cog_audit_entry entry = {.actor = "ci", .report = report, .ending_count = 1};
    struct cog_audit_result result = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_audit_append(storage, &entry, &result, &error), COG_OK, error);
    return result.line;
}

void audit_fill(struct cog_storage storage, int count)
{
    for (int i = 1; i <= count; i++) {
        const struct cog_report report = audit_report(i);
        free(audit_append(storage, &report));
    }
}

char *audit_text(struct cog_storage storage)
{
    char *bytes = NULL;
    size_t length = 0;
    struct cog_error error = {0};
    ASSERT_CODE(cog_storage_read(storage, COG_AUDIT_FILE, &bytes, &length, &error), COG_OK, error);
    return bytes;
}

static enum cog_code compose_text(void *context, const char *existing, size_t existing_length,
                                  char **out_text, struct cog_error *error)
{
    (void)existing;
    (void)existing_length;
    (void)error;
    *out_text = strdup(context);
    return *out_text != NULL ? COG_OK : COG_ERROR_MEMORY;
}

void audit_put(struct cog_storage storage, const char *text)
{
    COG_CLEANUP(cog_string_finish) char *copy = strdup(text);
    const struct cog_storage_composer composer = {.compose = compose_text, .context = copy};
    struct cog_error error = {0};
    ASSERT_CODE(cog_storage_update(storage, COG_AUDIT_FILE, composer, &error), COG_OK, error);
}

struct cog_audit_inspection audit_inspect(struct cog_storage storage, const char *anchor)
{
    struct cog_audit_anchor parsed = {0};
    struct cog_audit_inspection inspection = {0};
    struct cog_error error = {0};
    if (anchor != NULL) {
        ASSERT_CODE(cog_audit_anchor_parse(anchor, &parsed, &error), COG_OK, error);
    }
    enum cog_code code =
        cog_audit_inspect(storage, anchor != NULL ? &parsed : NULL, &inspection, &error);
    ASSERT_CODE(code, COG_OK, error);
    return inspection;
}
