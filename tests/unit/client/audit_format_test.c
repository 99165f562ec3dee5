#include "audit_bench.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>

TestSuite(audit_format, .timeout = 5.0);

static char *format_text(struct cog_storage seam, size_t count_max)
{
    char *text = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_audit_format_text(seam, count_max, &text, &error), COG_OK, error);
    return text;
}

static char *format_json(struct cog_storage seam, size_t count_max)
{
    char *text = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_audit_format_json(seam, count_max, &text, &error), COG_OK, error);
    return text;
}

Test(audit_format, text_is_a_table_with_a_row_for_each_record)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    struct cog_report report = audit_report(1);
    report.outcome = COG_OUTCOME_ROLLED_BACK;
    (void)snprintf(report.source_environment_id, sizeof report.source_environment_id,
                   "env-\xC3\xA4");
    (void)snprintf(report.reason, sizeof report.reason, "the job failed");
    free(audit_append(seam, &report));

    COG_CLEANUP(cog_string_finish) char *text = format_text(seam, 0);

    EXPECT_STR(text,
               "seq  time                      outcome      from   to     job    actor  reason\n"
               "0    2026-01-01T00:01:01.500Z  genesis      -      -      -      -      -\n"
               "1    2026-01-01T00:01:01.500Z  rolled_back  env-\xC3\xA4  env-b  job-1  ci     "
               "the job failed\n");
}

Test(audit_format, shows_as_many_of_the_last_records_as_asked_for)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    audit_fill(seam, 3);
    static const struct {
        size_t count_max;
        int expected;
    } rows[] = {{0, 4}, {1, 1}, {2, 2}, {4, 4}, {9, 4}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_string_finish) char *text = format_json(seam, rows[i].count_max);
        COG_CLEANUP(cog_json_finish) cJSON *records = cJSON_Parse(text);
        EXPECT_INT(cJSON_GetArraySize(records), rows[i].expected);
        const cJSON *last = cJSON_GetArrayItem(records, rows[i].expected - 1);
        int64_t sequence = 0;
        EXPECT_INT(cog_json_integer(last, "seq", 0, 9, &sequence, NULL), COG_OK);
        EXPECT_INT(sequence, 3);
    }
}

Test(audit_format, json_has_the_records_byte_for_byte)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    audit_fill(seam, 1);
    const struct cog_report report = audit_report(2);
    COG_CLEANUP(cog_string_finish) char *line = audit_append(seam, &report);
    COG_CLEANUP(cog_text_finish) struct cog_text expected = {0};
    cog_text_append_format(&expected, "[%s]", line);

    COG_CLEANUP(cog_string_finish) char *text = format_json(seam, 1);

    EXPECT_STR(text, cog_text_string(&expected));
}

Test(audit_format, of_no_file_says_so)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    COG_CLEANUP(cog_string_finish) char *text = format_text(cog_storage_memory(&storage), 0);
    COG_CLEANUP(cog_string_finish) char *json = format_json(cog_storage_memory(&storage), 0);

    EXPECT_STR(text, "no audit record has been written yet\n");
    EXPECT_STR(json, "[]");
}

Test(audit_format, shows_a_torn_line_as_what_it_is)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    audit_put(seam, "{\"actor\":\"\x1B[31m");

    COG_CLEANUP(cog_string_finish) char *text = format_text(seam, 0);
    COG_CLEANUP(cog_string_finish) char *json = format_json(seam, 0);

    EXPECT_CONTAINS(text, "?    ?     ?        ?     ?   ?    ?      no record; 'cogpromote audit"
                          " verify' tells more\n");
    EXPECT_LACKS(text, "\x1B");
    EXPECT_STR(json, "[]");
}

Test(audit_format, text_shows_nothing_that_steers_a_terminal)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_storage seam = cog_storage_memory(&storage);
    audit_put(seam, "{\"actor\":\"\\u001b[31m\",\"seq\":1}\n");

    COG_CLEANUP(cog_string_finish) char *text = format_text(seam, 0);

    EXPECT_LACKS(text, "\x1B");
    EXPECT_CONTAINS(text, "?[31m");
}

Test(audit_format, reports_a_disk_that_fails)
{
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {.fails = true};
    char *text = NULL;
    struct cog_error error = {0};

    ASSERT_CODE(cog_audit_format_text(cog_storage_memory(&storage), 0, &text, &error),
                COG_ERROR_STORAGE, error);
    ASSERT_CODE(cog_audit_format_json(cog_storage_memory(&storage), 0, &text, &error),
                COG_ERROR_STORAGE, error);
    cr_expect_null(text);
}
