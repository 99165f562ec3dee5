/* Receivers of webhooks, and stubs. */
#include "control_stage.h"
#include "support/expect.h"

#include <cogmock/truth.h>

TestSuite(hook, .timeout = 10);
TestSuite(stub, .timeout = 10);

static size_t truth_deliveries(const struct control_stage *stage)
{
    return mock_truth_delivery_count(
        mock_tenant_server(mock_tenants_find(stage->tenants, MOCK_TENANT_DEFAULT)));
}

Test(hook, every_delivery_is_kept_whatever_it_was_answered)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    EXPECT_INT(control_call(&stage, "PUT", "/tenants/default/hooks/ci",
                            "{\"status\":500,\"times\":2,\"delay\":\"2s\"}"),
               200);
    EXPECT_INT(control_send(&stage, "POST", "/hooks/ci", "{\"n\":1}"), 500);
    EXPECT_INT(stage.plan.delay_ms, 2000);
    EXPECT_INT(control_send(&stage, "POST", "/hooks/ci", "{\"n\":2}"), 500);
    EXPECT_INT(control_send(&stage, "POST", "/hooks/ci", "{\"n\":3}"), 204);
    EXPECT_INT(stage.plan.delay_ms, 0);

    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/hooks/ci", NULL), 200);
    EXPECT_INT(control_number(&stage, "count"), 3);
    EXPECT_INT(control_number(&stage, "deliveries.0.status"), 500);
    EXPECT_STR(control_text(&stage, "deliveries.2.body"), "{\"n\":3}");
    EXPECT_STR(control_text(&stage, "deliveries.2.verified"), "unchecked");
    EXPECT_INT(truth_deliveries(&stage), 1);
    control_close(&stage);
}

Test(hook, signatures_are_judged_by_the_receivers_secret)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    stage.clock.start_unix_ms = INT64_C(1614265330000);
    (void)control_call(&stage, "PUT", "/tenants/default/hooks/ci",
                       "{\"secret\":\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}");
    cr_expect(cJSON_IsTrue(control_node(&stage, "has_secret")));
    EXPECT_LACKS(stage.plan.body, "MfKQ9r8");
    EXPECT_INT(control_send(&stage, "POST", "/hooks/ci", "{}"), 204);
    control_header(&stage, "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek");
    control_header(&stage, "webhook-timestamp", "1614265330");
    control_header(&stage, "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    (void)control_send(&stage, "POST", "/hooks/ci", "{\"test\": 2432232314}");
    (void)control_send(&stage, "POST", "/hooks/ci", "{\"test\": 2432232315}");

    (void)control_call(&stage, "GET", "/tenants/default/hooks/ci", NULL);
    EXPECT_STR(control_text(&stage, "deliveries.0.verified"), "absent");
    EXPECT_STR(control_text(&stage, "deliveries.1.verified"), "valid");
    EXPECT_STR(control_text(&stage, "deliveries.2.verified"), "invalid");
    control_close(&stage);
}

Test(hook, receivers_are_listed_once_and_forgotten_with_their_deliveries)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    (void)control_call(&stage, "PUT", "/tenants/default/hooks/set", "{}");
    (void)control_send(&stage, "POST", "/hooks/used", "{}");
    (void)control_send(&stage, "POST", "/hooks/used", "{}");

    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/hooks", NULL), 200);
    EXPECT_INT(cJSON_GetArraySize(control_node(&stage, "hooks")), 2);
    EXPECT_INT(control_number(&stage, "hooks.1.count"), 2);
    EXPECT_INT(control_call(&stage, "DELETE", "/tenants/default/hooks/used", NULL), 204);
    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/hooks/used", NULL), 404);
    EXPECT_INT(control_call(&stage, "DELETE", "/tenants/default/hooks/used", NULL), 404);
    control_close(&stage);
}

Test(hook, only_so_many_deliveries_are_kept)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    for (int i = 0; i < 1003; i++) {
        (void)control_send(&stage, "POST", "/hooks/ci", "{}");
    }

    (void)control_call(&stage, "GET", "/tenants/default/hooks", NULL);
    EXPECT_INT(control_number(&stage, "hooks.0.count"), 1000);
    EXPECT_INT(control_number(&stage, "dropped"), 3);
    control_close(&stage);
}

Test(hook, a_scenario_says_how_receivers_answer)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    EXPECT_INT(control_call(&stage, "PUT", "/tenants/a",
                            "{\"server\":{\"hooks\":{\"ci\":{\"status\":503,\"times\":1}}}}"),
               201);
    EXPECT_INT(control_send(&stage, "POST", "/t/a/hooks/ci", "{}"), 503);
    EXPECT_INT(control_send(&stage, "POST", "/t/a/hooks/ci", "{}"), 204);
    EXPECT_INT(control_call(&stage, "PUT", "/tenants/a",
                            "{\"server\":{\"hooks\":{\"ci\":{\"secret\":\"abc\"}}}}"),
               400);
    EXPECT_CONTAINS(control_text(&stage, "detail"), "whsec_");
    control_close(&stage);
}

Test(hook, a_receivers_way_that_is_none_is_refused)
{
    static const char *const bodies[] = {"{\"status\":100}", "{\"times\":0}", "{\"delay\":\"x\"}",
                                         "{\"staus\":500}"};
    struct control_stage stage;
    control_open(&stage, NULL);
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        EXPECT_INT(control_call(&stage, "PUT", "/tenants/default/hooks/ci", bodies[i]), 400);
    }
    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/hooks/ci", NULL), 404);
    control_close(&stage);
}

Test(stub, it_answers_a_path_that_the_api_does_not_have)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/stubs",
                            "{\"method\":\"POST\",\"path\":\"/chat/send\",\"answer\":{\"status\":"
                            "202,\"headers\":{\"X-A\":\"b\"},\"json\":{\"ok\":true},\"delay\":"
                            "\"1s\"},\"times\":1}"),
               201);
    EXPECT_STR(control_text(&stage, "id"), "s-1");

    EXPECT_INT(control_send(&stage, "GET", "/chat/send", NULL), 404);
    EXPECT_INT(control_send(&stage, "POST", "/chat/send?x=1", "{}"), 202);
    EXPECT_STR(stage.plan.body, "{\"ok\":true}");
    EXPECT_STR(control_answer_header(&stage, "X-A"), "b");
    EXPECT_STR(control_answer_header(&stage, "Content-Type"), "application/json");
    EXPECT_INT(stage.plan.delay_ms, 1000);
    EXPECT_INT(control_send(&stage, "POST", "/chat/send", "{}"), 404);
    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/stubs/s-1", NULL), 200);
    EXPECT_INT(control_number(&stage, "struck"), 1);
    EXPECT_INT(control_number(&stage, "remaining"), 0);
    control_close(&stage);
}

Test(stub, a_star_takes_whatever_follows_and_the_first_that_fits_answers)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    (void)control_call(&stage, "POST", "/tenants/default/stubs",
                       "{\"path\":\"/a/one\",\"answer\":{\"body\":\"one\"}}");
    (void)control_call(&stage, "POST", "/tenants/default/stubs",
                       "{\"path\":\"/a/*\",\"answer\":{\"body\":\"any\"}}");

    EXPECT_INT(control_send(&stage, "GET", "/a/one", NULL), 200);
    EXPECT_STR(stage.plan.body, "one");
    EXPECT_INT(control_send(&stage, "GET", "/a/one/two", NULL), 200);
    EXPECT_STR(stage.plan.body, "any");
    EXPECT_INT(control_send(&stage, "GET", "/b", NULL), 404);
    control_close(&stage);
}

Test(stub, it_is_in_the_journal_and_belongs_to_its_tenant)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    (void)control_call(&stage, "POST", "/tenants/a/stubs", "{\"path\":\"/x\"}");

    EXPECT_INT(control_send(&stage, "GET", "/x", NULL), 404);
    EXPECT_INT(control_send(&stage, "GET", "/t/a/x", NULL), 200);
    const struct mock_server *server = mock_tenant_server(mock_tenants_find(stage.tenants, "a"));
    EXPECT_STR(mock_truth_exchange(server, 0)->call, "stub");
    control_close(&stage);
}

Test(stub, a_fault_can_strike_it)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    EXPECT_INT(control_call(&stage, "PUT", "/tenants/a",
                            "{\"server\":{\"stubs\":[{\"path\":\"/x\"}]},\"faults\":[{\"call\":"
                            "\"stub\",\"attempts\":[1],\"inject\":{\"status\":503}}]}"),
               201);

    EXPECT_INT(control_send(&stage, "GET", "/t/a/x", NULL), 503);
    EXPECT_INT(control_send(&stage, "GET", "/t/a/x", NULL), 200);
    control_close(&stage);
}

Test(stub, they_are_removed_one_by_one_and_all_at_once)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    (void)control_call(&stage, "POST", "/tenants/default/stubs", "{\"path\":\"/a\"}");
    (void)control_call(&stage, "POST", "/tenants/default/stubs", "{\"path\":\"/b\"}");

    EXPECT_INT(control_call(&stage, "DELETE", "/tenants/default/stubs/s-1", NULL), 204);
    EXPECT_INT(control_call(&stage, "DELETE", "/tenants/default/stubs/s-1", NULL), 404);
    EXPECT_INT(control_send(&stage, "GET", "/a", NULL), 404);
    EXPECT_INT(control_send(&stage, "GET", "/b", NULL), 200);
    EXPECT_INT(control_call(&stage, "DELETE", "/tenants/default/stubs", NULL), 204);
    EXPECT_INT(control_send(&stage, "GET", "/b", NULL), 404);
    (void)control_call(&stage, "GET", "/tenants/default/stubs", NULL);
    EXPECT_INT(cJSON_GetArraySize(control_node(&stage, "stubs")), 0);
    control_close(&stage);
}

Test(stub, what_is_none_is_refused)
{
    static const struct {
        const char *body;
        const char *detail;
    } rows[] = {
        {"{}", "'path'"},
        {"{\"path\":\"x\"}", "a path begins with '/'"},
        {"{\"path\":\"/x?y\"}", "a path begins with '/'"},
        {"{\"path\":\"/a*b\"}", "a path begins with '/'"},
        {"{\"path\":\"/api/v1/health\"}", "the API has this path itself"},
        {"{\"path\":\"/api/v1/deployments/x/status\"}", "the API has this path itself"},
        {"{\"path\":\"/t/x\"}", "what is below '/t'"},
        {"{\"path\":\"/hooks/ci\"}", "what is below '/hooks'"},
        {"{\"path\":\"/__mock/x\"}", "what is below '/__mock'"},
        {"{\"path\":\"/x\",\"method\":\"get\"}", "capitals"},
        {"{\"path\":\"/x\",\"answer\":{\"body\":\"a\",\"json\":1}}", "not both"},
        {"{\"path\":\"/x\",\"answer\":{\"headers\":{\"A\":\"b\\r\\nC: d\"}}}", "one line"},
        {"{\"path\":\"/x\",\"answer\":{\"headers\":{\"Content-Length\":\"1\"}}}", "server's own"},
        {"{\"path\":\"/x\",\"answer\":{\"status\":99}}", "status"},
    };
    struct control_stage stage;
    control_open(&stage, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const int status = control_call(&stage, "POST", "/tenants/default/stubs", rows[i].body);
        cr_expect_eq(status, 400, "%s: %d", rows[i].body, status);
        EXPECT_CONTAINS(control_text(&stage, "detail"), rows[i].detail);
    }
    (void)control_call(&stage, "GET", "/tenants/default/stubs", NULL);
    EXPECT_INT(cJSON_GetArraySize(control_node(&stage, "stubs")), 0);
    control_close(&stage);
}

Test(stub, there_is_an_end_to_their_number)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    for (int i = 0; i < 256; i++) {
        (void)control_call(&stage, "POST", "/tenants/default/stubs", "{\"path\":\"/a\"}");
    }

    EXPECT_INT(control_call(&stage, "POST", "/tenants/default/stubs", "{\"path\":\"/a\"}"), 507);
    control_close(&stage);
}
