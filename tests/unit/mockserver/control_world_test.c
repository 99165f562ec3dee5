/* Clock, environments, sessions, jobs, tokens and the scenario's server, changed by hand. */
#include "control_stage.h"
#include "support/expect.h"

#include <stdio.h>
#include <string.h>

TestSuite(clock, .timeout = 10);
TestSuite(world, .timeout = 10);
TestSuite(token, .timeout = 10);
TestSuite(server, .timeout = 10);

static void promote(struct control_stage *stage)
{
    control_authorize(stage, "");
    cr_assert_eq(control_send(stage, "POST", "/api/v1/deployments/promote", CONTROL_PROMOTION),
                 202);
}

Test(clock, it_stops_and_goes_on_as_fast_as_it_is_told)
{
    struct control_stage stage;
    control_open(&stage, NULL);

    EXPECT_INT(control_call(&stage, "PUT", "/tenants/default/clock", "{\"mode\":\"stopped\"}"),
               200);
    cr_expect(stage.plan.turns_clock);
    stage.clock.now_ms += 1000;
    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/clock", NULL), 200);
    EXPECT_INT(control_number(&stage, "now_ms"), 0);
    EXPECT_STR(control_text(&stage, "mode"), "stopped");
    EXPECT_INT(control_call(&stage, "PUT", "/tenants/default/clock", "{\"scale\":60}"), 200);
    EXPECT_STR(control_text(&stage, "mode"), "scaled");
    stage.clock.now_ms += 1000;
    (void)control_call(&stage, "GET", "/tenants/default/clock", NULL);
    EXPECT_INT(control_number(&stage, "now_ms"), 60000);
    control_close(&stage);
}

Test(clock, an_advance_tells_what_happened_in_the_order_of_its_time)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    promote(&stage);

    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/clock/advance", "{\"by\":\"15m\"}"),
               200);
    cr_expect(stage.plan.turns_clock);
    EXPECT_INT(control_number(&stage, "advanced_ms"), 900000);
    EXPECT_INT(control_number(&stage, "now_ms"), 900000);
    EXPECT_INT(control_number(&stage, "happened.0.at_ms"), 12000);
    EXPECT_STR(control_text(&stage, "happened.0.what"), "job-1 is at 20 %");
    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/jobs", NULL), 200);
    EXPECT_STR(control_text(&stage, "jobs.0.status"), "completed");
    EXPECT_INT(control_number(&stage, "jobs.0.ended_ms"), 60000);
    EXPECT_INT(control_number(&stage, "jobs.0.touched_ms"), 12000);
    EXPECT_INT(control_number(&stage, "jobs.0.rollback_count"), 0);
    control_close(&stage);
}

Test(clock, it_jumps_to_the_next_thing_due)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/clock/advance", "{\"to\":\"next\"}"),
               409);
    promote(&stage);

    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/clock/advance", "{\"to\":\"next\"}"),
               200);
    EXPECT_INT(control_number(&stage, "now_ms"), 12000);
    control_close(&stage);
}

Test(clock, a_tokens_end_is_a_thing_due)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    control_authorize(&stage, "");

    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/clock/advance", "{\"to\":\"next\"}"),
               200);
    EXPECT_INT(control_number(&stage, "now_ms"), 3600000);
    control_close(&stage);
}

Test(clock, what_is_no_change_of_it_is_refused)
{
    static const struct {
        const char *method;
        const char *path;
        const char *body;
    } rows[] = {
        {"PUT", "/tenants/default/clock", "{}"},
        {"PUT", "/tenants/default/clock", "{\"mode\":\"scaled\"}"},
        {"PUT", "/tenants/default/clock", "{\"mode\":\"real\",\"scale\":2}"},
        {"PUT", "/tenants/default/clock", "{\"scale\":0}"},
        {"PUT", "/tenants/default/clock", "{\"scale\":1e9}"},
        {"POST", "/tenants/default/clock/advance", "{}"},
        {"POST", "/tenants/default/clock/advance", "{\"by\":\"1m\",\"to\":\"next\"}"},
        {"POST", "/tenants/default/clock/advance", "{\"by\":\"-1m\"}"},
        {"POST", "/tenants/default/clock/advance", "{\"to\":\"noon\"}"},
    };
    struct control_stage stage;
    control_open(&stage, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const int status = control_call(&stage, rows[i].method, rows[i].path, rows[i].body);
        cr_expect_eq(status, 400, "%s: %d", rows[i].body, status);
    }
    (void)control_call(&stage, "GET", "/tenants/default/clock", NULL);
    EXPECT_STR(control_text(&stage, "mode"), "real");
    control_close(&stage);
}

Test(world, sessions_are_set_from_now_on)
{
    struct control_stage stage;
    control_open(&stage, NULL);

    EXPECT_INT(
        control_call(&stage, "PUT", "/tenants/default/sessions/env-target", "{\"active\":3}"), 200);
    (void)control_call(&stage, "GET", "/tenants/default/environments", NULL);
    EXPECT_INT(control_number(&stage, "environments.1.active_sessions"), 3);
    EXPECT_INT(control_call(&stage, "PUT", "/tenants/default/sessions/env-x", "{\"active\":3}"),
               404);
    EXPECT_INT(
        control_call(&stage, "PUT", "/tenants/default/sessions/env-target", "{\"active\":-1}"),
        400);
    EXPECT_INT(control_call(&stage, "PUT", "/tenants/default/sessions/env-target", "{}"), 400);
    control_close(&stage);
}

Test(world, a_promotion_shows_in_the_targets_digest)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    promote(&stage);
    (void)control_call(&stage, "POST", "/tenants/default/jobs/job-1", "{\"status\":\"completed\"}");

    (void)control_call(&stage, "GET", "/tenants/default/environments", NULL);
    EXPECT_STR(control_text(&stage, "environments.1.content_digest"),
               control_text(&stage, "environments.0.content_digest"));
    EXPECT_INT(control_number(&stage, "environments.1.content.intents"), 14);
    control_close(&stage);
}

Test(world, a_running_job_is_changed_by_hand)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    promote(&stage);

    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/jobs/job-1", "{\"progress\":42}"),
               200);
    EXPECT_INT(control_number(&stage, "progress"), 42);
    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/jobs/job-1", "{\"stuck\":true}"),
               200);
    cr_expect(cJSON_IsTrue(control_node(&stage, "stuck")));
    (void)control_call(&stage, "POST", "/tenants/default/clock/advance", "{\"by\":\"15m\"}");
    (void)control_call(&stage, "GET", "/tenants/default/jobs", NULL);
    EXPECT_STR(control_text(&stage, "jobs.0.status"), "running");
    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/jobs/job-1",
                            "{\"status\":\"failed\",\"error\":\"lock\"}"),
               200);
    EXPECT_STR(control_text(&stage, "error"), "lock");
    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/jobs/job-1", "{\"progress\":50}"),
               409);
    control_close(&stage);
}

Test(world, an_order_that_is_none_is_refused)
{
    static const char *const bodies[] = {
        "{}",
        "{\"status\":\"running\"}",
        "{\"progress\":101}",
        "{\"progress\":10,\"stuck\":true}",
        "{\"status\":\"completed\",\"error\":\"x\"}",
    };
    struct control_stage stage;
    control_open(&stage, NULL);
    promote(&stage);
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        const int status = control_call(&stage, "POST", "/tenants/default/jobs/job-1", bodies[i]);
        cr_expect_eq(status, 400, "%s: %d", bodies[i], status);
    }
    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/jobs/job-9", "{\"progress\":1}"),
               404);
    control_close(&stage);
}

Test(token, they_are_listed_without_their_texts)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    control_authorize(&stage, "");
    const char *text = stage.headers[0].value + sizeof "Bearer " - 1;

    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/tokens", NULL), 200);
    EXPECT_STR(control_text(&stage, "tokens.0.id"), "t-1");
    EXPECT_STR(control_text(&stage, "tokens.0.client_id"), "dev-client");
    EXPECT_STR(control_text(&stage, "tokens.0.state"), "valid");
    cr_expect_null(strstr(stage.plan.body, text));
    control_close(&stage);
}

Test(token, one_that_is_revoked_is_refused_by_the_api)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    control_authorize(&stage, "");
    EXPECT_INT(control_send(&stage, "GET", "/api/v1/health", NULL), 200);

    EXPECT_INT(control_call(&stage, "DELETE", "/tenants/default/tokens/t-1", NULL), 204);
    EXPECT_INT(control_send(&stage, "GET", "/api/v1/health", NULL), 401);
    EXPECT_INT(control_call(&stage, "DELETE", "/tenants/default/tokens/t-9", NULL), 404);
    EXPECT_INT(control_call(&stage, "DELETE", "/tenants/default/tokens", NULL), 200);
    EXPECT_INT(control_number(&stage, "revoked"), 0);
    control_close(&stage);
}

Test(token, a_change_narrows_and_shortens_and_nothing_else)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    control_authorize(&stage, "");

    EXPECT_INT(control_call(&stage, "PATCH", "/tenants/default/tokens/t-1",
                            "{\"scopes\":[\"bot:deploy\"],\"expires_in\":\"5s\"}"),
               200);
    EXPECT_INT(control_number(&stage, "expires_ms"), 5000);
    EXPECT_INT(cJSON_GetArraySize(control_node(&stage, "scopes")), 1);
    EXPECT_INT(control_call(&stage, "PATCH", "/tenants/default/tokens/t-1",
                            "{\"scopes\":[\"environment:write\"],\"expires_in\":\"1s\"}"),
               409);
    (void)control_call(&stage, "GET", "/tenants/default/tokens", NULL);
    EXPECT_INT(control_number(&stage, "tokens.0.expires_ms"), 5000);
    EXPECT_INT(
        control_call(&stage, "PATCH", "/tenants/default/tokens/t-1", "{\"expires_in\":\"9h\"}"),
        409);
    EXPECT_INT(control_call(&stage, "PATCH", "/tenants/default/tokens/t-1", "{}"), 400);
    EXPECT_INT(control_call(&stage, "PATCH", "/tenants/default/tokens/t-1",
                            "{\"scopes\":[\"everything\"]}"),
               400);
    control_close(&stage);
}

Test(server, times_of_a_change_count_from_now)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    (void)control_call(&stage, "POST", "/tenants/default/clock/advance", "{\"by\":\"10m\"}");

    EXPECT_INT(control_call(&stage, "PATCH", "/tenants/default/server",
                            "{\"sessions\":{\"env-target\":[{\"at\":\"30s\",\"active\":4}]},"
                            "\"down\":[{\"from\":\"1m\",\"until\":\"2m\"}]}"),
               200);
    (void)control_call(&stage, "POST", "/tenants/default/clock/advance", "{\"to\":\"next\"}");
    EXPECT_INT(control_number(&stage, "now_ms"), 630000);
    (void)control_call(&stage, "POST", "/tenants/default/clock/advance", "{\"to\":\"next\"}");
    EXPECT_INT(control_number(&stage, "now_ms"), 660000);
    struct mock_server *server =
        mock_tenant_server(mock_tenants_find(stage.tenants, MOCK_TENANT_DEFAULT));
    cr_expect(mock_server_is_down(server));
    control_close(&stage);
}

Test(server, a_change_leaves_alone_what_it_does_not_name)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    promote(&stage);

    EXPECT_INT(control_call(&stage, "PATCH", "/tenants/default/server",
                            "{\"rate_limit\":{\"requests\":1,\"per\":\"1m\"}}"),
               200);
    EXPECT_INT(
        control_call(&stage, "PATCH", "/tenants/default/server", "{\"idempotency_keys\":false}"),
        200);
    EXPECT_INT(control_send(&stage, "GET", "/api/v1/deployments/job-1/status", NULL), 200);
    EXPECT_INT(control_send(&stage, "GET", "/api/v1/deployments/job-1/status", NULL), 429);
    control_close(&stage);
}

/* The status of a request for a token. @param credentials "id:secret" in base64 */
static int ask_for_token(struct control_stage *stage, const char *credentials)
{
    char authorization[128];
    (void)snprintf(authorization, sizeof authorization, "Basic %s", credentials);
    control_clear_headers(stage);
    control_header(stage, "Authorization", authorization);
    stage->content_type = "application/x-www-form-urlencoded";
    const int status =
        control_send(stage, "POST", "/api/v1/oauth/token", "grant_type=client_credentials");
    control_clear_headers(stage);
    stage->content_type = "application/json";
    return status;
}

Test(server, secrets_are_rotated_while_it_runs)
{
    static const char old[] = "ZGV2LWNsaWVudDpkZXYtc2VjcmV0";
    static const char new[] = "ZGV2LWNsaWVudDpuZXc=";
    static const char later[] = "Y2k6bGF0ZXI=";
    struct control_stage stage;
    control_open(&stage, NULL);
    EXPECT_INT(ask_for_token(&stage, old), 200);

    EXPECT_INT(control_call(&stage, "PATCH", "/tenants/default/server",
                            "{\"oauth\":{\"client_secret\":\"new\",\"clients\":[{\"id\":\"ci\","
                            "\"secrets\":[{\"secret\":\"later\",\"from\":\"5m\"}]}]}}"),
               200);
    EXPECT_INT(ask_for_token(&stage, old), 401);
    EXPECT_INT(ask_for_token(&stage, new), 200);
    EXPECT_INT(ask_for_token(&stage, later), 401);
    (void)control_call(&stage, "POST", "/tenants/default/clock/advance", "{\"by\":\"5m\"}");
    EXPECT_INT(ask_for_token(&stage, later), 200);
    control_close(&stage);
}

Test(server, a_wrong_change_is_refused_as_a_whole)
{
    struct control_stage stage;
    control_open(&stage, NULL);

    EXPECT_INT(control_call(&stage, "PATCH", "/tenants/default/server",
                            "{\"health\":[{\"at\":\"0s\",\"status\":503}],\"ouath\":{}}"),
               400);
    EXPECT_CONTAINS(control_text(&stage, "detail"), "did you mean 'oauth'?");
    control_authorize(&stage, "");
    EXPECT_INT(control_send(&stage, "GET", "/api/v1/health", NULL), 200);
    control_close(&stage);
}

Test(server, changes_that_outdo_each_other_may_go_on_for_ever)
{
    char body[64];
    struct control_stage stage;
    control_open(&stage, NULL);
    for (int i = 0; i < 300; i++) {
        (void)snprintf(body, sizeof body, "{\"oauth\":{\"expires_in\":\"%ds\"}}", i + 1);
        cr_assert_eq(control_call(&stage, "PATCH", "/tenants/default/server", body), 200);
    }
    control_authorize(&stage, "");
    EXPECT_INT(control_number(&stage, "expires_in"), 300);
    control_close(&stage);
}
