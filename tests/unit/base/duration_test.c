#include <cogbase/duration.h>

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(duration_parse, .timeout = 5.0);
TestSuite(duration_format, .timeout = 5.0);

Test(duration_parse, reads_a_number_and_its_unit)
{
    static const struct {
        const char *text;
        int64_t ms;
    } rows[] = {
        {"0", 0},          {"0s", 0},           {"250ms", 250},   {"30s", 30000},
        {"15m", 900000},   {"2h", 7200000},     {"1d", 86400000}, {"1.5s", 1500},
        {"0.25h", 900000}, {"0.001s", 1},       {"007s", 7000},   {"365d", COG_DURATION_MS_MAX},
        {"1.0ms", 1},      {"1.500000s", 1500},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t ms = -1;
        struct cog_error error = {0};

        const enum cog_code code = cog_duration_parse(rows[i].text, &ms, &error);

        cr_expect(code == COG_OK, "'%s': %s", rows[i].text, error.message);
        cr_expect(ms == rows[i].ms, "'%s' gives %" PRId64, rows[i].text, ms);
    }
}

Test(duration_parse, refuses_what_is_not_a_duration)
{
    static const char *const rows[] = {
        "",     "s",   "30",   "30 s", " 30s", "-1s", "+1s", "1.s", ".5s",           "1,5s",
        "1e3s", "30S", "1m30", "1sms", "1..s", "00",  "1.5", "ms",  "1.0000000000s", "0x1s",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t ms = -1;
        struct cog_error error = {0};

        const enum cog_code code = cog_duration_parse(rows[i], &ms, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "'%s' gives %d", rows[i], (int)code);
        EXPECT_INT(ms, -1);
        EXPECT_CONTAINS(error.message, "expected a duration such as \"30s\"");
    }
}

Test(duration_parse, refuses_more_than_a_year)
{
    static const char *const rows[] = {
        "366d", "31536000001ms", "31536000.001s", "365.0001d", "9999999999999999999999999d",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t ms = -1;
        struct cog_error error = {0};

        const enum cog_code code = cog_duration_parse(rows[i], &ms, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "'%s' gives %" PRId64, rows[i], ms);
        EXPECT_CONTAINS(error.message, "at most 365d");
    }
}

Test(duration_parse, refuses_parts_of_a_millisecond)
{
    int64_t ms = -1;
    struct cog_error error = {0};

    const enum cog_code code = cog_duration_parse("1.5ms", &ms, &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_STR(error.message, "expected a duration in whole milliseconds, not '1.5ms'");
}

Test(duration_format, gives_the_shortest_exact_form)
{
    static const struct {
        int64_t ms;
        const char *text;
    } rows[] = {
        {0, "0s"},          {250, "250ms"},
        {1, "1ms"},         {1000, "1s"},
        {1500, "1.5s"},     {1050, "1.05s"},
        {90000, "1m30s"},   {60001, "1m0.001s"},
        {900000, "15m"},    {7200000, "2h"},
        {86400000, "1d"},   {90061001, "1d1h1m1.001s"},
        {-90000, "-1m30s"}, {INT64_MIN, "-106751991167d7h12m55.808s"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char buffer[COG_DURATION_TEXT_SIZE];

        const char *text = cog_duration_format(rows[i].ms, buffer);

        EXPECT_STR(text, rows[i].text);
    }
}
