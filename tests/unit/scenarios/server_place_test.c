#include "drill/guided/server_place.h"

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(server_place, .timeout = 5.0);

Test(server_place, is_the_default_tenant_without_a_name)
{
    COG_CLEANUP(scn_server_place_finish) struct scn_server_place place = {0};
    struct cog_error error = {0};

    const enum cog_code code =
        scn_server_place_parse("http://127.0.0.1:8080/api/v1", &place, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(place.host, "127.0.0.1:8080");
    EXPECT_STR(place.tenant, "default");
    EXPECT_STR(place.control_url, "http://127.0.0.1:8080/__mock/v1");
    EXPECT_STR(place.webhook_url, "http://127.0.0.1:8080/hooks/ci");
}

Test(server_place, is_the_tenant_that_the_path_names)
{
    COG_CLEANUP(scn_server_place_finish) struct scn_server_place place = {0};
    struct cog_error error = {0};

    const enum cog_code code =
        scn_server_place_parse("http://[::1]:8080/t/team-a/api/v1/", &place, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(place.host, "[::1]:8080");
    EXPECT_STR(place.tenant, "team-a");
    EXPECT_STR(place.webhook_url, "http://[::1]:8080/t/team-a/hooks/ci");
}

Test(server_place, refuses_what_is_no_api_of_a_fake)
{
    static const char *const addresses[] = {
        "http://127.0.0.1:8080",
        "http://127.0.0.1:8080/",
        "http:///api/v1",
        "http://127.0.0.1:8080/t//api/v1",
        "127.0.0.1:8080/api/v1",
        "http://127.0.0.1/api/v1/x",
        "http://127.0.0.1/t/a",
        "http://127.0.0.1/x/api/v1",
        NULL,
    };
    for (size_t i = 0; addresses[i] != NULL; i++) {
        struct scn_server_place place = {0};

        cr_expect(scn_server_place_parse(addresses[i], &place, NULL) == COG_ERROR_CONFIGURATION,
                  "%s", addresses[i]);
    }
}
