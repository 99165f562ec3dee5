#include <cogbase/stamp.h>

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(stamp_format_rfc3339, .timeout = 5.0);
TestSuite(stamp_parse_rfc3339, .timeout = 5.0);
TestSuite(stamp_format_http, .timeout = 5.0);

Test(stamp_format_rfc3339, gives_the_known_answers)
{
    static const struct {
        int64_t unix_ms;
        const char *text;
    } rows[] = {
        {0, "1970-01-01T00:00:00Z"},
        {-1, "1969-12-31T23:59:59.999Z"},
        {INT64_C(784111777000), "1994-11-06T08:49:37Z"},
        {INT64_C(1709164800001), "2024-02-29T00:00:00.001Z"},
        {INT64_C(951782400000), "2000-02-29T00:00:00Z"},
        {INT64_C(4107542400000), "2100-03-01T00:00:00Z"},
        {INT64_C(1735689599999), "2024-12-31T23:59:59.999Z"},
        {INT64_C(-62167219200000), "0000-01-01T00:00:00Z"},
        {INT64_C(253402300799999), "9999-12-31T23:59:59.999Z"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char buffer[COG_STAMP_RFC3339_SIZE];

        const char *text = cog_stamp_format_rfc3339(rows[i].unix_ms, buffer);

        EXPECT_STR(text, rows[i].text);
    }
}

Test(stamp_format_rfc3339, stops_at_the_years_that_it_can_say)
{
    char buffer[COG_STAMP_RFC3339_SIZE];

    EXPECT_STR(cog_stamp_format_rfc3339(INT64_MIN, buffer), "0000-01-01T00:00:00Z");
    EXPECT_STR(cog_stamp_format_rfc3339(INT64_MAX, buffer), "9999-12-31T23:59:59.999Z");
}

/* With the examples of RFC 3339 5.8. */
Test(stamp_parse_rfc3339, gives_the_known_answers)
{
    static const struct {
        const char *text;
        int64_t unix_ms;
    } rows[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1969-12-31T23:59:59.999Z", -1},
        {"1985-04-12T23:20:50.52Z", INT64_C(482196050520)},
        {"1996-12-19T16:39:57-08:00", INT64_C(851042397000)},
        {"1990-12-31T23:59:60Z", INT64_C(662688000000)},
        {"1990-12-31T15:59:60-08:00", INT64_C(662688000000)},
        {"1937-01-01T12:00:27.87+00:20", INT64_C(-1041337172130)},
        {"2024-02-29t00:00:00.0019999999999999z", INT64_C(1709164800001)},
        {"2000-02-29 00:00:00-00:00", INT64_C(951782400000)},
        {"0000-01-01T00:00:00Z", INT64_C(-62167219200000)},
        {"9999-12-31T23:59:59.999Z", INT64_C(253402300799999)},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t unix_ms = 0;
        struct cog_error error = {0};

        const enum cog_code code = cog_stamp_parse_rfc3339(rows[i].text, &unix_ms, &error);

        ASSERT_CODE(code, COG_OK, error);
        cr_expect(unix_ms == rows[i].unix_ms, "%s is %" PRId64, rows[i].text, unix_ms);
    }
}

Test(stamp_parse_rfc3339, reads_what_was_formatted)
{
    for (int64_t unix_ms = INT64_C(-62167219200000); unix_ms < INT64_C(253402300799999);
         unix_ms += INT64_C(33333333337)) {
        char buffer[COG_STAMP_RFC3339_SIZE];
        int64_t parsed_unix_ms = 0;

        const enum cog_code code = cog_stamp_parse_rfc3339(
            cog_stamp_format_rfc3339(unix_ms, buffer), &parsed_unix_ms, NULL);

        cr_assert(code == COG_OK && parsed_unix_ms == unix_ms, "%s", buffer);
    }
}

Test(stamp_parse_rfc3339, refuses_what_is_no_time)
{
    static const char *const rows[] = {
        "",
        "yesterday",
        "2026-01-31",
        "2026-01-31T12:00Z",
        "2026-01-31T12:00:00",
        "2026-01-31T12:00:00.Z",
        "2026-01-31T12:00:00Z ",
        " 2026-01-31T12:00:00Z",
        "2026-00-31T12:00:00Z",
        "2026-13-31T12:00:00Z",
        "2026-01-00T12:00:00Z",
        "2026-02-29T12:00:00Z",
        "2100-02-29T12:00:00Z",
        "2026-04-31T12:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:60:00Z",
        "2026-01-31T12:00:61Z",
        "2026-01-31T12:00:00+24:00",
        "2026-01-31T12:00:00+02",
        "2026-1-31T12:00:00Z",
        "-026-01-31T12:00:00Z",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t unix_ms = 7;
        struct cog_error error = {0};

        const enum cog_code code = cog_stamp_parse_rfc3339(rows[i], &unix_ms, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "'%s' is read as %" PRId64, rows[i], unix_ms);
        EXPECT_CONTAINS(error.message, "expected a time such as 2026-01-31T12:00:00Z, not '");
        EXPECT_INT(unix_ms, 7);
    }
}

/* RFC 9110 5.6.7's own example. */
Test(stamp_format_http, gives_the_three_forms)
{
    static const char *const expected[] = {
        [COG_STAMP_IMF_FIXDATE] = "Sun, 06 Nov 1994 08:49:37 GMT",
        [COG_STAMP_RFC850] = "Sunday, 06-Nov-94 08:49:37 GMT",
        [COG_STAMP_ASCTIME] = "Sun Nov  6 08:49:37 1994",
    };
    for (int form = COG_STAMP_IMF_FIXDATE; form <= COG_STAMP_ASCTIME; form++) {
        char buffer[COG_STAMP_HTTP_SIZE];

        const char *text =
            cog_stamp_format_http(INT64_C(784111777999), (enum cog_stamp_http_form)form, buffer);

        EXPECT_STR(text, expected[form]);
    }
}

Test(stamp_format_http, knows_each_weekday)
{
    static const char *const expected[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    for (int day = -14; day < 14; day++) {
        char buffer[COG_STAMP_HTTP_SIZE];

        (void)cog_stamp_format_http(day * INT64_C(86400000), COG_STAMP_IMF_FIXDATE, buffer);

        cr_expect(strncmp(buffer, expected[(day + 14) % 7], 3) == 0, "day %d is %s", day, buffer);
    }
}
