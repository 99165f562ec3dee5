#include "audit.h"

#include "support/expect.h"

#include <cogbase/digest.h>
#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>

TestSuite(audit_append, .timeout = 5.0);

static struct cog_report report_of(enum cog_outcome outcome)
{
    return (struct cog_report){
        .outcome = outcome,
        .run_id = "00000000-0000-4000-8000-000000000001",
        .source_environment_id = "env-a",
        .target_environment_id = "env-b",
        .job_id = "job-1",
        .started_unix_ms = INT64_C(1767225600000),
        .duration_ms = 61500,
        .parity_is_measured = true,
        .parity_score = 0.9375,
    };
}

/** Appends one record to memory. @return its line; free() it */
static char *append(struct cog_storage_memory *storage, struct cog_report *report)
{
    char *line = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_audit_append(cog_storage_memory(storage), "ci", report, &line, &error), COG_OK,
                error);
    return line;
}

Test(audit_append, writes_the_canonical_form_with_every_field)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    struct cog_report report = report_of(COG_OUTCOME_PROMOTED);

    COG_CLEANUP(cog_string_finish) char *line = append(&storage, &report);

    char expected[1024];
    (void)snprintf(
        expected, sizeof expected,
        "{\"actor\":\"ci\",\"checksum\":\"%s\",\"duration_seconds\":62,\"job_id\":\"job-1\","
        "\"outcome\":\"promoted\",\"parity_score\":0.9375,\"previous_checksum\":\"%064d\","
        "\"reason\":null,\"rollback_id\":null,"
        "\"run_id\":\"00000000-0000-4000-8000-000000000001\",\"seq\":1,"
        "\"source_env_id\":\"env-a\",\"status\":\"success\",\"target_env_id\":\"env-b\","
        "\"timestamp\":\"2026-01-01T00:01:01.500Z\",\"tool_version\":\"" COG_VERSION "\"}",
        report.audit_checksum, 0);
    EXPECT_STR(line, expected);
    EXPECT_INT(report.audit_is_written, true);
    EXPECT_INT(report.audit_sequence, 1);
}

Test(audit_append, has_a_checksum_over_every_other_field)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    struct cog_report report = report_of(COG_OUTCOME_ROLLED_BACK);
    struct cog_error error = {0};

    COG_CLEANUP(cog_string_finish) char *line = append(&storage, &report);

    COG_CLEANUP(cog_json_finish) cJSON *record = NULL;
    ASSERT_CODE(cog_json_parse_object(line, strlen(line), &record, &error), COG_OK, error);
    cJSON_DeleteItemFromObject(record, "checksum");
    COG_CLEANUP(cog_string_finish) char *rest = cJSON_PrintUnformatted(record);
    char digest[COG_DIGEST_SIZE];
    ASSERT_CODE(cog_digest_sha256(rest, strlen(rest), digest), COG_OK, error);
    EXPECT_STR(report.audit_checksum, digest);
}

Test(audit_append, chains_each_record_to_the_one_before)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    struct cog_report first = report_of(COG_OUTCOME_PROMOTED);
    free(append(&storage, &first));
    struct cog_report second = report_of(COG_OUTCOME_NOT_READY);

    COG_CLEANUP(cog_string_finish) char *line = append(&storage, &second);

    char expected[128];
    (void)snprintf(expected, sizeof expected, "\"previous_checksum\":\"%s\"", first.audit_checksum);
    EXPECT_CONTAINS(line, expected);
    EXPECT_CONTAINS(line, "\"status\":\"failed\"");
    EXPECT_INT(second.audit_sequence, 2);
}

/** Makes the file's beginning. */
static enum cog_code compose_torn(void *context, const char *existing, size_t existing_length,
                                  char **out_addition, struct cog_error *error)
{
    (void)existing;
    (void)existing_length;
    (void)error;
    *out_addition = strdup(context);
    return *out_addition == NULL ? COG_ERROR_MEMORY : COG_OK;
}

Test(audit_append, begins_a_line_of_its_own_behind_a_torn_one)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    struct cog_error error = {0};
    char torn[] = "{\"checksum\":\"aa\",\"seq\":4}\n{\"actor\":\"c";
    const struct cog_storage_composer composer = {.compose = compose_torn, .context = torn};
    ASSERT_CODE(cog_storage_append(cog_storage_memory(&storage), COG_AUDIT_FILE, composer, &error),
                COG_OK, error);
    struct cog_report report = report_of(COG_OUTCOME_PROMOTED);

    free(append(&storage, &report));

    COG_CLEANUP(cog_string_finish) char *bytes = NULL;
    size_t length = 0;
    ASSERT_CODE(
        cog_storage_read(cog_storage_memory(&storage), COG_AUDIT_FILE, &bytes, &length, &error),
        COG_OK, error);
    EXPECT_CONTAINS(bytes, "{\"actor\":\"c\n{\"actor\":\"ci\"");
    EXPECT_INT(report.audit_sequence, 5);
}

Test(audit_append, says_null_for_a_parity_that_was_not_measured)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    struct cog_report report = report_of(COG_OUTCOME_PROMOTED);
    report.parity_is_measured = false;

    COG_CLEANUP(cog_string_finish) char *line = append(&storage, &report);

    EXPECT_CONTAINS(line, "\"parity_score\":null");
}

Test(audit_append, reports_a_disk_that_fails)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {.fails = true};
    struct cog_report report = report_of(COG_OUTCOME_PROMOTED);
    char *line = NULL;
    struct cog_error error = {0};

    enum cog_code code =
        cog_audit_append(cog_storage_memory(&storage), "ci", &report, &line, &error);

    ASSERT_CODE(code, COG_ERROR_STORAGE, error);
    EXPECT_STR(error.message, "write the audit record");
    EXPECT_INT(report.audit_is_written, false);
}
