#include <cogbase/canonical.h>

#include "support/expect.h"

#include <cogbase/json.h>

#include <math.h>

TestSuite(canonical, .timeout = 5.0);

Test(canonical, prints_a_string_as_cjson_does)
{
    for (int byte = 1; byte < 256; byte++) {
        const char string[] = {'a', (char)byte, 'z', (char)byte, '\0'};
        COG_CLEANUP(cog_json_finish) cJSON *item = cJSON_CreateString(string);
        COG_CLEANUP(cog_string_finish) char *expected = cJSON_PrintUnformatted(item);
        COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

        cog_canonical_append_string(&text, string);

        EXPECT_STR(cog_text_string(&text), expected);
    }
}

Test(canonical, prints_a_number_as_cjson_does)
{
    const double numbers[] = {
        0,
        1,
        -1,
        0.9375,
        99.5,
        1.0 / 3,
        0.1 + 0.2,
        2147483647,
        2147483648.0,
        -2147483649.0,
        1767225600000.0,
        999999999999999.0,
        -999999999999999.0,
        1e15,
        9007199254740992.0,
        1e300,
        5e-324,
        HUGE_VAL,
        -HUGE_VAL,
        NAN,
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        COG_CLEANUP(cog_json_finish) cJSON *item = cJSON_CreateNumber(numbers[i]);
        COG_CLEANUP(cog_string_finish) char *expected = cJSON_PrintUnformatted(item);
        COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

        cog_canonical_append_number(&text, numbers[i]);

        EXPECT_STR(cog_text_string(&text), expected);
    }
}

/* As RFC 8785 wants it: cJSON keeps the sign, and reads it back without. */
Test(canonical, prints_minus_zero_without_its_sign)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    cog_canonical_append_number(&text, -0.0);

    EXPECT_STR(cog_text_string(&text), "0");
}

Test(canonical, prints_an_integer_as_the_number_it_is)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    cog_canonical_append_integer(&text, INT64_C(-1767225600123));

    EXPECT_STR(cog_text_string(&text), "-1767225600123");
}

Test(canonical, puts_a_comma_before_each_member_but_the_first)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};

    cog_text_append(&text, "{");
    cog_canonical_append_name(&text, "a");
    cog_text_append(&text, "1");
    cog_canonical_append_name(&text, "b");
    cog_text_append(&text, "2}");

    EXPECT_STR(cog_text_string(&text), "{\"a\":1,\"b\":2}");
}
