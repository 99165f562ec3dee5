#include "journal.h"
#include "stage.h"

#include "support/expect.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(journal, .timeout = 10.0);

/* A server that keeps three exchanges. */
static struct mock_server *create_server(struct stage *stage, size_t size_max)
{
    struct cog_error error = {0};
    struct mock_server *server = NULL;
    const struct mock_server_options options = {
        .clock = cog_clock_virtual(&stage->clock),
        .journal_capacity = 3,
        .journal_size_max = size_max,
    };
    ASSERT_CODE(mock_server_create(stage->script, &options, &server, &error), COG_OK, error);
    return server;
}

static struct mock_hearing *open_hearing(struct mock_server *server)
{
    const struct mock_request head = {
        .method = "GET",
        .target = "/api/v1/health",
        .body = "",
        .connection = 7,
        .connection_request = 2,
    };
    struct cog_error error = {0};
    struct mock_hearing *hearing = NULL;
    ASSERT_CODE(mock_hearing_open(server, &head, &hearing, &error), COG_OK, error);
    return hearing;
}

static void close_answered(struct mock_hearing *hearing)
{
    struct cog_error error = {0};
    COG_CLEANUP(mock_plan_finish) struct mock_plan plan = {0};
    ASSERT_CODE(mock_hearing_answer(hearing, "", 0, &plan, &error), COG_OK, error);
    EXPECT_INT(mock_hearing_exchange(hearing)->status, 401);
    mock_hearing_close(hearing, MOCK_HEARING_SENT);
}

Test(journal, lets_a_request_end_that_it_forgot_meanwhile)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    struct mock_server *server = create_server(&stage, 0);

    struct mock_hearing *evicted = open_hearing(server);
    for (int i = 0; i < 3; i++) {
        close_answered(open_hearing(server));
    }
    close_answered(evicted);
    struct mock_hearing *cleared = open_hearing(server);
    mock_truth_exchanges_clear(server);
    close_answered(cleared);

    EXPECT_INT(mock_truth_exchange_count(server), 0);
    EXPECT_INT(mock_truth_exchange_newest(server), 5);
    EXPECT_INT(mock_truth_exchange_dropped_count(server), 2);
    mock_server_destroy(server);
}

Test(journal, keeps_its_size_right_through_eviction_while_requests_are_open)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    struct mock_server *server = create_server(&stage, 1);

    struct mock_hearing *first = open_hearing(server);
    struct mock_hearing *second = open_hearing(server);
    close_answered(first);
    EXPECT_INT(mock_truth_exchange_count(server), 1);
    close_answered(second);

    cr_assert(mock_truth_exchange_count(server) == 1);
    EXPECT_INT(mock_truth_exchange(server, 0)->number, 2);
    mock_server_destroy(server);
}

Test(journal, knows_which_connection_a_request_came_by_and_what_came_after_its_end)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    struct mock_server *server = create_server(&stage, 0);

    struct mock_hearing *first = open_hearing(server);
    struct mock_hearing *second = open_hearing(server);
    close_answered(first);
    close_answered(second);

    const struct mock_exchange *exchange = mock_truth_exchange(server, 0);
    EXPECT_INT(exchange->connection, 7);
    EXPECT_INT(exchange->connection_request, 2);
    EXPECT_INT(exchange->newest_at_end, 2);
    mock_server_destroy(server);
}

Test(journal, says_who_asked_and_which_rule_answered)
{
    static const struct {
        const char *method;
        const char *target;
        const char *body;
        const char *rule;
        const char *why;
    } rows[] = {
        {"GET", "/api/v1/status", NULL, "route", "there is no such path"},
        {"GET", "/api/v1/health", NULL, "fault", "health attempt 1: status 503, not applied"},
        {"GET", "/api/v1/health", NULL, "world", ""},
        {"POST", "/api/v1/deployments/promote", STAGE_PROMOTION, "world", ""},
        {"POST", "/api/v1/deployments/promote", STAGE_PROMOTION, "idempotency_key", ""},
        {"POST", "/api/v1/deployments/job-9/rollback", NULL, "world", "there is no job 'job-9'"},
    };
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage,
               "{\"faults\":[{\"call\":\"health\",\"attempts\":[1],\"inject\":{\"status\":503}}]}");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        stage.header_count = 0;
        stage_header(&stage, "Idempotency-Key", i < 5 ? "key-1" : "key-2");

        (void)stage_send(&stage, rows[i].method, rows[i].target, rows[i].body);

        const struct mock_exchange *exchange = mock_truth_exchange(stage.server, i + 1);
        EXPECT_STR(exchange->rule, rows[i].rule);
        EXPECT_STR(exchange->why, rows[i].why);
        EXPECT_STR(exchange->client, "dev-client");
        EXPECT_INT(exchange->token, 1);
    }
    EXPECT_INT(mock_truth_exchange(stage.server, 0)->token, 1);
    EXPECT_STR(mock_truth_exchange(stage.server, 0)->client, "dev-client");
}

Test(journal, says_that_the_token_was_no_good)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    (void)snprintf(stage.token, sizeof stage.token, "%s", "nobody-gave-it");

    EXPECT_INT(stage_send(&stage, "GET", "/api/v1/health", NULL), 401);

    const struct mock_exchange *exchange = mock_truth_exchange(stage.server, 1);
    EXPECT_STR(exchange->rule, "token");
    EXPECT_STR(exchange->why, "the token is unknown, expired or revoked");
    cr_expect_null(exchange->client);
    EXPECT_INT(exchange->token, 0);
}

Test(journal, bounds_deliveries_by_their_bytes)
{
    enum { BODY_LENGTH = 1000, ROOM = 3 * BODY_LENGTH };
    COG_CLEANUP(mock_journal_finish) struct mock_journal journal = {0};
    char body[BODY_LENGTH + 1];
    memset(body, 'x', BODY_LENGTH);
    body[BODY_LENGTH] = '\0';
    mock_journal_init(&journal, 100, (size_t)ROOM * MOCK_JOURNAL_DELIVERIES_SHARE);

    for (int64_t i = 0; i < 10; i++) {
        const struct mock_delivery delivery = {.at_ms = i, .webhook_id = "msg", .body = body};
        cr_assert(mock_journal_append_delivery(&journal, &delivery) == COG_OK);
    }

    cr_assert(journal.deliveries.count == 2);
    EXPECT_INT(mock_journal_delivery_at(&journal, 0)->at_ms, 8);
    EXPECT_STR(mock_journal_delivery_at(&journal, 1)->webhook_id, "msg");
    EXPECT_STR(mock_journal_delivery_at(&journal, 1)->body, body);
}
