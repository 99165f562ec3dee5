#include <cogpromote/error.h>

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(code_name, .timeout = 5.0);
TestSuite(code_is_transient, .timeout = 5.0);
TestSuite(error_set, .timeout = 5.0);
TestSuite(error_wrap, .timeout = 5.0);
TestSuite(error_text, .timeout = 5.0);

Test(code_name, is_another_one_for_each_code)
{
    for (int i = COG_OK; i <= COG_ERROR_AMBIGUOUS; i++) {
        const char *name = cog_code_name((enum cog_code)i);

        cr_expect(strcmp(name, "unknown") != 0, "code %d has no name", i);
        for (int j = COG_OK; j < i; j++) {
            cr_expect(strcmp(name, cog_code_name((enum cog_code)j)) != 0, "%s is there twice",
                      name);
        }
    }
}

Test(code_name, is_never_null)
{
    EXPECT_STR(cog_code_name((enum cog_code)9999), "unknown");
}

Test(code_is_transient, holds_for_what_may_pass_by_itself_alone)
{
    static const enum cog_code transient[] = {
        COG_ERROR_UNREACHABLE, COG_ERROR_TIMEOUT,     COG_ERROR_NETWORK,
        COG_ERROR_THROTTLED,   COG_ERROR_UNAVAILABLE,
    };
    int count = 0;
    for (int i = COG_OK; i <= COG_ERROR_AMBIGUOUS; i++) {
        count += cog_code_is_transient((enum cog_code)i) ? 1 : 0;
    }
    for (size_t i = 0; i < sizeof transient / sizeof transient[0]; i++) {
        EXPECT_INT(cog_code_is_transient(transient[i]), true);
    }
    EXPECT_INT(count, 5);
}

Test(error_set, starts_afresh)
{
    struct cog_error error = {
        .http_status = 503,
        .retry_after_ms = 3000,
        .message = "old",
        .cause = "older",
    };

    const enum cog_code code = cog_error_set(&error, COG_ERROR_REFUSED, "job '%s'", "j-1");

    EXPECT_INT(code, COG_ERROR_REFUSED);
    EXPECT_INT(error.code, COG_ERROR_REFUSED);
    EXPECT_STR(error.message, "job 'j-1'");
    EXPECT_STR(error.cause, "");
    EXPECT_INT(error.http_status, 0);
    EXPECT_INT(error.retry_after_ms, 0);
}

Test(error_set, may_quote_its_own_old_text)
{
    struct cog_error error = {.message = "old"};

    const enum cog_code code = cog_error_set(&error, COG_ERROR_SYNTAX, "line 3: %s", error.message);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_STR(error.message, "line 3: old");
}

Test(error_set, without_an_error_gives_the_code)
{
    EXPECT_INT(cog_error_set(NULL, COG_ERROR_MEMORY, "out of memory"), COG_ERROR_MEMORY);
    EXPECT_INT(cog_error_wrap(NULL, COG_ERROR_MEMORY, "out of memory"), COG_ERROR_MEMORY);
}

/* Where a character of each length straddles the end, it goes as a whole. */
Test(error_set, cuts_long_texts_at_a_whole_character)
{
    static const struct {
        const char *character;
        size_t prefix_length;
        size_t length;
    } rows[] = {
        {"x", 254, 255},
        {"\xC3\xA9", 253, 255},
        {"\xC3\xA9", 254, 254},
        {"\xE2\x82\xAC", 252, 255},
        {"\xE2\x82\xAC", 253, 253},
        {"\xE2\x82\xAC", 254, 254},
        {"\xF0\x9F\x98\x80", 251, 255},
        {"\xF0\x9F\x98\x80", 252, 252},
        {"\xF0\x9F\x98\x80", 254, 254},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char prefix[COG_ERROR_MESSAGE_SIZE] = "";
        struct cog_error error = {0};
        memset(prefix, 'a', rows[i].prefix_length);

        (void)cog_error_set(&error, COG_ERROR_SYNTAX, "%s%s%s", prefix, rows[i].character, "tail");

        cr_expect(strlen(error.message) == rows[i].length, "row %zu has length %zu", i,
                  strlen(error.message));
    }
}

Test(error_wrap, puts_the_message_in_front_of_the_causes)
{
    struct cog_error error = {0};
    (void)cog_error_set(&error, COG_ERROR_NETWORK, "connection reset");
    error.http_status = 503;
    error.retry_after_ms = 3000;
    (void)cog_error_wrap(&error, COG_ERROR_NETWORK, "GET /health");

    const enum cog_code code = cog_error_wrap(&error, COG_ERROR_UNAVAILABLE, "check %s", "health");

    EXPECT_INT(code, COG_ERROR_UNAVAILABLE);
    EXPECT_INT(error.code, COG_ERROR_UNAVAILABLE);
    EXPECT_STR(error.message, "check health");
    EXPECT_STR(error.cause, "GET /health: connection reset");
    EXPECT_INT(error.http_status, 503);
    EXPECT_INT(error.retry_after_ms, 3000);
}

Test(error_wrap, of_no_error_has_no_cause)
{
    struct cog_error error = {0};

    (void)cog_error_wrap(&error, COG_ERROR_INTERNAL, "context");

    EXPECT_STR(error.message, "context");
    EXPECT_STR(error.cause, "");
}

Test(error_wrap, cuts_a_chain_that_grows_too_long)
{
    struct cog_error error = {0};
    (void)cog_error_set(&error, COG_ERROR_NETWORK, "the innermost");

    for (int i = 0; i < 100; i++) {
        (void)cog_error_wrap(&error, COG_ERROR_NETWORK, "layer number %d of many", i);
    }

    EXPECT_STR(error.message, "layer number 99 of many");
    EXPECT_INT(strlen(error.cause), COG_ERROR_CAUSE_SIZE - 1);
    EXPECT_CONTAINS(error.cause, "layer number 98 of many: layer number 97 of many: ");
}

Test(error_set, keeps_control_characters_of_what_it_quotes_from_terminals)
{
    struct cog_error error = {0};

    (void)cog_error_set(&error, COG_ERROR_SYNTAX, "unknown key '%s'", "\x1b[2J\n\x7f");

    EXPECT_STR(error.message, "unknown key '?[2J?\?'");
}

Test(error_set, keeps_what_it_quotes_valid_utf8)
{
    static const struct {
        const char *quoted;
        const char *expected;
    } rows[] = {
        {"caf\xC3\xA9", "'caf\xC3\xA9'"},
        {"\xFF\xE2\x82", "'??\?'"},
        {"\xC2\x9B"
         "2J",
         "'??2J'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cog_error error = {0};

        (void)cog_error_set(&error, COG_ERROR_PROTOCOL, "'%s'", rows[i].quoted);

        EXPECT_STR(error.message, rows[i].expected);
    }
}

Test(error_text, joins_message_and_cause)
{
    const struct cog_error both = {.message = "promote", .cause = "refused"};
    const struct cog_error alone = {.message = "promote"};
    char buffer[64];

    EXPECT_STR(cog_error_text(&both, buffer, sizeof buffer), "promote: refused");
    EXPECT_STR(cog_error_text(&alone, buffer, sizeof buffer), "promote");
}

Test(error_text, is_cut_to_fit_at_a_whole_character)
{
    const struct cog_error error = {.message = "caf\xC3\xA9"};
    char buffer[5] = "????";

    const char *text = cog_error_text(&error, buffer, sizeof buffer);

    EXPECT_STR(text, "caf");
}

Test(error_text, does_nothing_without_room)
{
    const struct cog_error error = {.message = "promote"};
    char untouched = 'x';

    (void)cog_error_text(&error, &untouched, 0);

    EXPECT_INT(untouched, 'x');
}
