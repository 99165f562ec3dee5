/* What faults make of honest answers, and what they leave alone. */
#include "stage.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(fault_status, .timeout = 5.0);
TestSuite(fault_ending, .timeout = 5.0);
TestSuite(fault_body, .timeout = 5.0);
TestSuite(fault_truth, .timeout = 5.0);

#define PROMOTE_FAULT(inject) "{\"faults\":[{\"call\":\"promote\",\"inject\":" inject "}]}"

Test(fault_status, does_not_touch_the_world_unless_applied)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"faults\":[{\"call\":\"promote\",\"attempts\":[1],"
                       "\"inject\":{\"status\":503}}]}");
    stage_header(&stage, "X-Request-Id", "id-1");
    stage_header(&stage, "Idempotency-Key", "key-1");

    EXPECT_INT(stage_promote(&stage), 503);
    EXPECT_INT(mock_truth_deployment_count(stage.server), 0);
    cr_expect_not(mock_truth_exchange(stage.server, 1)->applied);
    EXPECT_STR(stage_answer_header(&stage, "X-Request-Id"), "id-1");
    EXPECT_STR(stage_text(&stage, "type"), "urn:cogmock:injected");

    EXPECT_INT(stage_promote(&stage), 202);
    EXPECT_INT(mock_truth_exchange(stage.server, 2)->attempt, 2);
}

Test(fault_status, is_applied_first_when_told_so)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, PROMOTE_FAULT("{\"status\":502,\"applied\":true,\"body\":\"html\"}"));

    EXPECT_INT(stage_promote(&stage), 502);

    EXPECT_INT(mock_truth_deployment_count(stage.server), 1);
    cr_expect(mock_truth_exchange(stage.server, 1)->applied);
    EXPECT_CONTAINS(stage_answer_header(&stage, "Content-Type"), "text/html");
    EXPECT_STR(stage_answer_header(&stage, "Location"), "");
}

Test(fault_status, strikes_before_authentication_and_challenges_with_a_401)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"faults\":[{\"call\":\"promote\",\"inject\":{\"status\":401}},"
                       "{\"call\":\"token\",\"nth\":2,\"inject\":{\"status\":401}}]}");

    EXPECT_INT(stage_promote(&stage), 401);
    EXPECT_CONTAINS(stage_answer_header(&stage, "WWW-Authenticate"), "Bearer");
    EXPECT_INT(stage_fetch_token(&stage), 401);
    EXPECT_CONTAINS(stage_answer_header(&stage, "WWW-Authenticate"), "Basic");
    const char *const *secrets = mock_truth_secrets(stage.server);
    cr_expect_null(secrets[2]); /* The client's secret and the first token, and no other. */
}

Test(fault_status, sends_retry_after_in_each_form)
{
    static const struct {
        const char *retry_after;
        const char *expected;
    } rows[] = {
        {"\"3s\"", "3"},
        {"\"1500ms\"", "2"},
        {"{\"form\":\"seconds\",\"after\":\"0s\"}", "0"},
        {"{\"form\":\"imf-fixdate\",\"after\":\"3s\"}", "Thu, 01 Jan 2026 00:00:03 GMT"},
        {"{\"form\":\"rfc850\",\"after\":\"2500ms\"}", "Thursday, 01-Jan-26 00:00:03 GMT"},
        {"{\"form\":\"asctime\",\"after\":\"3s\"}", "Thu Jan  1 00:00:03 2026"},
        {"{\"raw\":\"soon\"}", "soon"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario,
                       PROMOTE_FAULT("{\"status\":429,\"retry_after\":%s}"), rows[i].retry_after);
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, scenario);

        EXPECT_INT(stage_promote(&stage), 429);

        EXPECT_STR(stage_answer_header(&stage, "Retry-After"), rows[i].expected);
    }
}

Test(fault_status, sends_each_kind_of_body)
{
    static const struct {
        const char *inject;
        const char *type;
        const char *body;
    } rows[] = {
        {"{\"status\":500,\"body\":\"empty\"}", "", ""},
        {"{\"status\":500,\"body\":\"text\"}", "text/plain; charset=utf-8",
         "something went wrong\n"},
        {"{\"status\":500,\"body\":\"json_null\"}", "application/json", "null"},
        {"{\"status\":500,\"body\":{\"raw\":\"<x>\"}}", "application/json", "<x>"},
        {"{\"status\":204}", "", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario, PROMOTE_FAULT("%s"), rows[i].inject);
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, scenario);

        (void)stage_promote(&stage);

        EXPECT_STR(stage_answer_header(&stage, "Content-Type"), rows[i].type);
        EXPECT_STR(stage.plan.body == NULL ? "" : stage.plan.body, rows[i].body);
    }
}

Test(fault_ending, cuts_the_answer_after_applying_the_request)
{
    static const struct {
        const char *inject;
        int status;
        enum mock_ending ending;
    } rows[] = {
        {"\"reset_after_apply\"", 0, MOCK_ENDING_RESET},
        {"\"close_no_response\"", 0, MOCK_ENDING_CLOSE},
        {"\"timeout_after_apply\"", 0, MOCK_ENDING_HANG},
        {"\"reset_after_headers\"", 202, MOCK_ENDING_RESET},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario, PROMOTE_FAULT("%s"), rows[i].inject);
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, scenario);

        EXPECT_INT(stage_promote(&stage), rows[i].status);

        EXPECT_INT(stage.plan.ending, rows[i].ending);
        EXPECT_INT(stage.plan.sent_length, 0);
        EXPECT_INT(mock_truth_deployment_count(stage.server), 1);
        EXPECT_INT(mock_truth_exchange(stage.server, 1)->status, 202);
    }
}

Test(fault_ending, truncates_half_of_the_body_or_what_it_is_told)
{
    COG_CLEANUP(stage_close) struct stage half;
    stage_open(&half, PROMOTE_FAULT("\"truncated_body\""));
    COG_CLEANUP(stage_close) struct stage told;
    stage_open(&told, PROMOTE_FAULT("{\"kind\":\"truncated_body\",\"after_bytes\":3}"));
    COG_CLEANUP(stage_close) struct stage beyond;
    stage_open(&beyond, PROMOTE_FAULT("{\"kind\":\"truncated_body\",\"after_bytes\":100000}"));

    (void)stage_promote(&half);
    (void)stage_promote(&told);
    (void)stage_promote(&beyond);

    EXPECT_INT(half.plan.sent_length, half.plan.body_length / 2);
    EXPECT_INT(told.plan.sent_length, 3);
    EXPECT_INT(beyond.plan.sent_length, beyond.plan.body_length - 1);
    EXPECT_INT(told.plan.ending, MOCK_ENDING_CLOSE);
}

Test(fault_ending, combines_a_delay_with_any_kind)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, PROMOTE_FAULT("{\"kind\":\"delay\",\"delay\":\"2s\"}"));
    COG_CLEANUP(stage_close) struct stage late;
    stage_open(&late, PROMOTE_FAULT("{\"status\":503,\"delay\":\"3s\"}"));

    EXPECT_INT(stage_promote(&stage), 202);
    EXPECT_INT(stage_promote(&late), 503);

    EXPECT_INT(stage.plan.delay_ms, 2000);
    EXPECT_INT(stage.plan.ending, MOCK_ENDING_COMPLETE);
    EXPECT_INT(late.plan.delay_ms, 3000);
}

Test(fault_body, keeps_the_honest_status)
{
    static const struct {
        const char *inject;
        const char *body;
    } rows[] = {
        {"\"empty_body\"", ""},
        {"\"not_json\"", "this is not JSON\n"},
        {"\"missing_fields\"", "{}"},
        {"\"wrong_types\"", "{\"job_id\":17,\"status\":17,\"created_at\":17,\"source_id\":17,"
                            "\"target_id\":17}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char scenario[256];
        (void)snprintf(scenario, sizeof scenario, PROMOTE_FAULT("%s"), rows[i].inject);
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, scenario);

        EXPECT_INT(stage_promote(&stage), 202);

        EXPECT_STR(stage.plan.body == NULL ? "" : stage.plan.body, rows[i].body);
        EXPECT_INT(stage.plan.sent_length, strlen(rows[i].body));
    }
}

Test(fault_body, changes_numbers_and_booleans_into_strings)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"faults\":[{\"call\":\"sessions\",\"inject\":\"wrong_types\"}]}");

    EXPECT_INT(stage_send(&stage, "GET", "/api/v1/environments/env-target/sessions", NULL), 200);

    EXPECT_STR(stage_text(&stage, "active_sessions"), "seventeen");
    EXPECT_INT(stage_number(&stage, "status"), 17);
}

Test(fault_truth, takes_the_first_in_file_order_and_tells_which_never_struck)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"faults\":[{\"call\":\"promote\",\"inject\":{\"status\":500}},"
                       "{\"call\":\"promote\",\"attempts\":[1],\"inject\":{\"status\":503}},"
                       "{\"call\":\"status\",\"nth\":3,\"inject\":\"not_json\"}]}");

    EXPECT_INT(stage_promote(&stage), 500);

    EXPECT_STR(mock_truth_exchange(stage.server, 1)->fault, "status 500");
    cr_assert(mock_truth_unused_fault_count(stage.server) == 2);
    EXPECT_STR(mock_truth_unused_fault(stage.server, 0),
               "promote attempt 1: status 503, not applied");
    EXPECT_STR(mock_truth_unused_fault(stage.server, 1), "status call 3: not_json, applied");
    cr_expect_null(mock_truth_unused_fault(stage.server, 2));
}

Test(fault_truth, counts_a_webhook_as_delivered_only_when_it_was_answered)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"faults\":[{\"call\":\"webhook\",\"attempts\":[1],"
                       "\"inject\":\"reset_after_apply\"},{\"call\":\"webhook\",\"attempts\":[2],"
                       "\"inject\":{\"status\":503,\"applied\":true}}]}");
    stage_header(&stage, "webhook-id", "msg-1");
    stage_header(&stage, "webhook-signature", "v1,x");

    EXPECT_INT(stage_send(&stage, "POST", "/hooks/ci", "{\"event\":1}"), 0);
    EXPECT_INT(stage_send(&stage, "POST", "/hooks/ci", "{\"event\":1}"), 503);
    EXPECT_INT(mock_truth_delivery_count(stage.server), 0);
    EXPECT_INT(stage_send(&stage, "POST", "/hooks/ci", "{\"event\":1}"), 204);

    cr_assert(mock_truth_delivery_count(stage.server) == 1);
    EXPECT_STR(mock_truth_delivery(stage.server, 0)->webhook_id, "msg-1");
    EXPECT_STR(mock_truth_delivery(stage.server, 0)->signature, "v1,x");
    EXPECT_STR(mock_truth_delivery(stage.server, 0)->body, "{\"event\":1}");
}
