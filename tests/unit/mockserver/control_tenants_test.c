/* Tenants, and what every path has in common. */
#include "control_stage.h"
#include "support/expect.h"

#include <stdio.h>

TestSuite(tenants, .timeout = 10);
TestSuite(control, .timeout = 10);

Test(tenants, the_default_one_is_always_there)
{
    struct control_stage stage;
    control_open(&stage, NULL);

    EXPECT_INT(control_call(&stage, "GET", "/tenants", NULL), 200);
    EXPECT_INT(cJSON_GetArraySize(control_node(&stage, "tenants")), 1);
    EXPECT_STR(control_text(&stage, "tenants.0.name"), "default");
    EXPECT_STR(control_text(&stage, "tenants.0.clock.mode"), "real");
    control_close(&stage);
}

Test(tenants, one_is_made_from_a_scenario_and_made_anew_by_the_next)
{
    struct control_stage stage;
    control_open(&stage, NULL);

    EXPECT_INT(control_call(&stage, "PUT", "/tenants/a?seed=7&time_scale=60",
                            "{\"name\":\"three sessions\",\"server\":{\"sessions\":{\"env-target\":"
                            "[{\"at\":\"0s\",\"active\":3}]}}}"),
               201);
    EXPECT_INT(control_call(&stage, "GET", "/tenants/a", NULL), 200);
    EXPECT_STR(control_text(&stage, "scenario"), "three sessions");
    EXPECT_INT(control_number(&stage, "seed"), 7);
    EXPECT_INT(control_number(&stage, "clock.scale"), 60);
    EXPECT_INT(control_call(&stage, "GET", "/tenants/a/environments", NULL), 200);
    EXPECT_INT(control_number(&stage, "environments.1.active_sessions"), 3);
    EXPECT_INT(control_call(&stage, "PUT", "/tenants/a", "{}"), 200);
    EXPECT_INT(control_call(&stage, "GET", "/tenants/a/environments", NULL), 200);
    EXPECT_INT(control_number(&stage, "environments.1.active_sessions"), 0);
    control_close(&stage);
}

Test(tenants, a_case_is_chosen_by_its_name)
{
    static const char scenario[] =
        "{\"cases\":[{\"name\":\"busy\",\"server\":{\"sessions\":{\"env-target\":[{\"at\":\"0s\","
        "\"active\":2}]}}}]}";
    struct control_stage stage;
    control_open(&stage, NULL);

    EXPECT_INT(control_call(&stage, "PUT", "/tenants/a", scenario), 400);
    EXPECT_CONTAINS(control_text(&stage, "detail"), "choose one by its name");
    EXPECT_INT(control_call(&stage, "PUT", "/tenants/a?case=bussy", scenario), 400);
    EXPECT_CONTAINS(control_text(&stage, "detail"), "did you mean 'busy'?");
    EXPECT_INT(control_call(&stage, "PUT", "/tenants/a?case=busy", scenario), 201);
    EXPECT_INT(control_call(&stage, "GET", "/tenants/a", NULL), 200);
    EXPECT_STR(control_text(&stage, "case"), "busy");
    control_close(&stage);
}

Test(tenants, a_reset_brings_back_the_scenario_that_it_was_made_with)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    (void)control_call(&stage, "PUT", "/tenants/a", "{\"name\":\"first\"}");
    (void)control_call(&stage, "PATCH", "/tenants/a/server", "{\"oauth\":{\"expires_in\":\"9s\"}}");
    (void)control_call(&stage, "POST", "/tenants/a/clock/advance", "{\"by\":\"15m\"}");
    control_authorize(&stage, "/t/a");

    EXPECT_INT(control_call(&stage, "POST", "/tenants/a/reset", NULL), 200);
    EXPECT_INT(control_number(&stage, "now_ms"), 0);
    EXPECT_INT(control_number(&stage, "requests"), 0);
    control_clear_headers(&stage);
    control_authorize(&stage, "/t/a");
    EXPECT_INT(control_number(&stage, "expires_in"), 3600);
    control_close(&stage);
}

Test(tenants, one_can_be_deleted_and_the_default_one_cannot)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    (void)control_call(&stage, "PUT", "/tenants/a", "{}");

    EXPECT_INT(control_call(&stage, "DELETE", "/tenants/a", NULL), 204);
    EXPECT_INT(control_call(&stage, "DELETE", "/tenants/a", NULL), 404);
    EXPECT_INT(control_call(&stage, "DELETE", "/tenants/default", NULL), 409);
    EXPECT_CONTAINS(control_text(&stage, "detail"), "reset it");
    control_close(&stage);
}

Test(tenants, bad_input_says_what_is_wrong_and_changes_nothing)
{
    static const struct {
        const char *path;
        const char *body;
        const char *detail;
    } rows[] = {
        {"/tenants/a", "{\"sever\":{}}", "body:1:2: unknown key 'sever', did you mean 'server'?"},
        {"/tenants/a", "{", "body:1:2"},
        {"/tenants/a?seed=x", "{}", "the query's 'seed'"},
        {"/tenants/a?time_scale=0", "{}", "the query's 'time_scale'"},
        {"/tenants/a?case=%zz", "{}", "cannot be decoded"},
        {"/tenants/A", "{}", "a tenant's name is"},
        {"/tenants/a", "{\"server\":{\"down\":[{\"from\":\"1m\"}]}}", "which only the tenant"},
    };
    struct control_stage stage;
    control_open(&stage, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const int status = control_call(&stage, "PUT", rows[i].path, rows[i].body);
        cr_expect_eq(status, 400, "%s: %d", rows[i].path, status);
        EXPECT_CONTAINS(control_text(&stage, "detail"), rows[i].detail);
    }
    (void)control_call(&stage, "GET", "/tenants", NULL);
    EXPECT_INT(cJSON_GetArraySize(control_node(&stage, "tenants")), 1);
    control_close(&stage);
}

Test(tenants, there_is_an_end_to_their_number)
{
    char path[64];
    struct control_stage stage;
    control_open(&stage, NULL);
    for (int i = 1; i < 100; i++) {
        (void)snprintf(path, sizeof path, "/tenants/t%d", i);
        EXPECT_INT(control_call(&stage, "GET", path, NULL), 200);
    }

    EXPECT_INT(control_call(&stage, "GET", "/tenants/one-more", NULL), 507);
    control_close(&stage);
}

Test(control, what_is_wrong_with_a_body_has_its_place)
{
    struct control_stage stage;
    control_open(&stage, NULL);

    EXPECT_INT(control_call(&stage, "PUT", "/tenants/a/clock", "{\n  \"mode\": \"slow\"}"), 400);
    EXPECT_INT(control_number(&stage, "line"), 2);
    EXPECT_INT(control_number(&stage, "column"), 11);
    EXPECT_STR(control_answer_header(&stage, "Content-Type"), "application/problem+json");
    control_close(&stage);
}

Test(control, a_body_is_json_and_says_so)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    stage.content_type = "text/plain";

    EXPECT_INT(control_call(&stage, "PUT", "/tenants/a", "{}"), 415);
    control_close(&stage);
}

Test(control, an_unknown_path_is_404_and_another_method_405)
{
    struct control_stage stage;
    control_open(&stage, NULL);

    EXPECT_INT(control_call(&stage, "GET", "/tenant", NULL), 404);
    EXPECT_INT(control_call(&stage, "GET", "/tenants/", NULL), 404);
    EXPECT_INT(control_send(&stage, "GET", "/__mock/v2/health", NULL), 404);
    EXPECT_INT(control_call(&stage, "POST", "/tenants/a/clock", "{}"), 405);
    EXPECT_STR(control_answer_header(&stage, "Allow"), "GET, PUT");
    control_close(&stage);
}

Test(control, what_a_peer_sends_comes_back_as_utf_8)
{
    struct control_stage stage;
    control_open(&stage, NULL);

    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/stubs/%ff", NULL), 404);
    EXPECT_STR(control_text(&stage, "detail"), "there is no stub '\xEF\xBF\xBD'");
    control_close(&stage);
}
