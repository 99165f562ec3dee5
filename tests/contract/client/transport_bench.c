#include "transport_bench.h"

#include "support/expect.h"

#include <criterion/criterion.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

enum { QUIET_MS = 50 };

void bench_leave_proxies_out(void)
{
    (void)setenv("no_proxy", "*", 1);
}

static void start(struct bench *bench)
{
    raw_server_start(&bench->server);
    ASSERT_CODE(cog_transport_curl_create(&bench->options, &bench->transport, &bench->error),
                COG_OK, bench->error);
    (void)snprintf(bench->url, sizeof bench->url, "http://127.0.0.1:%d/path", bench->server.port);
    bench->request = (struct cog_request){
        .call = "test",
        .method = "GET",
        .url = bench->url,
        .authentication = COG_AUTHENTICATION_BEARER,
        .timeout_ms = BENCH_TIMEOUT_MS,
        .deadline_ms = INT64_MAX,
    };
}

void bench_init_posix(struct bench *bench)
{
    bench->options.clock = cog_clock_posix();
    start(bench);
}

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

void bench_init_virtual(struct bench *bench, struct cog_clock_virtual *clock)
{
    cog_clock_virtual_init(clock, 0);
    bench->options.clock = cog_clock_virtual(clock);
    if (bench->options.waiter.wait == NULL) {
        bench->options.waiter = (struct cog_curl_waiter){wait_until_quiet, clock};
    }
    start(bench);
}

void bench_finish(struct bench *bench)
{
    cog_response_finish(&bench->response);
    cog_transport_curl_destroy(bench->transport);
}

enum cog_code bench_send(struct bench *bench)
{
    cog_response_finish(&bench->response);
    return cog_transport_send(cog_transport_curl(bench->transport), &bench->request,
                              &bench->response, &bench->error);
}

enum cog_code bench_send_last(struct bench *bench)
{
    const enum cog_code code = bench_send(bench);
    raw_server_stop(&bench->server);
    return code;
}

enum cog_code bench_send_to(struct raw_step step, struct bench *bench)
{
    *bench = (struct bench){.server.steps = {step}};
    bench_init_posix(bench);
    return bench_send_last(bench);
}
