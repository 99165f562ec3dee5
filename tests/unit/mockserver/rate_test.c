#include "v1/rate.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(rate_window, .timeout = 5.0);
TestSuite(rate_bucket, .timeout = 5.0);
TestSuite(rate_scope, .timeout = 5.0);
TestSuite(rate_limits, .timeout = 5.0);
TestSuite(rate_early, .timeout = 5.0);

static const struct mock_rate_key status = {"a", MOCK_CALL_STATUS};

static struct mock_rate_limits one(enum mock_rate_policy policy, int requests, int64_t per_ms,
                                   int burst)
{
    return (struct mock_rate_limits){
        .items = {{.name = "default",
                   .policy = policy,
                   .requests = requests,
                   .per_ms = per_ms,
                   .burst = burst,
                   .calls = mock_rate_bearer_calls()}},
        .count = 1,
    };
}

static void adopt(struct mock_rate *rate, const struct mock_rate_limits *limits)
{
    cr_assert(mock_rate_adopt(rate, limits) == COG_OK);
}

/* How long the request has to wait; 0: it passed, and was counted. */
static int64_t ask(struct mock_rate *rate, const struct mock_rate_key *key, int64_t now_ms)
{
    struct mock_rate_verdict verdict = {0};
    cr_assert(mock_rate_ask(rate, key, now_ms, &verdict) == COG_OK);
    return verdict.wait_ms;
}

Test(rate_window, counts_anew_in_each_window_from_the_worlds_start)
{
    static const struct {
        int64_t now_ms;
        int64_t wait_ms;
    } rows[] = {
        {500, 0}, {600, 0}, {601, 2399}, {2999, 1}, {3000, 0}, {3000, 0}, {3000, 3000}, {9500, 0},
    };
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    const struct mock_rate_limits limits = one(MOCK_RATE_FIXED_WINDOW, 2, 3000, 2);
    adopt(&rate, &limits);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t wait_ms = ask(&rate, &status, rows[i].now_ms);
        cr_expect(wait_ms == rows[i].wait_ms, "row %zu: %lld", i, (long long)wait_ms);
    }
    EXPECT_INT(rate.total.refused_count, 3);
}

Test(rate_bucket, lets_a_burst_pass_and_then_one_for_each_part_of_the_time)
{
    static const struct {
        int64_t now_ms;
        int64_t wait_ms;
    } rows[] = {
        {0, 0},   {0, 0},     {0, 0},   {0, 334},   {333, 1},
        {334, 0}, {334, 333}, {667, 0}, {667, 333}, {1000, 0},
    };
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    const struct mock_rate_limits limits = one(MOCK_RATE_TOKEN_BUCKET, 3, 1000, 3);
    adopt(&rate, &limits);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t wait_ms = ask(&rate, &status, rows[i].now_ms);
        cr_expect(wait_ms == rows[i].wait_ms, "row %zu: %lld", i, (long long)wait_ms);
    }
}

Test(rate_bucket, does_not_drift)
{
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    const struct mock_rate_limits limits = one(MOCK_RATE_TOKEN_BUCKET, 7, 1000, 1);
    adopt(&rate, &limits);
    int passed_count = 0;

    for (int64_t now_ms = 0; now_ms < 100000; now_ms++) {
        passed_count += ask(&rate, &status, now_ms) == 0;
    }

    EXPECT_INT(passed_count, 1 + 7 * 99 + 6); /* One at 0 ms; the 700th would come at 100 s. */
}

Test(rate_bucket, passes_exactly_when_it_said)
{
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    const struct mock_rate_limits limits = one(MOCK_RATE_TOKEN_BUCKET, 7, 1000, 2);
    adopt(&rate, &limits);
    int64_t now_ms = 13;
    for (int i = 0; i < 50; i++) {
        int64_t wait_ms = ask(&rate, &status, now_ms);
        if (wait_ms == 0) {
            continue;
        }
        cr_expect(ask(&rate, &status, now_ms + wait_ms - 1) == 1, "round %d", i);
        now_ms += wait_ms;
        cr_expect(ask(&rate, &status, now_ms) == 0, "round %d", i);
    }
}

Test(rate_bucket, holds_the_largest_numbers)
{
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    const struct mock_rate_limits limits =
        one(MOCK_RATE_TOKEN_BUCKET, 1000000, INT64_C(31536000000), 1000000);
    adopt(&rate, &limits);
    struct mock_rate_reading readings[MOCK_RATE_LIMITS_MAX];

    EXPECT_INT(ask(&rate, &status, 0), 0);
    EXPECT_INT(mock_rate_read(&rate, &status, 0, readings), 1);
    EXPECT_INT(readings[0].remaining, 999999);
    EXPECT_INT(readings[0].reset_ms, 31536);
    EXPECT_INT(mock_rate_read(&rate, &status, INT64_C(31536000000000), readings), 1);
    EXPECT_INT(readings[0].remaining, 1000000);
}

Test(rate_scope, says_whose_requests_are_counted_together)
{
    static const struct mock_rate_key keys[] = {
        {"a", MOCK_CALL_STATUS},
        {"b", MOCK_CALL_STATUS},
        {"a", MOCK_CALL_HEALTH},
        {"", MOCK_CALL_STATUS},
    };
    static const struct {
        enum mock_rate_scope scope;
        bool passes[4];
    } rows[] = {
        {MOCK_RATE_TENANT, {true, false, false, false}},
        {MOCK_RATE_CLIENT, {true, true, false, true}},
        {MOCK_RATE_CALL, {true, false, true, false}},
    };
    for (size_t i = 0; i < 3; i++) {
        for (int policy = 0; policy < 2; policy++) {
            COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
            struct mock_rate_limits limits = one((enum mock_rate_policy)policy, 1, 1000, 1);
            limits.items[0].scope = rows[i].scope;
            adopt(&rate, &limits);
            for (size_t j = 0; j < 4; j++) {
                bool passes = ask(&rate, &keys[j], 0) == 0;
                cr_expect(passes == rows[i].passes[j], "row %zu key %zu", i, j);
            }
        }
    }
}

Test(rate_scope, leaves_calls_alone_that_it_does_not_name)
{
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    struct mock_rate_limits limits = one(MOCK_RATE_FIXED_WINDOW, 1, 1000, 1);
    limits.items[0].calls = 1U << MOCK_CALL_STATUS;
    adopt(&rate, &limits);
    const struct mock_rate_key health = {"a", MOCK_CALL_HEALTH};
    struct mock_rate_reading readings[MOCK_RATE_LIMITS_MAX];

    EXPECT_INT(ask(&rate, &health, 0), 0);
    EXPECT_INT(ask(&rate, &health, 0), 0);
    EXPECT_INT(mock_rate_read(&rate, &health, 0, readings), 0);
    EXPECT_INT(ask(&rate, &status, 0), 0);
    EXPECT_INT(ask(&rate, &status, 0), 1000);
}

Test(rate_scope, bounds_what_it_remembers)
{
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    struct mock_rate_limits limits = one(MOCK_RATE_TOKEN_BUCKET, 1, 1000, 1);
    limits.items[0].scope = MOCK_RATE_CLIENT;
    adopt(&rate, &limits);
    for (int i = 0; i < MOCK_RATE_COUNTERS_MAX + 10; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "c-%d", i);
        const struct mock_rate_key key = {id, MOCK_CALL_STATUS};
        EXPECT_INT(ask(&rate, &key, i), 0);
        cr_assert(mock_rate_promise(&rate, &rate.slots[0], &key, 5000 + i) == COG_OK);
    }
    const struct mock_rate_key newest = {"c-1033", MOCK_CALL_STATUS};

    EXPECT_INT(rate.slots[0].counter_count, MOCK_RATE_COUNTERS_MAX);
    EXPECT_INT(rate.slots[0].promise_count, MOCK_RATE_PROMISES_MAX);
    EXPECT_INT(ask(&rate, &newest, 1033), 1000);
    EXPECT_INT(rate.total.early_count, 1);
}

Test(rate_limits, lets_the_strictest_decide_and_counts_a_refusal_nowhere)
{
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    struct mock_rate_limits limits = one(MOCK_RATE_FIXED_WINDOW, 3, 10000, 3);
    limits.items[1] = limits.items[0];
    (void)snprintf(limits.items[1].name, sizeof limits.items[1].name, "short");
    limits.items[1].requests = 1;
    limits.items[1].per_ms = 1000;
    limits.count = 2;
    adopt(&rate, &limits);

    EXPECT_INT(ask(&rate, &status, 0), 0);
    EXPECT_INT(ask(&rate, &status, 0), 1000);
    EXPECT_INT(ask(&rate, &status, 1000), 0);
    EXPECT_INT(ask(&rate, &status, 2000), 0);
    EXPECT_INT(ask(&rate, &status, 2500), 7500);
    EXPECT_INT(rate.slots[0].tally.refused_count, 1);
    EXPECT_INT(rate.slots[1].tally.refused_count, 2);
    EXPECT_INT(rate.total.refused_count, 2);
}

Test(rate_limits, go_on_where_they_are_unchanged_and_begin_anew_where_they_differ)
{
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    const struct mock_rate_limits limits = one(MOCK_RATE_FIXED_WINDOW, 1, 10000, 1);
    struct mock_rate_limits both = one(MOCK_RATE_FIXED_WINDOW, 2, 20000, 2);
    (void)snprintf(both.items[0].name, sizeof both.items[0].name, "first");
    both.items[1] = limits.items[0];
    both.count = 2;
    struct mock_rate_limits other = limits;
    other.items[0].per_ms = 20000;
    const struct mock_rate_limits none = {.count = 0};
    adopt(&rate, &limits);
    EXPECT_INT(ask(&rate, &status, 0), 0);
    EXPECT_INT(ask(&rate, &status, 0), 10000);

    adopt(&rate, &both);
    EXPECT_INT(ask(&rate, &status, 0), 10000);
    EXPECT_INT(rate.slots[1].tally.refused_count, 2);
    adopt(&rate, &other);
    EXPECT_INT(ask(&rate, &status, 0), 0);
    EXPECT_INT(rate.slots[0].tally.refused_count, 0);
    adopt(&rate, &none);
    EXPECT_INT(ask(&rate, &status, 0), 0);
    EXPECT_INT(rate.total.refused_count, 2);
}

Test(rate_early, counts_who_comes_before_its_time_on_the_same_call)
{
    static const struct mock_rate_key other_call = {"a", MOCK_CALL_HEALTH};
    static const struct mock_rate_key other_client = {"b", MOCK_CALL_STATUS};
    COG_CLEANUP(mock_rate_finish) struct mock_rate rate = {0};
    const struct mock_rate_limits limits = one(MOCK_RATE_FIXED_WINDOW, 1, 10000, 1);
    adopt(&rate, &limits);
    (void)ask(&rate, &status, 0);
    cr_assert(mock_rate_promise(&rate, &rate.slots[0], &status, 11000) == COG_OK);

    (void)ask(&rate, &other_call, 500);
    (void)ask(&rate, &other_client, 500);
    EXPECT_INT(rate.total.early_count, 0);
    (void)ask(&rate, &status, 500);
    EXPECT_INT(ask(&rate, &status, 10999), 0); /* It passes: too early it is all the same. */
    EXPECT_INT(rate.total.early_count, 2);
    (void)ask(&rate, &status, 11000);

    EXPECT_INT(rate.total.early_count, 2);
    EXPECT_INT(rate.slots[0].tally.early_count, 2);
}
