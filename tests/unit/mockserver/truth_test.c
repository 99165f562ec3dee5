#include "stage.h"

#include "support/expect.h"

#include <cogbase/number.h>

#include <stdio.h>
#include <stdlib.h>

TestSuite(truth_exchange, .timeout = 20.0);
TestSuite(truth_deployment, .timeout = 5.0);

Test(truth_exchange, records_what_arrived_and_how_it_was_answered)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    stage_header(&stage, "X-Request-Id", "id-1");
    stage_header(&stage, "Idempotency-Key", "key-1");
    stage_advance(&stage, 1500);

    (void)stage_promote(&stage);

    cr_assert(mock_truth_exchange_count(stage.server) == 2);
    const struct mock_exchange *exchange = mock_truth_exchange(stage.server, 1);
    EXPECT_INT(exchange->at_ms, 1500);
    EXPECT_STR(exchange->call, "promote");
    EXPECT_INT(exchange->nth, 1);
    EXPECT_INT(exchange->attempt, 1);
    EXPECT_INT(exchange->status, 202);
    cr_expect(exchange->applied);
    cr_expect_null(exchange->fault);
    EXPECT_STR(exchange->path, "/deployments/promote");
    EXPECT_STR(exchange->request_id, "id-1");
    EXPECT_STR(exchange->idempotency_key, "key-1");
    EXPECT_STR(exchange->body, STAGE_PROMOTION);
}

Test(truth_exchange, calls_what_the_api_lacks_unknown)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);

    (void)stage_send(&stage, "GET", "/api/v1/nothing", NULL);
    (void)stage_send(&stage, "PUT", "/api/v1/health", NULL);

    EXPECT_STR(mock_truth_exchange(stage.server, 1)->call, "unknown");
    EXPECT_STR(mock_truth_exchange(stage.server, 2)->call, "unknown");
    EXPECT_INT(mock_truth_exchange(stage.server, 2)->nth, 2);
    cr_expect_not(mock_truth_exchange(stage.server, 2)->applied);
}

Test(truth_exchange, cuts_long_bodies)
{
    enum { LENGTH = 100000 };
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    char *body = malloc(LENGTH + 1);
    cr_assert_not_null(body);
    memset(body, 'x', LENGTH);
    body[LENGTH] = '\0';

    EXPECT_INT(stage_send(&stage, "POST", "/hooks/ci", body), 204);

    EXPECT_INT(strlen(mock_truth_exchange(stage.server, 1)->body), 64 << 10);
    free(body);
}

Test(truth_exchange, counts_what_it_has_no_room_for)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    for (int i = 0; i < MOCK_TRUTH_EXCHANGES_MAX - 1; i++) {
        (void)stage_send(&stage, "GET", "/x", NULL);
    }
    EXPECT_INT(mock_truth_exchange_dropped_count(stage.server), 0);

    (void)stage_send(&stage, "GET", "/x", NULL);
    (void)stage_send(&stage, "GET", "/x", NULL);

    EXPECT_INT(mock_truth_exchange_count(stage.server), MOCK_TRUTH_EXCHANGES_MAX);
    EXPECT_INT(mock_truth_exchange_dropped_count(stage.server), 2);
}

Test(truth_deployment, goes_on_without_being_asked)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    stage_advance(&stage, 1000);
    (void)stage_promote(&stage);
    stage_advance(&stage, 100000);

    mock_truth_advance(stage.server);

    struct mock_deployment_truth truth = mock_truth_deployment(stage.server, 0);
    EXPECT_STR(truth.job_id, "job-1");
    EXPECT_STR(truth.source_id, "env-source");
    EXPECT_STR(truth.target_id, "env-target");
    EXPECT_STR(truth.status, "completed");
    cr_expect_null(truth.error);
    EXPECT_INT(truth.created_ms, 1000);
    EXPECT_INT(truth.ended_ms, 61000);
    EXPECT_INT(truth.rollback_ended_ms, -1);
    cr_expect(truth.reversible);
    cr_expect_not(stage_target_is_unchanged(&stage));
}

Test(truth_deployment, knows_no_digest_of_an_unknown_environment)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    char now[COG_DIGEST_SIZE];
    char start[COG_DIGEST_SIZE];

    cr_expect_not(mock_truth_digest(stage.server, "nowhere", now, start));
}

Test(truth_exchange, tells_how_long_the_answer_asked_to_wait)
{
    static const struct {
        const char *inject;
        int64_t retry_after_ms;
    } rows[] = {
        {"{\"status\":429}", 0},
        {"{\"status\":429,\"retry_after\":\"2500ms\"}", 3000},
        {"{\"status\":429,\"retry_after\":{\"form\":\"asctime\",\"after\":\"2500ms\"}}", 3000},
        {"{\"status\":429,\"retry_after\":{\"raw\":\"7\"}}", 7000},
        {"{\"status\":429,\"retry_after\":{\"raw\":\"99999999999\"}}", INT64_C(99999999999000)},
        {"{\"status\":429,\"retry_after\":{\"raw\":\"99999999999999999999\"}}",
         COG_NUMBER_INTEGER_MAX / 1000 * 1000},
        {"{\"status\":429,\"retry_after\":{\"raw\":\"-7\"}}", 0},
        {"{\"status\":429,\"retry_after\":{\"raw\":\"soon\"}}", 0},
        {"{\"status\":429,\"retry_after\":\"7s\",\"headers\":{\"Retry-After\":[\"1\",\"2\"]}}", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario,
                       "{\"faults\":[{\"call\":\"health\",\"inject\":%s}]}", rows[i].inject);
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, scenario);

        (void)stage_send(&stage, "GET", "/api/v1/health", NULL);

        EXPECT_INT(mock_truth_exchange(stage.server, 1)->retry_after_ms, rows[i].retry_after_ms);
    }
}

Test(truth_exchange, tells_how_a_webhook_was_signed_and_that_a_token_came_along)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    stage_header(&stage, "webhook-id", "msg-1");
    stage_header(&stage, "webhook-timestamp", "17");
    stage_header(&stage, "webhook-signature", "v1,x");

    (void)stage_send(&stage, "POST", "/hooks/ci", "{}");

    const struct mock_exchange *exchange = mock_truth_exchange(stage.server, 1);
    EXPECT_STR(exchange->webhook_id, "msg-1");
    EXPECT_STR(exchange->webhook_timestamp, "17");
    EXPECT_STR(exchange->webhook_signature, "v1,x");
    cr_expect(exchange->has_authorization);
}
