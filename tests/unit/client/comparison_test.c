#include "comparison.h"

#include "support/expect.h"

#include <cogbase/text.h>

#include <stdlib.h>

TestSuite(comparison_format, .timeout = 5.0);
TestSuite(comparison_passes, .timeout = 5.0);

static char source[] = "env-a";
static char target[] = "env-b";

static const struct cog_config CONFIG = {
    .source_environment_id = source,
    .target_environment_id = target,
    .parity_threshold = 0.95,
};

static const struct cog_comparison COMPARISON = {
    .sides.source = {.is_measured = true, .intents = 12, .version = "7"},
    .sides.target = {.is_measured = true, .intents = 10, .version = "7"},
    .parity = {.is_measured = true, .score = 0.9, .differences = "intents 12 and 10"},
};

Test(comparison_format, shows_counts_side_by_side_and_marks_what_differs)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};

    enum cog_code code = cog_comparison_format_text(&COMPARISON, &CONFIG, &text, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_CONTAINS(text, "parity: 0.9, BELOW the threshold 0.95\n");
    EXPECT_CONTAINS(text, "  intents              12         10  !\n");
    EXPECT_CONTAINS(text, "  entities              0          0\n");
    EXPECT_CONTAINS(text, "  differences  intents 12 and 10\n");
}

Test(comparison_format, has_null_and_no_number_for_what_was_not_measured)
{
    const struct cog_comparison unmeasured = {0};
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};

    enum cog_code code = cog_comparison_format_json(&unmeasured, &CONFIG, &text, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(text, "{\"source_env_id\":\"env-a\",\"target_env_id\":\"env-b\","
                     "\"parity_score\":null,\"parity_threshold\":0.95,\"passes\":false,"
                     "\"differences\":null,\"source\":null,\"target\":null}");
}

Test(comparison_passes, takes_the_threshold_itself_and_never_what_was_not_measured)
{
    static const struct {
        struct cog_parity parity;
        bool passes;
    } rows[] = {
        {{.is_measured = true, .score = 0.95}, true},
        {{.is_measured = true, .score = 0.9499}, false},
        {{.is_measured = false, .score = 1}, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct cog_comparison comparison = {.parity = rows[i].parity};

        EXPECT_INT(cog_comparison_passes(&comparison, &CONFIG), rows[i].passes);
    }
}
