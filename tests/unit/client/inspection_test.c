#include "inspection.h"

#include "support/expect.h"

#include <cogbase/text.h>

TestSuite(inspection_format, .timeout = 5.0);

Test(inspection_format, tells_the_verdict_the_place_and_a_head_that_is_an_anchor)
{
    const struct cog_audit_inspection inspection = {
        .verdict = COG_AUDIT_CHANGED,
        .line_number = 3,
        .reason = "not what its \x1b checksum says",
        .record_count = 4,
        .repair_count = 1,
        .head_sequence = 2,
        .head_checksum = "abc",
    };
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};

    enum cog_code code = cog_inspection_format_text(&inspection, &text, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(text, "changed: not what its ? checksum says\n"
                     "  line       3\n"
                     "  runs       4\n"
                     "  repairs    1\n"
                     "  head       2:abc\n");
}

Test(inspection_format, has_null_where_there_is_no_place_no_reason_and_no_head)
{
    const struct cog_audit_inspection inspection = {
        .verdict = COG_AUDIT_EMPTY,
        .head_sequence = -1,
    };
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};

    enum cog_code code = cog_inspection_format_json(&inspection, &text, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(text, "{\"verdict\":\"empty\",\"line\":null,\"reason\":null,\"runs\":0,"
                     "\"repairs\":0,\"head\":null}");
}
