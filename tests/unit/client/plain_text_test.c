#include "plain_text.h"

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(plain_text_copy, .timeout = 5.0);
TestSuite(plain_text_is_plain, .timeout = 5.0);

static void expect_copy(const char *source, const char *expected)
{
    char buffer[32];
    memset(buffer, 'x', sizeof buffer);

    cog_plain_text_copy(buffer, sizeof buffer, source);

    EXPECT_STR(buffer, expected);
}

Test(plain_text_copy, leaves_plain_text_as_it_is)
{
    expect_copy("", "");
    expect_copy("plain text", "plain text");
    expect_copy("\xc3\xa4 \xe2\x82\xac \xf0\x9f\x90\x9c", "\xc3\xa4 \xe2\x82\xac \xf0\x9f\x90\x9c");
}

Test(plain_text_copy, leaves_control_characters_out)
{
    expect_copy("a\r\nb\tc\x1b[0m\x7f", "abc[0m");
    expect_copy("a\xc2\x85z\xc2\xa0z", "az\xc2\xa0z");
}

Test(plain_text_copy, leaves_out_what_is_not_utf_8)
{
    expect_copy("a\xff\xfez", "az");
    expect_copy("a\xc3", "a");
    expect_copy("\x80z", "z");
}

Test(plain_text_copy, cuts_at_a_whole_character)
{
    char buffer[4];

    cog_plain_text_copy(buffer, sizeof buffer, "ab\xc3\xa4");
    EXPECT_STR(buffer, "ab");
    cog_plain_text_copy(buffer, sizeof buffer, "a\xc3\xa4z");
    EXPECT_STR(buffer, "a\xc3\xa4");
    cog_plain_text_copy(buffer, 1, "a");
    EXPECT_STR(buffer, "");
}

Test(plain_text_is_plain, holds_for_what_is_copied_whole)
{
    cr_expect(cog_plain_text_is_plain(""));
    cr_expect(cog_plain_text_is_plain("env-1 \xc3\xa4"));
    cr_expect_not(cog_plain_text_is_plain("env\n1"));
    cr_expect_not(cog_plain_text_is_plain("env\xff"));
}
