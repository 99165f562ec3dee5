#include "wire.h"

#include <cogmock/truth.h>

#include "support/expect.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

TestSuite(http_answer, .timeout = 10.0);
TestSuite(http_fault, .timeout = 10.0);
TestSuite(http_park, .timeout = 10.0);
TestSuite(http_create, .timeout = 10.0);
TestSuite(http_down, .timeout = 10.0);
TestSuite(http_raw, .timeout = 10.0);

/* Without a token the honest answer is a 401 with a problem body. */
static const char health[] = "/api/v1/health";

#define HEALTH_FAULT(inject) "{\"faults\":[{\"call\":\"health\",\"inject\":" inject "}]}"

static const struct cog_log no_log;

Test(http_answer, keeps_the_connection_for_the_next_request)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, NULL, no_log);
    wire_get(&wire, health);
    EXPECT_INT(wire_receive(&wire), WIRE_OPEN);

    wire_get(&wire, health);
    enum wire_end end = wire_receive(&wire);

    EXPECT_INT(end, WIRE_OPEN);
    EXPECT_CONTAINS(wire.received, "HTTP/1.1 401 Unauthorized\r\n");
    EXPECT_INT(strlen(wire_body(&wire)), wire_content_length(&wire));
    EXPECT_INT(mock_http_request_count(wire.http), 2);
}

Test(http_answer, has_the_date_of_the_virtual_clock_once)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, NULL, no_log);
    cog_clock_virtual_advance(&wire.clock, 61000);

    wire_get(&wire, health);
    (void)wire_receive(&wire);

    const char *date = strstr(wire.received, "Date: Thu, 01 Jan 2026 00:01:01 GMT\r\n");
    cr_assert_not_null(date);
    cr_expect_null(strstr(date + 1, "Date: "));
}

Test(http_answer, hands_the_target_over_as_it_came)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, NULL, no_log);

    wire_get(&wire, "/api/v1/environments/a%2Fb%20c?x=%41+b");

    EXPECT_STR(mock_truth_exchange(wire.server, 0)->path, "/environments/a%2Fb%20c?x=%41+b");
}

Test(http_answer, hands_headers_and_body_over)
{
    static const char request[] = "POST /hooks/ci HTTP/1.1\r\nHost: x\r\nwebhook-id: msg_1\r\n"
                                  "Content-Length: 7\r\n\r\n{\"a\":1}";
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, NULL, no_log);

    wire_send(&wire, request, sizeof request - 1);
    enum wire_end end = wire_receive(&wire);

    EXPECT_INT(end, WIRE_OPEN);
    EXPECT_CONTAINS(wire.received, "HTTP/1.1 204 No Content\r\n");
    cr_assert(mock_truth_delivery_count(wire.server) == 1);
    EXPECT_STR(mock_truth_delivery(wire.server, 0)->webhook_id, "msg_1");
    EXPECT_STR(mock_truth_delivery(wire.server, 0)->body, "{\"a\":1}");
}

Test(http_answer, refuses_a_body_over_the_limit_and_takes_one_at_the_limit)
{
    static const struct {
        size_t length;
        const char *expected;
    } rows[] = {{1 << 20, "HTTP/1.1 204 "}, {(1 << 20) + 1, "HTTP/1.1 413 "}, {3 << 20, " 413 "}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(wire_close) struct wire wire;
        wire_open(&wire, NULL, no_log);
        char *request = malloc(rows[i].length + 200);
        cr_assert_not_null(request);
        int headers_length = snprintf(
            request, 200, "POST /hooks/ci HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n",
            rows[i].length);
        memset(request + headers_length, 'x', rows[i].length);

        wire_send(&wire, request, (size_t)headers_length + rows[i].length);
        (void)wire_receive(&wire);

        EXPECT_CONTAINS(wire.received, rows[i].expected);
        free(request);
    }
}

Test(http_answer, comes_to_a_request_whose_id_is_empty)
{
    static const char request[] = "GET /api/v1/health HTTP/1.1\r\nHost: x\r\nX-Request-Id:\r\n\r\n";
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, NULL, no_log);

    wire_send(&wire, request, sizeof request - 1);
    enum wire_end end = wire_receive(&wire);

    EXPECT_INT(end, WIRE_OPEN);
    EXPECT_CONTAINS(wire.received, "HTTP/1.1 401 ");
}

static void count_event(void *context, const struct cog_log_event *event)
{
    int *count = context;
    EXPECT_STR(event->name, "request");
    (*count)++;
}

Test(http_answer, logs_one_event_a_request)
{
    static const struct cog_log_ops ops = {count_event};
    int count = 0;
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, NULL, (struct cog_log){&ops, &count});

    wire_get(&wire, health);

    EXPECT_INT(count, 1);
}

Test(http_fault, resets_without_a_byte)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, HEALTH_FAULT("\"reset_after_apply\""), no_log);

    wire_get(&wire, health);
    enum wire_end end = wire_receive(&wire);

    EXPECT_INT(end, WIRE_RESET);
    EXPECT_INT(wire.received_length, 0);
}

Test(http_fault, closes_without_a_byte)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, HEALTH_FAULT("\"close_no_response\""), no_log);

    wire_get(&wire, health);
    enum wire_end end = wire_receive(&wire);

    EXPECT_INT(end, WIRE_FIN);
    EXPECT_INT(wire.received_length, 0);
}

Test(http_fault, resets_after_the_headers)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, HEALTH_FAULT("\"reset_after_headers\""), no_log);

    wire_get(&wire, health);
    enum wire_end end = wire_receive(&wire);

    EXPECT_INT(end, WIRE_RESET);
    EXPECT_CONTAINS(wire.received, "HTTP/1.1 401 ");
    EXPECT_CONTAINS(wire.received, "\r\n\r\n");
    cr_expect(wire_content_length(&wire) > 0);
    EXPECT_STR(wire_body(&wire), "");
}

Test(http_fault, resets_after_the_headers_of_an_answer_without_a_body)
{
    static const char request[] =
        "POST /hooks/ci HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, "{\"faults\":[{\"call\":\"webhook\",\"inject\":\"reset_after_headers\"}]}",
              no_log);

    wire_send(&wire, request, sizeof request - 1);
    enum wire_end end = wire_receive(&wire);

    EXPECT_INT(end, WIRE_RESET);
    EXPECT_CONTAINS(wire.received, "HTTP/1.1 204 ");
}

Test(http_fault, cuts_the_body_and_closes)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, HEALTH_FAULT("{\"kind\":\"truncated_body\",\"after_bytes\":7}"), no_log);

    wire_get(&wire, health);
    enum wire_end end = wire_receive(&wire);

    EXPECT_INT(end, WIRE_FIN);
    cr_expect(wire_content_length(&wire) > 7);
    EXPECT_INT(strlen(wire_body(&wire)), 7);
}

Test(http_fault, leaves_other_connections_alone)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire,
              "{\"faults\":[{\"call\":\"health\",\"nth\":1,\"inject\":\"reset_after_apply\"}]}",
              no_log);
    wire_get(&wire, health);
    EXPECT_INT(wire_receive(&wire), WIRE_RESET);
    wire_connect(&wire);

    wire_get(&wire, "/api/v1/environments/e");
    enum wire_end end = wire_receive(&wire);

    EXPECT_INT(end, WIRE_OPEN);
}

Test(http_park, never_answers_a_hanging_request)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, HEALTH_FAULT("\"timeout_after_apply\""), no_log);
    wire_get(&wire, health);
    cr_expect(mock_http_newest_is_parked(wire.http));

    cog_clock_virtual_advance(&wire.clock, INT64_C(31536000000));
    wire_run(&wire);

    cr_expect_not(wire_is_readable(&wire));
    cr_expect(mock_http_newest_is_parked(wire.http));
    EXPECT_INT(mock_http_next_due_ms(wire.http), INT64_MAX);
}

Test(http_park, answers_a_delayed_request_when_the_clock_says_so)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, HEALTH_FAULT("{\"kind\":\"delay\",\"delay\":\"2s\"}"), no_log);
    cog_clock_virtual_advance(&wire.clock, 500);
    wire_get(&wire, health);
    EXPECT_INT(mock_http_next_due_ms(wire.http), 2500);
    cr_expect(mock_http_newest_is_parked(wire.http));

    cog_clock_virtual_advance(&wire.clock, 2499);
    wire_run(&wire);
    cr_expect_not(wire_is_readable(&wire));

    cog_clock_virtual_advance(&wire.clock, 2500);
    wire_run(&wire);
    EXPECT_INT(wire_receive(&wire), WIRE_OPEN);
    EXPECT_CONTAINS(wire.received, "HTTP/1.1 401 ");
    cr_expect_not(mock_http_newest_is_parked(wire.http));
    EXPECT_INT(mock_http_next_due_ms(wire.http), INT64_MAX);
}

Test(http_park, delays_a_reset_too)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, HEALTH_FAULT("{\"kind\":\"reset_after_apply\",\"delay\":\"2s\"}"), no_log);
    wire_get(&wire, health);
    cr_expect_not(wire_is_readable(&wire));

    cog_clock_virtual_advance(&wire.clock, 2000);
    wire_run(&wire);

    EXPECT_INT(wire_receive(&wire), WIRE_RESET);
}

Test(http_park, lets_go_of_a_request_whose_client_left)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, HEALTH_FAULT("{\"kind\":\"delay\",\"delay\":\"2s\"}"), no_log);
    wire_get(&wire, health);
    wire_connect(&wire);

    wire_run(&wire);

    EXPECT_INT(mock_http_next_due_ms(wire.http), INT64_MAX);
    cr_expect_not(mock_http_newest_is_parked(wire.http));
}

Test(http_park, does_not_hold_up_others)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire,
              "{\"faults\":[{\"call\":\"health\",\"nth\":1,\"inject\":\"timeout_after_apply\"}]}",
              no_log);
    wire_get(&wire, health);
    int parked = wire.descriptor;
    wire.descriptor = -1;
    wire_connect(&wire);

    wire_get(&wire, "/api/v1/environments/e");

    EXPECT_INT(wire_receive(&wire), WIRE_OPEN);
    cr_expect_not(mock_http_newest_is_parked(wire.http));
    (void)close(parked);
}

Test(http_create, refuses_a_port_in_use)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, NULL, no_log);
    const struct mock_http_options options = {
        .port = mock_http_port(wire.http),
        .clock = cog_clock_virtual(&wire.clock),
    };
    struct mock_http *second = NULL;
    struct cog_error error = {0};
    char expected[80];
    (void)snprintf(expected, sizeof expected,
                   "cannot listen on 127.0.0.1:%d: address already in use", options.port);

    enum cog_code code =
        mock_http_create(mock_site_of_server(wire.server), &options, &second, &error);

    ASSERT_CODE(code, COG_ERROR_CONFIGURATION, error);
    EXPECT_STR(error.message, expected);
    cr_expect_null(second);
}

/* All that comes until the end. */
static void receive_to_the_end(struct wire *wire)
{
    enum wire_end end = wire_receive(wire);
    wire_run(wire);
    if (end != WIRE_FIN) {
        char first[WIRE_RECEIVED_SIZE];
        memcpy(first, wire->received, wire->received_length + 1);
        EXPECT_INT(wire_receive(wire), WIRE_FIN);
        memcpy(wire->received, first, sizeof first);
    }
}

Test(http_raw, sends_what_http_does_not_know_and_then_the_end)
{
    static const struct {
        const char *scenario;
        const char *part;
    } rows[] = {
        {HEALTH_FAULT("\"truncated_headers\""), "\r\nContent-Le"},
        {HEALTH_FAULT("\"bad_chunk\""), "\r\n\r\nzz\r\n{"},
        {HEALTH_FAULT("\"garbage_then_close\""), "this is no HTTP"},
        {HEALTH_FAULT("\"wrong_content_length\""), "HTTP/1.1 401 Injected\r\n"},
        {HEALTH_FAULT("\"many_1xx\""), "HTTP/1.1 103 Early Hints\r\n"},
        {HEALTH_FAULT("\"duplicate_headers\""), "HTTP/1.1 401 Injected\r\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(wire_close) struct wire wire;
        wire_open(&wire, rows[i].scenario, no_log);

        wire_get(&wire, health);
        receive_to_the_end(&wire);

        EXPECT_CONTAINS(wire.received, rows[i].part);
        cr_expect(!mock_http_newest_is_parked(wire.http));
    }
}

Test(http_raw, drips_a_piece_each_time_that_the_clock_has_moved)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, HEALTH_FAULT("{\"kind\":\"drip\",\"every\":\"2s\",\"bytes\":100}"), no_log);
    wire_get(&wire, health);
    wire_run(&wire);
    cr_expect(mock_http_newest_is_parked(wire.http));
    EXPECT_INT(mock_http_next_due_ms(wire.http), 2000);

    int piece_count = 1;
    for (; mock_http_next_due_ms(wire.http) != INT64_MAX; piece_count++) {
        cog_clock_virtual_advance(&wire.clock, mock_http_next_due_ms(wire.http));
        wire_run(&wire);
    }
    receive_to_the_end(&wire);

    EXPECT_INT(piece_count, (wire.received_length + 99) / 100);
    EXPECT_INT(wire.clock.now_ms, 2000 * (piece_count - 1));
    EXPECT_INT(strlen(wire_body(&wire)), wire_content_length(&wire));
}

Test(http_raw, is_dropped_when_its_client_goes_away)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, HEALTH_FAULT("{\"kind\":\"drip\",\"bytes\":1}"), no_log);
    wire_get(&wire, health);
    wire_run(&wire);

    wire_connect(&wire);
    wire_run(&wire);

    EXPECT_INT(mock_http_next_due_ms(wire.http), INT64_MAX);
}

/* @return whether somebody listens */
static bool can_connect(const struct wire *wire)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(mock_http_port(wire->http)),
        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)},
    };
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert(descriptor >= 0);
    const bool is_connected =
        connect(descriptor, (const struct sockaddr *)&address, sizeof address) == 0;
    (void)close(descriptor);
    return is_connected;
}

static const char outage[] = "{\"server\":{\"down\":[{\"from\":\"20s\",\"until\":\"50s\"}]}}";

Test(http_down, refuses_connections_and_takes_them_again_at_the_same_port)
{
    static const struct {
        int64_t at_ms;
        bool is_open;
    } rows[] = {{0, true}, {19999, true}, {20000, false}, {49999, false}, {50000, true}};
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, outage, no_log);
    const uint16_t port = mock_http_port(wire.http);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cog_clock_virtual_advance(&wire.clock, rows[i].at_ms);
        wire_run(&wire);

        cr_expect(can_connect(&wire) == rows[i].is_open, "row %zu", i);
        EXPECT_INT(mock_http_port(wire.http), port);
    }
}

Test(http_down, says_when_it_turns)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, outage, no_log);

    EXPECT_INT(mock_http_next_due_ms(wire.http), 20000);
    cog_clock_virtual_advance(&wire.clock, 20000);
    EXPECT_INT(mock_http_next_due_ms(wire.http), 50000);
    cog_clock_virtual_advance(&wire.clock, 50000);
    EXPECT_INT(mock_http_next_due_ms(wire.http), INT64_MAX);
}

Test(http_down, closes_an_open_connection_when_something_is_asked)
{
    static const char request[] = "GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n";
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, outage, no_log);
    wire_get(&wire, health);
    EXPECT_INT(wire_receive(&wire), WIRE_OPEN);
    cog_clock_virtual_advance(&wire.clock, 20000);

    cr_assert(send(wire.descriptor, request, sizeof request - 1, MSG_NOSIGNAL) > 0);
    wire_run(&wire);

    EXPECT_INT(wire_receive(&wire), WIRE_FIN);
    EXPECT_STR(wire.received, "");
    EXPECT_INT(mock_truth_exchange_count(wire.server), 1);
}
