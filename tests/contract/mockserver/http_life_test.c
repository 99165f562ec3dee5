/* How long connections and answers live: limits, turned clocks, the end. */
#include "wire.h"

#include <cogmock/truth.h>

#include "support/expect.h"

#include <sys/socket.h>

TestSuite(http_patience, .timeout = 10.0);
TestSuite(http_clock, .timeout = 10.0);
TestSuite(http_stop, .timeout = 10.0);
TestSuite(http_journal, .timeout = 10.0);

enum { LIMIT_MS = 60000 };

static const char health[] = "/api/v1/health";

static const struct mock_http_options limited = {.limits = {.request_timeout_ms = LIMIT_MS}};

static const struct mock_http_options unlimited;

#define HEALTH_FAULT(inject) "{\"faults\":[{\"call\":\"health\",\"inject\":" inject "}]}"

/* Sends bytes that are no whole request; nothing is waited for. */
static void send_part(struct wire *wire, const char *bytes)
{
    cr_assert(send(wire->descriptor, bytes, strlen(bytes), MSG_NOSIGNAL) == (ssize_t)strlen(bytes));
    wire_run(wire);
}

static void advance(struct wire *wire, int64_t now_ms)
{
    cog_clock_virtual_advance(&wire->clock, now_ms);
    wire_run(wire);
}

Test(http_patience, ends_a_connection_that_never_asks)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open_with(&wire, NULL, &limited);
    wire_run(&wire);

    advance(&wire, LIMIT_MS - 1);
    cr_expect_not(wire_is_readable(&wire));
    EXPECT_INT(mock_http_next_due_ms(wire.http), LIMIT_MS);
    advance(&wire, LIMIT_MS);

    EXPECT_INT(wire_receive(&wire), WIRE_FIN);
    EXPECT_INT(mock_http_traffic(wire.http)->connection_count, 0);
}

Test(http_patience, is_not_won_by_one_byte_after_the_other)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open_with(&wire, NULL, &limited);
    send_part(&wire, "GET /api/v1/health HTTP/1.1\r\n");

    for (int i = 1; i < 6; i++) {
        advance(&wire, i * LIMIT_MS / 6);
        send_part(&wire, "X");
    }
    advance(&wire, LIMIT_MS);

    EXPECT_INT(wire_receive(&wire), WIRE_FIN);
}

Test(http_patience, begins_anew_with_each_answer)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open_with(&wire, NULL, &limited);
    advance(&wire, LIMIT_MS - 1);
    wire_get(&wire, health);
    (void)wire_receive(&wire);

    advance(&wire, 2 * LIMIT_MS - 2);

    cr_expect_not(wire_is_readable(&wire));
}

Test(http_patience, does_not_count_while_an_answer_waits)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open_with(&wire, HEALTH_FAULT("{\"kind\":\"delay\",\"delay\":\"10m\"}"), &limited);
    wire_get(&wire, health);

    advance(&wire, 599999);
    cr_expect_not(wire_is_readable(&wire));
    advance(&wire, 600000);

    EXPECT_INT(wire_receive(&wire), WIRE_OPEN);
}

Test(http_clock, that_jumps_lets_go_of_what_is_due)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open_with(&wire, HEALTH_FAULT("{\"kind\":\"delay\",\"delay\":\"10m\"}"), &unlimited);
    mock_clock_set_scale(mock_server_clock(wire.server), 0);
    wire_get(&wire, health);

    advance(&wire, 3600000);
    cr_expect_not(wire_is_readable(&wire), "the server's clock stands still");
    EXPECT_INT(mock_http_next_due_ms(wire.http), INT64_MAX);
    mock_clock_advance(mock_server_clock(wire.server), 600000);
    mock_http_turn_clocks(wire.http);
    wire_run(&wire);

    EXPECT_INT(wire_receive(&wire), WIRE_OPEN);
}

Test(http_stop, answers_at_once_what_was_to_be_answered_later)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open_with(&wire, HEALTH_FAULT("{\"kind\":\"delay\",\"delay\":\"10m\"}"), &unlimited);
    wire_get(&wire, health);
    cr_expect_not(mock_http_is_idle(wire.http));

    mock_http_stop(wire.http);
    wire_run(&wire);

    (void)wire_receive(&wire);
    EXPECT_CONTAINS(wire.received, "HTTP/1.1 401 ");
    cr_expect(mock_http_is_idle(wire.http));
}

Test(http_stop, ends_what_would_hang)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open_with(&wire, HEALTH_FAULT("\"timeout_after_apply\""), &unlimited);
    wire_get(&wire, health);

    mock_http_stop(wire.http);
    wire_run(&wire);

    EXPECT_INT(wire_receive(&wire), WIRE_FIN);
    cr_expect(mock_http_is_idle(wire.http));
}

Test(http_stop, lets_nobody_in_any_more)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open_with(&wire, NULL, &unlimited);
    wire_run(&wire);

    mock_http_stop(wire.http);

    const int descriptor = wire_try_connect(&wire);
    EXPECT_INT(descriptor, -1);
}

Test(http_journal, has_a_request_from_its_head_on)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open_with(&wire, NULL, &unlimited);

    send_part(&wire, "POST /hooks/ci HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\n{\"a\"");

    cr_assert(mock_truth_exchange_count(wire.server) == 1);
    EXPECT_INT(mock_truth_exchange(wire.server, 0)->state, MOCK_EXCHANGE_ARRIVED);
    EXPECT_STR(mock_truth_exchange(wire.server, 0)->call, "webhook");
    EXPECT_INT(mock_truth_exchange(wire.server, 0)->done_ms, -1);
}

Test(http_journal, tells_a_client_that_went_away)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open_with(&wire, HEALTH_FAULT("\"timeout_after_apply\""), &unlimited);
    wire_get(&wire, health);
    EXPECT_INT(mock_truth_exchange(wire.server, 0)->state, MOCK_EXCHANGE_ANSWERED);
    cog_clock_virtual_advance(&wire.clock, 5000);

    wire_connect(&wire);
    wire_run(&wire);

    EXPECT_INT(mock_truth_exchange(wire.server, 0)->state, MOCK_EXCHANGE_ABANDONED);
    EXPECT_INT(mock_truth_exchange(wire.server, 0)->done_ms, 5000);
}

Test(http_journal, tells_an_answer_that_was_sent)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open_with(&wire, NULL, &unlimited);

    wire_get(&wire, health);
    (void)wire_receive(&wire);

    EXPECT_INT(mock_truth_exchange(wire.server, 0)->state, MOCK_EXCHANGE_DONE);
}
