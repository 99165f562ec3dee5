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
