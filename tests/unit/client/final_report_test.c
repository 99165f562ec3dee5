#include "final_report.h"

#include "support/expect.h"

#include <cogbase/text.h>

#include <stdlib.h>

TestSuite(final_report_format, .timeout = 5.0);

static char folder[] = "/var/state";

/** Formats with the text's settings; free() it. */
static char *format(enum cog_output output, const struct cog_report *report)
{
    const struct cog_command command = {
        .config = {.output = output, .state_directory = folder},
    };
    char *text = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_final_report_format(&command, report, &text, &error), COG_OK, error);
    return text;
}

Test(final_report_format, ends_with_the_command_that_resumes_a_run_which_is_open)
{
    static const enum cog_outcome outcomes[] = {COG_OUTCOME_INTERRUPTED, COG_OUTCOME_UNKNOWN};
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
        const struct cog_report report = {.outcome = outcomes[i],
                                          .run_id = "r-1",
                                          .is_resumable = true,
                                          .audit_is_written = true};

        COG_CLEANUP(cog_string_finish) char *text = format(COG_OUTPUT_TEXT, &report);

        static const char END[] = "  audit in   /var/state/audit.jsonl\n"
                                  "  resume     cogpromote resume r-1\n";
        cr_assert(strlen(text) > strlen(END));
        EXPECT_STR(text + strlen(text) - strlen(END), END);
    }
}

Test(final_report_format, promises_no_resuming_where_there_is_none)
{
    static const struct cog_report reports[] = {
        {.outcome = COG_OUTCOME_INTERRUPTED, .run_id = "r-1", .is_resumable = false},
        {.outcome = COG_OUTCOME_PROMOTED, .run_id = "r-1", .is_resumable = true},
    };
    for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++) {
        COG_CLEANUP(cog_string_finish) char *text = format(COG_OUTPUT_TEXT, &reports[i]);

        EXPECT_LACKS(text, "cogpromote resume");
    }
}

Test(final_report_format, is_one_line_of_json_when_asked_for)
{
    const struct cog_report report = {
        .outcome = COG_OUTCOME_UNKNOWN, .run_id = "r-1", .is_resumable = true};

    COG_CLEANUP(cog_string_finish) char *text = format(COG_OUTPUT_JSON, &report);

    EXPECT_INT(text[0], '{');
    cr_expect(strchr(text, '\n') == NULL);
}
