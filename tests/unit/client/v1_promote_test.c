#include "v1_bench.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(v1_promote, .timeout = 5.0);

static const char JOB[] =
    "{\"job_id\":\"job-1\",\"status\":\"pending\",\"created_at\":\"2026-01-31T12:00:00Z\","
    "\"source_id\":\"env-1\",\"target_id\":\"env-2\"}";

static const struct cog_promotion_request REQUEST = {
    .source_environment_id = "env-1",
    .target_environment_id = "env-2",
    .platform_version = "v1.18.0",
    .resolve_dependencies = true,
    .include_webhooks = true,
};

static enum cog_code promote(struct v1_bench *bench, struct cog_job *out_job)
{
    return bench->platform.ops->promote(bench->platform.context, &REQUEST, "key-1", bench->limits,
                                        out_job, &bench->error);
}

/* The code for one answer; `out_job` stays as it is on failure. */
static enum cog_code promote_to(struct scripted_answer answer, struct v1_bench *bench)
{
    *bench = (struct v1_bench){.server.answers = {answer}};
    v1_bench_init(bench);
    struct cog_job job = {.job_id = "before"};
    const enum cog_code code = promote(bench, &job);
    if (code != COG_OK) {
        EXPECT_STR(job.job_id, "before");
        EXPECT_STR(bench->error.message, "promote 'env-1' to 'env-2'");
    }
    v1_bench_finish(bench);
    return code;
}

Test(v1_promote, sends_the_whole_request_as_an_object)
{
    struct v1_bench bench = {.server.answers = {{.status = 202, .body = JOB}}};
    v1_bench_init(&bench);
    struct cog_job job;

    const enum cog_code code = promote(&bench, &job);

    ASSERT_CODE(code, COG_OK, bench.error);
    const struct scripted_request *request = &bench.server.requests[0];
    EXPECT_STR(request->call, "promote");
    EXPECT_STR(request->method, "POST");
    EXPECT_STR(request->url, "http://server/api/v1/deployments/promote");
    EXPECT_STR(request->headers, "\nAccept: application/json\nContent-Type: application/json\n"
                                 "Idempotency-Key: key-1\n");
    EXPECT_STR(request->body,
               "{\"source_environment_id\":\"env-1\",\"target_environment_id\":\"env-2\","
               "\"platform_version_compatibility\":\"v1.18.0\",\"resolve_dependencies\":true,"
               "\"sync_configuration\":false,\"override_active_sessions\":false,"
               "\"include_webhooks\":true,\"include_integrations\":false}");
    EXPECT_INT(request->acting, true);
    v1_bench_finish(&bench);
}

Test(v1_promote, reads_the_job)
{
    struct v1_bench bench = {.server.answers = {
                                 {.status = 202, .body = JOB, .headers = {{"Retry-After", "5"}}},
                             }};
    v1_bench_init(&bench);
    struct cog_job job;

    const enum cog_code code = promote(&bench, &job);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(job.job_id, "job-1");
    EXPECT_INT(job.status, COG_JOB_PENDING);
    EXPECT_STR(job.status_word, "pending");
    EXPECT_INT(job.retry_after_ms, 5000);
    EXPECT_INT((int)job.progress, -1);
    EXPECT_STR(job.error, "");
    EXPECT_STR(job.rollback_id, "");
    v1_bench_finish(&bench);
}

Test(v1_promote, needs_nothing_but_the_job_s_id)
{
    static const int statuses[] = {200, 201, 202};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct v1_bench bench = {
            .server.answers = {{.status = statuses[i], .body = "{\"job_id\":\"job-1\"}"}}};
        v1_bench_init(&bench);
        struct cog_job job;

        const enum cog_code code = promote(&bench, &job);

        ASSERT_CODE(code, COG_OK, bench.error);
        EXPECT_INT(job.status, COG_JOB_PENDING);
        EXPECT_INT(job.retry_after_ms, -1);
        v1_bench_finish(&bench);
    }
}

Test(v1_promote, sees_a_job_that_has_ended_already)
{
    struct v1_bench bench = {
        .server.answers = {
            {.status = 201,
             .body = "{\"job_id\":\"j\",\"status\":\"failed\",\"error\":\"lock\"}"}}};
    v1_bench_init(&bench);
    struct cog_job job;

    const enum cog_code code = promote(&bench, &job);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(job.status, COG_JOB_FAILED);
    EXPECT_STR(job.error, "lock");
    v1_bench_finish(&bench);
}

Test(v1_promote, is_ambiguous_where_the_accepted_job_cannot_be_named)
{
    static const char *const bodies[] = {
        "",
        "<html>",
        "{}",
        "{\"job_id\":\"\"}",
        "{\"job_id\":null}",
        "{\"job_id\":5}",
        "{\"job_id\":\"..\"}",
        "{\"job_id\":\"a\\nb\"}",
        "{\"job_id\":\"job-1\",\"source_id\":\"env-9\"}",
        "{\"job_id\":\"job-1\",\"target_id\":\"env-9\"}",
        "{\"job_id\":\"job-1\",\"target_id\":5}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct v1_bench bench;

        const enum cog_code code =
            promote_to((struct scripted_answer){.status = 202, .body = bodies[i]}, &bench);

        cr_expect(code == COG_ERROR_AMBIGUOUS, "%s: %s", bodies[i], cog_code_name(code));
        EXPECT_CONTAINS(bench.error.cause, "accepted, but without a usable job: ");
    }
}

Test(v1_promote, takes_no_id_that_repeats_a_secret)
{
    static const char *const ids[] = {"very-secret", "job-dev-secret-1", "very\\u002dsecret"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        char body[64];
        (void)snprintf(body, sizeof body, "{\"job_id\":\"%s\"}", ids[i]);
        struct v1_bench bench;

        const enum cog_code code =
            promote_to((struct scripted_answer){.status = 202, .body = body}, &bench);

        ASSERT_CODE(code, COG_ERROR_AMBIGUOUS, bench.error);
        EXPECT_LACKS(bench.error.cause, "secret");
    }
}

Test(v1_promote, is_ambiguous_where_the_job_s_id_is_too_long)
{
    char body[COG_ID_SIZE + 32] = "{\"job_id\":\"";
    memset(body + strlen(body), 'a', COG_ID_SIZE);
    memcpy(body + strlen("{\"job_id\":\"") + COG_ID_SIZE, "\"}", 3);
    struct v1_bench bench;

    const enum cog_code code =
        promote_to((struct scripted_answer){.status = 202, .body = body}, &bench);

    ASSERT_CODE(code, COG_ERROR_AMBIGUOUS, bench.error);
}

Test(v1_promote, is_ambiguous_for_what_may_be_a_success)
{
    static const int statuses[] = {203, 204, 302, 303, 307};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct v1_bench bench;

        const enum cog_code code =
            promote_to((struct scripted_answer){.status = statuses[i], .body = JOB}, &bench);

        ASSERT_CODE(code, COG_ERROR_AMBIGUOUS, bench.error);
    }
}

Test(v1_promote, tells_refusals_apart)
{
    static const struct {
        int status;
        enum cog_code code;
    } rows[] = {
        {400, COG_ERROR_REFUSED},   {401, COG_ERROR_UNAUTHORIZED}, {403, COG_ERROR_FORBIDDEN},
        {404, COG_ERROR_NOT_FOUND}, {409, COG_ERROR_CONFLICT},     {422, COG_ERROR_REFUSED},
        {429, COG_ERROR_THROTTLED}, {503, COG_ERROR_UNAVAILABLE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct v1_bench bench;

        const enum cog_code code =
            promote_to((struct scripted_answer){.status = rows[i].status}, &bench);

        ASSERT_CODE(code, rows[i].code, bench.error);
        EXPECT_INT(bench.error.http_status, rows[i].status);
    }
}

Test(v1_promote, tells_another_deployment_from_sessions)
{
    struct v1_bench bench;

    enum cog_code code =
        promote_to((struct scripted_answer){.status = 409,
                                            .body = "{\"type\":\"/problems/deployment-running\"}"},
                   &bench);
    ASSERT_CODE(code, COG_ERROR_REFUSED, bench.error);
    EXPECT_CONTAINS(bench.error.cause, "another deployment is running: 409 Conflict");

    code = promote_to(
        (struct scripted_answer){.status = 409, .body = "{\"type\":\"/problems/active-sessions\"}"},
        &bench);
    ASSERT_CODE(code, COG_ERROR_CONFLICT, bench.error);
}

Test(v1_promote, passes_the_transport_s_errors_on)
{
    struct v1_bench bench;

    const enum cog_code code = promote_to(
        (struct scripted_answer){.code = COG_ERROR_AMBIGUOUS, .message = "sent"}, &bench);

    ASSERT_CODE(code, COG_ERROR_AMBIGUOUS, bench.error);
    EXPECT_STR(bench.error.cause, "sent");
}
