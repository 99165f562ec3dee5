/* A server that knows only what the founding document fixes. */
#include "stage.h"

#include "support/expect.h"

TestSuite(seed, .timeout = 5.0);

static const char seed_scenario[] =
    "{\"server\":{\"api\":\"seed\",\"poll_retry_after\":\"5s\",\"job\":{\"timeline\":["
    "{\"at\":\"0s\",\"progress\":0},{\"at\":\"10s\",\"progress\":60},"
    "{\"at\":\"20s\",\"fail\":\"lock\"}]}}}";

Test(seed, knows_no_decided_call)
{
    static const struct {
        const char *method;
        const char *target;
        int status;
    } rows[] = {
        {"POST", "/api/v1/oauth/introspect", 404},
        {"GET", "/api/v1/deployments", 404},
        {"POST", "/api/v1/deployments/job-1/cancel", 404},
        {"GET", "/api/v1/environments/env-source", 404},
        {"GET", "/api/v1/environments/env-source/metrics", 404},
        {"GET", "/api/v1/bots/bot-1/versions", 404},
        {"POST", "/api/v1/bots/bot-1/versions", 404},
        {"DELETE", "/api/v1/environments/env-source", 404},
        {"POST", "/api/v1/health", 405},
        {"GET", "/api/v1/health", 200},
        {"GET", "/api/v1/environments/env-source/sessions", 200},
    };
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, seed_scenario);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int status = stage_send(&stage, rows[i].method, rows[i].target, NULL);
        cr_expect(status == rows[i].status, "%s: %d", rows[i].target, status);
    }
}

Test(seed, leaves_out_what_is_optional)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, seed_scenario);
    cr_expect_not(stage_has(&stage, "scope"));
    stage_header(&stage, "X-Request-Id", "id-1");

    EXPECT_INT(stage_promote(&stage), 202);

    EXPECT_STR(stage_answer_header(&stage, "X-Request-Id"), "");
    EXPECT_STR(stage_answer_header(&stage, "Location"), "");
    EXPECT_STR(stage_answer_header(&stage, "Retry-After"), "");
    EXPECT_STR(stage_text(&stage, "job_id"), "job-1");
}

Test(seed, ignores_idempotency_keys)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, seed_scenario);
    stage_header(&stage, "Idempotency-Key", "key-1");
    EXPECT_INT(stage_promote(&stage), 202);

    EXPECT_INT(stage_promote(&stage), 409);
}

Test(seed, rolls_back_without_ever_saying_so)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, seed_scenario);
    EXPECT_INT(stage_promote(&stage), 202);
    stage_advance(&stage, 20000);
    cr_expect_not(stage_target_is_unchanged(&stage));

    EXPECT_INT(stage_send(&stage, "POST", "/api/v1/deployments/job-1/rollback", NULL), 202);
    EXPECT_INT(stage.plan.body_length, 0);
    for (int64_t at_ms = 20000; at_ms <= 60000; at_ms += 10000) {
        stage_advance(&stage, at_ms);
        EXPECT_INT(stage_send(&stage, "GET", "/api/v1/deployments/job-1/status", NULL), 200);
        EXPECT_STR(stage_text(&stage, "status"), "failed");
        cr_expect_not(stage_has(&stage, "rollback_id"));
    }

    cr_expect(stage_target_is_unchanged(&stage));
    EXPECT_STR(mock_truth_deployment(stage.server, 0).status, "rolled_back");
}
