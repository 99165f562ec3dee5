#include "retry.h"

#include "retry_bench.h"
#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(retry_wait, .timeout = 5.0);
TestSuite(retry_budget, .timeout = 5.0);

/* The delays that a generator of the same seed gives for these limits. */
static void draw(const int64_t *limits_ms, size_t count, int64_t *out_delays_ms)
{
    struct cog_random_seeded random;
    cog_random_seeded_init(&random, RETRY_BENCH_SEED);
    for (size_t i = 0; i < count; i++) {
        cr_assert(cog_random_up_to(cog_random_seeded(&random), limits_ms[i], &out_delays_ms[i]) ==
                  COG_OK);
    }
}

Test(retry_wait, is_drawn_from_a_limit_that_doubles)
{
    struct retry_bench bench = {
        .server.answers = {{.status = 500}, {.status = 500}, {.status = 200}}};
    retry_bench_init(&bench);
    const int64_t limits_ms[] = {50, 100};
    int64_t delays_ms[2];
    draw(limits_ms, 2, delays_ms);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(bench.server.requests[1].sent_ms, delays_ms[0]);
    EXPECT_INT(bench.server.requests[2].sent_ms, delays_ms[0] + delays_ms[1]);
}

Test(retry_wait, starts_at_a_second_after_throttling)
{
    struct retry_bench bench = {
        .server.answers = {{.status = 429}, {.status = 429}, {.status = 200}}};
    retry_bench_init(&bench);
    const int64_t limits_ms[] = {1000, 2000};
    int64_t delays_ms[2];
    draw(limits_ms, 2, delays_ms);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(bench.server.requests[1].sent_ms, delays_ms[0]);
    EXPECT_INT(bench.server.requests[2].sent_ms, delays_ms[0] + delays_ms[1]);
}

Test(retry_wait, is_drawn_from_20_s_at_most)
{
    struct retry_bench bench = {0};
    for (size_t i = 0; i < 8; i++) {
        bench.server.answers[i].status = 429;
    }
    retry_bench_init(&bench);
    bench.retry.attempts_max = 8;
    const int64_t limits_ms[] = {1000, 2000, 4000, 8000, 16000, 20000, 20000};
    int64_t delays_ms[7];
    draw(limits_ms, 7, delays_ms);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(bench.server.requests[6].sent_ms - bench.server.requests[5].sent_ms, delays_ms[5]);
    EXPECT_INT(bench.server.requests[7].sent_ms - bench.server.requests[6].sent_ms, delays_ms[6]);
}

Test(retry_wait, is_what_the_server_asks_when_that_is_longer)
{
    struct retry_bench bench = {.server.answers = {
                                    {.status = 503, .headers = {{"Retry-After", "40"}}},
                                    {.status = 200},
                                }};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(bench.server.requests[1].sent_ms, 40000);
}

Test(retry_wait, is_the_drawn_one_when_the_server_asks_for_less)
{
    struct retry_bench bench = {.server.answers = {
                                    {.status = 429, .headers = {{"Retry-After", "0"}}},
                                    {.status = 200},
                                }};
    retry_bench_init(&bench);
    const int64_t limit_ms = 1000;
    int64_t delay_ms = 0;
    draw(&limit_ms, 1, &delay_ms);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    cr_assert_gt(delay_ms, 0);
    EXPECT_INT(bench.server.requests[1].sent_ms, delay_ms);
}

Test(retry_wait, may_be_as_long_as_the_cap)
{
    struct retry_bench bench = {.server.answers = {
                                    {.status = 429, .headers = {{"Retry-After", "600"}}},
                                    {.status = 200},
                                }};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(bench.clock.now_ms, 600000);
}

Test(retry_wait, beyond_the_cap_ends_the_call_at_once)
{
    struct retry_bench bench = {.server.answers = {
                                    {.status = 429, .headers = {{"Retry-After", "3600"}}},
                                    {.status = 200},
                                }};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_ERROR_THROTTLED, error);
    EXPECT_STR(error.message, "server asks to wait 1h, longer than the limit 10m");
    EXPECT_INT(error.http_status, 429);
    EXPECT_INT(error.retry_after_ms, 3600000);
    EXPECT_INT(bench.clock.now_ms, 0);
    EXPECT_CONTAINS(bench.log.text, "retry-stopped call=status reason=cap\n");
}

Test(retry_wait, beyond_the_deadline_ends_the_call_at_once)
{
    struct retry_bench bench = {.server.answers = {
                                    {.status = 503, .headers = {{"Retry-After", "3600"}}},
                                    {.status = 200},
                                }};
    retry_bench_init(&bench);
    bench.retry.retry_after_ms_max = 7200000;
    bench.request.deadline_ms = 40000;
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_ERROR_UNAVAILABLE, error);
    EXPECT_STR(error.message, "server asks to wait 1h, longer than the time left 40s");
    EXPECT_INT(error.http_status, 503);
    EXPECT_CONTAINS(bench.log.text, "retry-stopped call=status reason=deadline\n");
}

Test(retry_wait, that_would_end_at_the_deadline_does_not_start)
{
    struct retry_bench bench = {
        .server.answers = {{.code = COG_ERROR_NETWORK, .takes_ms = 30000}, {.status = 200}}};
    retry_bench_init(&bench);
    bench.request.deadline_ms = 30000;
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_ERROR_NETWORK, error);
    EXPECT_INT(bench.server.request_count, 1);
    EXPECT_INT(bench.clock.now_ms, 30000);
    EXPECT_CONTAINS(bench.log.text, "retry-stopped call=status reason=deadline\n");
}

static void request_cancel(void *context)
{
    cog_cancel_request(context);
}

Test(retry_wait, does_not_begin_when_it_was_cancelled)
{
    struct retry_bench bench = {.server.answers = {{.status = 429}, {.status = 200}}};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    struct cog_cancel *cancel = NULL;
    ASSERT_CODE(cog_cancel_create(&cancel, &error), COG_OK, error);
    bench.request.cancel = cancel;
    bench.server.on_send = request_cancel;
    bench.server.on_send_context = cancel;
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_ERROR_CANCELLED, error);
    EXPECT_STR(error.message, "cancelled before 'status' was repeated");
    EXPECT_INT(bench.server.request_count, 1);
    EXPECT_INT(bench.clock.now_ms, 0);
    EXPECT_INT(bench.budget.spent, 0);
    EXPECT_STR(bench.log.text, "retry-stopped call=status reason=cancelled\n");
    cog_cancel_destroy(cancel);
}

/* A clock on which somebody asks to stop while a wait goes on. */
struct interrupting_clock {
    struct cog_clock inner;
    struct cog_cancel *cancel;
};

static int64_t interrupting_monotonic_ms(void *context)
{
    const struct interrupting_clock *clock = context;
    return cog_clock_monotonic_ms(clock->inner);
}

static int64_t interrupting_unix_ms(void *context)
{
    const struct interrupting_clock *clock = context;
    return cog_clock_unix_ms(clock->inner);
}

static enum cog_code interrupting_sleep_until(void *context, int64_t due_ms,
                                              const struct cog_cancel *cancel)
{
    const struct interrupting_clock *clock = context;
    cog_cancel_request(clock->cancel);
    return cog_clock_sleep_until(clock->inner, due_ms, cancel);
}

Test(retry_wait, ends_when_it_is_cancelled)
{
    static const struct cog_clock_ops ops = {interrupting_monotonic_ms, interrupting_unix_ms,
                                             interrupting_sleep_until};
    struct retry_bench bench = {.server.answers = {{.status = 429}, {.status = 200}}};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    struct interrupting_clock clock = {.inner = bench.retry.clock};
    ASSERT_CODE(cog_cancel_create(&clock.cancel, &error), COG_OK, error);
    bench.retry.clock = (struct cog_clock){&ops, &clock};
    bench.request.cancel = clock.cancel;
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_ERROR_CANCELLED, error);
    EXPECT_INT(bench.server.request_count, 1);
    EXPECT_INT(bench.clock.now_ms, 0);
    cog_cancel_destroy(clock.cancel);
}

/* The wall clock goes forward by an hour while the server makes up its answer. */
static void step_forward(void *context)
{
    struct cog_clock_virtual *clock = context;
    clock->start_unix_ms += 3600000;
}

Test(retry_wait, is_never_shortened_by_a_step_of_the_wall_clock)
{
    struct retry_bench bench = {.server.answers = {
                                    {.status = 503,
                                     .headers = {{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"},
                                                 {"Retry-After", "Sun, 06 Nov 1994 08:50:17 GMT"}}},
                                    {.status = 429, .headers = {{"Retry-After", "30"}}},
                                    {.status = 200},
                                }};
    retry_bench_init(&bench);
    bench.server.on_send = step_forward;
    bench.server.on_send_context = &bench.clock;
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(bench.server.requests[1].sent_ms, 40000);
    EXPECT_INT(bench.server.requests[2].sent_ms, 70000);
}

/* 36 transient repetitions, or 100 throttled ones. */
Test(retry_budget, is_500_of_which_a_repetition_costs_14_or_5)
{
    EXPECT_INT(COG_RETRY_BUDGET, 500);
    EXPECT_INT(COG_RETRY_COST_TRANSIENT, 14);
    EXPECT_INT(COG_RETRY_COST_THROTTLED, 5);
}

Test(retry_budget, is_spent_by_repetitions_alone)
{
    struct retry_bench bench = {
        .server.answers = {{.status = 429}, {.status = 500}, {.status = 404}}};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(bench.budget.spent, COG_RETRY_COST_THROTTLED + COG_RETRY_COST_TRANSIENT);
}

Test(retry_budget, gets_the_last_repetition_back_on_success)
{
    struct retry_bench bench = {
        .server.answers = {{.status = 429}, {.status = 500}, {.status = 200}}};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(bench.budget.spent, COG_RETRY_COST_THROTTLED);
}

Test(retry_budget, gets_one_back_for_a_success_at_once)
{
    struct retry_bench bench = {.server.answers = {{.status = 200}}};
    retry_bench_init(&bench);
    bench.budget.spent = 10;
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(bench.budget.spent, 9);
}

Test(retry_budget, is_never_overfilled)
{
    struct retry_bench bench = {.server.answers = {{.status = 200}}};
    retry_bench_init(&bench);
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(bench.budget.spent, 0);
}

Test(retry_budget, may_be_spent_to_the_last)
{
    struct retry_bench bench = {.server.answers = {{.status = 500}, {.status = 404}}};
    retry_bench_init(&bench);
    bench.budget.spent = COG_RETRY_BUDGET - COG_RETRY_COST_TRANSIENT;
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(bench.server.request_count, 2);
    EXPECT_INT(bench.budget.spent, COG_RETRY_BUDGET);
}

Test(retry_budget, forbids_repetitions_when_it_is_used_up)
{
    struct retry_bench bench = {.server.answers = {{.status = 500}, {.status = 200}}};
    retry_bench_init(&bench);
    bench.budget.spent = COG_RETRY_BUDGET - COG_RETRY_COST_TRANSIENT + 1;
    struct cog_error error = {0};
    int status = 0;

    const enum cog_code code = retry_bench_send(&bench, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(status, 500);
    EXPECT_INT(bench.server.request_count, 1);
    EXPECT_CONTAINS(bench.log.text, "retry-stopped call=status reason=budget\n");
}

Test(retry_budget, is_one_for_all_layers_that_share_it)
{
    struct retry_bench first = {.server.answers = {{.status = 500}, {.status = 404}}};
    struct retry_bench second = {.server.answers = {{.status = 500}, {.status = 200}}};
    retry_bench_init(&first);
    retry_bench_init(&second);
    second.retry.budget = &first.budget;
    first.budget.spent = COG_RETRY_BUDGET - COG_RETRY_COST_TRANSIENT;
    struct cog_error error = {0};
    int status = 0;
    ASSERT_CODE(retry_bench_send(&first, &status, &error), COG_OK, error);

    const enum cog_code code = retry_bench_send(&second, &status, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(status, 500);
    EXPECT_INT(second.server.request_count, 1);
}
