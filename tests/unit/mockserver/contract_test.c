/* Each row of the wire contract that concerns the server, through `mock_handle`. */
#include "stage.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(contract_status, .timeout = 5.0);
TestSuite(contract_problem, .timeout = 5.0);
TestSuite(contract_body, .timeout = 5.0);
TestSuite(contract_header, .timeout = 5.0);
TestSuite(contract_job, .timeout = 5.0);

#define BASE "/api/v1"

/* With a good token, and before any promotion. */
static const struct {
    const char *method;
    const char *target;
    const char *body;
    int status;
} fresh[] = {
    {"GET", BASE "/health", NULL, 200},
    {"GET", BASE "/health?x=1", NULL, 200},
    {"GET", BASE "/environments/env-source/sessions", NULL, 200},
    {"GET", BASE "/environments/env%2Dsource/sessions", NULL, 200},
    {"GET", BASE "/environments/nowhere/sessions", NULL, 404},
    {"GET", BASE "/environments/a%2Fb/sessions", NULL, 404},
    {"GET", BASE "/environments/%zz/sessions", NULL, 400},
    {"GET", BASE "/environments/a%00/sessions", NULL, 400},
    {"GET", BASE "/environments//sessions", NULL, 404},
    {"GET", BASE "/environments/env-source", NULL, 200},
    {"GET", BASE "/environments/nowhere", NULL, 404},
    {"GET", BASE "/environments/env-source/metrics", NULL, 200},
    {"GET", BASE "/environments/nowhere/metrics", NULL, 404},
    {"GET", BASE "/bots/bot-1/versions", NULL, 200},
    {"GET", BASE "/bots/bot-2/versions", NULL, 404},
    {"GET", BASE "/deployments", NULL, 200},
    {"GET", BASE "/deployments?source_environment_id=%zz", NULL, 400},
    {"GET", BASE "/deployments/job-1/status", NULL, 404},
    {"POST", BASE "/deployments/job-1/rollback", NULL, 404},
    {"POST", BASE "/deployments/job-1/cancel", NULL, 404},
    {"POST", "/hooks/ci", "{}", 204},
    {"GET", "/hooks/ci", NULL, 405},
    {"POST", "/hooks/", "{}", 404},
    {"GET", BASE "/nothing", NULL, 404},
    {"GET", BASE "/health/", NULL, 404},
    {"GET", "/health", NULL, 404},
    {"GET", "/", NULL, 404},
    {"POST", BASE "/health", NULL, 405},
    {"GET", BASE "/oauth/token", NULL, 405},
    {"DELETE", BASE "/environments/env-source", NULL, 405},
};

Test(contract_status, is_the_one_of_the_contract_for_every_call)
{
    for (size_t i = 0; i < sizeof fresh / sizeof fresh[0]; i++) {
        struct stage stage;
        stage_open(&stage, NULL);

        int status = stage_send(&stage, fresh[i].method, fresh[i].target, fresh[i].body);

        cr_expect(status == fresh[i].status, "%s %s: %d", fresh[i].method, fresh[i].target, status);
        stage_close(&stage);
    }
}

Test(contract_status, allows_the_method_that_a_path_knows)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);

    EXPECT_INT(stage_send(&stage, "PUT", BASE "/deployments/promote", "{}"), 405);

    EXPECT_STR(stage_answer_header(&stage, "Allow"), "POST");
}

Test(contract_status, is_404_for_a_path_that_ends_at_or_in_the_base)
{
    static const char *const targets[] = {"/api/v1", "/api/v1/", "/api/v1?", "/api/v", "/"};
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);

    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        EXPECT_INT(stage_send(&stage, "GET", targets[i], NULL), 404);
    }
}

Test(contract_status, is_401_with_a_challenge_without_a_valid_token)
{
    static const struct {
        const char *token;
        const char *challenge;
    } rows[] = {
        {"", "Bearer realm=\"cogmock\""},
        {"unknown", "Bearer realm=\"cogmock\", error=\"invalid_token\""},
    };
    for (size_t i = 0; i < 2; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, NULL);
        (void)snprintf(stage.token, sizeof stage.token, "%s", rows[i].token);

        EXPECT_INT(stage_send(&stage, "GET", BASE "/health", NULL), 401);

        EXPECT_STR(stage_answer_header(&stage, "WWW-Authenticate"), rows[i].challenge);
        EXPECT_STR(stage_text(&stage, "type"), "urn:cogmock:unauthorized");
    }
}

Test(contract_status, is_401_after_the_token_expired)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"oauth\":{\"expires_in\":\"60s\"}}}");
    stage_advance(&stage, 59999);
    EXPECT_INT(stage_send(&stage, "GET", BASE "/health", NULL), 200);

    stage_advance(&stage, 60000);

    EXPECT_INT(stage_send(&stage, "GET", BASE "/health", NULL), 401);
}

Test(contract_status, is_403_naming_each_scope_that_is_missing)
{
    static const struct {
        const char *method;
        const char *target;
        const char *missing;
    } rows[] = {
        {"GET", BASE "/environments/env-source/sessions", "environment:write"},
        {"GET", BASE "/environments/env-source", "environment:write"},
        {"GET", BASE "/environments/env-source/metrics", "environment:write"},
        {"POST", BASE "/conversations/simulate", "conversation:simulate"},
        {"POST", BASE "/deployments/promote", "bot:deploy deployment:execute"},
        {"GET", BASE "/deployments/job-1/status", "deployment:execute"},
        {"POST", BASE "/deployments/job-1/rollback", "deployment:execute"},
        {"POST", BASE "/deployments/job-1/cancel", "deployment:execute"},
        {"GET", BASE "/deployments", "deployment:execute"},
        {"GET", BASE "/bots/bot-1/versions", "bot:deploy"},
    };
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"oauth\":{\"scopes\":[]}}}");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int status = stage_send(&stage, rows[i].method, rows[i].target, "{}");

        cr_expect(status == 403, "%s: %d", rows[i].target, status);
        EXPECT_STR(stage_text(&stage, "missing_scope"), rows[i].missing);
    }
    EXPECT_INT(stage_send(&stage, "GET", BASE "/health", NULL), 200);
}

Test(contract_status, is_415_for_a_body_of_another_media_type)
{
    static const struct {
        const char *type;
        int status;
    } rows[] = {
        {"application/json", 202},
        {"Application/JSON; charset=utf-8", 202},
        {"application/json;charset=utf-8", 202},
        {"text/json", 415},
        {"application/jsonp", 415},
        {"", 415},
        {NULL, 415},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, NULL);
        stage.content_type = rows[i].type;
        int status = stage_promote(&stage);
        cr_expect(status == rows[i].status, "row %zu: %d", i, status);
    }
}

Test(contract_status, tells_of_the_health_over_time)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"health\":[{\"at\":\"5s\",\"status\":503}]}}");
    EXPECT_INT(stage_send(&stage, "GET", BASE "/health", NULL), 200);
    EXPECT_STR(stage_text(&stage, "status"), "ok");

    stage_advance(&stage, 5000);

    EXPECT_INT(stage_send(&stage, "GET", BASE "/health", NULL), 503);
}

Test(contract_problem, has_the_members_of_rfc_9457)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);

    EXPECT_INT(stage_send(&stage, "GET", BASE "/bots/x/versions", NULL), 404);

    EXPECT_STR(stage_answer_header(&stage, "Content-Type"), "application/problem+json");
    EXPECT_STR(stage_text(&stage, "type"), "urn:cogmock:not-found");
    EXPECT_STR(stage_text(&stage, "title"), "Not Found");
    EXPECT_INT(stage_number(&stage, "status"), 404);
    EXPECT_STR(stage_text(&stage, "detail"), "there is no bot 'x'");
}

static const char *const promotion_fields[] = {
    "source_environment_id", "target_environment_id",          "resolve_dependencies",
    "sync_configuration",    "platform_version_compatibility", "override_active_sessions",
    "include_webhooks",      "include_integrations",
};

/* The default promotion with one member removed, or replaced by one of another type. */
static char *spoilt_promotion(const char *field, bool is_removed)
{
    cJSON *json = cJSON_Parse(STAGE_PROMOTION);
    if (is_removed) {
        cJSON_DeleteItemFromObjectCaseSensitive(json, field);
    } else {
        cJSON_ReplaceItemInObjectCaseSensitive(json, field, cJSON_CreateNumber(1));
    }
    char *text = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    return text;
}

Test(contract_problem, names_the_field_of_a_promotion_that_is_missing_or_wrong)
{
    for (size_t i = 0; i < 16; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, NULL);
        const char *field = promotion_fields[i / 2];
        char *body = spoilt_promotion(field, i % 2 == 0);

        EXPECT_INT(stage_send(&stage, "POST", BASE "/deployments/promote", body), 400);

        EXPECT_STR(stage_text(&stage, "field"), field);
        EXPECT_INT(mock_truth_deployment_count(stage.server), 0);
        cJSON_free(body);
    }
}

Test(contract_problem, refuses_a_promotion_that_is_not_an_object)
{
    static const char *const bodies[] = {"", "[]", "\"eyJz\"", "null", "{", "{} x", "7"};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, NULL);
        int status = stage_send(&stage, "POST", BASE "/deployments/promote", bodies[i]);
        cr_expect(status == 400, "%s: %d", bodies[i], status);
    }
}

/* The default promotion with one member of another value. */
static int promote_with(struct stage *stage, const char *field, const char *value)
{
    cJSON *json = cJSON_Parse(STAGE_PROMOTION);
    cJSON_ReplaceItemInObjectCaseSensitive(json, field, cJSON_Parse(value));
    char *text = cJSON_PrintUnformatted(json);
    int status = stage_send(stage, "POST", BASE "/deployments/promote", text);
    cJSON_free(text);
    cJSON_Delete(json);
    return status;
}

Test(contract_problem, tells_why_a_promotion_is_refused)
{
    static const struct {
        const char *field;
        const char *value;
        int status;
        const char *type;
    } rows[] = {
        {"source_environment_id", "\"x\"", 404, "urn:cogmock:not-found"},
        {"target_environment_id", "\"x\"", 404, "urn:cogmock:not-found"},
        {"target_environment_id", "\"\"", 400, "urn:cogmock:invalid-body"},
        {"target_environment_id", "\"env-source\"", 422, "urn:cogmock:same-environment"},
        {"platform_version_compatibility", "\"v1.19.0\"", 422, "urn:cogmock:platform-mismatch"},
        {"platform_version_compatibility", "\"1.18\"", 400, "urn:cogmock:invalid-body"},
    };
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int status = promote_with(&stage, rows[i].field, rows[i].value);

        cr_expect(status == rows[i].status, "row %zu: %d", i, status);
        EXPECT_STR(stage_text(&stage, "type"), rows[i].type);
    }
}

Test(contract_problem, tells_active_sessions_from_a_deployment_in_progress)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage,
               "{\"server\":{\"sessions\":{\"env-target\":[{\"at\":\"0s\",\"active\":3}]}}}");

    EXPECT_INT(stage_promote(&stage), 409);
    EXPECT_STR(stage_text(&stage, "type"), "urn:cogmock:active-sessions");
    EXPECT_INT(stage_number(&stage, "active_sessions"), 3);

    EXPECT_INT(promote_with(&stage, "override_active_sessions", "true"), 202);
    EXPECT_INT(promote_with(&stage, "override_active_sessions", "true"), 409);
    EXPECT_STR(stage_text(&stage, "type"), "urn:cogmock:deployment-in-progress");
    cr_expect_not(stage_has(&stage, "active_sessions"));
}

Test(contract_body, ignores_unknown_fields)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    cJSON *json = cJSON_Parse(STAGE_PROMOTION);
    cJSON_AddStringToObject(json, "extra", "x");
    char *body = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);

    EXPECT_INT(stage_send(&stage, "POST", BASE "/deployments/promote", body), 202);

    cJSON_free(body);
}

Test(contract_body, counts_the_sessions)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage,
               "{\"server\":{\"sessions\":{\"env-target\":[{\"at\":\"0s\",\"active\":3}]}}}");

    EXPECT_INT(stage_send(&stage, "GET", BASE "/environments/env-target/sessions", NULL), 200);
    EXPECT_INT(stage_number(&stage, "active_sessions"), 3);
    EXPECT_STR(stage_text(&stage, "status"), "active");

    EXPECT_INT(stage_send(&stage, "GET", BASE "/environments/env-source/sessions", NULL), 200);
    EXPECT_INT(stage_number(&stage, "active_sessions"), 0);
    EXPECT_STR(stage_text(&stage, "status"), "idle");
}

Test(contract_body, simulates_a_conversation_that_matches_and_opens_no_session)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);

    int status = stage_send(&stage, "POST", BASE "/conversations/simulate",
                            "{\"environment_id\":\"env-target\",\"intent\":\"health_check_ping\","
                            "\"entities\":[{\"name\":\"test\",\"value\":\"true\"}]}");

    EXPECT_INT(status, 200);
    EXPECT_STR(stage_text(&stage, "environment_id"), "env-target");
    EXPECT_STR(stage_text(&stage, "matched_intent"), "health_check_ping");
    EXPECT_STR(stage_text(&stage, "reply"), "pong");
    EXPECT_INT(stage_send(&stage, "GET", BASE "/environments/env-target/sessions", NULL), 200);
    EXPECT_INT(stage_number(&stage, "active_sessions"), 0);
}

Test(contract_body, says_null_for_an_intent_that_does_not_match)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"conversation\":{\"matches\":false}}}");

    EXPECT_INT(stage_send(&stage, "POST", BASE "/conversations/simulate",
                          "{\"environment_id\":\"env-target\",\"intent\":\"x\"}"),
               200);

    cr_expect(cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(stage.json, "matched_intent")));
}

Test(contract_body, checks_the_conversation)
{
    static const struct {
        const char *body;
        int status;
        const char *field;
    } rows[] = {
        {"{\"intent\":\"x\"}", 400, "environment_id"},
        {"{\"environment_id\":\"env-target\"}", 400, "intent"},
        {"{\"environment_id\":\"env-target\",\"intent\":\"x\",\"entities\":{}}", 400, "entities"},
        {"{\"environment_id\":\"env-target\",\"intent\":\"x\",\"entities\":[{\"name\":\"a\"}]}",
         400, "entities"},
        {"{\"environment_id\":\"nowhere\",\"intent\":\"x\"}", 404, ""},
    };
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        EXPECT_INT(stage_send(&stage, "POST", BASE "/conversations/simulate", rows[i].body),
                   rows[i].status);
        EXPECT_STR(stage_text(&stage, "field"), rows[i].field);
    }
}

Test(contract_body, describes_an_environment_and_counts_its_content)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);

    EXPECT_INT(stage_send(&stage, "GET", BASE "/environments/env-target", NULL), 200);
    EXPECT_STR(stage_text(&stage, "id"), "env-target");
    EXPECT_STR(stage_text(&stage, "name"), "Target");
    EXPECT_STR(stage_text(&stage, "platform_version"), "v1.18.0");
    EXPECT_STR(stage_text(&stage, "bot_id"), "bot-1");

    char now[COG_DIGEST_SIZE];
    char start[COG_DIGEST_SIZE];
    cr_assert(mock_truth_digest(stage.server, "env-target", now, start));
    EXPECT_INT(stage_send(&stage, "GET", BASE "/environments/env-target/metrics", NULL), 200);
    EXPECT_INT(stage_number(&stage, "intents"), 12);
    EXPECT_INT(stage_number(&stage, "variables"), 6);
    EXPECT_STR(stage_text(&stage, "content_digest"), now);
}

Test(contract_header, has_the_date_and_echoes_the_request_id)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    stage_header(&stage, "X-Request-Id", "id-1");
    stage_advance(&stage, 1500);

    EXPECT_INT(stage_send(&stage, "GET", BASE "/nothing", NULL), 404);

    EXPECT_STR(stage_answer_header(&stage, "Date"), "Thu, 01 Jan 2026 00:00:01 GMT");
    EXPECT_STR(stage_answer_header(&stage, "X-Request-Id"), "id-1");
}

Test(contract_header, takes_an_empty_one_for_one_that_was_not_sent)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    stage_header(&stage, "X-Request-Id", "");
    stage_header(&stage, "Idempotency-Key", "");

    EXPECT_INT(stage_send(&stage, "GET", BASE "/health", NULL), 200);
    EXPECT_INT(stage_send(&stage, "GET", BASE "/health", NULL), 200);

    const struct mock_exchange *exchange = mock_truth_exchange(stage.server, 2);
    EXPECT_INT(exchange->nth, 2);
    cr_expect_null(exchange->request_id);
    cr_expect_null(exchange->idempotency_key);
}

Test(contract_header, limits_the_rate_of_calls_with_a_token)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"rate_limit\":{\"requests\":2,\"per\":\"3s\"}}}");
    stage_advance(&stage, 500);
    EXPECT_INT(stage_send(&stage, "GET", BASE "/health", NULL), 200);
    EXPECT_INT(stage_send(&stage, "GET", BASE "/health", NULL), 200);

    EXPECT_INT(stage_send(&stage, "GET", BASE "/health", NULL), 429);
    EXPECT_STR(stage_answer_header(&stage, "Retry-After"), "3");
    EXPECT_INT(stage_fetch_token(&stage), 200);

    stage_advance(&stage, 3000);
    EXPECT_INT(stage_send(&stage, "GET", BASE "/health", NULL), 200);
}

Test(contract_header, gives_the_rate_limit_as_a_date_or_not_at_all)
{
    COG_CLEANUP(stage_close) struct stage dated;
    stage_open(&dated, "{\"server\":{\"rate_limit\":{\"requests\":1,\"per\":\"3s\","
                       "\"retry_after\":\"date\"}}}");
    COG_CLEANUP(stage_close) struct stage bare;
    stage_open(&bare, "{\"server\":{\"rate_limit\":{\"requests\":1,\"per\":\"3s\","
                      "\"retry_after\":\"none\"}}}");
    (void)stage_send(&dated, "GET", BASE "/health", NULL);
    (void)stage_send(&bare, "GET", BASE "/health", NULL);

    EXPECT_INT(stage_send(&dated, "GET", BASE "/health", NULL), 429);
    EXPECT_INT(stage_send(&bare, "GET", BASE "/health", NULL), 429);

    EXPECT_STR(stage_answer_header(&dated, "Retry-After"), "Thu, 01 Jan 2026 00:00:03 GMT");
    EXPECT_STR(stage_answer_header(&bare, "Retry-After"), "");
}

Test(contract_job, is_born_running_with_its_origin_and_location)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    stage_advance(&stage, 1500);

    EXPECT_INT(stage_promote(&stage), 202);

    EXPECT_STR(stage_text(&stage, "job_id"), "job-1");
    EXPECT_STR(stage_text(&stage, "status"), "running");
    EXPECT_STR(stage_text(&stage, "created_at"), "2026-01-01T00:00:01.500Z");
    EXPECT_STR(stage_text(&stage, "source_id"), "env-source");
    EXPECT_STR(stage_text(&stage, "target_id"), "env-target");
    EXPECT_STR(stage_answer_header(&stage, "Location"), BASE "/deployments/job-1/status");
    EXPECT_STR(stage_answer_header(&stage, "Retry-After"), "");
}

Test(contract_job, tells_its_progress_and_its_rollback)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    EXPECT_INT(stage_promote(&stage), 202);
    stage_advance(&stage, 30000);
    EXPECT_INT(stage_send(&stage, "GET", BASE "/deployments/job-1/status", NULL), 200);
    EXPECT_INT(stage_number(&stage, "progress"), 40);
    cr_expect_not(stage_has(&stage, "error"));
    EXPECT_INT(stage_send(&stage, "POST", BASE "/deployments/job-1/rollback", NULL), 409);

    stage_advance(&stage, 60000);
    EXPECT_INT(stage_send(&stage, "POST", BASE "/deployments/job-1/rollback", NULL), 202);
    EXPECT_STR(stage_text(&stage, "job_id"), "job-1");
    EXPECT_STR(stage_text(&stage, "rollback_id"), "rollback-1");
    EXPECT_STR(stage_text(&stage, "status"), "rolling_back");
    EXPECT_INT(stage_promote(&stage), 409);
    EXPECT_INT(stage_send(&stage, "POST", BASE "/deployments/job-1/rollback", NULL), 409);

    stage_advance(&stage, 80000);
    EXPECT_INT(stage_send(&stage, "GET", BASE "/deployments/job-1/status", NULL), 200);
    EXPECT_STR(stage_text(&stage, "status"), "rolled_back");
    EXPECT_STR(stage_text(&stage, "rollback_id"), "rollback-1");
    cr_expect(stage_target_is_unchanged(&stage));
}

Test(contract_job, refuses_a_rollback_without_a_snapshot)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"rollback\":{\"reversible\":false}}}");
    EXPECT_INT(stage_promote(&stage), 202);
    stage_advance(&stage, 60000);

    EXPECT_INT(stage_send(&stage, "POST", BASE "/deployments/job-1/rollback", NULL), 400);

    EXPECT_STR(stage_text(&stage, "type"), "urn:cogmock:not-reversible");
}

Test(contract_job, is_rolled_back_by_the_server_itself_where_that_is_automatic)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"job\":{\"timeline\":[{\"at\":\"5s\",\"fail\":\"x\"}]},"
                       "\"rollback\":{\"automatic\":true}}}");
    EXPECT_INT(stage_promote(&stage), 202);

    stage_advance(&stage, 6000);
    EXPECT_INT(stage_send(&stage, "GET", BASE "/deployments/job-1/status", NULL), 200);
    EXPECT_STR(stage_text(&stage, "status"), "rolling_back");
    stage_advance(&stage, 25000);
    EXPECT_INT(stage_send(&stage, "GET", BASE "/deployments/job-1/status", NULL), 200);
    EXPECT_STR(stage_text(&stage, "status"), "rolled_back");
}

Test(contract_job, is_cancelled_once)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    EXPECT_INT(stage_promote(&stage), 202);

    EXPECT_INT(stage_send(&stage, "POST", BASE "/deployments/job-1/cancel", NULL), 202);

    EXPECT_STR(stage_text(&stage, "status"), "failed");
    EXPECT_STR(stage_text(&stage, "error"), "cancelled");
    EXPECT_INT(stage_send(&stage, "POST", BASE "/deployments/job-1/cancel", NULL), 409);
}

Test(contract_job, asks_for_pauses_only_while_it_is_busy)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"poll_retry_after\":\"5s\"}}");
    EXPECT_INT(stage_promote(&stage), 202);
    EXPECT_STR(stage_answer_header(&stage, "Retry-After"), "5");
    EXPECT_INT(stage_send(&stage, "GET", BASE "/deployments/job-1/status", NULL), 200);
    EXPECT_STR(stage_answer_header(&stage, "Retry-After"), "5");

    stage_advance(&stage, 60000);

    EXPECT_INT(stage_send(&stage, "GET", BASE "/deployments/job-1/status", NULL), 200);
    EXPECT_STR(stage_answer_header(&stage, "Retry-After"), "");
}

Test(contract_job, is_listed_newest_first_and_by_source_and_target)
{
    static const char by_pair[] =
        BASE "/deployments?source_environment_id=env-source&target_environment_id=env%2Dtarget";
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    EXPECT_INT(stage_promote(&stage), 202);
    stage_advance(&stage, 60000);
    EXPECT_INT(stage_promote(&stage), 202);

    EXPECT_INT(stage_send(&stage, "GET", by_pair, NULL), 200);
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(stage.json, "deployments");
    EXPECT_INT(cJSON_GetArraySize(list), 2);
    const cJSON *newest = cJSON_GetArrayItem(list, 0);
    EXPECT_STR(cJSON_GetObjectItem(newest, "job_id")->valuestring, "job-2");
    EXPECT_STR(cJSON_GetObjectItem(newest, "created_at")->valuestring, "2026-01-01T00:01:00Z");
    EXPECT_STR(cJSON_GetObjectItem(newest, "source_id")->valuestring, "env-source");

    EXPECT_INT(stage_send(&stage, "GET", BASE "/deployments?target_environment_id=x", NULL), 200);
    EXPECT_INT(cJSON_GetArraySize(cJSON_GetObjectItem(stage.json, "deployments")), 0);
}

Test(contract_job, adds_a_version_to_its_target)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    EXPECT_INT(stage_promote(&stage), 202);
    stage_advance(&stage, 60000);

    EXPECT_INT(stage_send(&stage, "GET", BASE "/bots/bot-1/versions", NULL), 200);

    EXPECT_STR(stage_text(&stage, "bot_id"), "bot-1");
    const cJSON *list = cJSON_GetObjectItem(stage.json, "versions");
    EXPECT_INT(cJSON_GetArraySize(list), 3);
    const cJSON *newest = cJSON_GetArrayItem(list, 0);
    EXPECT_INT(cJSON_GetObjectItem(newest, "version")->valueint, 7);
    EXPECT_STR(cJSON_GetObjectItem(newest, "environment_id")->valuestring, "env-target");
    EXPECT_STR(cJSON_GetObjectItem(newest, "created_at")->valuestring, "2026-01-01T00:01:00Z");
}
