#include <cogpromote/transport_curl.h>

#include "support/expect.h"
#include "transport_bench.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static void forget_exceptions(void)
{
    (void)unsetenv("no_proxy");
    (void)unsetenv("NO_PROXY");
}

TestSuite(transport_curl_proxy, .timeout = 20.0, .init = forget_exceptions);

/* The raw server is the proxy. */
static void bench_init_proxy(struct bench *bench, char proxy[BENCH_URL_SIZE])
{
    bench->options.proxy = proxy;
    bench_init_posix(bench);
    (void)snprintf(proxy, BENCH_URL_SIZE, "http://127.0.0.1:%d", bench->server.port);
    bench->request.url = "https://tenant.example/deployments/promote";
    bench->request.method = "POST";
    bench->request.acting = true;
}

Test(transport_curl_proxy, that_refuses_the_tunnel_got_nothing_of_the_request)
{
    static const char *const answers[] = {
        "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        char proxy[BENCH_URL_SIZE];
        struct bench bench = {.server.steps = {{.answer = answers[i], .end = RAW_CLOSE}}};
        bench_init_proxy(&bench, proxy);

        const enum cog_code code = bench_send_last(&bench);

        ASSERT_CODE(code, COG_ERROR_UNREACHABLE, bench.error);
        EXPECT_CONTAINS(bench.server.record, "CONNECT tenant.example:443 HTTP/1.1\r\n");
        EXPECT_LACKS(bench.server.record, "POST");
        bench_finish(&bench);
    }
}

Test(transport_curl_proxy, that_dies_is_no_fault_of_a_sent_request)
{
    static const enum raw_end ends[] = {RAW_CLOSE, RAW_RESET};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char proxy[BENCH_URL_SIZE];
        struct bench bench = {.server.steps = {{.end = ends[i]}}};
        bench_init_proxy(&bench, proxy);

        const enum cog_code code = bench_send_last(&bench);

        ASSERT_CODE(code, COG_ERROR_UNREACHABLE, bench.error);
        bench_finish(&bench);
    }
}

Test(transport_curl_proxy, is_not_shown_what_is_in_clear_and_for_this_machine)
{
    char proxy[BENCH_URL_SIZE];
    (void)snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", raw_port_unused());
    struct bench bench = {.server.steps = {{.answer = BENCH_OK_ANSWER}}, .options.proxy = proxy};
    bench_init_posix(&bench);

    const enum cog_code code = bench_send_last(&bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_CONTAINS(bench.server.record, "GET /path HTTP/1.1\r\n");
    bench_finish(&bench);
}
