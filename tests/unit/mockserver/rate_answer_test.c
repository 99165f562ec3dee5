/* Rate limits as a client meets them. */
#include "server_private.h"
#include "stage.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(rate_answer, .timeout = 5.0);
TestSuite(rate_header, .timeout = 5.0);

#define BASE   "/api/v1"
#define LIMIT  "{\"server\":{\"rate_limit\":"
#define FORM   "application/x-www-form-urlencoded"
#define OTHERS "\"oauth\":{\"clients\":[{\"id\":\"a\",\"secrets\":[\"secret-a\"]}]}"

static int get_health(struct stage *stage)
{
    return stage_send(stage, "GET", BASE "/health", NULL);
}

/* A token for the client "a". */
static int fetch_other_token(struct stage *stage)
{
    stage->token[0] = '\0';
    stage->content_type = FORM;
    int status = stage_send(stage, "POST", BASE "/oauth/token",
                            "grant_type=client_credentials&client_id=a&client_secret=secret-a");
    (void)snprintf(stage->token, sizeof stage->token, "%s", stage_text(stage, "access_token"));
    return status;
}

Test(rate_answer, of_a_bucket_rounds_the_wait_up_and_lets_pass_who_keeps_it)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, LIMIT "{\"policy\":\"token_bucket\",\"requests\":2,\"per\":\"3s\","
                             "\"burst\":1}}}");
    EXPECT_INT(get_health(&stage), 200);

    EXPECT_INT(get_health(&stage), 429);
    EXPECT_STR(stage_answer_header(&stage, "Retry-After"), "2");
    EXPECT_INT(stage.plan.retry_after_ms, 2000);
    EXPECT_STR(stage_text(&stage, "detail"), "more than 1 requests at once, and 2 in 3000 ms");

    stage_advance(&stage, 1499);
    EXPECT_INT(get_health(&stage), 429);
    EXPECT_STR(stage_answer_header(&stage, "Retry-After"), "1");
    stage_advance(&stage, 1500);
    EXPECT_INT(get_health(&stage), 200);
}

Test(rate_answer, counts_who_comes_before_the_rounded_time_that_it_was_told)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, LIMIT "{\"policy\":\"token_bucket\",\"requests\":2,\"per\":\"3s\","
                             "\"burst\":1,\"retry_after\":\"date\"}}}");
    const struct mock_rate *rate = &stage.server->api.rate;
    (void)get_health(&stage);
    EXPECT_INT(get_health(&stage), 429);
    EXPECT_STR(stage_answer_header(&stage, "Retry-After"), "Thu, 01 Jan 2026 00:00:02 GMT");

    stage_advance(&stage, 1999);
    EXPECT_INT(get_health(&stage), 200);
    EXPECT_INT(rate->total.early_count, 1);
    stage_advance(&stage, 4000);
    EXPECT_INT(get_health(&stage), 200);

    EXPECT_INT(rate->total.early_count, 1);
    EXPECT_INT(rate->slots[0].tally.refused_count, 1);
}

Test(rate_answer, promises_nothing_without_a_retry_after)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, LIMIT "{\"requests\":1,\"per\":\"3s\",\"retry_after\":\"none\"}}}");
    (void)get_health(&stage);
    EXPECT_INT(get_health(&stage), 429);
    EXPECT_INT(get_health(&stage), 429);

    EXPECT_INT(stage.server->api.rate.total.early_count, 0);
}

Test(rate_answer, tells_clients_apart_by_their_tokens)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, LIMIT "{\"requests\":1,\"per\":\"3s\",\"scope\":\"client\"}," OTHERS "}}");
    EXPECT_INT(get_health(&stage), 200);
    EXPECT_INT(get_health(&stage), 429);

    EXPECT_INT(fetch_other_token(&stage), 200);

    EXPECT_INT(get_health(&stage), 200);
    EXPECT_INT(get_health(&stage), 429);
    (void)snprintf(stage.token, sizeof stage.token, "unknown");
    EXPECT_INT(get_health(&stage), 401);
    EXPECT_INT(get_health(&stage), 429);
    EXPECT_INT(stage.server->api.rate.slots[0].counter_count, 3);
}

Test(rate_answer, limits_token_calls_only_when_they_are_named)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, LIMIT "{\"requests\":2,\"per\":\"9s\",\"scope\":\"client\","
                             "\"calls\":[\"token\"]}," OTHERS "}}");
    EXPECT_INT(get_health(&stage), 200);
    EXPECT_INT(get_health(&stage), 200);
    EXPECT_INT(get_health(&stage), 200);
    EXPECT_INT(stage_fetch_token(&stage), 200);

    EXPECT_INT(stage_fetch_token(&stage), 429);
    EXPECT_STR(stage_answer_header(&stage, "Retry-After"), "9");
    EXPECT_INT(fetch_other_token(&stage), 200);
    EXPECT_INT(stage_fetch_token(&stage), 429);
    EXPECT_INT(stage.server->api.rate.total.early_count, 1);
}

Test(rate_answer, follows_a_behaviour_that_is_switched_at_any_time)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, LIMIT "{\"requests\":1,\"per\":\"3s\"}}}");
    struct mock_behaviour other = stage.script->behaviour;
    other.poll_retry_after_ms = 7;
    struct mock_behaviour wider = other;
    wider.rate_limits.items[0].requests = 2;
    EXPECT_INT(get_health(&stage), 200);

    stage.server->api.behaviour = &other;
    EXPECT_INT(get_health(&stage), 429);
    stage.server->api.behaviour = &wider;
    EXPECT_INT(get_health(&stage), 200);
    other.rate_limits.count = 0;
    stage.server->api.behaviour = &other;
    for (int i = 0; i < 3; i++) {
        EXPECT_INT(get_health(&stage), 200);
    }
}

static const struct {
    const char *headers;
    bool has_ietf;
    bool has_x;
} kinds[] = {
    {"none", false, false},
    {"ratelimit", true, false},
    {"x-ratelimit", false, true},
    {"both", true, true},
};

Test(rate_header, is_of_the_kind_that_is_asked_for)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        char scenario[120];
        (void)snprintf(scenario, sizeof scenario,
                       LIMIT "{\"requests\":5,\"per\":\"60s\",\"headers\":\"%s\"}}}",
                       kinds[i].headers);
        stage_open(&stage, scenario);
        stage_advance(&stage, 500);

        EXPECT_INT(get_health(&stage), 200);

        EXPECT_STR(stage_answer_header(&stage, "RateLimit"),
                   kinds[i].has_ietf ? "\"default\";r=4;t=60" : "");
        EXPECT_STR(stage_answer_header(&stage, "RateLimit-Policy"),
                   kinds[i].has_ietf ? "\"default\";q=5;w=60" : "");
        EXPECT_STR(stage_answer_header(&stage, "X-RateLimit-Limit"), kinds[i].has_x ? "5" : "");
        EXPECT_STR(stage_answer_header(&stage, "X-RateLimit-Remaining"), kinds[i].has_x ? "4" : "");
        EXPECT_STR(stage_answer_header(&stage, "X-RateLimit-Reset"),
                   kinds[i].has_x ? "1767225660" : "");
    }
}

Test(rate_header, is_on_the_refusal_too_and_agrees_with_it)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, LIMIT "{\"requests\":1,\"per\":\"10s\",\"headers\":\"both\"}}}");
    (void)get_health(&stage);
    stage_advance(&stage, 3500);

    EXPECT_INT(get_health(&stage), 429);

    EXPECT_STR(stage_answer_header(&stage, "Retry-After"), "7");
    EXPECT_STR(stage_answer_header(&stage, "RateLimit"), "\"default\";r=0;t=7");
    EXPECT_STR(stage_answer_header(&stage, "X-RateLimit-Remaining"), "0");
    EXPECT_STR(stage_answer_header(&stage, "X-RateLimit-Reset"), "1767225610");
}

Test(rate_header, lists_all_limits_and_has_room_for_the_strictest)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, LIMIT "[{\"requests\":9,\"per\":\"1h\",\"headers\":\"both\"},"
                             "{\"name\":\"burst\",\"policy\":\"token_bucket\",\"requests\":1,"
                             "\"per\":\"2s\",\"burst\":3,\"headers\":\"both\"},"
                             "{\"requests\":100,\"per\":\"500ms\",\"headers\":\"ratelimit\"},"
                             "{\"requests\":100,\"per\":\"1s\"}]}}");

    EXPECT_INT(get_health(&stage), 200);

    EXPECT_STR(stage_answer_header(&stage, "RateLimit-Policy"),
               "\"default\";q=9;w=3600, \"burst\";q=3;w=6, \"limit-3\";q=100");
    EXPECT_STR(stage_answer_header(&stage, "RateLimit"),
               "\"default\";r=8;t=3600, \"burst\";r=2;t=2, \"limit-3\";r=99;t=1");
    EXPECT_STR(stage_answer_header(&stage, "X-RateLimit-Limit"), "3");
    EXPECT_STR(stage_answer_header(&stage, "X-RateLimit-Remaining"), "2");
    EXPECT_STR(stage_answer_header(&stage, "X-RateLimit-Reset"), "1767225602");
}

Test(rate_header, is_of_the_present_on_an_answer_that_is_repeated_for_its_key)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, LIMIT "{\"requests\":9,\"per\":\"10s\",\"headers\":\"ratelimit\"}}}");
    stage_header(&stage, "Idempotency-Key", "k");
    EXPECT_INT(stage_promote(&stage), 202);
    EXPECT_STR(stage_answer_header(&stage, "RateLimit"), "\"default\";r=8;t=10");

    EXPECT_INT(stage_promote(&stage), 202);

    EXPECT_STR(stage_text(&stage, "job_id"), "job-1");
    EXPECT_STR(stage_answer_header(&stage, "RateLimit"), "\"default\";r=7;t=10");
    int count = 0;
    for (size_t i = 0; i < stage.plan.header_count; i++) {
        count += strcmp(stage.plan.headers[i].name, "RateLimit") == 0;
    }
    EXPECT_INT(count, 1);
}

Test(rate_header, is_not_on_an_answer_to_which_no_limit_applies)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, LIMIT "{\"requests\":9,\"per\":\"10s\",\"headers\":\"both\","
                             "\"calls\":[\"promote\"]}}}");

    EXPECT_INT(get_health(&stage), 200);
    EXPECT_STR(stage_answer_header(&stage, "RateLimit"), "");
    EXPECT_STR(stage_answer_header(&stage, "X-RateLimit-Limit"), "");
}
