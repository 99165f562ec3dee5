#include <cogpromote/transport_curl.h>

#include "support/expect.h"
#include "transport_bench.h"

#include <criterion/criterion.h>
#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>

TestSuite(transport_curl_time, .timeout = 20.0, .init = bench_leave_proxies_out);

Test(transport_curl_time, is_kept_on_the_clock_that_was_given)
{
    struct cog_clock_virtual clock;
    struct bench bench = {
        .server.steps = {{.answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"}}};
    bench_init_virtual(&bench, &clock);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_TIMEOUT, bench.error);
    EXPECT_STR(bench.error.message, "no whole answer within 30s (--request-timeout)");
    EXPECT_INT(clock.now_ms, BENCH_TIMEOUT_MS);
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
    EXPECT_STR(bench.error.message, "no connection within 30s (--request-timeout)");
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
    struct bench bench = {.server.steps = {{.answer = BENCH_OK_ANSWER}}};
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

static void bench_init_signalled(struct bench *bench)
{
    ASSERT_CODE(cog_cancel_create(&cancel_on_signal, &bench->error), COG_OK, bench->error);
    const struct sigaction action = {.sa_handler = handle_signal};
    cr_assert(sigaction(SIGUSR1, &action, NULL) == 0);
    bench_init_posix(bench);
    bench->request.cancel = cancel_on_signal;
}

Test(transport_curl_time, ends_when_it_is_cancelled)
{
    struct bench bench = {.server.steps = {{.signals = true}}};
    bench_init_signalled(&bench);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_CANCELLED, bench.error);
    EXPECT_INT(raw_server_count(&bench.server, "GET "), 1);
    bench_finish(&bench);
    cog_cancel_destroy(cancel_on_signal);
}

Test(transport_curl_time, cannot_be_taken_back_from_a_request_that_acts)
{
    struct bench bench = {.server.steps = {{.signals = true}}};
    bench_init_signalled(&bench);
    bench.request.method = "POST";
    bench.request.acting = true;

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_NETWORK, bench.error);
    EXPECT_STR(bench.error.message, "interrupted after it was sent");
    bench_finish(&bench);
    cog_cancel_destroy(cancel_on_signal);
}

/* The server signals when TLS begins, and says nothing to it. */
Test(transport_curl_time, can_be_taken_back_before_a_request_that_acts_was_sent)
{
    struct bench bench = {.server.steps = {{.signals = true}}};
    bench_init_signalled(&bench);
    (void)snprintf(bench.url, sizeof bench.url, "https://127.0.0.1:%d/", bench.server.port);
    bench.request.method = "POST";
    bench.request.acting = true;

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_CANCELLED, bench.error);
    bench_finish(&bench);
    cog_cancel_destroy(cancel_on_signal);
}

Test(transport_curl_time, does_not_begin_when_it_was_cancelled_before)
{
    struct bench bench = {.server.steps = {{.answer = BENCH_OK_ANSWER}}};
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

Test(transport_curl_time, to_connect_has_a_limit_of_its_own)
{
    struct cog_clock_virtual clock;
    struct bench bench = {.options = {.connect_timeout_ms = 10000}};
    bench_init_virtual(&bench, &clock);
    (void)snprintf(bench.url, sizeof bench.url, "https://127.0.0.1:%d/", bench.server.port);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_UNREACHABLE, bench.error);
    EXPECT_STR(bench.error.message, "no connection within 10s (--connect-timeout)");
    EXPECT_INT(clock.now_ms, 10000);
    bench_finish(&bench);
}

Test(transport_curl_time, to_connect_does_not_limit_the_answer)
{
    struct cog_clock_virtual clock;
    struct bench bench = {.server.steps = {{.answer = NULL}},
                          .options = {.connect_timeout_ms = 10000}};
    bench_init_virtual(&bench, &clock);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_TIMEOUT, bench.error);
    EXPECT_INT(clock.now_ms, BENCH_TIMEOUT_MS);
    bench_finish(&bench);
}

Test(transport_curl_time, without_a_byte_has_a_limit_of_its_own)
{
    struct cog_clock_virtual clock;
    struct bench bench = {
        .server.steps = {{.answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"}},
        .options = {.idle_timeout_ms = 10000}};
    bench_init_virtual(&bench, &clock);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_TIMEOUT, bench.error);
    EXPECT_STR(bench.error.message, "not a byte moved for 10s (--idle-timeout)");
    EXPECT_INT(clock.now_ms, 10000);
    bench_finish(&bench);
}

enum { LATE_MS = 6000, LATE_QUIET_MS = 50 };

/* As if the answer's beginning had taken 6 s to come. */
static enum cog_code wait_late(void *context, void *multi, int64_t until_ms,
                               const struct cog_cancel *cancel, struct cog_error *error)
{
    (void)cancel;
    (void)error;
    int count = 0;
    cr_assert(curl_multi_poll(multi, NULL, 0, LATE_QUIET_MS, &count) == CURLM_OK);
    cog_clock_virtual_advance(context, count > 0 ? LATE_MS : until_ms);
    return COG_OK;
}

Test(transport_curl_time, without_a_byte_counts_from_the_last_one)
{
    struct cog_clock_virtual clock;
    struct bench bench = {
        .server.steps = {{.answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"}},
        .options = {.idle_timeout_ms = 10000, .waiter = {wait_late, &clock}}};
    bench_init_virtual(&bench, &clock);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_TIMEOUT, bench.error);
    EXPECT_INT(clock.now_ms, LATE_MS + 10000);
    bench_finish(&bench);
}
