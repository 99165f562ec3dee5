#include "record.h"

#include "support/expect.h"
#include "support/recorded_log.h"
#include "support/scripted_transport.h"

#include <criterion/criterion.h>

TestSuite(record, .timeout = 5.0);

static const char TRACEPARENT[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

struct bench {
    struct scripted_transport server;
    struct cog_clock_virtual clock;
    struct cog_random_seeded random;
    struct recorded_log log;
    struct cog_record record;
    struct cog_exchange exchange;
    struct cog_request request;
};

static void bench_init(struct bench *bench)
{
    cog_random_seeded_init(&bench->random, 1);
    bench->server.clock = &bench->clock;
    bench->record = (struct cog_record){
        .inner = scripted_transport(&bench->server),
        .clock = cog_clock_virtual(&bench->clock),
        .random = cog_random_seeded(&bench->random),
        .log = recorded_log(&bench->log),
        .traceparent = TRACEPARENT,
    };
    static const struct cog_header header = {"Authorization", "Bearer very-secret"};
    bench->request = (struct cog_request){
        .call = "health",
        .method = "GET",
        .url = "http://server/health",
        .headers = &header,
        .header_count = 1,
        .authentication = COG_AUTHENTICATION_BEARER,
        .timeout_ms = 30000,
        .deadline_ms = 900000,
        .exchange = &bench->exchange,
    };
}

static enum cog_code bench_send(struct bench *bench, struct cog_error *error)
{
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    return cog_transport_send(cog_record_transport(&bench->record), &bench->request, &response,
                              error);
}

Test(record, numbers_the_attempts_of_an_exchange_under_one_id)
{
    struct bench bench = {.server.answers = {{.status = 200}, {.status = 200}},
                          .exchange = {.request_id = "11111111-1111-4111-8111-111111111111"}};
    bench_init(&bench);
    struct cog_error error = {0};

    ASSERT_CODE(bench_send(&bench, &error), COG_OK, error);
    ASSERT_CODE(bench_send(&bench, &error), COG_OK, error);

    EXPECT_CONTAINS(bench.server.requests[0].headers,
                    "\nX-Request-Id: 11111111-1111-4111-8111-111111111111\nX-Attempt: 1\n");
    EXPECT_CONTAINS(bench.server.requests[1].headers,
                    "\nX-Request-Id: 11111111-1111-4111-8111-111111111111\nX-Attempt: 2\n");
}

Test(record, keeps_the_request_s_own_headers)
{
    struct bench bench = {.server.answers = {{.status = 200}}};
    bench_init(&bench);
    struct cog_error error = {0};

    ASSERT_CODE(bench_send(&bench, &error), COG_OK, error);

    EXPECT_CONTAINS(bench.server.requests[0].headers, "\nAuthorization: Bearer very-secret\n");
}

Test(record, supplies_an_exchange_where_there_is_none)
{
    struct bench bench = {.server.answers = {{.status = 200}}};
    bench_init(&bench);
    bench.request.exchange = NULL;
    struct cog_error error = {0};

    ASSERT_CODE(bench_send(&bench, &error), COG_OK, error);

    EXPECT_CONTAINS(bench.server.requests[0].headers, "\nX-Attempt: 1\n");
}

Test(record, passes_the_trace_on_to_the_platform_alone)
{
    struct bench bench = {.server.answers = {{.status = 200}, {.status = 200}}};
    bench_init(&bench);
    struct cog_error error = {0};

    ASSERT_CODE(bench_send(&bench, &error), COG_OK, error);
    bench.request.authentication = COG_AUTHENTICATION_NONE;
    ASSERT_CODE(bench_send(&bench, &error), COG_OK, error);

    EXPECT_CONTAINS(bench.server.requests[0].headers, TRACEPARENT);
    EXPECT_LACKS(bench.server.requests[1].headers, "traceparent");
}

Test(record, sends_no_trace_where_there_is_none)
{
    struct bench bench = {.server.answers = {{.status = 200}}};
    bench_init(&bench);
    bench.record.traceparent = NULL;
    struct cog_error error = {0};

    ASSERT_CODE(bench_send(&bench, &error), COG_OK, error);

    EXPECT_LACKS(bench.server.requests[0].headers, "traceparent");
}

Test(record, tells_of_an_answer_without_any_secret)
{
    struct bench bench = {.server.answers = {{.status = 503, .takes_ms = 250}},
                          .exchange = {.request_id = "id"}};
    bench_init(&bench);
    struct cog_error error = {0};

    ASSERT_CODE(bench_send(&bench, &error), COG_OK, error);

    EXPECT_STR(bench.log.text,
               "request call=health attempt=1 status=503 elapsed_ms=250 request_id=id\n");
}

Test(record, tells_of_a_failure_and_passes_it_on)
{
    struct bench bench = {
        .server.answers = {{.code = COG_ERROR_NETWORK, .message = "reset", .takes_ms = 7}},
        .exchange = {.request_id = "id"}};
    bench_init(&bench);
    struct cog_error error = {0};

    const enum cog_code code = bench_send(&bench, &error);

    ASSERT_CODE(code, COG_ERROR_NETWORK, error);
    EXPECT_STR(error.message, "reset");
    EXPECT_STR(bench.log.text,
               "request call=health attempt=1 error=network elapsed_ms=7 request_id=id\n");
}
