#include <cogpromote/transport_curl.h>

#include "raw_server.h"
#include "support/expect.h"

#include <criterion/criterion.h>
#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum { TIMEOUT_MS = 30000, QUIET_MS = 50, URL_SIZE = 64 };

static void leave_proxies_out(void)
{
    (void)setenv("no_proxy", "*", 1);
}

TestSuite(transport_curl, .timeout = 20.0, .init = leave_proxies_out);
TestSuite(transport_curl_fault, .timeout = 20.0, .init = leave_proxies_out);
TestSuite(transport_curl_limit, .timeout = 20.0, .init = leave_proxies_out);
TestSuite(transport_curl_time, .timeout = 20.0, .init = leave_proxies_out);

static const char OK_ANSWER[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/* A transport, a server, and a GET for it that a test may change. */
struct bench {
    struct raw_server server;
    struct cog_transport_curl *transport;
    char url[URL_SIZE];
    struct cog_request request;
    struct cog_response response;
    struct cog_error error;
};

static void bench_init(struct bench *bench, const struct cog_transport_curl_options *options)
{
    raw_server_start(&bench->server);
    ASSERT_CODE(cog_transport_curl_create(options, &bench->transport, &bench->error), COG_OK,
                bench->error);
    (void)snprintf(bench->url, sizeof bench->url, "http://127.0.0.1:%d/path", bench->server.port);
    bench->request = (struct cog_request){
        .call = "test",
        .method = "GET",
        .url = bench->url,
        .authentication = COG_AUTHENTICATION_BEARER,
        .timeout_ms = TIMEOUT_MS,
        .deadline_ms = INT64_MAX,
    };
}

static void bench_init_posix(struct bench *bench)
{
    const struct cog_transport_curl_options options = {.clock = cog_clock_posix()};
    bench_init(bench, &options);
}

static void bench_finish(struct bench *bench)
{
    cog_response_finish(&bench->response);
    cog_transport_curl_destroy(bench->transport);
}

/* The server's record is there afterwards. */
static enum cog_code bench_send_last(struct bench *bench)
{
    const enum cog_code code = cog_transport_send(cog_transport_curl(bench->transport),
                                                  &bench->request, &bench->response, &bench->error);
    raw_server_stop(&bench->server);
    return code;
}

/* What a single step does to a GET. */
static enum cog_code send_to(struct raw_step step, struct bench *bench)
{
    *bench = (struct bench){.server.steps = {step}};
    bench_init_posix(bench);
    return bench_send_last(bench);
}

Test(transport_curl, gets_status_headers_and_body)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code =
        send_to((struct raw_step){.answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n"
                                            "X-Padded: \t two words \r\nX-Empty:\r\n\r\nbody"},
                &bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(bench.response.status, 404);
    EXPECT_STR(cog_response_header(&bench.response, "x-padded"), "two words");
    EXPECT_STR(cog_response_header(&bench.response, "x-empty"), "");
    EXPECT_STR(bench.response.body, "body");
    EXPECT_INT(bench.response.body_length, 4);
}

Test(transport_curl, gives_an_empty_body_for_none)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code =
        send_to((struct raw_step){.answer = "HTTP/1.1 204 No Content\r\n\r\n"}, &bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(bench.response.body, "");
    EXPECT_INT(bench.response.body_length, 0);
}

Test(transport_curl, sends_what_the_request_says_and_who_it_is)
{
    struct bench bench = {.server.steps = {{.answer = OK_ANSWER}}};
    bench_init_posix(&bench);
    const struct cog_header headers[] = {{"Content-Type", "application/json"}, {"X-Empty", ""}};
    bench.request.method = "POST";
    bench.request.headers = headers;
    bench.request.header_count = 2;
    bench.request.body = "{\"a\":1}";
    bench.request.body_length = 7;

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_CONTAINS(bench.server.record, "POST /path HTTP/1.1\r\n");
    EXPECT_CONTAINS(bench.server.record, "\r\nUser-Agent: cogpromote/");
    EXPECT_CONTAINS(bench.server.record, "\r\nContent-Type: application/json\r\n");
    EXPECT_CONTAINS(bench.server.record, "\r\nX-Empty:\r\n");
    EXPECT_CONTAINS(bench.server.record, "\r\nContent-Length: 7\r\n");
    EXPECT_CONTAINS(bench.server.record, "\r\n\r\n{\"a\":1}");
    EXPECT_LACKS(bench.server.record, "Expect");
    bench_finish(&bench);
}

Test(transport_curl, names_no_type_for_an_empty_body)
{
    struct bench bench = {.server.steps = {{.answer = OK_ANSWER}}};
    bench_init_posix(&bench);
    bench.request.method = "POST";

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_CONTAINS(bench.server.record, "\r\nContent-Length: 0\r\n");
    EXPECT_LACKS(bench.server.record, "Content-Type");
    bench_finish(&bench);
}

Test(transport_curl, drops_the_headers_of_interim_answers)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = send_to(
        (struct raw_step){.answer = "HTTP/1.1 100 Continue\r\nRetry-After: 99\r\n\r\n"
                                    "HTTP/1.1 103 Early Hints\r\nLink: early\r\n\r\n"
                                    "HTTP/1.1 200 OK\r\nX-Own: yes\r\nContent-Length: 2\r\n\r\nok"},
        &bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(bench.response.status, 200);
    cr_expect_null(cog_response_header(&bench.response, "Retry-After"));
    cr_expect_null(cog_response_header(&bench.response, "Link"));
    EXPECT_STR(cog_response_header(&bench.response, "X-Own"), "yes");
}

Test(transport_curl, takes_no_trailer_for_a_header)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code =
        send_to((struct raw_step){.answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                            "2\r\nok\r\n0\r\nRetry-After: 99\r\n\r\n"},
                &bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(bench.response.body, "ok");
    cr_expect_null(cog_response_header(&bench.response, "Retry-After"));
}

Test(transport_curl, follows_no_redirect)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code =
        send_to((struct raw_step){.answer = "HTTP/1.1 302 Found\r\nLocation: /other\r\n"
                                            "Content-Length: 0\r\n\r\n"},
                &bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(bench.response.status, 302);
    EXPECT_INT(raw_server_count(&bench.server, "GET "), 1);
}

/*
 * The first request leaves a connection behind. The second one is read and meets a close; libcurl
 * by itself would send it again if it had gone by that connection.
 */
static void bench_init_dying(struct bench *bench)
{
    bench_init_posix(bench);
    const struct cog_transport transport = cog_transport_curl(bench->transport);
    const enum cog_code code =
        cog_transport_send(transport, &bench->request, &bench->response, &bench->error);
    ASSERT_CODE(code, COG_OK, bench->error);
    cog_response_finish(&bench->response);
    bench->request.method = "POST";
}

Test(transport_curl, sends_an_acting_request_once_and_not_on_a_used_connection)
{
    struct bench bench = {
        .server.steps = {{.answer = OK_ANSWER}, {.end = RAW_CLOSE}, {.answer = OK_ANSWER}}};
    bench_init_dying(&bench);
    bench.request.acting = true;

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_NETWORK, bench.error);
    EXPECT_INT(raw_server_count(&bench.server, "POST "), 1);
    bench_finish(&bench);
}

Test(transport_curl, sends_an_unauthenticated_request_once_too)
{
    struct bench bench = {
        .server.steps = {{.answer = OK_ANSWER}, {.end = RAW_CLOSE}, {.answer = OK_ANSWER}}};
    bench_init_dying(&bench);
    bench.request.authentication = COG_AUTHENTICATION_NONE;

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_NETWORK, bench.error);
    EXPECT_INT(raw_server_count(&bench.server, "POST "), 1);
    bench_finish(&bench);
}

Test(transport_curl, reuses_the_connection_of_a_reading_request)
{
    struct bench bench = {
        .server.steps = {{.answer = OK_ANSWER}, {.end = RAW_CLOSE}, {.answer = OK_ANSWER}}};
    bench_init_dying(&bench);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(raw_server_count(&bench.server, "POST "), 2);
    bench_finish(&bench);
}

Test(transport_curl_fault, of_a_reset_after_the_request_is_a_network_error)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = send_to((struct raw_step){.end = RAW_RESET}, &bench);

    ASSERT_CODE(code, COG_ERROR_NETWORK, bench.error);
    EXPECT_INT(raw_server_count(&bench.server, "GET "), 1);
}

Test(transport_curl_fault, of_a_close_without_an_answer_is_a_network_error)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = send_to((struct raw_step){.end = RAW_CLOSE}, &bench);

    ASSERT_CODE(code, COG_ERROR_NETWORK, bench.error);
}

Test(transport_curl_fault, of_an_answer_that_breaks_off_is_a_network_error)
{
    static const char *const answers[] = {
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nbad\xff\r\n",
    };
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        COG_CLEANUP(bench_finish) struct bench bench;

        const enum cog_code code =
            send_to((struct raw_step){.answer = answers[i], .end = RAW_CLOSE}, &bench);

        ASSERT_CODE(code, COG_ERROR_NETWORK, bench.error);
    }
}

Test(transport_curl_fault, of_an_answer_that_is_not_http_is_a_protocol_error)
{
    static const char *const answers[] = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "<html>no status line</html>",
        "HTTP/1.1 000 Nothing\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        COG_CLEANUP(bench_finish) struct bench bench;

        const enum cog_code code =
            send_to((struct raw_step){.answer = answers[i], .end = RAW_CLOSE}, &bench);

        ASSERT_CODE(code, COG_ERROR_PROTOCOL, bench.error);
    }
}

Test(transport_curl_fault, of_a_port_without_a_server_is_unreachable)
{
    struct bench bench = {0};
    bench_init_posix(&bench);
    (void)snprintf(bench.url, sizeof bench.url, "http://127.0.0.1:%d/", raw_port_unused());

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_UNREACHABLE, bench.error);
    bench_finish(&bench);
}

Test(transport_curl_fault, of_a_server_without_tls_is_unreachable)
{
    struct bench bench = {.server.steps = {{.answer = OK_ANSWER, .end = RAW_CLOSE}}};
    bench_init_posix(&bench);
    (void)snprintf(bench.url, sizeof bench.url, "https://127.0.0.1:%d/", bench.server.port);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_UNREACHABLE, bench.error);
    bench_finish(&bench);
}

Test(transport_curl_fault, of_a_url_that_is_none_is_the_caller_s)
{
    static const char *const urls[] = {"ftp://127.0.0.1/", "http://", "http://[::1"};
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        struct bench bench = {0};
        bench_init_posix(&bench);
        bench.request.url = urls[i];

        const enum cog_code code = bench_send_last(&bench);

        ASSERT_CODE(code, COG_ERROR_ARGUMENT, bench.error);
        bench_finish(&bench);
    }
}

Test(transport_curl_fault, of_a_header_with_a_line_break_is_the_caller_s)
{
    static const struct cog_header headers[] = {
        {"X-Good", "one\r\nX-Bad: two"}, {"X-Bad\r\n", "one"}, {"", "one"}, {"X Y", "one"}};
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        struct bench bench = {.server.steps = {{.answer = OK_ANSWER}}};
        bench_init_posix(&bench);
        bench.request.headers = &headers[i];
        bench.request.header_count = 1;

        const enum cog_code code = bench_send_last(&bench);

        ASSERT_CODE(code, COG_ERROR_ARGUMENT, bench.error);
        EXPECT_STR(bench.server.record, "");
        bench_finish(&bench);
    }
}

static const char SIXTEEN[] = "0123456789abcdef";

static const char LONG_HEADER[] =
    "X-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd: "
    "0123456789abcdef01234567\r\n";

Test(transport_curl_limit, is_64_kib_for_the_headers)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = send_to(
        (struct raw_step){
            .answer = "HTTP/1.1 200 OK\r\n",
            .filler = LONG_HEADER,
            .filler_count = COG_RESPONSE_HEADERS_LENGTH_MAX / (sizeof LONG_HEADER - 1) + 1,
            .tail = "Content-Length: 0\r\n\r\n",
        },
        &bench);

    ASSERT_CODE(code, COG_ERROR_PROTOCOL, bench.error);
    EXPECT_CONTAINS(bench.error.message, "headers over 64 KiB");
}

Test(transport_curl_limit, of_the_headers_holds_for_a_single_one)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = send_to(
        (struct raw_step){
            .answer = "HTTP/1.1 200 OK\r\nX-Long: ",
            .filler = SIXTEEN,
            .filler_count = 200000 / 16,
            .tail = "\r\nContent-Length: 0\r\n\r\n",
        },
        &bench);

    ASSERT_CODE(code, COG_ERROR_PROTOCOL, bench.error);
}

Test(transport_curl_limit, of_the_headers_counts_interim_answers)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = send_to(
        (struct raw_step){
            .filler = "HTTP/1.1 103 Early Hints\r\nLink: one\r\n\r\n",
            .filler_count = 3000,
            .tail = OK_ANSWER,
        },
        &bench);

    ASSERT_CODE(code, COG_ERROR_PROTOCOL, bench.error);
}

Test(transport_curl_limit, is_1_mib_for_the_body)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = send_to(
        (struct raw_step){
            .answer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
            .filler = SIXTEEN,
            .filler_count = COG_RESPONSE_BODY_LENGTH_MAX / 16,
            .tail = "x",
            .end = RAW_CLOSE,
        },
        &bench);

    ASSERT_CODE(code, COG_ERROR_PROTOCOL, bench.error);
    EXPECT_CONTAINS(bench.error.message, "answer over 1 MiB");
}

Test(transport_curl_limit, lets_1_mib_pass)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = send_to(
        (struct raw_step){
            .answer = "HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n",
            .filler = SIXTEEN,
            .filler_count = COG_RESPONSE_BODY_LENGTH_MAX / 16,
        },
        &bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(bench.response.body_length, COG_RESPONSE_BODY_LENGTH_MAX);
}

/* Waits for the real network; once that is quiet, virtual time jumps to the limit. */
static enum cog_code wait_until_quiet(void *context, void *multi, int64_t until_ms,
                                      const struct cog_cancel *cancel, struct cog_error *error)
{
    (void)cancel;
    (void)error;
    int count = 0;
    cr_assert(curl_multi_poll(multi, NULL, 0, QUIET_MS, &count) == CURLM_OK);
    if (count == 0) {
        cog_clock_virtual_advance(context, until_ms);
    }
    return COG_OK;
}

static void bench_init_virtual(struct bench *bench, struct cog_clock_virtual *clock)
{
    cog_clock_virtual_init(clock, 0);
    const struct cog_transport_curl_options options = {
        .clock = cog_clock_virtual(clock),
        .waiter = {.wait = wait_until_quiet, .context = clock},
    };
    bench_init(bench, &options);
}

Test(transport_curl_time, is_kept_on_the_clock_that_was_given)
{
    struct cog_clock_virtual clock;
    struct bench bench = {
        .server.steps = {{.answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"}}};
    bench_init_virtual(&bench, &clock);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_TIMEOUT, bench.error);
    EXPECT_STR(bench.error.message, "no answer within 30s");
    EXPECT_INT(clock.now_ms, TIMEOUT_MS);
    bench_finish(&bench);
}

Test(transport_curl_time, ends_at_the_deadline_when_that_is_sooner)
{
    struct cog_clock_virtual clock;
    struct bench bench = {.server.steps = {{.answer = NULL}}};
    bench_init_virtual(&bench, &clock);
    bench.request.deadline_ms = 5000;

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_TIMEOUT, bench.error);
    EXPECT_STR(bench.error.message, "no answer before the deadline");
    EXPECT_INT(clock.now_ms, 5000);
    bench_finish(&bench);
}

Test(transport_curl_time, without_anything_sent_is_unreachable)
{
    struct cog_clock_virtual clock;
    struct bench bench = {0};
    bench_init_virtual(&bench, &clock);
    (void)snprintf(bench.url, sizeof bench.url, "https://127.0.0.1:%d/", bench.server.port);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_UNREACHABLE, bench.error);
    EXPECT_STR(bench.error.message, "no connection within 30s");
    bench_finish(&bench);
}

Test(transport_curl_time, without_anything_sent_at_the_deadline_is_the_deadline_s_fault)
{
    struct cog_clock_virtual clock;
    struct bench bench = {0};
    bench_init_virtual(&bench, &clock);
    bench.request.deadline_ms = 5000;
    (void)snprintf(bench.url, sizeof bench.url, "https://127.0.0.1:%d/", bench.server.port);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_DEADLINE, bench.error);
    bench_finish(&bench);
}

Test(transport_curl_time, that_is_up_sends_nothing)
{
    struct cog_clock_virtual clock;
    struct bench bench = {.server.steps = {{.answer = OK_ANSWER}}};
    bench_init_virtual(&bench, &clock);
    bench.request.deadline_ms = 0;

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_DEADLINE, bench.error);
    EXPECT_STR(bench.server.record, "");
    bench_finish(&bench);
}

static struct cog_cancel *cancel_on_signal;

static void handle_signal(int number)
{
    (void)number;
    cog_cancel_request(cancel_on_signal);
}

Test(transport_curl_time, ends_when_it_is_cancelled)
{
    struct bench bench = {.server.steps = {{.signals = true}}};
    ASSERT_CODE(cog_cancel_create(&cancel_on_signal, &bench.error), COG_OK, bench.error);
    const struct sigaction action = {.sa_handler = handle_signal};
    cr_assert(sigaction(SIGUSR1, &action, NULL) == 0);
    bench_init_posix(&bench);
    bench.request.cancel = cancel_on_signal;

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_CANCELLED, bench.error);
    EXPECT_INT(raw_server_count(&bench.server, "GET "), 1);
    bench_finish(&bench);
    cog_cancel_destroy(cancel_on_signal);
}

Test(transport_curl_time, does_not_begin_when_it_was_cancelled_before)
{
    struct bench bench = {.server.steps = {{.answer = OK_ANSWER}}};
    struct cog_cancel *cancel = NULL;
    ASSERT_CODE(cog_cancel_create(&cancel, &bench.error), COG_OK, bench.error);
    cog_cancel_request(cancel);
    bench_init_posix(&bench);
    bench.request.cancel = cancel;

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_CANCELLED, bench.error);
    EXPECT_STR(bench.server.record, "");
    bench_finish(&bench);
    cog_cancel_destroy(cancel);
}

Test(transport_curl, may_be_destroyed_when_there_is_none)
{
    cog_transport_curl_destroy(NULL);
}
