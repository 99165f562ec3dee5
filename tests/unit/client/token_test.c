#include "token.h"

#include "secret.h"
#include "support/expect.h"
#include "support/scripted_transport.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(token_fetch, .timeout = 5.0);
TestSuite(token_refusal, .timeout = 5.0);
TestSuite(token_life, .timeout = 5.0);
TestSuite(token_drop, .timeout = 5.0);
TestSuite(token_scopes, .timeout = 5.0);
TestSuite(token_appears_in, .timeout = 5.0);
TestSuite(token_manager_destroy, .timeout = 5.0);

/* printf "dev-client:dev secret" after form encoding, in base64. */
static const char BASIC[] = "ZGV2LWNsaWVudDpkZXYrc2VjcmV0";
static const char SECRET[] = "dev secret";

#define TOKEN_ONE "{\"access_token\":\"one\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"
#define TOKEN_TWO "{\"access_token\":\"two\",\"expires_in\":3600,\"token_type\":\"bearer\"}"

struct bench {
    struct scripted_transport server;
    struct cog_clock_virtual clock;
    struct cog_token_manager *tokens;
    struct cog_limits limits;
    char *token; /* The last one. */
    struct cog_error error;
};

static void bench_init(struct bench *bench)
{
    bench->server.clock = &bench->clock;
    bench->limits.deadline_ms = 900000;
    const struct cog_token_options options = {
        .transport = scripted_transport(&bench->server),
        .clock = cog_clock_virtual(&bench->clock),
        .api_base = "http://server/api/v1",
        .client_id = "dev-client",
        .client_secret = SECRET,
        .basic_encoding = COG_BASIC_FORM,
        .request_timeout_ms = 30000,
    };
    ASSERT_CODE(cog_token_manager_create(&options, &bench->tokens, &bench->error), COG_OK,
                bench->error);
}

static void bench_finish(struct bench *bench)
{
    cog_secret_finish(&bench->token);
    cog_token_manager_destroy(bench->tokens);
}

static enum cog_code fetch(struct bench *bench, const char **out_token)
{
    char *token = NULL;
    const enum cog_code code = cog_token_fetch(bench->tokens, bench->limits, &token, &bench->error);
    if (code == COG_OK) {
        cog_secret_finish(&bench->token);
        bench->token = token;
        *out_token = token;
    }
    return code;
}

/* The code for one answer of the token endpoint; the error is left in `bench`. */
static enum cog_code fetch_from(struct scripted_answer answer, struct bench *bench)
{
    *bench = (struct bench){.server.answers = {answer}};
    bench_init(bench);
    const char *token = NULL;
    return fetch(bench, &token);
}

Test(token_fetch, asks_with_basic_and_a_form)
{
    struct bench bench = {.server.answers = {{.status = 200, .body = TOKEN_ONE}}};
    bench_init(&bench);
    const char *token = NULL;

    const enum cog_code code = fetch(&bench, &token);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(token, "one");
    const struct scripted_request *request = &bench.server.requests[0];
    EXPECT_STR(request->call, "token");
    EXPECT_STR(request->method, "POST");
    EXPECT_STR(request->url, "http://server/api/v1/oauth/token");
    EXPECT_STR(request->body, "grant_type=client_credentials");
    EXPECT_CONTAINS(request->headers, "\nContent-Type: application/x-www-form-urlencoded\n");
    EXPECT_CONTAINS(request->headers, "\nAuthorization: Basic ");
    EXPECT_CONTAINS(request->headers, BASIC);
    EXPECT_INT(request->authentication, COG_AUTHENTICATION_NONE);
    EXPECT_INT(request->acting, false);
    EXPECT_INT(request->deadline_ms, 900000);
    bench_finish(&bench);
}

Test(token_fetch, keeps_the_token)
{
    struct bench bench = {.server.answers = {{.status = 200, .body = TOKEN_ONE}}};
    bench_init(&bench);
    const char *token = NULL;
    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);

    const enum cog_code code = fetch(&bench, &token);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(token, "one");
    EXPECT_INT(bench.server.request_count, 1);
    bench_finish(&bench);
}

Test(token_fetch, gives_each_caller_a_copy_of_its_own)
{
    struct bench bench = {.server.answers = {{.status = 200, .body = TOKEN_ONE}}};
    bench_init(&bench);
    COG_CLEANUP(cog_secret_finish) char *first = NULL;
    COG_CLEANUP(cog_secret_finish) char *second = NULL;
    ASSERT_CODE(cog_token_fetch(bench.tokens, bench.limits, &first, &bench.error), COG_OK,
                bench.error);
    ASSERT_CODE(cog_token_fetch(bench.tokens, bench.limits, &second, &bench.error), COG_OK,
                bench.error);

    cog_token_drop(bench.tokens, first);

    cr_expect(first != second);
    EXPECT_STR(first, "one");
    EXPECT_STR(second, "one");
    bench_finish(&bench);
}

Test(token_fetch, uses_a_token_once_that_expired_on_its_way)
{
    struct bench bench = {
        .server.answers = {{.status = 200,
                            .body = "{\"access_token\":\"brief\",\"expires_in\":1,"
                                    "\"token_type\":\"Bearer\"}",
                            .takes_ms = 5000},
                           {.status = 200, .body = TOKEN_TWO}}};
    bench_init(&bench);
    const char *token = NULL;

    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);
    EXPECT_STR(token, "brief");
    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);

    EXPECT_STR(token, "two");
    EXPECT_INT(bench.server.request_count, 2);
    bench_finish(&bench);
}

Test(token_fetch, passes_the_transport_s_errors_on)
{
    struct bench bench;

    const enum cog_code code = fetch_from(
        (struct scripted_answer){.code = COG_ERROR_UNREACHABLE, .message = "no route"}, &bench);

    ASSERT_CODE(code, COG_ERROR_UNREACHABLE, bench.error);
    EXPECT_STR(bench.error.message, "fetch a token");
    EXPECT_STR(bench.error.cause, "no route");
    bench_finish(&bench);
}

Test(token_life, ends_30_s_before_the_token_s)
{
    struct bench bench = {
        .server.answers = {{.status = 200, .body = TOKEN_ONE}, {.status = 200, .body = TOKEN_TWO}}};
    bench_init(&bench);
    const char *token = NULL;
    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);

    cog_clock_virtual_advance(&bench.clock, 3569999);
    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);
    EXPECT_STR(token, "one");
    cog_clock_virtual_advance(&bench.clock, 3570000);
    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);

    EXPECT_STR(token, "two");
    bench_finish(&bench);
}

/* A token with this `expires_in` member must be used until just before `expected_ms`. */
static void expect_refresh(const char *member, int64_t expected_ms)
{
    char body[256];
    (void)snprintf(body, sizeof body, "{\"access_token\":\"one\",\"token_type\":\"Bearer\"%s}",
                   member);
    struct bench bench = {
        .server.answers = {{.status = 200, .body = body}, {.status = 200, .body = TOKEN_TWO}}};
    bench_init(&bench);
    const char *token = NULL;
    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);

    cog_clock_virtual_advance(&bench.clock, expected_ms - 1);
    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);
    cr_expect(bench.server.request_count == 1, "%s: refreshed too early", member);
    cog_clock_virtual_advance(&bench.clock, expected_ms);
    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);
    cr_expect(bench.server.request_count == 2, "%s: refreshed too late", member);

    bench_finish(&bench);
}

Test(token_life, has_a_margin_of_a_tenth_where_that_is_less)
{
    expect_refresh(",\"expires_in\":20", 18000);
    expect_refresh(",\"expires_in\":1", 900);
    expect_refresh(",\"expires_in\":300", 270000);
    expect_refresh(",\"expires_in\":301", 271000);
}

Test(token_life, is_an_hour_where_the_server_does_not_say)
{
    expect_refresh("", 3570000);
    expect_refresh(",\"expires_in\":null", 3570000);
    expect_refresh(",\"expires_in\":0", 3570000);
}

Test(token_life, may_be_written_as_a_string)
{
    expect_refresh(",\"expires_in\":\"600\"", 570000);
}

Test(token_life, may_have_a_fraction)
{
    expect_refresh(",\"expires_in\":3599.5", 3569500);
    expect_refresh(",\"expires_in\":0.5", 450);
    expect_refresh(",\"expires_in\":\"599.5\"", 569500);
}

Test(token_life, is_a_year_at_most)
{
    expect_refresh(",\"expires_in\":31536000", INT64_C(31535970000));
}

Test(token_life, counts_from_the_sending)
{
    struct bench bench = {.server.answers = {{.status = 200, .body = TOKEN_ONE, .takes_ms = 20000},
                                             {.status = 200, .body = TOKEN_TWO}}};
    bench_init(&bench);
    const char *token = NULL;
    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);
    cog_clock_virtual_advance(&bench.clock, 3570000);

    const enum cog_code code = fetch(&bench, &token);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(token, "two");
    bench_finish(&bench);
}

Test(token_refusal, meets_answers_without_a_usable_token)
{
    static const char *const bodies[] = {
        "",
        "<html>",
        "[]",
        "{\"expires_in\":60,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"\",\"expires_in\":60,\"token_type\":\"Bearer\"}",
        "{\"access_token\":null,\"expires_in\":60,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"a b\",\"expires_in\":60,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"a\\r\\nX: y\",\"expires_in\":60,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"\xc3\xa4\",\"expires_in\":60,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"one\",\"expires_in\":60,\"token_type\":\"MAC\"}",
        "{\"access_token\":\"one\",\"expires_in\":60}",
        "{\"access_token\":\"one\",\"expires_in\":-1,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"one\",\"expires_in\":31536001,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"one\",\"expires_in\":-0.5,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"one\",\"expires_in\":31536000.5,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"one\",\"expires_in\":1e300,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"one\",\"expires_in\":\"soon\",\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"one\",\"expires_in\":\"-5\",\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"one\",\"expires_in\":true,\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"one\",\"expires_in\":60,\"token_type\":\"Bearer\",\"scope\":[]}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct bench bench;

        const enum cog_code code =
            fetch_from((struct scripted_answer){.status = 200, .body = bodies[i]}, &bench);

        cr_expect(code == COG_ERROR_PROTOCOL, "%s: %s", bodies[i], cog_code_name(code));
        EXPECT_STR(bench.error.message, "fetch a token");
        bench_finish(&bench);
    }
}

Test(token_refusal, tells_statuses_apart)
{
    static const struct {
        int status;
        enum cog_code code;
    } rows[] = {
        {201, COG_ERROR_PROTOCOL},     {302, COG_ERROR_PROTOCOL},  {400, COG_ERROR_UNAUTHORIZED},
        {401, COG_ERROR_UNAUTHORIZED}, {403, COG_ERROR_FORBIDDEN}, {404, COG_ERROR_NOT_FOUND},
        {422, COG_ERROR_REFUSED},      {429, COG_ERROR_THROTTLED}, {500, COG_ERROR_UNAVAILABLE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench bench;

        const enum cog_code code =
            fetch_from((struct scripted_answer){.status = rows[i].status}, &bench);

        cr_expect(code == rows[i].code, "%d: %s", rows[i].status, cog_code_name(code));
        EXPECT_INT(bench.error.http_status, rows[i].status);
        bench_finish(&bench);
    }
}

Test(token_refusal, gives_the_server_s_reason_without_control_characters)
{
    struct bench bench;

    const enum cog_code code = fetch_from(
        (struct scripted_answer){.status = 401,
                                 .body = "{\"error\":\"invalid_client\",\"error_"
                                         "description\":\"no\\u001b[31m such\\n client\"}"},
        &bench);

    ASSERT_CODE(code, COG_ERROR_UNAUTHORIZED, bench.error);
    EXPECT_STR(bench.error.cause, "401 Unauthorized: invalid_client: no[31m such client");
    bench_finish(&bench);
}

Test(token_refusal, repeats_no_secret_that_the_server_repeats)
{
    static const char *const bodies[] = {
        "{\"error_description\":\"secret 'dev secret' is wrong\"}",
        "{\"error_description\":\"ZGV2LWNsaWVudDpkZXYrc2VjcmV0 is wrong\"}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct bench bench;

        const enum cog_code code =
            fetch_from((struct scripted_answer){.status = 401, .body = bodies[i]}, &bench);

        ASSERT_CODE(code, COG_ERROR_UNAUTHORIZED, bench.error);
        EXPECT_LACKS(bench.error.cause, SECRET);
        EXPECT_LACKS(bench.error.cause, BASIC);
        EXPECT_CONTAINS(bench.error.cause, "401");
        bench_finish(&bench);
    }
}

Test(token_drop, forgets_the_token)
{
    struct bench bench = {
        .server.answers = {{.status = 200, .body = TOKEN_ONE}, {.status = 200, .body = TOKEN_TWO}}};
    bench_init(&bench);
    const char *token = NULL;
    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);

    cog_token_drop(bench.tokens, "one");

    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);
    EXPECT_STR(token, "two");
    bench_finish(&bench);
}

Test(token_drop, leaves_a_newer_token_alone)
{
    struct bench bench = {.server.answers = {{.status = 200, .body = TOKEN_TWO}}};
    bench_init(&bench);
    const char *token = NULL;
    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);

    cog_token_drop(bench.tokens, "one");

    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);
    EXPECT_INT(bench.server.request_count, 1);
    bench_finish(&bench);
}

Test(token_drop, does_nothing_without_a_token)
{
    struct bench bench = {0};
    bench_init(&bench);

    cog_token_drop(bench.tokens, "one");

    EXPECT_INT(bench.server.request_count, 0);
    bench_finish(&bench);
}

static enum cog_code scopes(struct bench *bench, char out_scopes[COG_SCOPES_SIZE])
{
    return cog_token_scopes(bench->tokens, bench->limits, out_scopes, &bench->error);
}

Test(token_scopes, are_those_of_the_token_answer)
{
    struct bench bench = {
        .server.answers = {{.status = 200,
                            .body = "{\"access_token\":\"one\",\"expires_in\":60,"
                                    "\"token_type\":\"Bearer\",\"scope\":\"a b\"}"}}};
    bench_init(&bench);
    char text[COG_SCOPES_SIZE] = "";

    const enum cog_code code = scopes(&bench, text);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(text, "a b");
    EXPECT_INT(bench.server.request_count, 1);
    bench_finish(&bench);
}

Test(token_scopes, are_asked_for_where_the_answer_had_none)
{
    struct bench bench = {
        .server.answers = {
            {.status = 200, .body = "{\"access_token\":\"a/b+c\",\"token_type\":\"Bearer\"}"},
            {.status = 200, .body = "{\"active\":true,\"scope\":\"a b\"}"}}};
    bench_init(&bench);
    char text[COG_SCOPES_SIZE] = "";

    const enum cog_code code = scopes(&bench, text);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(text, "a b");
    const struct scripted_request *request = &bench.server.requests[1];
    EXPECT_STR(request->call, "introspect");
    EXPECT_STR(request->url, "http://server/api/v1/oauth/introspect");
    EXPECT_STR(request->body, "token=a%2Fb%2Bc");
    EXPECT_CONTAINS(request->headers, "\nContent-Type: application/x-www-form-urlencoded\n");
    EXPECT_CONTAINS(request->headers, BASIC);
    bench_finish(&bench);
}

Test(token_scopes, are_empty_where_nobody_tells)
{
    static const struct scripted_answer answers[] = {
        {.status = 404},
        {.status = 405},
        {.status = 501},
        {.status = 200, .body = "{\"active\":true}"},
    };
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        struct bench bench = {.server.answers = {{.status = 200, .body = TOKEN_ONE}, answers[i]}};
        bench_init(&bench);
        char text[COG_SCOPES_SIZE] = "before";

        const enum cog_code code = scopes(&bench, text);

        ASSERT_CODE(code, COG_OK, bench.error);
        EXPECT_STR(text, "");
        bench_finish(&bench);
    }
}

Test(token_scopes, fail_where_the_answer_makes_no_sense)
{
    static const struct {
        struct scripted_answer answer;
        enum cog_code code;
    } rows[] = {
        {{.status = 200, .body = "{\"active\":false}"}, COG_ERROR_UNAUTHORIZED},
        {{.status = 200, .body = "{\"scope\":\"a\"}"}, COG_ERROR_PROTOCOL},
        {{.status = 200, .body = "{\"active\":true,\"scope\":5}"}, COG_ERROR_PROTOCOL},
        {{.status = 200, .body = "<html>"}, COG_ERROR_PROTOCOL},
        {{.status = 500}, COG_ERROR_UNAVAILABLE},
        {{.code = COG_ERROR_TIMEOUT}, COG_ERROR_TIMEOUT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench bench = {
            .server.answers = {{.status = 200, .body = TOKEN_ONE}, rows[i].answer}};
        bench_init(&bench);
        char text[COG_SCOPES_SIZE] = "before";

        const enum cog_code code = scopes(&bench, text);

        ASSERT_CODE(code, rows[i].code, bench.error);
        EXPECT_STR(bench.error.message, "ask what the token may do");
        EXPECT_STR(text, "before");
        bench_finish(&bench);
    }
}

Test(token_scopes, fail_where_they_are_too_long)
{
    char scope[COG_SCOPES_SIZE + 1];
    memset(scope, 'a', COG_SCOPES_SIZE);
    scope[COG_SCOPES_SIZE] = '\0';
    char body[COG_SCOPES_SIZE + 64];
    (void)snprintf(body, sizeof body, "{\"active\":true,\"scope\":\"%s\"}", scope);
    struct bench bench = {
        .server.answers = {{.status = 200, .body = TOKEN_ONE}, {.status = 200, .body = body}}};
    bench_init(&bench);
    char text[COG_SCOPES_SIZE] = "";

    const enum cog_code code = scopes(&bench, text);

    ASSERT_CODE(code, COG_ERROR_PROTOCOL, bench.error);
    bench_finish(&bench);
}

Test(token_appears_in, finds_every_form_of_a_secret)
{
    struct bench bench = {.server.answers = {{.status = 200, .body = TOKEN_ONE}}};
    bench_init(&bench);
    const char *token = NULL;
    ASSERT_CODE(fetch(&bench, &token), COG_OK, bench.error);

    cr_expect(cog_token_appears_in(bench.tokens, "the dev secret is wrong"));
    cr_expect(cog_token_appears_in(bench.tokens, "token one expired"));
    cr_expect(cog_token_appears_in(bench.tokens, "ZGV2LWNsaWVudDpkZXYrc2VjcmV0"));
    cr_expect_not(cog_token_appears_in(bench.tokens, "dev-client is unknown"));
    bench_finish(&bench);
}

Test(token_manager_destroy, takes_null)
{
    cog_token_manager_destroy(NULL);
}
