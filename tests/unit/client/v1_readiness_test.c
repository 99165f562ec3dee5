#include "v1_bench.h"

#include <criterion/criterion.h>

TestSuite(v1_authenticate, .timeout = 5.0);
TestSuite(v1_count_sessions, .timeout = 5.0);
TestSuite(v1_check_health, .timeout = 5.0);
TestSuite(v1_simulate, .timeout = 5.0);

static enum cog_code count(struct v1_bench *bench, const char *environment_id, int64_t *out_count)
{
    return bench->platform.ops->count_sessions(bench->platform.context, environment_id,
                                               bench->limits, out_count, &bench->error);
}

static enum cog_code simulate(struct v1_bench *bench)
{
    return bench->platform.ops->simulate(bench->platform.context, "env-1", bench->limits,
                                         &bench->error);
}

Test(v1_authenticate, gives_the_scopes_of_the_token)
{
    struct v1_bench bench = {0};
    v1_bench_init(&bench);
    char scopes[COG_SCOPES_SIZE];

    const enum cog_code code = bench.platform.ops->authenticate(bench.platform.context,
                                                                bench.limits, scopes, &bench.error);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(scopes, "a b");
    v1_bench_finish(&bench);
}

Test(v1_count_sessions, asks_for_one_escaped_segment)
{
    struct v1_bench bench = {
        .server.answers = {{.status = 200, .body = "{\"active_sessions\":3,\"status\":\"busy\"}"}}};
    v1_bench_init(&bench);
    int64_t sessions = -1;

    const enum cog_code code = count(&bench, "a/b ?#%", &sessions);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(sessions, 3);
    const struct scripted_request *request = &bench.server.requests[0];
    EXPECT_STR(request->call, "sessions");
    EXPECT_STR(request->method, "GET");
    EXPECT_STR(request->url, "http://server/api/v1/environments/a%2Fb%20%3F%23%25/sessions");
    EXPECT_STR(request->headers, "\nAccept: application/json\n");
    EXPECT_INT(request->has_body, false);
    EXPECT_INT(request->acting, false);
    EXPECT_INT(request->authentication, COG_AUTHENTICATION_BEARER);
    EXPECT_INT(request->timeout_ms, 30000);
    EXPECT_INT(request->deadline_ms, 900000);
    v1_bench_finish(&bench);
}

Test(v1_count_sessions, refuses_an_identifier_that_is_another_path)
{
    static const char *const ids[] = {"", ".", "..", "a\nb", "a\xff"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = 200, .body = "{}"}}};
        v1_bench_init(&bench);
        int64_t sessions = -1;

        const enum cog_code code = count(&bench, ids[i], &sessions);

        ASSERT_CODE(code, COG_ERROR_REFUSED, bench.error);
        EXPECT_INT(bench.server.request_count, 0);
        v1_bench_finish(&bench);
    }
}

Test(v1_count_sessions, takes_nothing_but_a_count_for_a_count)
{
    static const char *const bodies[] = {
        "",
        "<html>",
        "{}",
        "{\"error\":\"forbidden\"}",
        "{\"active_sessions\":null}",
        "{\"active_sessions\":\"0\"}",
        "{\"active_sessions\":-1}",
        "{\"active_sessions\":0.5}",
        "{\"activeSessions\":0}",
        "{\"active_sessions\":0} {}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = 200, .body = bodies[i]}}};
        v1_bench_init(&bench);
        int64_t sessions = -1;

        const enum cog_code code = count(&bench, "env-1", &sessions);

        cr_expect(code == COG_ERROR_PROTOCOL, "%s: %s", bodies[i], cog_code_name(code));
        EXPECT_INT(sessions, -1);
        v1_bench_finish(&bench);
    }
}

Test(v1_count_sessions, counts_at_least_one_for_a_conflict)
{
    static const struct {
        const char *body;
        int64_t count;
    } rows[] = {
        {"{\"active_sessions\":7}", 7},
        {"", 1},
        {"{\"active_sessions\":0}", 1},
        {"<html>", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = 409, .body = rows[i].body}}};
        v1_bench_init(&bench);
        int64_t sessions = -1;

        const enum cog_code code = count(&bench, "env-1", &sessions);

        ASSERT_CODE(code, COG_OK, bench.error);
        EXPECT_INT(sessions, rows[i].count);
        v1_bench_finish(&bench);
    }
}

Test(v1_count_sessions, fails_by_any_other_status)
{
    static const struct {
        int status;
        enum cog_code code;
    } rows[] = {
        {204, COG_ERROR_PROTOCOL},  {302, COG_ERROR_PROTOCOL},    {401, COG_ERROR_UNAUTHORIZED},
        {403, COG_ERROR_FORBIDDEN}, {404, COG_ERROR_NOT_FOUND},   {400, COG_ERROR_REFUSED},
        {429, COG_ERROR_THROTTLED}, {503, COG_ERROR_UNAVAILABLE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct v1_bench bench = {
            .server.answers = {{.status = rows[i].status, .body = "{\"active_sessions\":0}"}}};
        v1_bench_init(&bench);
        int64_t sessions = -1;

        const enum cog_code code = count(&bench, "env-1", &sessions);

        ASSERT_CODE(code, rows[i].code, bench.error);
        EXPECT_INT(bench.error.http_status, rows[i].status);
        EXPECT_STR(bench.error.message, "count the sessions of 'env-1'");
        v1_bench_finish(&bench);
    }
}

Test(v1_count_sessions, keeps_reason_scope_and_wait_of_a_refusal)
{
    struct v1_bench bench = {
        .server.answers = {
            {.status = 403,
             .headers = {{"Retry-After", "Sun, 06 Nov 1994 08:50:37 GMT"}},
             .body = "{\"detail\":\"no\",\"missing_scope\":\"environment:write\"}"}}};
    v1_bench_init(&bench);
    int64_t sessions = -1;

    const enum cog_code code = count(&bench, "env-1", &sessions);

    ASSERT_CODE(code, COG_ERROR_FORBIDDEN, bench.error);
    EXPECT_STR(bench.error.cause, "403 Forbidden: no: missing scope environment:write");
    EXPECT_INT(bench.error.retry_after_ms, 60000);
    v1_bench_finish(&bench);
}

Test(v1_count_sessions, repeats_no_secret_that_the_server_repeats)
{
    static const char *const bodies[] = {
        "{\"detail\":\"token very-secret expired\"}",
        "{\"detail\":\"dev-secret\"}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = 401, .body = bodies[i]}}};
        v1_bench_init(&bench);
        int64_t sessions = -1;

        const enum cog_code code = count(&bench, "env-1", &sessions);

        ASSERT_CODE(code, COG_ERROR_UNAUTHORIZED, bench.error);
        EXPECT_LACKS(bench.error.cause, "secret ");
        EXPECT_LACKS(bench.error.cause, "-secret");
        v1_bench_finish(&bench);
    }
}

Test(v1_count_sessions, says_that_a_redirect_is_refused)
{
    struct v1_bench bench = {
        .server.answers = {{.status = 307, .headers = {{"Location", "http://evil/"}}}}};
    v1_bench_init(&bench);
    int64_t sessions = -1;

    const enum cog_code code = count(&bench, "env-1", &sessions);

    ASSERT_CODE(code, COG_ERROR_PROTOCOL, bench.error);
    EXPECT_STR(bench.error.cause, "307, redirect refused");
    v1_bench_finish(&bench);
}

Test(v1_count_sessions, passes_the_transport_s_errors_on)
{
    struct v1_bench bench = {
        .server.answers = {{.code = COG_ERROR_TIMEOUT, .message = "no answer within 30s"}}};
    v1_bench_init(&bench);
    int64_t sessions = -1;

    const enum cog_code code = count(&bench, "env-1", &sessions);

    ASSERT_CODE(code, COG_ERROR_TIMEOUT, bench.error);
    EXPECT_STR(bench.error.cause, "no answer within 30s");
    v1_bench_finish(&bench);
}

Test(v1_check_health, goes_by_the_status)
{
    static const struct {
        int status;
        enum cog_code code;
    } rows[] = {{200, COG_OK}, {204, COG_ERROR_PROTOCOL}, {503, COG_ERROR_UNAVAILABLE}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = rows[i].status}}};
        v1_bench_init(&bench);

        const enum cog_code code =
            bench.platform.ops->check_health(bench.platform.context, bench.limits, &bench.error);

        ASSERT_CODE(code, rows[i].code, bench.error);
        EXPECT_STR(bench.server.requests[0].call, "health");
        EXPECT_STR(bench.server.requests[0].url, "http://server/api/v1/health");
        v1_bench_finish(&bench);
    }
}

Test(v1_simulate, sends_the_synthetic_message)
{
    struct v1_bench bench = {.server.answers = {{.status = 201, .body = "{}"}}};
    v1_bench_init(&bench);

    const enum cog_code code = simulate(&bench);

    ASSERT_CODE(code, COG_OK, bench.error);
    const struct scripted_request *request = &bench.server.requests[0];
    EXPECT_STR(request->call, "simulate");
    EXPECT_STR(request->method, "POST");
    EXPECT_STR(request->url, "http://server/api/v1/conversations/simulate");
    EXPECT_STR(request->headers, "\nAccept: application/json\nContent-Type: application/json\n");
    EXPECT_STR(request->body, "{\"environment_id\":\"env-1\",\"intent\":\"health_check_ping\","
                              "\"entities\":[{\"name\":\"test\",\"value\":\"true\"}]}");
    EXPECT_INT(request->acting, false);
    v1_bench_finish(&bench);
}

Test(v1_simulate, accepts_a_match_and_an_object_without_a_verdict)
{
    static const char *const bodies[] = {
        "{\"matched_intent\":\"health_check_ping\",\"reply\":\"pong\"}",
        "{}",
        "{\"environment_id\":\"env-1\",\"text\":\"pong\"}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = 200, .body = bodies[i]}}};
        v1_bench_init(&bench);

        const enum cog_code code = simulate(&bench);

        ASSERT_CODE(code, COG_OK, bench.error);
        v1_bench_finish(&bench);
    }
}

Test(v1_simulate, refuses_what_did_not_match)
{
    static const char *const bodies[] = {
        "{\"matched_intent\":null}",
        "{\"matched_intent\":\"\"}",
        "{\"matched_intent\":\"fallback\"}",
        "{\"matched_intent\":5}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = 200, .body = bodies[i]}}};
        v1_bench_init(&bench);

        const enum cog_code code = simulate(&bench);

        ASSERT_CODE(code, COG_ERROR_REFUSED, bench.error);
        EXPECT_CONTAINS(bench.error.cause, "the environment did not match the intent");
        v1_bench_finish(&bench);
    }
}

/* The page of a login portal is no conversation. */
Test(v1_simulate, takes_nothing_but_an_object_about_the_environment_for_an_answer)
{
    static const char *const bodies[] = {
        "{\"environment_id\":\"env-2\"}",
        "",
        "OK",
        "[]",
        "null",
        "\"pong\"",
        "<html>log in</html>",
        "{\"reply\":",
        "{}{}",
        "{} OK",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = 200, .body = bodies[i]}}};
        v1_bench_init(&bench);

        const enum cog_code code = simulate(&bench);

        ASSERT_CODE(code, COG_ERROR_PROTOCOL, bench.error);
        v1_bench_finish(&bench);
    }
}

Test(v1_simulate, takes_no_problem_for_a_verdict)
{
    struct v1_bench bench = {.server.answers = {{
                                 .status = 200,
                                 .body = "{\"title\":\"Internal Server Error\",\"status\":500}",
                                 .headers = {{"Content-Type", "application/problem+json"}},
                             }}};
    v1_bench_init(&bench);

    const enum cog_code code = simulate(&bench);

    ASSERT_CODE(code, COG_ERROR_PROTOCOL, bench.error);
    v1_bench_finish(&bench);
}

Test(v1_simulate, fails_by_any_other_status)
{
    static const struct {
        int status;
        enum cog_code code;
    } rows[] = {{202, COG_ERROR_PROTOCOL},  {400, COG_ERROR_REFUSED},
                {409, COG_ERROR_CONFLICT},  {403, COG_ERROR_FORBIDDEN},
                {404, COG_ERROR_NOT_FOUND}, {500, COG_ERROR_UNAVAILABLE}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = rows[i].status}}};
        v1_bench_init(&bench);

        const enum cog_code code = simulate(&bench);

        ASSERT_CODE(code, rows[i].code, bench.error);
        v1_bench_finish(&bench);
    }
}
