#include "http_status.h"

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(http_status_code, .timeout = 5.0);
TestSuite(http_status_name, .timeout = 5.0);

Test(http_status_code, says_what_a_status_means)
{
    static const struct {
        int status;
        enum cog_code code;
    } rows[] = {
        {0, COG_ERROR_PROTOCOL},
        {100, COG_ERROR_PROTOCOL},
        {200, COG_OK},
        {206, COG_OK},
        {301, COG_ERROR_PROTOCOL},
        {399, COG_ERROR_PROTOCOL},
        {400, COG_ERROR_REFUSED},
        {401, COG_ERROR_UNAUTHORIZED},
        {403, COG_ERROR_FORBIDDEN},
        {404, COG_ERROR_NOT_FOUND},
        {405, COG_ERROR_NOT_FOUND},
        {408, COG_ERROR_UNAVAILABLE},
        {409, COG_ERROR_CONFLICT},
        {418, COG_ERROR_REFUSED},
        {422, COG_ERROR_REFUSED},
        {429, COG_ERROR_THROTTLED},
        {500, COG_ERROR_UNAVAILABLE},
        {501, COG_ERROR_NOT_FOUND},
        {502, COG_ERROR_UNAVAILABLE},
        {503, COG_ERROR_UNAVAILABLE},
        {504, COG_ERROR_UNAVAILABLE},
        {524, COG_ERROR_UNAVAILABLE},
        {600, COG_ERROR_PROTOCOL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const enum cog_code code = cog_http_status_code(rows[i].status);

        cr_expect(code == rows[i].code, "%d: %s", rows[i].status, cog_code_name(code));
    }
}

Test(http_status_name, is_empty_for_an_unknown_one)
{
    EXPECT_STR(cog_http_status_name(404), "Not Found");
    EXPECT_STR(cog_http_status_name(299), "");
}
