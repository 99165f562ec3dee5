#include <cogpromote/report.h>

#include "support/expect.h"

#include <cogbase/text.h>

TestSuite(report_format, .timeout = 5.0);
TestSuite(outcome, .timeout = 5.0);

static const struct cog_report ROLLED_BACK = {
    .outcome = COG_OUTCOME_ROLLED_BACK,
    .target = COG_TARGET_RESTORED,
    .run_id = "r-1",
    .source_environment_id = "env-a",
    .target_environment_id = "env-b",
    .job_id = "job-\x1b[2J1",
    .reason = "the job failed: lock",
    .step = "follow",
    .duration_ms = 61000,
    .audit_is_written = true,
    .audit_sequence = 3,
    .audit_checksum = "abc",
    .webhook = COG_DELIVERY_FAILED,
    .webhook_error = "the receiver answered 503",
};

Test(report_format, tells_people_outcome_reason_and_records)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};

    ASSERT_CODE(cog_report_format_text(&ROLLED_BACK, &text, &error), COG_OK, error);

    EXPECT_CONTAINS(text, "rolled_back: the target is as it was before the promotion");
    EXPECT_CONTAINS(text, "reason     the job failed: lock");
    EXPECT_CONTAINS(text, "took       1m1s");
    EXPECT_CONTAINS(text, "record 3, checksum abc");
    EXPECT_CONTAINS(text, "NOT DELIVERED");
}

Test(report_format, keeps_control_characters_from_the_terminal)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};

    ASSERT_CODE(cog_report_format_text(&ROLLED_BACK, &text, &error), COG_OK, error);

    EXPECT_LACKS(text, "\x1b");
    EXPECT_CONTAINS(text, "job-?[2J1");
}

Test(report_format, is_one_line_of_json_with_null_for_nothing)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};

    ASSERT_CODE(cog_report_format_json(&ROLLED_BACK, &text, &error), COG_OK, error);

    EXPECT_CONTAINS(text, "\"outcome\":\"rolled_back\",\"target\":\"as before\"");
    EXPECT_CONTAINS(text, "\"parity_score\":null");
    EXPECT_CONTAINS(text, "\"audit\":{\"written\":true,\"seq\":3,\"checksum\":\"abc\"}");
    EXPECT_CONTAINS(text, "\"delivery\":\"failed\"");
    EXPECT_LACKS(text, "\n");
}

Test(outcome, has_the_exit_code_of_the_table)
{
    static const struct {
        enum cog_outcome outcome;
        int exit_code;
    } rows[] = {
        {COG_OUTCOME_PROMOTED, 0},     {COG_OUTCOME_INTERNAL, 1},        {COG_OUTCOME_USAGE, 2},
        {COG_OUTCOME_UNAUTHORIZED, 3}, {COG_OUTCOME_NOT_READY, 4},       {COG_OUTCOME_REJECTED, 5},
        {COG_OUTCOME_ROLLED_BACK, 6},  {COG_OUTCOME_ROLLBACK_FAILED, 7}, {COG_OUTCOME_UNKNOWN, 8},
        {COG_OUTCOME_PARITY_LOW, 10},  {COG_OUTCOME_INTERRUPTED, 130},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        EXPECT_INT(cog_outcome_exit_code(rows[i].outcome, 2), rows[i].exit_code);
    }
}
