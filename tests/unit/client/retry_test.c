#include "retry.h"

#include "retry_bench.h"
#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(retry, .timeout = 5.0);
TestSuite(retry_acting, .timeout = 5.0);

Test(retry, passes_a_good_answer_on_after_one_request)
{
    struct retry_bench bench = {.server.answers = {{.status = 200}}};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(status, 200);
    EXPECT_INT(bench.server.request_count, 1);
    EXPECT_STR(bench.log.text, "");
}

Test(retry, repeats_the_statuses_that_may_pass_by_themselves)
{
    static const int statuses[] = {408, 429, 500, 502, 503, 504};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct retry_bench bench = {.server.answers = {{.status = statuses[i]}, {.status = 200}}};
        retry_bench_init(&bench);
        struct cog_error error = {0};
        int status = 0;

        const enum cog_code code = retry_bench_send(&bench, &status, &error);

        ASSERT_CODE(code, COG_OK, error);
        cr_expect(status == 200 && bench.server.request_count == 2, "%d was not repeated",
                  statuses[i]);
    }
}

Test(retry, leaves_every_other_status_alone)
{
    static const int statuses[] = {202, 301, 400, 401, 403, 404, 409, 410, 422, 425, 501, 505, 507};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct retry_bench bench = {.server.answers = {{.status = statuses[i]}, {.status = 200}}};
        retry_bench_init(&bench);
        struct cog_error error = {0};
        int status = 0;

        const enum cog_code code = retry_bench_send(&bench, &status, &error);

        ASSERT_CODE(code, COG_OK, error);
        cr_expect(status == statuses[i] && bench.server.request_count == 1, "%d was repeated",
                  statuses[i]);
    }
}

Test(retry, repeats_the_transport_errors_that_may_pass_by_themselves)
{
    static const enum cog_code codes[] = {COG_ERROR_UNREACHABLE, COG_ERROR_TIMEOUT,
                                          COG_ERROR_NETWORK};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct retry_bench bench = {.server.answers = {{.code = codes[i]}, {.status = 200}}};
        retry_bench_init(&bench);
        struct cog_error error = {0};
        int status = 0;

        const enum cog_code code = retry_bench_send(&bench, &status, &error);

        ASSERT_CODE(code, COG_OK, error);
        cr_expect(bench.server.request_count == 2, "%s was not repeated", cog_code_name(codes[i]));
    }
}

Test(retry, leaves_every_other_error_alone)
{
    static const enum cog_code codes[] = {
        COG_ERROR_PROTOCOL,  COG_ERROR_MEMORY,   COG_ERROR_INTERNAL,     COG_ERROR_ARGUMENT,
        COG_ERROR_CANCELLED, COG_ERROR_DEADLINE, COG_ERROR_UNAUTHORIZED, COG_ERROR_UNAVAILABLE,
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct retry_bench bench = {.server.answers = {{.code = codes[i]}, {.status = 200}}};
        retry_bench_init(&bench);
        struct cog_error error = {0};
        int status = 0;

        const enum cog_code code = retry_bench_send(&bench, &status, &error);

        ASSERT_CODE(code, codes[i], error);
        cr_expect(bench.server.request_count == 1, "%s was repeated", cog_code_name(codes[i]));
    }
}

Test(retry, leaves_an_error_alone_that_does_not_pass)
{
    struct retry_bench bench = {
        .server.answers = {
            {.code = COG_ERROR_UNREACHABLE, .message = "expired", .is_lasting = true},
            {.status = 200}}};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_ERROR_UNREACHABLE, error);
    EXPECT_STR(error.message, "expired");
    EXPECT_INT(bench.server.request_count, 1);
}

Test(retry, returns_the_last_answer_when_the_attempts_are_used_up)
{
    struct retry_bench bench = {
        .server.answers = {{.status = 500}, {.status = 502}, {.status = 504}, {.status = 200}}};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(status, 504);
    EXPECT_INT(bench.server.request_count, 3);
    EXPECT_CONTAINS(bench.log.text, "retry-stopped call=status reason=attempts\n");
}

Test(retry, returns_the_last_error_when_the_attempts_are_used_up)
{
    struct retry_bench bench = {
        .server.answers = {{.code = COG_ERROR_NETWORK},
                           {.code = COG_ERROR_NETWORK},
                           {.code = COG_ERROR_TIMEOUT, .message = "third"}}};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_ERROR_TIMEOUT, error);
    EXPECT_STR(error.message, "third");
}

Test(retry, does_not_wait_after_the_last_attempt)
{
    struct retry_bench bench = {.server.answers = {
                                    {.status = 429},
                                    {.status = 429},
                                    {.status = 429, .headers = {{"Retry-After", "60"}}},
                                }};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(status, 429);
    EXPECT_INT(bench.clock.now_ms, bench.server.requests[2].sent_ms);
}

Test(retry, goes_by_the_request_s_own_number_of_attempts)
{
    struct retry_bench bench = {.server.answers = {{.status = 503}, {.status = 200}}};
    retry_bench_init(&bench);
    bench.request.attempts_max = 1;
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(status, 503);
    EXPECT_INT(bench.server.request_count, 1);
}

Test(retry, names_a_new_exchange)
{
    struct retry_bench bench = {.server.answers = {{.status = 200}}};
    retry_bench_init(&bench);
    bench.exchange = (struct cog_exchange){0};
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(strlen(bench.exchange.request_id), COG_UUID_SIZE - 1);
}

Test(retry, works_without_an_exchange)
{
    struct retry_bench bench = {.server.answers = {{.status = 200}}};
    retry_bench_init(&bench);
    bench.request.exchange = NULL;
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
}

Test(retry, tells_of_each_repetition)
{
    struct retry_bench bench = {
        .server.answers = {{.status = 429, .headers = {{"Retry-After", "5"}}},
                           {.code = COG_ERROR_UNREACHABLE},
                           {.status = 200}}};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_CONTAINS(bench.log.text,
                    "retry call=status attempt=1 status=429 delay_ms=5000 because=throttled\n");
    EXPECT_CONTAINS(bench.log.text, "retry call=status attempt=2 error=unreachable delay_ms=");
    EXPECT_CONTAINS(bench.log.text, " because=unsent\n");
}

Test(retry_acting, repeats_what_was_refused_or_never_arrived)
{
    static const struct scripted_answer firsts[] = {
        {.status = 429},
        {.status = 503, .headers = {{"Retry-After", "1"}}},
        {.status = 503, .headers = {{"Retry-After", "0"}}},
        {.code = COG_ERROR_UNREACHABLE},
    };
    for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++) {
        struct retry_bench bench = {.server.answers = {firsts[i], {.status = 202}}};
        retry_bench_init(&bench);
        bench.request.acting = true;
        struct cog_error error = {0};
        int status = 0;

        const enum cog_code code = retry_bench_send(&bench, &status, &error);

        ASSERT_CODE(code, COG_OK, error);
        cr_expect(status == 202, "row %zu was not repeated", i);
    }
}

Test(retry_acting, calls_ambiguous_what_may_have_been_applied)
{
    static const struct scripted_answer firsts[] = {
        {.status = 408},
        {.status = 500},
        {.status = 502},
        {.status = 503},
        {.status = 503, .headers = {{"Retry-After", "soon"}}},
        {.status = 504},
        {.status = 507},
        {.status = 524},
        {.code = COG_ERROR_TIMEOUT},
        {.code = COG_ERROR_NETWORK},
        {.code = COG_ERROR_PROTOCOL},
        {.code = COG_ERROR_MEMORY},
        {.code = COG_ERROR_INTERNAL},
    };
    for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++) {
        struct retry_bench bench = {.server.answers = {firsts[i], {.status = 202}}};
        retry_bench_init(&bench);
        bench.request.acting = true;
        struct cog_error error = {0};
        int status = 0;

        const enum cog_code code = retry_bench_send(&bench, &status, &error);

        ASSERT_CODE(code, COG_ERROR_AMBIGUOUS, error);
        cr_expect(bench.server.request_count == 1, "row %zu was repeated", i);
        cr_expect(error.http_status == firsts[i].status, "row %zu lost its status", i);
        EXPECT_CONTAINS(bench.log.text, "retry-stopped call=status reason=acting\n");
    }
}

Test(retry_acting, keeps_the_cause_of_an_ambiguous_end)
{
    struct retry_bench bench = {
        .server.answers = {{.code = COG_ERROR_NETWORK, .message = "connection reset"}}};
    retry_bench_init(&bench);
    bench.request.acting = true;
    bench.request.call = "promote";
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_ERROR_AMBIGUOUS, error);
    EXPECT_STR(error.message, "'promote' was sent and may have been applied");
    EXPECT_STR(error.cause, "connection reset");
}

Test(retry_acting, names_the_status_of_an_ambiguous_end)
{
    struct retry_bench bench = {.server.answers = {{.status = 502}}};
    retry_bench_init(&bench);
    bench.request.acting = true;
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_ERROR_AMBIGUOUS, error);
    EXPECT_STR(error.cause, "502 Bad Gateway");
}

Test(retry_acting, passes_on_what_is_certain)
{
    static const struct scripted_answer firsts[] = {
        {.status = 202}, {.status = 400}, {.status = 401},
        {.status = 404}, {.status = 409}, {.status = 501},
    };
    for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++) {
        struct retry_bench bench = {.server.answers = {firsts[i]}};
        retry_bench_init(&bench);
        bench.request.acting = true;
        struct cog_error error = {0};
        int status = 0;

        const enum cog_code code = retry_bench_send(&bench, &status, &error);

        ASSERT_CODE(code, COG_OK, error);
        EXPECT_INT(status, firsts[i].status);
    }
}

Test(retry_acting, returns_a_cancellation_as_it_is)
{
    struct retry_bench bench = {.server.answers = {{.code = COG_ERROR_CANCELLED}}};
    retry_bench_init(&bench);
    bench.request.acting = true;
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_ERROR_CANCELLED, error);
}
