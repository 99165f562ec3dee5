#include <cogbase/stamp.h>

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(stamp_format_rfc3339, .timeout = 5.0);
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
