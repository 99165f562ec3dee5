/* Each kind of fault that breaks a connection, as a raw socket sees it. */
#include "wire.h"

#include <cogmock/faults.h>
#include <cogmock/truth.h>

#include "support/expect.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

TestSuite(wire_send_phase, .timeout = 10.0);
TestSuite(wire_after_apply, .timeout = 10.0);
TestSuite(wire_response, .timeout = 10.0);
TestSuite(wire_connect, .timeout = 10.0);
TestSuite(wire_armed, .timeout = 10.0);

enum {
    PATIENCE_MS = 2000,
    CHUNK_SIZE = 64 << 10,
    HUGE_LENGTH = 256 << 20,
};

#define WEBHOOK_FAULT(inject) "{\"faults\":[{\"call\":\"webhook\",\"inject\":" inject "}]}"
#define HEALTH_FAULT(inject)  "{\"faults\":[{\"call\":\"health\",\"inject\":" inject "}]}"

static const struct cog_log no_log;
static const char health[] = "/api/v1/health";

/* Sends bytes that make no whole request, and lets the fake take them. */
static void push(struct wire *wire, const char *bytes)
{
    const size_t length = strlen(bytes);
    struct pollfd event = {.fd = mock_http_descriptor(wire->http), .events = POLLIN};
    cr_assert(send(wire->descriptor, bytes, length, MSG_NOSIGNAL) == (ssize_t)length);
    cr_assert(poll(&event, 1, PATIENCE_MS) > 0, "nothing came");
    wire_run(wire);
}

static void push_head(struct wire *wire, int content_length)
{
    char head[128];
    (void)snprintf(head, sizeof head,
                   "POST /hooks/ci HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n",
                   content_length);
    push(wire, head);
}

/* One request came, and nothing of it was taken into the world. */
static void expect_not_applied(const struct wire *wire)
{
    cr_assert(mock_truth_exchange_count(wire->server) == 1);
    cr_expect_not(mock_truth_exchange(wire->server, 0)->applied);
    EXPECT_INT(mock_truth_exchange(wire->server, 0)->status, 0);
    EXPECT_INT(mock_truth_delivery_count(wire->server), 0);
}

Test(wire_send_phase, resets_before_the_body)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, WEBHOOK_FAULT("\"reset_before_body\""), no_log);

    push_head(&wire, 10);

    EXPECT_INT(wire_receive(&wire), WIRE_RESET);
    EXPECT_INT(wire.received_length, 0);
    expect_not_applied(&wire);
}

Test(wire_send_phase, resets_in_the_middle_of_the_body)
{
    static const struct {
        const char *inject;
        const char *before;
    } rows[] = {
        {"\"reset_mid_body\"", "1234"},
        {"{\"kind\":\"reset_mid_body\",\"after_bytes\":3}", "12"},
        {"{\"kind\":\"reset_mid_body\",\"after_bytes\":10}", "123456789"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario, WEBHOOK_FAULT("%s"), rows[i].inject);
        COG_CLEANUP(wire_close) struct wire wire;
        wire_open(&wire, scenario, no_log);

        push_head(&wire, 10);
        push(&wire, rows[i].before);
        cr_expect_not(wire_is_readable(&wire), "row %zu ends too early", i);
        push(&wire, "x");

        EXPECT_INT(wire_receive(&wire), WIRE_RESET);
        EXPECT_INT(wire.received_length, 0);
        EXPECT_INT(mock_truth_exchange(wire.server, 0)->body_length, strlen(rows[i].before) + 1);
        expect_not_applied(&wire);
    }
}

/* As much as the system takes. @return how much that was */
static size_t send_all_that_goes(const struct wire *wire)
{
    static const char chunk[CHUNK_SIZE];
    size_t total = 0;
    for (;;) {
        const ssize_t sent =
            send(wire->descriptor, chunk, sizeof chunk, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0) {
            EXPECT_INT(errno, EAGAIN);
            return total;
        }
        total += (size_t)sent;
    }
}

Test(wire_send_phase, reads_no_further_than_it_is_told)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, WEBHOOK_FAULT("{\"kind\":\"stall_upload\",\"after_bytes\":5}"), no_log);
    push_head(&wire, HUGE_LENGTH);

    size_t sent = send_all_that_goes(&wire);
    for (int i = 0; i < 100; i++) {
        wire_run(&wire);
        sent += send_all_that_goes(&wire);
    }
    const size_t more = send_all_that_goes(&wire);

    cr_expect(sent < HUGE_LENGTH);
    EXPECT_INT(more, 0);
    cr_expect_not(wire_is_readable(&wire));
    cr_expect(mock_http_newest_is_parked(wire.http));
    EXPECT_INT(mock_http_next_due_ms(wire.http), INT64_MAX);
    EXPECT_INT(mock_truth_exchange(wire.server, 0)->body_length, 5);
    expect_not_applied(&wire);
}

Test(wire_send_phase, resets_later_when_a_delay_goes_with_it)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, WEBHOOK_FAULT("{\"kind\":\"reset_before_body\",\"delay\":\"2s\"}"), no_log);
    push_head(&wire, 10);
    cr_expect_not(wire_is_readable(&wire));

    cog_clock_virtual_advance(&wire.clock, 2000);
    wire_run(&wire);

    EXPECT_INT(wire_receive(&wire), WIRE_RESET);
    expect_not_applied(&wire);
}

Test(wire_after_apply, closes_an_idle_connection_that_was_to_be_kept)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, HEALTH_FAULT("\"keepalive_close\""), no_log);

    wire_get(&wire, health);
    EXPECT_INT(wire_receive(&wire), WIRE_FIN);

    EXPECT_CONTAINS(wire.received, "HTTP/1.1 401 ");
    EXPECT_INT(strlen(wire_body(&wire)), wire_content_length(&wire));
    cr_expect_null(strstr(wire.received, "Connection: close"));
    cr_expect_not(mock_http_newest_is_parked(wire.http));
}

Test(wire_after_apply, breaks_off_after_the_headers_or_so_many_bytes)
{
    static const struct {
        const char *inject;
        enum wire_end end;
        size_t length;
    } rows[] = {
        {"{\"kind\":\"reset_after_apply\",\"after_headers\":true}", WIRE_RESET, 0},
        {"{\"kind\":\"reset_after_apply\",\"after_bytes\":9}", WIRE_RESET, 9},
        {"{\"kind\":\"reset_after_headers\",\"after_bytes\":9}", WIRE_RESET, 9},
        {"{\"kind\":\"close_no_response\",\"after_headers\":true}", WIRE_FIN, 0},
        {"{\"kind\":\"close_no_response\",\"after_bytes\":9}", WIRE_FIN, 9},
        {"{\"kind\":\"truncated_body\",\"after_bytes\":9}", WIRE_FIN, 9},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario, HEALTH_FAULT("%s"), rows[i].inject);
        COG_CLEANUP(wire_close) struct wire wire;
        wire_open(&wire, scenario, no_log);

        wire_get(&wire, health);
        enum wire_end end = wire_receive(&wire);

        cr_expect(end == rows[i].end, "row %zu ends by %d", i, (int)end);
        EXPECT_CONTAINS(wire.received, "HTTP/1.1 401 ");
        EXPECT_CONTAINS(wire.received, "\r\n\r\n");
        cr_expect(wire_content_length(&wire) > 9, "row %zu", i);
        EXPECT_INT(strlen(wire_body(&wire)), rows[i].length);
    }
}

/* What has come so far. */
static void receive_some(struct wire *wire)
{
    struct pollfd event = {.fd = wire->descriptor, .events = POLLIN};
    cr_assert(poll(&event, 1, PATIENCE_MS) > 0, "nothing came");
    const ssize_t length =
        recv(wire->descriptor, wire->received, sizeof wire->received - 1, MSG_DONTWAIT);
    cr_assert(length > 0);
    wire->received_length = (size_t)length;
    wire->received[length] = '\0';
}

Test(wire_after_apply, hangs_in_the_middle_of_the_answer)
{
    static const struct {
        const char *inject;
        size_t length;
    } rows[] = {
        {"{\"kind\":\"timeout_after_apply\",\"after_headers\":true}", 0},
        {"{\"kind\":\"timeout_after_apply\",\"after_bytes\":9,\"delay\":\"1s\"}", 9},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario, HEALTH_FAULT("%s"), rows[i].inject);
        COG_CLEANUP(wire_close) struct wire wire;
        wire_open(&wire, scenario, no_log);

        wire_get(&wire, health);
        cog_clock_virtual_advance(&wire.clock, 1000);
        wire_run(&wire);
        receive_some(&wire);
        cog_clock_virtual_advance(&wire.clock, INT64_C(31536000000));
        wire_run(&wire);

        EXPECT_CONTAINS(wire.received, "HTTP/1.1 401 ");
        cr_expect(wire_content_length(&wire) > 9);
        EXPECT_INT(strlen(wire_body(&wire)), rows[i].length);
        cr_expect_not(wire_is_readable(&wire));
        cr_expect(mock_http_newest_is_parked(wire.http));
        EXPECT_INT(mock_http_next_due_ms(wire.http), INT64_MAX);
    }
}

Test(wire_response, cuts_the_headers_after_so_many_bytes)
{
    static const size_t lengths[] = {1, 20};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario,
                       HEALTH_FAULT("{\"kind\":\"truncated_headers\",\"after_bytes\":%zu}"),
                       lengths[i]);
        COG_CLEANUP(wire_close) struct wire wire;
        wire_open(&wire, scenario, no_log);

        wire_get(&wire, health);
        wire_run(&wire);

        EXPECT_INT(wire_receive(&wire), WIRE_FIN);
        EXPECT_INT(wire.received_length, lengths[i]);
        cr_expect(strncmp(wire.received, "HTTP/1.1 401 Injected", lengths[i]) == 0);
    }
}

Test(wire_response, redirects_to_a_place_or_to_itself)
{
    static const struct {
        const char *inject;
        const char *expected[2];
    } rows[] = {
        {"\"redirect\"", {"HTTP/1.1 302 ", "Location: /api/v1/health\r\n"}},
        {"{\"kind\":\"redirect\",\"status\":307,\"location\":\"http://other.invalid/x\"}",
         {"HTTP/1.1 307 ", "Location: http://other.invalid/x\r\n"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario, HEALTH_FAULT("%s"), rows[i].inject);
        COG_CLEANUP(wire_close) struct wire wire;
        wire_open(&wire, scenario, no_log);

        wire_get(&wire, health);

        EXPECT_INT(wire_receive(&wire), WIRE_OPEN);
        EXPECT_CONTAINS(wire.received, rows[i].expected[0]);
        EXPECT_CONTAINS(wire.received, rows[i].expected[1]);
    }
}

Test(wire_response, adds_delays_up)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire,
              "{\"faults\":[{\"call\":\"health\",\"inject\":{\"kind\":\"delay\",\"delay\":\"2s\"}},"
              "{\"call\":\"health\",\"inject\":{\"status\":503,\"delay\":\"1s\"}},"
              "{\"call\":\"health\",\"inject\":{\"kind\":\"delay\",\"delay\":\"3s\"}}]}",
              no_log);
    wire_get(&wire, health);

    EXPECT_INT(mock_http_next_due_ms(wire.http), 6000);
    cog_clock_virtual_advance(&wire.clock, 6000);
    wire_run(&wire);

    EXPECT_INT(wire_receive(&wire), WIRE_OPEN);
    EXPECT_CONTAINS(wire.received, "HTTP/1.1 503 ");
}

/* Begins to connect. @return the descriptor, which does not block */
static int begin_connect(const struct wire *wire)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(mock_http_port(wire->http)),
        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)},
    };
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    cr_assert(descriptor >= 0);
    if (connect(descriptor, (const struct sockaddr *)&address, sizeof address) != 0 &&
        errno != EINPROGRESS) {
        EXPECT_INT(errno, ECONNREFUSED);
    }
    return descriptor;
}

enum attempt {
    ATTEMPT_MADE,
    ATTEMPT_REFUSED,
    ATTEMPT_PENDING, /**< Neither: on loopback the answer would be there at once. */
};

static enum attempt see_connect(int descriptor)
{
    struct pollfd event = {.fd = descriptor, .events = POLLOUT};
    if (poll(&event, 1, 0) == 0) {
        return ATTEMPT_PENDING;
    }
    return (event.revents & (POLLERR | POLLHUP)) != 0 ? ATTEMPT_REFUSED : ATTEMPT_MADE;
}

static enum attempt try_connect(const struct wire *wire)
{
    const int descriptor = begin_connect(wire);
    const enum attempt attempt = see_connect(descriptor);
    (void)close(descriptor);
    return attempt;
}

static const struct attempts {
    const char *inject;
    enum attempt during;
} connect_rows[] = {
    {"refused", ATTEMPT_REFUSED},
    {"connect_timeout", ATTEMPT_PENDING},
};

Test(wire_connect, refuses_or_never_answers_for_its_time)
{
    for (size_t i = 0; i < sizeof connect_rows / sizeof connect_rows[0]; i++) {
        const struct attempts *row = &connect_rows[i];
        const struct {
            int64_t at_ms;
            enum attempt expected;
        } moments[] = {
            {0, ATTEMPT_MADE},       {19999, ATTEMPT_MADE}, {20000, row->during},
            {20000, row->during},    {49999, row->during},  {50000, ATTEMPT_MADE},
            {1000000, ATTEMPT_MADE},
        };
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario,
                       "{\"faults\":[{\"from\":\"20s\",\"for\":\"30s\",\"inject\":\"%s\"}]}",
                       row->inject);
        COG_CLEANUP(wire_close) struct wire wire;
        wire_open(&wire, scenario, no_log);
        for (size_t j = 0; j < sizeof moments / sizeof moments[0]; j++) {
            cog_clock_virtual_advance(&wire.clock, moments[j].at_ms);
            wire_run(&wire);

            const enum attempt attempt = try_connect(&wire);

            cr_expect(attempt == moments[j].expected, "%s: %d at %lld", row->inject, (int)attempt,
                      (long long)moments[j].at_ms);
            wire_run(&wire);
        }
        EXPECT_INT(mock_truth_unused_fault_count(wire.server), 0);
    }
}

Test(wire_connect, says_when_it_turns)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire,
              "{\"faults\":[{\"from\":\"20s\",\"for\":\"30s\",\"inject\":\"connect_timeout\"}]}",
              no_log);

    EXPECT_INT(mock_http_next_due_ms(wire.http), 20000);
    cog_clock_virtual_advance(&wire.clock, 20000);
    wire_run(&wire);
    EXPECT_INT(mock_http_next_due_ms(wire.http), 50000);
}

Test(wire_connect, leaves_those_alone_who_are_in_and_wakes_nobody_while_it_is_jammed)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire,
              "{\"faults\":[{\"from\":\"20s\",\"for\":\"30s\",\"inject\":\"connect_timeout\"}]}",
              no_log);
    wire_get(&wire, health);
    EXPECT_INT(wire_receive(&wire), WIRE_OPEN);
    cog_clock_virtual_advance(&wire.clock, 20000);
    wire_run(&wire);

    struct pollfd event = {.fd = mock_http_descriptor(wire.http), .events = POLLIN};
    EXPECT_INT(poll(&event, 1, 0), 0);
    wire_get(&wire, health);
    EXPECT_INT(wire_receive(&wire), WIRE_OPEN);
}

Test(wire_connect, lets_in_afterwards_whom_it_did_not_answer)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, "{\"faults\":[{\"for\":\"30s\",\"inject\":\"connect_timeout\"}]}", no_log);
    wire_run(&wire);
    const int descriptor = begin_connect(&wire);
    EXPECT_INT(see_connect(descriptor), ATTEMPT_PENDING);

    cog_clock_virtual_advance(&wire.clock, 30000);
    wire_run(&wire);

    /* Its system asks again by itself, after a second. */
    struct pollfd event = {.fd = descriptor, .events = POLLOUT};
    EXPECT_INT(poll(&event, 1, 2 * PATIENCE_MS), 1);
    EXPECT_INT(see_connect(descriptor), ATTEMPT_MADE);
    (void)close(descriptor);
}

Test(wire_connect, resets_as_many_as_it_is_told_once_they_are_made)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, "{\"faults\":[{\"connections\":2,\"inject\":\"reset_on_accept\"}]}", no_log);
    for (int i = 0; i < 2; i++) {
        wire_run(&wire);
        EXPECT_INT(wire_receive(&wire), WIRE_RESET);
        wire_connect(&wire);
    }

    wire_get(&wire, health);

    EXPECT_INT(wire_receive(&wire), WIRE_OPEN);
    EXPECT_INT(mock_server_fault(wire.server, 0).struck_count, 2);
    EXPECT_INT(mock_server_fault(wire.server, 0).remaining_count, 0);
}

static void arm(struct wire *wire, const char *text)
{
    const struct mock_arming arming = {.has_port = true};
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    struct cog_error error = {0};
    size_t count = 0;
    cr_assert(cog_document_parse("body", text, strlen(text), &document, &error) == COG_OK);
    cr_assert(mock_server_faults_arm(wire->server, &document, document.root, arming, &count,
                                     &error) == COG_OK,
              "%s", error.message);
    EXPECT_INT(count, 1);
}

Test(wire_armed, strikes_a_connection_that_is_open_already)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, NULL, no_log);
    wire_get(&wire, health);
    EXPECT_INT(wire_receive(&wire), WIRE_OPEN);

    arm(&wire, "{\"call\":\"health\",\"times\":1,\"inject\":\"reset_after_apply\"}");
    wire_get(&wire, health);

    EXPECT_INT(wire_receive(&wire), WIRE_RESET);
    wire_connect(&wire);
    wire_get(&wire, health);
    EXPECT_INT(wire_receive(&wire), WIRE_OPEN);
}

Test(wire_armed, keeps_what_it_struck_when_it_is_removed_meanwhile)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, NULL, no_log);
    arm(&wire, "{\"call\":\"webhook\",\"inject\":{\"kind\":\"reset_mid_body\",\"after_bytes\":4}}");
    push_head(&wire, 10);

    cr_expect(mock_server_fault_remove(wire.server, "f-1"));
    push(&wire, "1234");

    EXPECT_INT(wire_receive(&wire), WIRE_RESET);
    expect_not_applied(&wire);
    EXPECT_STR(mock_truth_exchange(wire.server, 0)->fault, "reset_mid_body");
    EXPECT_STR(mock_truth_exchange(wire.server, 0)->faults,
               "f-1 webhook: reset_mid_body, not applied");
}

Test(wire_armed, shuts_the_port_for_its_time_counted_from_now)
{
    COG_CLEANUP(wire_close) struct wire wire;
    wire_open(&wire, NULL, no_log);
    cog_clock_virtual_advance(&wire.clock, 5000);

    arm(&wire, "{\"for\":\"10s\",\"inject\":\"refused\"}");
    wire_run(&wire);
    EXPECT_INT(try_connect(&wire), ATTEMPT_REFUSED);
    EXPECT_INT(mock_http_next_due_ms(wire.http), 15000);
    cog_clock_virtual_advance(&wire.clock, 15000);
    wire_run(&wire);

    EXPECT_INT(try_connect(&wire), ATTEMPT_MADE);
}

Test(wire_armed, opens_the_port_again_when_it_is_removed)
{
    for (size_t i = 0; i < sizeof connect_rows / sizeof connect_rows[0]; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "{\"inject\":\"%s\"}", connect_rows[i].inject);
        COG_CLEANUP(wire_close) struct wire wire;
        wire_open(&wire, NULL, no_log);
        arm(&wire, text);
        wire_run(&wire);
        EXPECT_INT(try_connect(&wire), connect_rows[i].during);

        mock_server_faults_clear(wire.server);
        wire_run(&wire);

        EXPECT_INT(try_connect(&wire), ATTEMPT_MADE);
    }
}
