#include <cogpromote/transport_curl.h>

#include "support/expect.h"
#include "transport_bench.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(transport_curl_limit, .timeout = 20.0, .init = bench_leave_proxies_out);
TestSuite(transport_curl_answer, .timeout = 20.0, .init = bench_leave_proxies_out);

static const char SIXTEEN[] = "0123456789abcdef";

static const char LONG_HEADER[] =
    "X-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd: "
    "0123456789abcdef01234567\r\n";

Test(transport_curl_limit, is_64_kib_for_the_headers)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = bench_send_to(
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

    const enum cog_code code = bench_send_to(
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

    const enum cog_code code = bench_send_to(
        (struct raw_step){
            .filler = "HTTP/1.1 103 Early Hints\r\nLink: one\r\n\r\n",
            .filler_count = 3000,
            .tail = BENCH_OK_ANSWER,
        },
        &bench);

    ASSERT_CODE(code, COG_ERROR_PROTOCOL, bench.error);
}

Test(transport_curl_limit, is_1_mib_for_the_body)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = bench_send_to(
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

    const enum cog_code code = bench_send_to(
        (struct raw_step){
            .answer = "HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n",
            .filler = SIXTEEN,
            .filler_count = COG_RESPONSE_BODY_LENGTH_MAX / 16,
        },
        &bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(bench.response.body_length, COG_RESPONSE_BODY_LENGTH_MAX);
}

Test(transport_curl_answer, that_redirects_is_reported_and_not_followed)
{
    static const int statuses[] = {301, 302, 303, 307, 308};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        char answer[128];
        (void)snprintf(answer, sizeof answer,
                       "HTTP/1.1 %d Elsewhere\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n",
                       statuses[i]);
        struct bench bench = {.server.steps = {{.answer = answer}, {.answer = BENCH_OK_ANSWER}}};
        bench_init_posix(&bench);
        bench.request.method = "POST";
        bench.request.acting = true;

        const enum cog_code code = bench_send_last(&bench);

        ASSERT_CODE(code, COG_OK, bench.error);
        EXPECT_INT(bench.response.status, statuses[i]);
        EXPECT_STR(cog_response_header(&bench.response, "Location"), "/other");
        EXPECT_INT(raw_server_count(&bench.server, " HTTP/1.1\r\n"), 1);
        bench_finish(&bench);
    }
}

Test(transport_curl_answer, with_a_length_that_is_none_is_a_protocol_error)
{
    static const char *const lengths[] = {"-1", "many", "99999999999999999999999999"};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        COG_CLEANUP(bench_finish) struct bench bench;
        char answer[128];
        (void)snprintf(answer, sizeof answer, "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\nok",
                       lengths[i]);

        const enum cog_code code =
            bench_send_to((struct raw_step){.answer = answer, .end = RAW_CLOSE}, &bench);

        cr_expect(code == COG_ERROR_PROTOCOL || code == COG_ERROR_NETWORK, "'%s' passed: %s",
                  lengths[i], bench.error.message);
    }
}

Test(transport_curl_answer, that_is_longer_than_it_says_is_no_answer_to_the_next_request)
{
    struct bench bench = {.server.steps = {{.answer = BENCH_OK_ANSWER
                                            "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"},
                                           {.answer = BENCH_OK_ANSWER}}};
    bench_init_posix(&bench);
    ASSERT_CODE(bench_send(&bench), COG_OK, bench.error);
    EXPECT_STR(bench.response.body, "ok");

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(bench.response.body, "ok");
    bench_finish(&bench);
}

/* Nobody asked for it, so nobody unpacks it: a few bytes could be a thousand times as many. */
Test(transport_curl_answer, that_is_compressed_unasked_stays_as_it_is)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code =
        bench_send_to((struct raw_step){.answer = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                                                  "Content-Length: 4\r\n\r\n\x1f\x8b\x08\x01"},
                      &bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(bench.response.body, "\x1f\x8b\x08\x01");
    EXPECT_LACKS(bench.server.record, "Accept-Encoding");
}

Test(transport_curl_answer, after_a_flood_of_interim_ones_is_not_waited_for)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = bench_send_to(
        (struct raw_step){.filler = "HTTP/1.1 100 Continue\r\n\r\n", .filler_count = 5000}, &bench);

    ASSERT_CODE(code, COG_ERROR_PROTOCOL, bench.error);
    EXPECT_CONTAINS(bench.error.message, "headers over 64 KiB");
}
