#include <cogbase/text.h>

#include "support/expect.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(text_append, .timeout = 5.0);
TestSuite(text_insert, .timeout = 5.0);
TestSuite(text_take, .timeout = 5.0);
TestSuite(text_give, .timeout = 5.0);
TestSuite(string_copy, .timeout = 5.0);
TestSuite(string_clone, .timeout = 5.0);
TestSuite(string_equals, .timeout = 5.0);
TestSuite(text_append_shown, .timeout = 5.0);
TestSuite(string_nearest, .timeout = 5.0);

Test(text_append, writes_every_integer)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    cog_text_append_integer(&text, 0);
    cog_text_append(&text, " ");
    cog_text_append_integer(&text, INT64_MAX);
    cog_text_append(&text, " ");
    cog_text_append_integer(&text, INT64_MIN);

    EXPECT_STR(cog_text_string(&text), "0 9223372036854775807 -9223372036854775808");
}

Test(text_append, grows_as_needed)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    for (int i = 0; i < 1000; i++) {
        cog_text_append(&text, "ab");
        cog_text_append_bytes(&text, "c?", 1);
        cog_text_append_format(&text, "%03d", i);
    }

    EXPECT_INT(text.length, 6000);
    EXPECT_INT(strlen(cog_text_string(&text)), 6000);
    EXPECT_INT(strncmp(cog_text_string(&text), "abc000abc001", 12), 0);
    EXPECT_STR(cog_text_string(&text) + 5994, "abc999");
}

Test(text_append_shown, shows_no_control_character_and_nothing_but_utf8)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    cog_text_append_shown(&text, "a\x1b[2J\x7f\xc2\x9b\xff caf\xc3\xa9");

    EXPECT_STR(cog_text_string(&text), "a?[2J?\?\?\? caf\xc3\xa9");
}

Test(text_append, formats_longer_texts_than_there_is_room)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    cog_text_append_format(&text, "%0500d", 7);

    EXPECT_INT(text.length, 500);
    EXPECT_INT(text.bytes[499], '7');
}

Test(text_append, remembers_a_failure_and_does_nothing_more)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text, "kept");

    cog_text_append_bytes(&text, "", (size_t)1 << 40);
    cog_text_append(&text, "lost");

    EXPECT_INT(text.failed, true);
    EXPECT_STR(cog_text_string(&text), "kept");
}

Test(text_append, leaves_an_empty_text_empty)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    cog_text_append_bytes(&text, NULL, 0);

    EXPECT_STR(cog_text_string(&text), "");
}

Test(text_take, moves_the_string_out)
{
    struct cog_text text = {0};
    cog_text_append(&text, "moved");

    COG_CLEANUP(cog_string_finish) char *string = cog_text_take(&text);

    EXPECT_STR(string, "moved");
    EXPECT_INT(text.bytes == NULL, true);
    EXPECT_INT(text.length, 0);
}

Test(text_take, gives_an_empty_string_for_an_empty_text)
{
    struct cog_text text = {0};

    COG_CLEANUP(cog_string_finish) char *string = cog_text_take(&text);

    cr_assert(string != NULL);
    EXPECT_STR(string, "");
}

Test(text_take, gives_nothing_after_a_failure_and_starts_afresh)
{
    struct cog_text text = {0};
    cog_text_append(&text, "lost");
    cog_text_append_bytes(&text, "", (size_t)1 << 40);

    const char *string = cog_text_take(&text);

    EXPECT_INT(string == NULL, true);
    EXPECT_INT(text.failed, false);
    EXPECT_INT(text.bytes == NULL, true);
}

Test(text_give, moves_the_string_out_or_tells_that_there_was_no_memory)
{
    struct cog_text whole = {0};
    struct cog_text failed = {.failed = true};
    COG_CLEANUP(cog_string_finish) char *string = NULL;
    char *untouched = NULL;
    struct cog_error error = {0};
    cog_text_append(&whole, "moved");

    enum cog_code code = cog_text_give(&whole, &string, &error);
    enum cog_code failed_code = cog_text_give(&failed, &untouched, &error);

    EXPECT_INT(code, COG_OK);
    EXPECT_STR(string, "moved");
    EXPECT_INT(failed_code, COG_ERROR_MEMORY);
    EXPECT_STR(error.message, "out of memory");
    EXPECT_INT(untouched == NULL, true);
}

Test(string_copy, copies_what_fits)
{
    char buffer[4] = "old";

    EXPECT_INT(cog_string_copy(buffer, sizeof buffer, "new"), true);

    EXPECT_STR(buffer, "new");
}

Test(string_copy, leaves_the_buffer_alone_when_it_does_not_fit)
{
    char buffer[4] = "old";

    EXPECT_INT(cog_string_copy(buffer, sizeof buffer, "long"), false);

    EXPECT_STR(buffer, "old");
}

Test(string_clone, copies_bytes_and_ends_them)
{
    COG_CLEANUP(cog_string_finish) char *clone = cog_string_clone("abcdef", 3);
    COG_CLEANUP(cog_string_finish) char *nothing = cog_string_clone(NULL, 0);

    EXPECT_STR(clone, "abc");
    EXPECT_STR(nothing, "");
}

Test(string_equals, ignores_the_case_of_ascii_letters_alone)
{
    static const struct {
        const char *left;
        const char *right;
        bool is_equal;
    } rows[] = {
        {"Retry-After", "retry-AFTER", true},
        {"", "", true},
        {"a", "ab", false},
        {"ab", "a", false},
        {"@", "`", false},
        {"[", "{", false},
        {"\xC3\x84", "\xC3\xA4", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const bool is_equal = cog_string_equals_ignoring_case(rows[i].left, rows[i].right);

        cr_expect(is_equal == rows[i].is_equal, "'%s' and '%s'", rows[i].left, rows[i].right);
    }
}

Test(string_nearest, finds_the_word_that_was_meant)
{
    static const char *const candidates[] = {"attempts", "call", "inject", "nth", NULL};
    static const struct {
        const char *word;
        const char *nearest;
    } rows[] = {
        {"attemps", "attempts"},
        {"Attempts", "attempts"},
        {"atempst", "attempts"},
        {"cal", "call"},
        {"injekt", "inject"},
        {"nht", "nth"},
        {"n", NULL},
        {"", NULL},
        {"something", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *nearest = cog_string_nearest(rows[i].word, candidates);

        EXPECT_STR(nearest != NULL ? nearest : "-",
                   rows[i].nearest != NULL ? rows[i].nearest : "-");
    }
}

Test(string_nearest, gives_up_on_words_that_are_too_long)
{
    char word[65] = {0};
    memset(word, 'a', sizeof word - 1);
    const char *const candidates[] = {word, NULL};
    const char *const others[] = {"x", NULL};

    EXPECT_INT(cog_string_nearest(word, others) == NULL, true);
    EXPECT_INT(cog_string_nearest("aaaa", candidates) == NULL, true);
}

Test(text_insert, moves_what_is_behind)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_insert(&text, 0, "ad");
    cog_text_insert(&text, 1, "bc");
    cog_text_insert(&text, 4, "e");

    EXPECT_STR(cog_text_string(&text), "abcde");
    EXPECT_INT(text.length, 5);
}

Test(text_append, formats_and_grows_the_text_as_often_as_it_must)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    char expected[1024] = "";
    for (int i = 0; i < 200; i++) {
        cog_text_append_format(&text, "%d,", i);
        (void)snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "%d,", i);

        EXPECT_STR(cog_text_string(&text), expected);
        EXPECT_INT(text.length, strlen(expected));
    }
}
