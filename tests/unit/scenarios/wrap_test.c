/* Texts in lines. */
#include "drill/tabletop/wrap.h"
#include "support/expect.h"

TestSuite(wrap, .timeout = 5.0);

static void expect_wrapped(const struct scn_paragraph *paragraph, const char *string,
                           const char *expected)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    scn_wrap_append(&text, paragraph, string);
    EXPECT_STR(cog_text_string(&text), expected);
}

Test(wrap, breaks_at_blanks)
{
    const struct scn_paragraph paragraph = {.width = 20};

    expect_wrapped(&paragraph, "a line of twenty has room for this",
                   "a line of twenty has\nroom for this\n");
}

Test(wrap, counts_characters_not_bytes)
{
    const struct scn_paragraph paragraph = {.width = 20};

    expect_wrapped(&paragraph, "äöüäöüäöüäöüäöüäöüäö xy", "äöüäöüäöüäöüäöüäöüäö\nxy\n");
}

Test(wrap, puts_the_label_in_front_of_the_first_line_only)
{
    const struct scn_paragraph paragraph = {.label = "  who  ", .indent = 7, .width = 20};

    expect_wrapped(&paragraph, "types all commands", "  who  types all\n       commands\n");
}

Test(wrap, breaks_a_word_that_is_longer_than_a_line)
{
    const struct scn_paragraph paragraph = {.width = 20};

    expect_wrapped(&paragraph, "aaaaaaaaaaaaaaaaaaaaaaaaa b", "aaaaaaaaaaaaaaaaaaaa\naaaaa b\n");
}

Test(wrap, keeps_the_line_feeds_of_the_text)
{
    const struct scn_paragraph paragraph = {.indent = 2, .width = 40};

    expect_wrapped(&paragraph, "one\n\ntwo", "  one\n\n  two\n");
}

Test(wrap, lets_no_text_steer_the_terminal)
{
    const struct scn_paragraph paragraph = {.width = 40};

    expect_wrapped(&paragraph, "a\x1b[31mb", "a?[31mb\n");
}

Test(wrap, is_no_wider_than_can_be_read)
{
    const struct scn_paragraph paragraph = {.width = 1000};
    char wide[SCN_WRAP_WIDTH_MAX + 2];
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    memset(wide, 'x', sizeof wide - 1);
    wide[sizeof wide - 1] = '\0';

    scn_wrap_append(&text, &paragraph, wide);

    EXPECT_INT(strcspn(cog_text_string(&text), "\n"), SCN_WRAP_WIDTH_MAX);
}
