#include <cogbase/number.h>

#include "support/expect.h"

#include <criterion/criterion.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

TestSuite(number_parse_integer, .timeout = 5.0);
TestSuite(number_parse_decimal, .timeout = 5.0);
TestSuite(number_to_integer, .timeout = 5.0);
TestSuite(integer_format, .timeout = 5.0);

Test(number_parse_integer, reads_what_is_within_its_limits)
{
    static const struct {
        const char *text;
        int64_t number;
    } rows[] = {
        {"0", 0},
        {"-7", -7},
        {"007", 7},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t number = 99;
        struct cog_error error = {0};

        const enum cog_code code =
            cog_number_parse_integer(rows[i].text, INT64_MIN, INT64_MAX, &number, &error);

        ASSERT_CODE(code, COG_OK, error);
        EXPECT_INT(number, rows[i].number);
    }
}

Test(number_parse_integer, refuses_everything_else)
{
    static const char *const rows[] = {
        "",  " 1", "1 ", "+1", "1.0", "0x1", "-", "--1", "1e3", "ten", "9223372036854775808",
        "0", "11", "-1",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t number = 99;
        struct cog_error error = {0};

        const enum cog_code code = cog_number_parse_integer(rows[i], 1, 10, &number, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "'%s' gives %" PRId64, rows[i], number);
        EXPECT_INT(number, 99);
        EXPECT_CONTAINS(error.message, "expected a whole number from 1 to 10, not '");
    }
}

Test(number_parse_decimal, reads_what_is_within_its_limits)
{
    static const struct {
        const char *text;
        double number;
    } rows[] = {
        {"0", 0.0},
        {"0.95", 0.95},
        {"-12.5", -12.5},
        {"100", 100.0},
        {"0.1", 0.1},
        {"00.50", 0.5},
        {"0.000000000000000000000000000000000001", 1e-36},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double number = 99;
        struct cog_error error = {0};

        const enum cog_code code =
            cog_number_parse_decimal(rows[i].text, -100, 100, &number, &error);

        ASSERT_CODE(code, COG_OK, error);
        cr_expect(!(number < rows[i].number || number > rows[i].number), "'%s' gives %.17g",
                  rows[i].text, number);
    }
}

Test(number_parse_decimal, refuses_everything_else)
{
    static const char *const rows[] = {
        "",      ".5",    "1.",  "-",    "1,5",
        "1e1",   "nan",   "inf", " 1",   "1 ",
        "0x1p3", "1.2.3", "1.1", "-0.1", "0.00000000000000000000000000000000000000000000001",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double number = 99;
        struct cog_error error = {0};

        const enum cog_code code = cog_number_parse_decimal(rows[i], 0, 1, &number, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "'%s' gives %g", rows[i], number);
        EXPECT_INT(number, 99);
        EXPECT_CONTAINS(error.message, "expected a number from 0 to 1, not '");
    }
}

Test(number_to_integer, takes_whole_numbers_within_the_limits)
{
    int64_t integer = 0;

    EXPECT_INT(cog_number_to_integer(7.0, 1, 10, &integer), true);
    EXPECT_INT(integer, 7);
    EXPECT_INT(cog_number_to_integer(-9007199254740991.0, INT64_MIN, INT64_MAX, &integer), true);
    EXPECT_INT(integer, -COG_NUMBER_INTEGER_MAX);
}

Test(number_to_integer, refuses_what_is_not_exactly_one)
{
    const double rows[] = {
        0.0, 11.0, 1.5, (double)NAN, (double)INFINITY, (double)-INFINITY, 1e19, 9007199254740992.0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t integer = 99;

        const bool is_taken = cog_number_to_integer(rows[i], 1, 10, &integer);

        cr_expect(!is_taken, "%g was taken", rows[i]);
        EXPECT_INT(integer, 99);
    }
    int64_t integer = 99;
    EXPECT_INT(cog_number_to_integer(9007199254740992.0, INT64_MIN, INT64_MAX, &integer), false);
}

Test(integer_format, is_what_a_format_would_print)
{
    const int64_t rows[] = {0, 7, -1, 10, 4096, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char expected[COG_INTEGER_SIZE];
        char buffer[COG_INTEGER_SIZE];
        (void)snprintf(expected, sizeof expected, "%" PRId64, rows[i]);

        EXPECT_STR(cog_integer_format(rows[i], buffer), expected);
    }
}
