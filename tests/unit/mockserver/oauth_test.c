/* The OAuth endpoints: RFC 6749 2.3.1, 4.4 and 5.2, and RFC 7662. */
#include "stage.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(token_request, .timeout = 5.0);
TestSuite(introspection, .timeout = 5.0);

#define FORM "application/x-www-form-urlencoded"

/* Sends a form to an OAuth endpoint. */
static int post_form(struct stage *stage, const char *authorization, const char *path,
                     const char *form)
{
    stage->token[0] = '\0';
    stage->content_type = FORM;
    stage->header_count = 0;
    if (authorization != NULL) {
        stage_header(stage, "Authorization", authorization);
    }
    return stage_send(stage, "POST", path, form);
}

static int ask(struct stage *stage, const char *authorization, const char *form)
{
    return post_form(stage, authorization, "/api/v1/oauth/token", form);
}

/* dev-client:dev-secret */
static const char good[] = "Basic ZGV2LWNsaWVudDpkZXYtc2VjcmV0";

Test(token_request, answers_with_a_token_that_nobody_may_store)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);

    EXPECT_INT(ask(&stage, good, "grant_type=client_credentials"), 200);

    EXPECT_STR(stage_text(&stage, "token_type"), "Bearer");
    EXPECT_INT(stage_number(&stage, "expires_in"), 3600);
    EXPECT_STR(stage_text(&stage, "scope"),
               "environment:write bot:deploy deployment:execute conversation:simulate");
    EXPECT_INT(strlen(stage_text(&stage, "access_token")), 64);
    EXPECT_STR(stage_answer_header(&stage, "Cache-Control"), "no-store");
}

Test(token_request, grants_the_scopes_that_are_asked_for)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);

    EXPECT_INT(ask(&stage, good, "grant_type=client_credentials&scope=bot%3Adeploy"), 200);

    EXPECT_STR(stage_text(&stage, "scope"), "bot:deploy");
}

/* RFC 6749 3.2: a parameter without a value counts as left out. */
Test(token_request, grants_all_scopes_to_who_asks_for_an_empty_one)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);

    EXPECT_INT(ask(&stage, good, "grant_type=client_credentials&scope="), 200);

    EXPECT_STR(stage_text(&stage, "scope"),
               "environment:write bot:deploy deployment:execute conversation:simulate");
}

Test(token_request, leaves_the_scope_out_when_told_so)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"oauth\":{\"scope_in_answer\":false}}}");

    EXPECT_INT(ask(&stage, good, "grant_type=client_credentials"), 200);

    cr_expect_not(stage_has(&stage, "scope"));
}

Test(token_request, says_what_is_wrong_in_the_words_of_rfc_6749)
{
    static const struct {
        const char *authorization;
        const char *form;
        int status;
        const char *error;
    } rows[] = {
        {NULL, "grant_type=client_credentials", 401, "invalid_client"},
        {"Bearer x", "grant_type=client_credentials", 401, "invalid_client"},
        {"Basic", "grant_type=client_credentials", 401, "invalid_client"},
        {"Basic !!!!", "grant_type=client_credentials", 401, "invalid_client"},
        {"Basic ZGV2LWNsaWVudA==", "grant_type=client_credentials", 401, "invalid_client"},
        {"Basic ZGV2LWNsaWVudDp3cm9uZw==", "grant_type=client_credentials", 401, "invalid_client"},
        {good, "", 400, "invalid_request"},
        {good, "grant_type=%zz", 400, "invalid_request"},
        {good, "grant_type=", 400, "invalid_request"},
        {good, "grant_type=client_credentials&scope=%zz", 400, "invalid_request"},
        {good, "%zz=1&grant_type=client_credentials", 400, "invalid_request"},
        {good, "grant_type=password", 400, "unsupported_grant_type"},
        {good, "grant_type=client_credentials&scope=root", 400, "invalid_scope"},
    };
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int status = ask(&stage, rows[i].authorization, rows[i].form);

        cr_expect(status == rows[i].status, "row %zu: %d", i, status);
        EXPECT_STR(stage_text(&stage, "error"), rows[i].error);
        EXPECT_STR(stage_answer_header(&stage, "WWW-Authenticate"),
                   status == 401 ? "Basic realm=\"cogmock\"" : "");
    }
}

Test(token_request, refuses_a_scope_that_the_client_lacks)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"oauth\":{\"scopes\":[\"bot:deploy\"]}}}");

    EXPECT_INT(ask(&stage, good, "grant_type=client_credentials&scope=environment:write"), 400);

    EXPECT_STR(stage_text(&stage, "error"), "invalid_scope");
}

Test(token_request, takes_credentials_raw_and_form_encoded_and_splits_at_the_first_colon)
{
    static const char *const authorizations[] = {
        "Basic YSBiOmM6JT8=",             /* a b:c:%? */
        "Basic YStiOmMlM0ElMjUlM0Y=",     /* a+b:c%3A%25%3F */
        "bASIC YSUyMGI6YyUzQSUyNSUzRg==", /* a%20b:c%3A%25%3F */
    };
    for (size_t i = 0; i < 3; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage,
                   "{\"server\":{\"oauth\":{\"client_id\":\"a b\",\"client_secret\":\"c:%?\"}}}");
        int status = ask(&stage, authorizations[i], "grant_type=client_credentials");
        cr_expect(status == 200, "%s: %d", authorizations[i], status);
    }
}

#define GRANT "grant_type=client_credentials"

Test(token_request, takes_credentials_in_one_place_that_the_policy_allows)
{
    static const char basic_only[] = "{\"server\":{\"oauth\":{\"authentication\":[\"basic\"]}}}";
    static const char post_only[] = "{\"server\":{\"oauth\":{\"authentication\":[\"post\"]}}}";
    static const struct {
        const char *scenario;
        const char *authorization;
        const char *form;
        int status;
        const char *error;
    } rows[] = {
        {NULL, NULL, GRANT "&client_id=dev-client&client_secret=dev-secret", 200, ""},
        {NULL, NULL, GRANT "&client_id=dev%2Dclient&client_secret=dev%2Dsecret", 200, ""},
        {NULL, NULL, GRANT "&client_id=dev-client&client_secret=wrong", 401, "invalid_client"},
        {NULL, NULL, GRANT "&client_id=dev-client", 401, "invalid_client"},
        {NULL, NULL, GRANT "&client_secret=dev-secret", 401, "invalid_client"},
        {NULL, good, GRANT "&client_id=dev-client&client_secret=dev-secret", 400,
         "invalid_request"},
        {NULL, good, GRANT "&client_id=dev-client", 200, ""},
        {NULL, good, GRANT "&client_id=other", 400, "invalid_request"},
        {basic_only, good, GRANT, 200, ""},
        {basic_only, NULL, GRANT "&client_id=dev-client&client_secret=dev-secret", 401,
         "invalid_client"},
        {post_only, good, GRANT, 401, "invalid_client"},
        {post_only, NULL, GRANT "&client_id=dev-client&client_secret=dev-secret", 200, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        stage_open(&stage, rows[i].scenario);

        int status = ask(&stage, rows[i].authorization, rows[i].form);

        cr_expect(status == rows[i].status, "row %zu: %d", i, status);
        EXPECT_STR(stage_text(&stage, "error"), rows[i].error);
    }
}

Test(token_request, knows_several_clients_each_with_its_secrets_in_their_time)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"oauth\":{\"clients\":[{\"id\":\"a\",\"scopes\":["
                       "\"bot:deploy\"],\"secrets\":[{\"secret\":\"old\",\"until\":\"10s\"},"
                       "{\"secret\":\"new\",\"from\":\"5s\"}]}]}}}");
    static const struct {
        int64_t at_ms;
        int old_status;
        int new_status;
    } rows[] = {{0, 200, 401}, {4999, 200, 401}, {5000, 200, 200}, {10000, 401, 200}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        stage_advance(&stage, rows[i].at_ms);
        EXPECT_INT(ask(&stage, NULL, GRANT "&client_id=a&client_secret=old"), rows[i].old_status);
        EXPECT_INT(ask(&stage, NULL, GRANT "&client_id=a&client_secret=new"), rows[i].new_status);
        EXPECT_INT(ask(&stage, good, GRANT), 200);
    }

    EXPECT_INT(ask(&stage, "Basic YTpuZXc=", GRANT), 200); /* a:new */
    EXPECT_STR(stage_text(&stage, "scope"), "bot:deploy");
    EXPECT_INT(ask(&stage, NULL, GRANT "&client_id=a&client_secret=dev-secret"), 401);
}

Test(token_request, narrows_a_scope_that_is_too_wide_when_told_so)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"oauth\":{\"scope_policy\":\"narrow\",\"scopes\":["
                       "\"bot:deploy\",\"environment:write\"]}}}");
    static const struct {
        const char *form;
        const char *scope;
    } rows[] = {
        {GRANT "&scope=bot:deploy+deployment:execute", "bot:deploy"},
        {GRANT "&scope=root+environment:write+bot:deploy", "environment:write bot:deploy"},
        {GRANT, "environment:write bot:deploy"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        EXPECT_INT(ask(&stage, good, rows[i].form), 200);
        EXPECT_STR(stage_text(&stage, "scope"), rows[i].scope);
    }

    EXPECT_INT(ask(&stage, good, GRANT "&scope=deployment:execute"), 400);
    EXPECT_STR(stage_text(&stage, "error"), "invalid_scope");
}

Test(token_request, says_of_the_life_what_it_is_told_to_say_and_keeps_the_truth)
{
    static const struct {
        const char *said;
        const char *expected;
    } rows[] = {
        {"as_is", "\"expires_in\":60,"},
        {"zero", "\"expires_in\":0,"},
        {"string", "\"expires_in\":\"60\","},
        {"one", "\"expires_in\":1,"},
        {"huge", "\"expires_in\":9223372036854775807,"},
        {"negative", "\"expires_in\":-1,"},
        {"null", "\"expires_in\":null,"},
        {"float", "\"expires_in\":59.5,"},
        {"2h", "\"expires_in\":7200,"},
        {"missing", "\"token_type\":\"Bearer\",\"scope\":"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        char scenario[120];
        (void)snprintf(scenario, sizeof scenario,
                       "{\"server\":{\"oauth\":{\"expires_in\":\"60s\","
                       "\"expires_in_said\":\"%s\"}}}",
                       rows[i].said);
        stage_open(&stage, scenario);
        EXPECT_INT(ask(&stage, good, GRANT), 200);
        EXPECT_CONTAINS(stage.plan.body, rows[i].expected);

        cr_assert(stage_fetch_token(&stage) == 200);
        stage.header_count = 0;
        stage_advance(&stage, 59999);
        EXPECT_INT(stage_send(&stage, "GET", "/api/v1/health", NULL), 200);
        stage_advance(&stage, 60000);
        EXPECT_INT(stage_send(&stage, "GET", "/api/v1/health", NULL), 401);
    }
}

Test(token_request, writes_the_token_type_as_told_and_never_gives_a_refresh_token)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"oauth\":{\"token_type\":\"bEARER\"}}}");

    EXPECT_INT(ask(&stage, good, GRANT), 200);

    EXPECT_STR(stage_text(&stage, "token_type"), "bEARER");
    cr_expect_not(stage_has(&stage, "refresh_token"));
}

Test(token_request, wants_a_form)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    stage_header(&stage, "Authorization", good);
    stage.token[0] = '\0';
    stage.content_type = "application/json";

    EXPECT_INT(stage_send(&stage, "POST", "/api/v1/oauth/token", "grant_type=client_credentials"),
               415);
}

static int introspect(struct stage *stage, const char *authorization, const char *token)
{
    char form[200];
    (void)snprintf(form, sizeof form, "token=%s", token);
    return post_form(stage, authorization, "/api/v1/oauth/introspect", form);
}

Test(introspection, describes_an_active_token)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    char token[128];
    (void)snprintf(token, sizeof token, "%s", stage.token);

    EXPECT_INT(introspect(&stage, good, token), 200);

    cr_expect(cJSON_IsTrue(cJSON_GetObjectItem(stage.json, "active")));
    EXPECT_STR(stage_text(&stage, "client_id"), "dev-client");
    EXPECT_CONTAINS(stage_text(&stage, "scope"), "bot:deploy");
    EXPECT_INT(stage_number(&stage, "exp"), STAGE_START_UNIX_MS / 1000 + 3600);
}

Test(introspection, says_nothing_else_of_a_token_that_is_unknown_or_expired)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);
    char token[128];
    (void)snprintf(token, sizeof token, "%s", stage.token);
    stage_advance(&stage, 3600000);

    EXPECT_INT(introspect(&stage, good, token), 200);
    EXPECT_STR(stage.plan.body, "{\"active\":false}");
    EXPECT_INT(introspect(&stage, good, "x"), 200);
    EXPECT_STR(stage.plan.body, "{\"active\":false}");
}

Test(introspection, needs_the_client_and_a_token)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, NULL);

    EXPECT_INT(introspect(&stage, NULL, "x"), 401);
    static const char *const forms[] = {"tokens=x", "token=", "token=%zz"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        EXPECT_INT(post_form(&stage, good, "/api/v1/oauth/introspect", forms[i]), 400);
        EXPECT_STR(stage_text(&stage, "error"), "invalid_request");
    }
}

Test(introspection, can_be_missing)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"oauth\":{\"introspection\":false}}}");

    EXPECT_INT(introspect(&stage, good, "x"), 404);
}

Test(introspection, denies_every_token_when_told_so_though_it_works)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"oauth\":{\"introspection\":\"inactive\"}}}");
    char token[128];
    (void)snprintf(token, sizeof token, "%s", stage.token);

    EXPECT_INT(introspect(&stage, good, token), 200);

    EXPECT_STR(stage.plan.body, "{\"active\":false}");
    (void)snprintf(stage.token, sizeof stage.token, "%s", token);
    stage.header_count = 0;
    EXPECT_INT(stage_send(&stage, "GET", "/api/v1/health", NULL), 200);
}

Test(introspection, answers_any_client_and_names_the_tokens_own)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"server\":{\"oauth\":{\"clients\":[{\"id\":\"a\",\"secrets\":["
                       "\"new\"]}]}}}");
    char token[128];
    (void)snprintf(token, sizeof token, "%s", stage.token);

    EXPECT_INT(introspect(&stage, "Basic YTpuZXc=", token), 200); /* a:new */

    EXPECT_STR(stage_text(&stage, "client_id"), "dev-client");
}
