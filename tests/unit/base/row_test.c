#include <cogbase/row.h>

#include "support/expect.h"

TestSuite(row_append, .timeout = 5.0);

Test(row_append, puts_the_values_of_a_listing_below_each_other)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    cog_row_append(&text, 6, "from", "env-a");
    cog_row_append_format(&text, 6, "target", "%d of %s", 2, "env-b");

    EXPECT_STR(cog_text_string(&text), "  from   env-a\n  target 2 of env-b\n");
}

Test(row_append, leaves_out_what_has_no_value)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    cog_row_append(&text, 6, "from", "");
    cog_row_append_format(&text, 6, "to", "%s", "");

    EXPECT_STR(cog_text_string(&text), "");
}

Test(row_append, shows_a_value_that_steers_a_terminal_as_plain_text)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    cog_row_append(&text, 2, "a", "\x1b[2J");
    cog_row_append_format(&text, 2, "b", "%s", "x\ny");

    EXPECT_STR(cog_text_string(&text), "  a  ?[2J\n  b  x?y\n");
}

Test(row_append, fails_with_the_text)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {.failed = true};

    cog_row_append_format(&text, 2, "a", "%s", "b");

    EXPECT_INT(text.failed, true);
}
