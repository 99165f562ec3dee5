#include "conduct/conduct.h"
#include "stage.h"

#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>
#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(conduct, .timeout = 10.0);

#define HEALTH_FAILS "{\"faults\":[{\"call\":\"health\",\"inject\":{\"status\":500}}]}"

static struct mock_conduct_options strict(void)
{
    struct mock_conduct_options options = MOCK_CONDUCT_OPTIONS_DEFAULT;
    options.tolerance_ms = 0;
    return options;
}

/* What was written, to be read. */
static cJSON *read_body(struct mock_body *body)
{
    COG_CLEANUP(cog_string_finish) char *text = mock_body_take(body);
    cJSON *json = text == NULL ? NULL : cJSON_Parse(text);
    cr_assert_not_null(json);
    return json;
}

/* How many findings there are of a rule. */
static int count_findings(const struct stage *stage, const struct mock_conduct_options *options,
                          const char *rule)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    int count = 0;
    cr_assert(mock_conduct_judge(stage->server, options, &body) == COG_OK);
    COG_CLEANUP(cog_json_finish) cJSON *json = read_body(&body);
    const cJSON *findings = cJSON_GetObjectItemCaseSensitive(json, "findings");
    for (const cJSON *node = findings->child; node != NULL; node = node->next) {
        const cJSON *id = cJSON_GetObjectItemCaseSensitive(node, "rule");
        count += strcmp(id->valuestring, rule) == 0 ? 1 : 0;
    }
    return count;
}

static bool is_good(const struct stage *stage)
{
    const struct mock_conduct_options options = strict();
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    cr_assert(mock_conduct_judge(stage->server, &options, &body) == COG_OK);
    COG_CLEANUP(cog_json_finish) cJSON *json = read_body(&body);
    const cJSON *verdict = cJSON_GetObjectItemCaseSensitive(json, "verdict");
    return strcmp(verdict->valuestring, "good") == 0;
}

/* The clock jumps ahead by so much. */
static void wait(struct stage *stage, int64_t by_ms)
{
    const int64_t now_ms = cog_clock_monotonic_ms(cog_clock_virtual(&stage->clock));
    stage_advance(stage, now_ms + by_ms);
}

static void send_health(struct stage *stage)
{
    (void)stage_send(stage, "GET", "/api/v1/health", NULL);
}

Test(conduct, finds_a_call_before_retry_after)
{
    static const struct {
        int64_t at_ms;
        int64_t tolerance_ms;
        int count;
    } rows[] = {{0, 0, 1}, {9999, 0, 1}, {10000, 0, 0}, {9949, 50, 1}, {9950, 50, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, "{\"faults\":[{\"call\":\"health\",\"attempts\":[1],\"inject\":"
                           "{\"status\":429,\"retry_after\":\"10s\"}}]}");
        struct mock_conduct_options options = strict();
        options.tolerance_ms = rows[i].tolerance_ms;

        send_health(&stage);
        (void)stage_send(&stage, "GET", "/api/v1/deployments", NULL); /* Something else. */
        stage_advance(&stage, rows[i].at_ms);
        send_health(&stage);

        EXPECT_INT(count_findings(&stage, &options, "early_retry"), rows[i].count);
    }
}

Test(conduct, finds_a_promotion_that_is_repeated_blindly)
{
    static const struct {
        const char *inject;
        const char *first_key;
        const char *second_key;
        bool looks;
        int count;
    } rows[] = {
        {"\"reset_after_apply\"", NULL, NULL, false, 1},
        {"\"reset_after_apply\"", "k", "k", false, 0},
        {"\"reset_after_apply\"", "k", "l", false, 1},
        {"\"reset_after_apply\"", "k", NULL, false, 1},
        {"\"reset_after_apply\"", NULL, NULL, true, 0},
        {"{\"status\":504}", NULL, NULL, false, 1},
        {"{\"status\":503}", NULL, NULL, false, 1},
        {"{\"status\":503,\"retry_after\":\"1s\"}", NULL, NULL, false, 0},
        {"{\"status\":429}", NULL, NULL, false, 0},
        {"\"not_json\"", NULL, NULL, false, 1},
    };
    const struct mock_conduct_options options = strict();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario,
                       "{\"faults\":[{\"call\":\"promote\",\"attempts\":[1],\"inject\":%s}]}",
                       rows[i].inject);
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, scenario);

        stage_header(&stage, "Idempotency-Key", rows[i].first_key == NULL ? "" : rows[i].first_key);
        (void)stage_promote(&stage);
        if (rows[i].looks) {
            (void)stage_send(&stage, "GET", "/api/v1/deployments", NULL);
        }
        stage.header_count = 0;
        stage_header(&stage, "Idempotency-Key",
                     rows[i].second_key == NULL ? "" : rows[i].second_key);
        (void)stage_promote(&stage);

        cr_expect(count_findings(&stage, &options, "unkeyed_repeat") == rows[i].count, "row %zu",
                  i);
    }
}

Test(conduct, calls_a_backoff_flat_only_where_chance_does_not_explain_it)
{
    enum { GAPS_MAX = 7 };
    static const struct {
        int64_t gaps_ms[GAPS_MAX];
        size_t count;
        bool is_flat;
    } rows[] = {
        {{0}, 1, false},
        {{0, 0}, 2, true},
        {{3, 5}, 2, true},
        {{1000, 1000}, 2, true},
        {{1000, 1009}, 2, true},
        {{1000, 1100}, 2, false},
        {{1000, 500}, 2, false}, /* A draw of full jitter. */
        {{50, 50}, 2, false},    /* Likewise: of a short one. */
        {{1000, 1100, 1000}, 3, true},
        {{1000, 2000, 1000}, 3, false},
        {{100, 200, 400, 800, 1600, 3200}, 6, false},
        {{900, 800, 700, 100, 300, 200}, 6, true},
    };
    const struct mock_conduct_options options = strict();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, HEALTH_FAILS);

        send_health(&stage);
        for (size_t j = 0; j < rows[i].count; j++) {
            wait(&stage, rows[i].gaps_ms[j]);
            send_health(&stage);
        }

        cr_expect((count_findings(&stage, &options, "flat_backoff") == 1) == rows[i].is_flat,
                  "row %zu", i);
    }
}

Test(conduct, does_not_judge_waits_that_the_server_chose)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"faults\":[{\"call\":\"health\",\"attempts\":[1,2],\"inject\":"
                       "{\"status\":429,\"retry_after\":\"2s\"}}]}");

    for (int64_t i = 0; i < 3; i++) {
        send_health(&stage);
        wait(&stage, 2000);
    }

    cr_expect(is_good(&stage));
}

Test(conduct, finds_polls_that_come_faster_than_told)
{
    static const struct {
        const char *server;
        int64_t poll_interval_ms;
        int64_t first_ms;
        int64_t second_ms;
        int count;
    } rows[] = {
        {"{\"poll_retry_after\":\"5s\"}", 0, 5000, 5000, 0},
        {"{\"poll_retry_after\":\"5s\"}", 0, 4999, 5000, 1},
        {"{\"poll_retry_after\":\"5s\"}", 0, 5000, 4999, 1},
        {"{}", 0, 0, 0, 0},
        {"{}", 3000, 0, 3000, 0},
        {"{}", 3000, 0, 2999, 1},
        {"{}", 3000, 60000, 0, 0}, /* It has ended: that is no poll. */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[128];
        (void)snprintf(scenario, sizeof scenario, "{\"server\":%s}", rows[i].server);
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, scenario);
        struct mock_conduct_options options = strict();
        options.poll_interval_ms = rows[i].poll_interval_ms;

        (void)stage_promote(&stage);
        wait(&stage, rows[i].first_ms);
        (void)stage_send(&stage, "GET", "/api/v1/deployments/job-1/status", NULL);
        wait(&stage, rows[i].second_ms);
        (void)stage_send(&stage, "GET", "/api/v1/deployments/job-1/status", NULL);

        cr_expect(count_findings(&stage, &options, "fast_polling") == rows[i].count, "row %zu", i);
    }
}

Test(conduct, finds_a_token_used_after_the_life_that_its_client_was_told)
{
    static const struct {
        const char *oauth;
        int64_t at_ms;
        int count;
    } rows[] = {
        {"{\"expires_in\":\"10s\"}", 10000, 0},
        {"{\"expires_in\":\"10s\"}", 10001, 1},
        {"{\"expires_in\":\"10s\",\"expires_in_said\":\"missing\"}", 20000, 0},
        {"{\"expires_in\":\"1h\",\"expires_in_said\":\"10s\"}", 20000, 1},
    };
    const struct mock_conduct_options options = strict();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[128];
        (void)snprintf(scenario, sizeof scenario, "{\"server\":{\"oauth\":%s}}", rows[i].oauth);
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, scenario);

        stage_advance(&stage, rows[i].at_ms);
        send_health(&stage);

        cr_expect(count_findings(&stage, &options, "expired_token") == rows[i].count, "row %zu", i);
    }
}

Test(conduct, finds_a_token_used_again_after_it_was_refused)
{
    for (int renews = 0; renews <= 1; renews++) {
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, "{\"server\":{\"oauth\":{\"revoke_at\":[\"5s\"]}}}");
        const struct mock_conduct_options options = strict();
        stage_advance(&stage, 5000);

        send_health(&stage);
        if (renews == 1) {
            (void)stage_fetch_token(&stage);
        }
        send_health(&stage);

        EXPECT_INT(count_findings(&stage, &options, "dropped_token"), 1 - renews);
    }
}

Test(conduct, finds_more_attempts_than_the_limit)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, HEALTH_FAILS);
    struct mock_conduct_options options = strict();
    for (int64_t i = 0; i < 4; i++) {
        wait(&stage, 1000 * i * i);
        send_health(&stage);
    }

    EXPECT_INT(count_findings(&stage, &options, "too_many_attempts"), 1);
    options.attempts_max = 4;
    EXPECT_INT(count_findings(&stage, &options, "too_many_attempts"), 0);
}

Test(conduct, does_not_count_the_attempt_with_a_renewed_token)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"faults\":[{\"call\":\"health\",\"attempts\":[1],\"inject\":"
                       "{\"status\":401}},{\"call\":\"health\",\"attempts\":[2,3],\"inject\":"
                       "{\"status\":500}}]}");
    const struct mock_conduct_options options = strict();
    send_health(&stage);
    (void)stage_fetch_token(&stage);
    for (int64_t i = 0; i < 3; i++) {
        send_health(&stage);
        wait(&stage, 1000 * (i + 1));
    }

    EXPECT_INT(count_findings(&stage, &options, "too_many_attempts"), 0);
}

Test(conduct, takes_requests_with_one_id_for_repetitions_only_where_they_are)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    stage_header(&stage, "X-Request-Id", "always-the-same");

    for (int i = 0; i < 10; i++) {
        send_health(&stage);
    }

    cr_expect(is_good(&stage));
}

Test(conduct, only_advises_to_send_a_request_id)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    const struct mock_conduct_options options = strict();

    EXPECT_INT(count_findings(&stage, &options, "no_request_id"), 1);
    cr_expect(is_good(&stage));
}

Test(conduct, looks_only_at_what_it_is_asked_about)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, HEALTH_FAILS);
    for (int i = 0; i < 4; i++) {
        send_health(&stage);
    }
    struct mock_conduct_options options = strict();

    options.since = 4;
    EXPECT_INT(count_findings(&stage, &options, "too_many_attempts"), 0);
    options.since = 0;
    options.client = "somebody-else";
    EXPECT_INT(count_findings(&stage, &options, "too_many_attempts"), 0);
    options.client = "dev-client";
    EXPECT_INT(count_findings(&stage, &options, "too_many_attempts"), 1);
}

Test(conduct, does_not_blame_a_client_for_a_clock_that_stands_still)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"faults\":[{\"call\":\"health\",\"attempts\":[1],\"inject\":"
                       "{\"status\":429,\"retry_after\":\"10s\"}}]}");
    mock_clock_set_scale(mock_server_clock(stage.server), 0);

    send_health(&stage);
    wait(&stage, 10000);
    send_health(&stage);

    cr_expect(is_good(&stage));
}

Test(conduct, does_not_blame_a_client_for_a_clock_that_jumps)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);

    mock_clock_advance(mock_server_clock(stage.server), 7200000);
    send_health(&stage);

    EXPECT_INT(stage.plan.status, 401);
    cr_expect(is_good(&stage));
}
