#include "escape.h"

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(escape_append, .timeout = 5.0);
TestSuite(escape_append_form, .timeout = 5.0);

static void expect_appended(void (*append)(struct cog_text *text, const char *string),
                            const char *string, const char *expected)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text, "=");

    append(&text, string);

    EXPECT_STR(cog_text_string(&text), expected);
}

Test(escape_append, leaves_unreserved_characters_alone)
{
    expect_appended(cog_escape_append, "AZaz09-._~", "=AZaz09-._~");
}

Test(escape_append, makes_one_segment_of_anything)
{
    expect_appended(cog_escape_append, "a/b?c#d%e f&g=h+\xc3\xa4",
                    "=a%2Fb%3Fc%23d%25e%20f%26g%3Dh%2B%C3%A4");
}

Test(escape_append, adds_nothing_for_nothing)
{
    expect_appended(cog_escape_append, "", "=");
}

Test(escape_append_form, writes_a_space_as_a_plus)
{
    expect_appended(cog_escape_append_form, " a  b+~ ", "=+a++b%2B~+");
}

Test(escape_append_form, adds_nothing_for_nothing)
{
    expect_appended(cog_escape_append_form, "", "=");
}
