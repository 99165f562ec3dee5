#include "auth.h"

#include "support/expect.h"
#include "support/recorded_log.h"
#include "support/scripted_transport.h"

#include <criterion/criterion.h>

TestSuite(auth, .timeout = 5.0);

#define TOKEN_ONE "{\"access_token\":\"one\",\"expires_in\":60,\"token_type\":\"Bearer\"}"
#define TOKEN_TWO "{\"access_token\":\"two\",\"expires_in\":60,\"token_type\":\"Bearer\"}"

/* The token endpoint and the API each have a script of their own. */
struct bench {
    struct scripted_transport issuer;
    struct scripted_transport server;
    struct cog_clock_virtual clock;
    struct recorded_log log;
    struct cog_token_manager *tokens;
    struct cog_auth auth;
    struct cog_request request;
    struct cog_error error;
};

static void bench_init(struct bench *bench)
{
    const struct cog_token_options options = {
        .transport = scripted_transport(&bench->issuer),
        .clock = cog_clock_virtual(&bench->clock),
        .api_base = "http://server",
        .client_id = "id",
        .client_secret = "secret",
        .request_timeout_ms = 30000,
    };
    ASSERT_CODE(cog_token_manager_create(&options, &bench->tokens, &bench->error), COG_OK,
                bench->error);
    bench->auth = (struct cog_auth){
        .inner = scripted_transport(&bench->server),
        .tokens = bench->tokens,
        .log = recorded_log(&bench->log),
    };
    static const struct cog_header header = {"Accept", "application/json"};
    bench->request = (struct cog_request){
        .call = "promote",
        .method = "POST",
        .url = "http://server/deployments/promote",
        .headers = &header,
        .header_count = 1,
        .authentication = COG_AUTHENTICATION_BEARER,
        .timeout_ms = 30000,
        .deadline_ms = 900000,
    };
}

static enum cog_code bench_send(struct bench *bench, int *out_status)
{
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    const enum cog_code code = cog_transport_send(cog_auth_transport(&bench->auth), &bench->request,
                                                  &response, &bench->error);
    *out_status = response.status;
    return code;
}

static void bench_finish(struct bench *bench)
{
    cog_token_manager_destroy(bench->tokens);
}

Test(auth, puts_the_token_on_the_request)
{
    struct bench bench = {.issuer.answers = {{.status = 200, .body = TOKEN_ONE}},
                          .server.answers = {{.status = 202}}};
    bench_init(&bench);
    int status = 0;

    const enum cog_code code = bench_send(&bench, &status);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(status, 202);
    EXPECT_STR(bench.server.requests[0].headers,
               "\nAccept: application/json\nAuthorization: Bearer one\n");
    EXPECT_STR(bench.log.text, "");
    bench_finish(&bench);
}

Test(auth, puts_a_fresh_token_on_each_attempt)
{
    struct bench bench = {
        .issuer.answers = {{.status = 200, .body = TOKEN_ONE}, {.status = 200, .body = TOKEN_TWO}},
        .server.answers = {{.status = 503}, {.status = 202}}};
    bench_init(&bench);
    int status = 0;
    ASSERT_CODE(bench_send(&bench, &status), COG_OK, bench.error);
    cog_clock_virtual_advance(&bench.clock, 54000);

    const enum cog_code code = bench_send(&bench, &status);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_CONTAINS(bench.server.requests[1].headers, "\nAuthorization: Bearer two\n");
    bench_finish(&bench);
}

Test(auth, leaves_a_request_without_authentication_as_it_is)
{
    struct bench bench = {.server.answers = {{.status = 401}}};
    bench_init(&bench);
    bench.request.authentication = COG_AUTHENTICATION_NONE;
    int status = 0;

    const enum cog_code code = bench_send(&bench, &status);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(status, 401);
    EXPECT_LACKS(bench.server.requests[0].headers, "Authorization");
    EXPECT_INT(bench.issuer.request_count, 0);
    bench_finish(&bench);
}

Test(auth, renews_the_token_once_after_a_401)
{
    struct bench bench = {
        .issuer.answers = {{.status = 200, .body = TOKEN_ONE}, {.status = 200, .body = TOKEN_TWO}},
        .server.answers = {{.status = 401}, {.status = 202}}};
    bench_init(&bench);
    int status = 0;

    const enum cog_code code = bench_send(&bench, &status);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(status, 202);
    EXPECT_CONTAINS(bench.server.requests[0].headers, "\nAuthorization: Bearer one\n");
    EXPECT_CONTAINS(bench.server.requests[1].headers, "\nAuthorization: Bearer two\n");
    EXPECT_STR(bench.log.text, "token-refreshed call=promote\n");
    bench_finish(&bench);
}

Test(auth, passes_the_second_401_on)
{
    struct bench bench = {
        .issuer.answers = {{.status = 200, .body = TOKEN_ONE}, {.status = 200, .body = TOKEN_TWO}},
        .server.answers = {{.status = 401}, {.status = 401}, {.status = 202}}};
    bench_init(&bench);
    int status = 0;

    const enum cog_code code = bench_send(&bench, &status);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(status, 401);
    EXPECT_INT(bench.server.request_count, 2);
    bench_finish(&bench);
}

Test(auth, says_that_nothing_was_sent_when_there_is_no_token)
{
    static const struct {
        struct scripted_answer answer;
        enum cog_code code;
    } rows[] = {
        {{.status = 401}, COG_ERROR_UNAUTHORIZED},
        {{.status = 403}, COG_ERROR_UNAUTHORIZED},
        {{.status = 404}, COG_ERROR_UNAVAILABLE},
        {{.status = 409}, COG_ERROR_UNAVAILABLE},
        {{.status = 422}, COG_ERROR_UNAUTHORIZED},
        {{.status = 429}, COG_ERROR_THROTTLED},
        {{.status = 200, .body = "<html>"}, COG_ERROR_UNAVAILABLE},
        {{.code = COG_ERROR_UNREACHABLE}, COG_ERROR_UNAVAILABLE},
        {{.code = COG_ERROR_TIMEOUT}, COG_ERROR_UNAVAILABLE},
        {{.code = COG_ERROR_NETWORK}, COG_ERROR_UNAVAILABLE},
        {{.code = COG_ERROR_CANCELLED}, COG_ERROR_CANCELLED},
        {{.code = COG_ERROR_DEADLINE}, COG_ERROR_DEADLINE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench bench = {.issuer.answers = {rows[i].answer}};
        bench_init(&bench);
        int status = 0;

        const enum cog_code code = bench_send(&bench, &status);

        ASSERT_CODE(code, rows[i].code, bench.error);
        EXPECT_STR(bench.error.message, "no token for 'promote'");
        EXPECT_INT(bench.server.request_count, 0);
        bench_finish(&bench);
    }
}

Test(auth, passes_the_transport_s_errors_on)
{
    struct bench bench = {.issuer.answers = {{.status = 200, .body = TOKEN_ONE}},
                          .server.answers = {{.code = COG_ERROR_NETWORK, .message = "reset"}}};
    bench_init(&bench);
    int status = 0;

    const enum cog_code code = bench_send(&bench, &status);

    ASSERT_CODE(code, COG_ERROR_NETWORK, bench.error);
    EXPECT_STR(bench.error.message, "reset");
    bench_finish(&bench);
}
