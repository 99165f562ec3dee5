#include "foreign/capture.h"

#include "support/expect.h"

#include <cogbase/text.h>
#include <criterion/criterion.h>

#include <stdlib.h>

TestSuite(capture, .timeout = 5.0);

Test(capture, keeps_a_short_text_as_it_is)
{
    COG_CLEANUP(scn_capture_finish) struct scn_capture capture = {0};

    scn_capture_append(&capture, "one ", 4);
    scn_capture_append(&capture, "two", 3);

    COG_CLEANUP(cog_string_finish) char *text = scn_capture_format(&capture);
    cr_assert(text != NULL);
    EXPECT_STR(text, "one two");
    EXPECT_INT(scn_capture_lost(&capture), 0);
}

Test(capture, is_empty_without_any)
{
    COG_CLEANUP(scn_capture_finish) struct scn_capture capture = {0};

    COG_CLEANUP(cog_string_finish) char *text = scn_capture_format(&capture);

    cr_assert(text != NULL);
    EXPECT_STR(text, "");
}

Test(capture, keeps_the_beginning_and_the_end_of_a_long_one)
{
    COG_CLEANUP(scn_capture_finish) struct scn_capture capture = {0};
    static char block[100000];

    memset(block, 'x', sizeof block);
    scn_capture_append(&capture, "begin", 5);
    for (int i = 0; i < 3; i++) {
        scn_capture_append(&capture, block, sizeof block);
    }
    scn_capture_append(&capture, "end", 3);

    COG_CLEANUP(cog_string_finish) char *text = scn_capture_format(&capture);
    cr_assert(text != NULL);
    const size_t lost = 5 + 3 * sizeof block + 3 - 2 * (size_t)SCN_CAPTURE_END_SIZE;
    EXPECT_INT(scn_capture_lost(&capture), lost);
    EXPECT_INT(strncmp(text, "beginxxx", 8), 0);
    EXPECT_STR(text + strlen(text) - 6, "xxxend");
    EXPECT_CONTAINS(text, "\n[168936 bytes are not kept]\n");
}

Test(capture, keeps_all_of_what_just_fits)
{
    COG_CLEANUP(scn_capture_finish) struct scn_capture capture = {0};
    static char block[2 * SCN_CAPTURE_END_SIZE];

    memset(block, 'y', sizeof block);
    block[0] = 'a';
    block[sizeof block - 1] = 'z';
    scn_capture_append(&capture, block, sizeof block);

    COG_CLEANUP(cog_string_finish) char *text = scn_capture_format(&capture);
    cr_assert(text != NULL);
    EXPECT_INT(strlen(text), sizeof block);
    EXPECT_INT(memcmp(text, block, sizeof block), 0);
}

Test(capture, shows_a_nul_byte_as_a_question_mark)
{
    COG_CLEANUP(scn_capture_finish) struct scn_capture capture = {0};

    scn_capture_append(&capture, "a\0b", 3);

    COG_CLEANUP(cog_string_finish) char *text = scn_capture_format(&capture);
    cr_assert(text != NULL);
    EXPECT_STR(text, "a?b");
}
