/* Who may use the control plane, and what it answers who may not. */
#include "control_stage.h"
#include "support/expect.h"

#include <string.h>

TestSuite(access, .timeout = 10);

static int ask(const struct mock_control_options *options, const char *name, const char *value)
{
    struct control_stage stage;
    control_open(&stage, options);
    if (name != NULL) {
        control_header(&stage, name, value);
    }
    const int status = control_call(&stage, "GET", "/tenants", NULL);
    control_close(&stage);
    return status;
}

Test(access, only_the_servers_own_names_are_answered)
{
    static const struct {
        const char *host;
        int status;
    } rows[] = {
        {"localhost", 200},          {"localhost:8080", 200},      {"127.0.0.1:1", 200},
        {"[::1]:8080", 200},         {"LOCALHOST:80", 200},        {"evil.example", 403},
        {"localhost.evil.org", 403}, {"127.0.0.1.nip.io:80", 403},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const int status = ask(NULL, "Host", rows[i].host);
        cr_expect_eq(status, rows[i].status, "%s: %d", rows[i].host, status);
    }
}

Test(access, the_address_that_is_served_is_a_name_too)
{
    const struct mock_control_options options = {.host = "fake.test"};
    const struct mock_control_options address = {.host = "fd00::1"};

    EXPECT_INT(ask(&options, "Host", "fake.test:8080"), 200);
    EXPECT_INT(ask(&options, "Host", "other.test:8080"), 403);
    EXPECT_INT(ask(&address, "Host", "[fd00::1]:8080"), 200);
    EXPECT_INT(ask(&address, "Host", "[fd00::1"), 403);
    EXPECT_INT(ask(&address, "Host", "[fd00::2]"), 403);
}

Test(access, a_page_of_another_site_is_refused)
{
    static const struct {
        const char *origin;
        int status;
    } rows[] = {
        {"http://localhost:8080", 200},
        {"https://localhost:8080", 200},
        {"http://localhost:9999", 403},
        {"http://evil.example", 403},
        {"null", 403},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct control_stage stage;
        control_open(&stage, NULL);
        control_header(&stage, "Host", "localhost:8080");
        control_header(&stage, "Origin", rows[i].origin);
        const int status = control_call(&stage, "DELETE", "/tenants/default/requests", NULL);
        cr_expect_eq(status == 403, rows[i].status == 403, "%s: %d", rows[i].origin, status);
        control_close(&stage);
    }
}

Test(access, where_a_token_is_wanted_nothing_but_health_goes_without_it)
{
    const struct mock_control_options options = {.token = "correct-horse"};
    struct control_stage stage;
    control_open(&stage, &options);

    EXPECT_INT(control_call(&stage, "GET", "/health", NULL), 200);
    EXPECT_INT(control_call(&stage, "GET", "/tenants", NULL), 401);
    EXPECT_CONTAINS(control_answer_header(&stage, "WWW-Authenticate"), "Bearer");
    EXPECT_INT(control_call(&stage, "GET", "/no-such-path", NULL), 401);
    EXPECT_INT(control_send(&stage, "GET", "/__mock/metrics", NULL), 401);
    control_close(&stage);
}

Test(access, only_the_whole_token_opens)
{
    const struct mock_control_options options = {.token = "correct-horse"};

    EXPECT_INT(ask(&options, "Authorization", "Bearer correct-horse"), 200);
    EXPECT_INT(ask(&options, "Authorization", "bearer correct-horse"), 200);
    EXPECT_INT(ask(&options, "Authorization", "Bearer correct-hors"), 401);
    EXPECT_INT(ask(&options, "Authorization", "Bearer correct-horses"), 401);
    EXPECT_INT(ask(&options, "Authorization", "Basic correct-horse"), 401);
    EXPECT_INT(ask(&options, "Authorization", "Bearer "), 401);
}

Test(access, who_listens_everywhere_knows_not_its_names_and_trusts_the_token)
{
    const struct mock_control_options options = {.token = "correct-horse", .host = "0.0.0.0"};
    struct control_stage stage;
    control_open(&stage, &options);
    control_header(&stage, "Host", "cogmock:8080");
    control_header(&stage, "Authorization", "Bearer correct-horse");

    EXPECT_INT(control_call(&stage, "GET", "/tenants", NULL), 200);
    EXPECT_STR(control_text(&stage, "tenants.0.base_url"), "http://cogmock:8080/api/v1");
    control_close(&stage);
}

Test(access, the_token_is_in_no_answer)
{
    const struct mock_control_options options = {.token = "correct-horse"};
    struct control_stage stage;
    control_open(&stage, &options);
    control_header(&stage, "Authorization", "Bearer correct-horsf");

    EXPECT_INT(control_call(&stage, "GET", "/tenants", NULL), 401);
    cr_expect_null(strstr(stage.plan.body, "correct-hors"));
    control_close(&stage);
}
