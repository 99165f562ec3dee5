#include <cogpromote/transport_curl.h>

#include "support/expect.h"
#include "transport_bench.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(transport_curl, .timeout = 20.0, .init = bench_leave_proxies_out);
TestSuite(transport_curl_fault, .timeout = 20.0, .init = bench_leave_proxies_out);

Test(transport_curl, gets_status_headers_and_body)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = bench_send_to(
        (struct raw_step){.answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n"
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
        bench_send_to((struct raw_step){.answer = "HTTP/1.1 204 No Content\r\n\r\n"}, &bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(bench.response.body, "");
    EXPECT_INT(bench.response.body_length, 0);
}

Test(transport_curl, sends_what_the_request_says_and_who_it_is)
{
    struct bench bench = {.server.steps = {{.answer = BENCH_OK_ANSWER}}};
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
    struct bench bench = {.server.steps = {{.answer = BENCH_OK_ANSWER}}};
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

    const enum cog_code code = bench_send_to(
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

Test(transport_curl, keeps_no_carriage_return_of_a_header)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code =
        bench_send_to((struct raw_step){.answer = "HTTP/1.1 200 OK\r\nRetry-After: 1\rinjected\r\n"
                                                  "Content-Length: 0\r\n\r\n"},
                      &bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(cog_response_header(&bench.response, "Retry-After"), "1 injected");
}

Test(transport_curl, takes_no_trailer_for_a_header)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = bench_send_to(
        (struct raw_step){.answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    "2\r\nok\r\n0\r\nRetry-After: 99\r\n\r\n"},
        &bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(bench.response.body, "ok");
    cr_expect_null(cog_response_header(&bench.response, "Retry-After"));
}

/*
 * The first request leaves a connection behind. The second one is read and meets a close; libcurl
 * by itself would send it again if it had gone by that connection.
 */
static void bench_init_dying(struct bench *bench)
{
    bench_init_posix(bench);
    ASSERT_CODE(bench_send(bench), COG_OK, bench->error);
    bench->request.method = "POST";
}

Test(transport_curl, sends_an_acting_request_once_and_not_on_a_used_connection)
{
    struct bench bench = {.server.steps = {{.answer = BENCH_OK_ANSWER},
                                           {.end = RAW_CLOSE},
                                           {.answer = BENCH_OK_ANSWER}}};
    bench_init_dying(&bench);
    bench.request.acting = true;

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_NETWORK, bench.error);
    EXPECT_INT(raw_server_count(&bench.server, "POST "), 1);
    bench_finish(&bench);
}

Test(transport_curl, sends_an_unauthenticated_request_once_too)
{
    struct bench bench = {.server.steps = {{.answer = BENCH_OK_ANSWER},
                                           {.end = RAW_CLOSE},
                                           {.answer = BENCH_OK_ANSWER}}};
    bench_init_dying(&bench);
    bench.request.authentication = COG_AUTHENTICATION_NONE;

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_NETWORK, bench.error);
    EXPECT_INT(raw_server_count(&bench.server, "POST "), 1);
    bench_finish(&bench);
}

Test(transport_curl, reuses_the_connection_of_a_reading_request)
{
    struct bench bench = {.server.steps = {{.answer = BENCH_OK_ANSWER},
                                           {.end = RAW_CLOSE},
                                           {.answer = BENCH_OK_ANSWER}}};
    bench_init_dying(&bench);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(raw_server_count(&bench.server, "POST "), 2);
    bench_finish(&bench);
}

/* Each thing that the first request has, the second one lacks. */
Test(transport_curl, carries_nothing_of_a_request_into_the_next)
{
    struct bench bench = {
        .server.steps = {{.answer = "HTTP/1.1 200 OK\r\nX-First: yes\r\nContent-Length: 5\r\n\r\n"
                                    "first"},
                         {.answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}}};
    bench_init_posix(&bench);
    const struct cog_header headers[] = {{"Content-Type", "application/json"},
                                         {"Authorization", "Bearer secret"}};
    bench.request.method = "POST";
    bench.request.acting = true;
    bench.request.headers = headers;
    bench.request.header_count = 2;
    bench.request.body = "{\"a\":1}";
    bench.request.body_length = 7;
    ASSERT_CODE(bench_send(&bench), COG_OK, bench.error);
    bench.request = (struct cog_request){
        .call = "test",
        .method = "GET",
        .url = bench.url,
        .authentication = COG_AUTHENTICATION_BEARER,
        .timeout_ms = BENCH_TIMEOUT_MS,
        .deadline_ms = INT64_MAX,
    };

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(bench.response.body, "");
    cr_expect_null(cog_response_header(&bench.response, "X-First"));
    const char *second = strstr(bench.server.record, "GET /path");
    cr_assert_not_null(second);
    EXPECT_LACKS(second, "Authorization");
    EXPECT_LACKS(second, "Content-");
    EXPECT_LACKS(second, "{");
    bench_finish(&bench);
}

/* The channel keeps what requests have in common; a body and its length are not of that. */
Test(transport_curl, carries_no_body_into_a_post_without_one)
{
    struct bench bench = {.server.steps = {{.answer = BENCH_OK_ANSWER},
                                           {.answer = BENCH_OK_ANSWER},
                                           {.answer = BENCH_OK_ANSWER}}};
    bench_init_posix(&bench);
    bench.request.method = "POST";
    bench.request.body = "{\"a\":1}";
    bench.request.body_length = 7;
    ASSERT_CODE(bench_send(&bench), COG_OK, bench.error);
    bench.request.method = "GET";
    bench.request.body = NULL;
    bench.request.body_length = 0;
    ASSERT_CODE(bench_send(&bench), COG_OK, bench.error);
    bench.request.method = "POST";

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(raw_server_count(&bench.server, "POST /path"), 2);
    EXPECT_INT(raw_server_count(&bench.server, "GET /path"), 1);
    EXPECT_INT(raw_server_count(&bench.server, "Content-Length: 0"), 1);
    EXPECT_INT(raw_server_count(&bench.server, "{\"a\":1}"), 1);
    bench_finish(&bench);
}

Test(transport_curl, works_again_after_an_answer_that_it_refused)
{
    struct bench bench = {.server.steps = {{.answer = "SSH-2.0-OpenSSH_9.2\r\n", .end = RAW_CLOSE},
                                           {.answer = BENCH_OK_ANSWER}}};
    bench_init_posix(&bench);
    ASSERT_CODE(bench_send(&bench), COG_ERROR_PROTOCOL, bench.error);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(bench.response.body, "ok");
    bench_finish(&bench);
}

/* Token, two readings, a request that acts, and one more reading. */
Test(transport_curl, opens_a_connection_for_a_token_and_one_for_each_request_that_acts)
{
    static const struct {
        enum cog_authentication authentication;
        bool acting;
    } rows[] = {
        {COG_AUTHENTICATION_NONE, false},   {COG_AUTHENTICATION_BEARER, false},
        {COG_AUTHENTICATION_BEARER, false}, {COG_AUTHENTICATION_BEARER, true},
        {COG_AUTHENTICATION_BEARER, false},
    };
    struct bench bench = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench.server.steps[i].answer = BENCH_OK_ANSWER;
    }
    bench_init_posix(&bench);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench.request.authentication = rows[i].authentication;
        bench.request.acting = rows[i].acting;
        bench.request.method = rows[i].acting ? "POST" : "GET";
        ASSERT_CODE(bench_send(&bench), COG_OK, bench.error);
    }

    raw_server_stop(&bench.server);

    EXPECT_INT(raw_server_count(&bench.server, RAW_CONNECTION), 2);
    bench_finish(&bench);
}

Test(transport_curl_fault, of_a_reset_after_the_request_is_a_network_error)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = bench_send_to((struct raw_step){.end = RAW_RESET}, &bench);

    ASSERT_CODE(code, COG_ERROR_NETWORK, bench.error);
    EXPECT_INT(raw_server_count(&bench.server, "GET "), 1);
}

Test(transport_curl_fault, of_a_close_without_an_answer_is_a_network_error)
{
    COG_CLEANUP(bench_finish) struct bench bench;

    const enum cog_code code = bench_send_to((struct raw_step){.end = RAW_CLOSE}, &bench);

    ASSERT_CODE(code, COG_ERROR_NETWORK, bench.error);
}

Test(transport_curl_fault, of_an_answer_that_breaks_off_is_a_network_error)
{
    static const char *const answers[] = {
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nbad\xff\r\n",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n \r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nServer: x\r\n",
    };
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        COG_CLEANUP(bench_finish) struct bench bench;

        const enum cog_code code =
            bench_send_to((struct raw_step){.answer = answers[i], .end = RAW_CLOSE}, &bench);

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
            bench_send_to((struct raw_step){.answer = answers[i], .end = RAW_CLOSE}, &bench);

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

/* A label of more than 63 octets: no resolver asks anybody for that, so that no network is needed.
 */
Test(transport_curl_fault, of_a_name_that_does_not_resolve_is_unreachable)
{
    struct bench bench = {0};
    bench_init_posix(&bench);
    char label[65] = "";
    memset(label, 'x', sizeof label - 1);
    (void)snprintf(bench.url, sizeof bench.url, "http://%s.invalid/", label);
    bench.request.method = "POST";
    bench.request.acting = true;

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_ERROR_UNREACHABLE, bench.error);
    EXPECT_CONTAINS(bench.error.message, "resolve");
    cr_expect_not(bench.error.is_lasting, "a name may be there again the next time");
    bench_finish(&bench);
}

Test(transport_curl_fault, of_a_server_without_tls_is_unreachable)
{
    struct bench bench = {.server.steps = {{.answer = BENCH_OK_ANSWER, .end = RAW_CLOSE}}};
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
        struct bench bench = {.server.steps = {{.answer = BENCH_OK_ANSWER}}};
        bench_init_posix(&bench);
        bench.request.headers = &headers[i];
        bench.request.header_count = 1;

        const enum cog_code code = bench_send_last(&bench);

        ASSERT_CODE(code, COG_ERROR_ARGUMENT, bench.error);
        EXPECT_STR(bench.server.record, "");
        bench_finish(&bench);
    }
}

Test(transport_curl, may_be_destroyed_when_there_is_none)
{
    cog_transport_curl_destroy(NULL);
}
