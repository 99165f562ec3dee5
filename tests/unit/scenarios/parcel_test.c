/* What workers say, as bytes. */
#include "crew/parcel.h"

#include "support/expect.h"

#include <string.h>

TestSuite(parcel, .timeout = 20.0);

static const struct scn_parcel full = {
    .index = 7,
    .is_over = true,
    .real_ms = 12,
    .answer = "an answer",
    .answer_length = 9,
};

static void format(const struct scn_parcel *parcel, struct cog_text *text)
{
    scn_parcel_format(parcel, text);
    cr_assert(!text->failed);
}

Test(parcel, comes_out_as_it_went_in)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct scn_parcel got = {0};
    struct cog_error error = {0};
    size_t length = 0;
    format(&full, &text);

    ASSERT_CODE(scn_parcel_parse(text.bytes, text.length, &got, &length, &error), COG_OK, error);

    EXPECT_INT(length, text.length);
    EXPECT_INT(got.index, 7);
    cr_expect(got.is_over);
    EXPECT_INT(got.real_ms, 12);
    EXPECT_INT(got.answer_length, 9);
    cr_expect(memcmp(got.answer, "an answer", 9) == 0);
}

Test(parcel, of_a_beginning_has_no_answer)
{
    const struct scn_parcel sent = {.index = 3};
    struct scn_parcel got = {.is_over = true};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};
    size_t length = 0;
    format(&sent, &text);

    ASSERT_CODE(scn_parcel_parse(text.bytes, text.length, &got, &length, &error), COG_OK, error);

    EXPECT_INT(got.index, 3);
    cr_expect(!got.is_over);
    EXPECT_INT(got.answer_length, 0);
}

Test(parcel, is_waited_for_as_long_as_it_is_cut)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    format(&full, &text);

    for (size_t cut = 0; cut < text.length; cut++) {
        struct scn_parcel got = {0};
        struct cog_error error = {0};
        size_t length = 1;
        ASSERT_CODE(scn_parcel_parse(text.bytes, cut, &got, &length, &error), COG_OK, error);
        cr_assert(length == 0, "cut at %zu of %zu", cut, text.length);
    }
}

Test(parcel, is_followed_by_the_next_one)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct scn_parcel got = {0};
    struct cog_error error = {0};
    size_t first = 0;
    size_t second = 0;
    format(&(struct scn_parcel){.index = 1}, &text);
    format(&(struct scn_parcel){.index = 2}, &text);

    ASSERT_CODE(scn_parcel_parse(text.bytes, text.length, &got, &first, &error), COG_OK, error);
    ASSERT_CODE(scn_parcel_parse(text.bytes + first, text.length - first, &got, &second, &error),
                COG_OK, error);

    EXPECT_INT(got.index, 2);
    EXPECT_INT(first + second, text.length);
}

/* A number of 8 bytes at each place of the head: nothing is read that is not there. */
Test(parcel, that_is_damaged_is_refused_or_within_what_came)
{
    const uint64_t values[] = {0, 1, 255, UINT32_MAX, INT64_MAX, UINT64_MAX};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    size_t refused_count = 0;
    format(&full, &text);

    for (size_t at = 0; at + sizeof values[0] <= SCN_PARCEL_HEAD_SIZE; at++) {
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
            char bytes[SCN_PARCEL_HEAD_SIZE + 9];
            struct scn_parcel got = {0};
            struct cog_error error = {0};
            size_t length = 0;
            memcpy(bytes, text.bytes, sizeof bytes);
            memcpy(bytes + at, &values[i], sizeof values[i]);
            enum cog_code code = scn_parcel_parse(bytes, sizeof bytes, &got, &length, &error);
            refused_count += code == COG_ERROR_SYNTAX ? 1 : 0;
            cr_assert(code == COG_OK || code == COG_ERROR_SYNTAX);
            cr_assert(length <= sizeof bytes);
        }
    }
    cr_expect(refused_count > 60, "%zu were refused", refused_count);
}

Test(parcel, says_what_is_wrong)
{
    const char garbage[SCN_PARCEL_HEAD_SIZE] = "this is no parcel at all";
    struct scn_parcel got = {0};
    struct cog_error error = {0};
    size_t length = 0;

    enum cog_code code = scn_parcel_parse(garbage, sizeof garbage, &got, &length, &error);

    ASSERT_CODE(code, COG_ERROR_SYNTAX, error);
    EXPECT_STR(error.message, "what came is no answer");
}
