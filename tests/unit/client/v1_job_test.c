#include "v1_bench.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(v1_poll, .timeout = 5.0);
TestSuite(v1_roll_back, .timeout = 5.0);
TestSuite(v1_cancel, .timeout = 5.0);

static enum cog_code poll_job(struct v1_bench *bench, struct cog_job *out_job)
{
    return bench->platform.ops->poll(bench->platform.context, "job-1", bench->limits, out_job,
                                     &bench->error);
}

/* Polls a job with this answer; what the job is on failure must not have changed. */
static enum cog_code poll_from(struct scripted_answer answer, struct v1_bench *bench,
                               struct cog_job *out_job)
{
    *bench = (struct v1_bench){.server.answers = {answer}};
    v1_bench_init(bench);
    *out_job = (struct cog_job){.job_id = "before"};
    const enum cog_code code = poll_job(bench, out_job);
    if (code != COG_OK) {
        EXPECT_STR(out_job->job_id, "before");
        EXPECT_STR(bench->error.message, "poll job 'job-1'");
    }
    v1_bench_finish(bench);
    return code;
}

Test(v1_poll, asks_once)
{
    struct v1_bench bench = {.server.answers = {{.status = 200, .body = "{\"status\":\"x\"}"}}};
    v1_bench_init(&bench);
    struct cog_job job;

    const enum cog_code code = poll_job(&bench, &job);

    ASSERT_CODE(code, COG_OK, bench.error);
    const struct scripted_request *request = &bench.server.requests[0];
    EXPECT_STR(request->call, "status");
    EXPECT_STR(request->method, "GET");
    EXPECT_STR(request->url, "http://server/api/v1/deployments/job-1/status");
    EXPECT_INT(request->attempts_max, 1);
    EXPECT_INT(request->acting, false);
    v1_bench_finish(&bench);
}

Test(v1_poll, reads_the_status)
{
    struct v1_bench bench;
    struct cog_job job;

    const enum cog_code code = poll_from(
        (struct scripted_answer){
            .status = 200,
            .headers = {{"Retry-After", "7"}},
            .body = "{\"job_id\":\"job-1\",\"status\":\"Failed\",\"progress\":60.5,"
                    "\"error\":\"lock\\ncontention\",\"rollback_id\":\"rb-1\",\"extra\":{}}"},
        &bench, &job);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(job.job_id, "job-1");
    EXPECT_INT(job.status, COG_JOB_FAILED);
    EXPECT_STR(job.status_word, "Failed");
    cr_expect(job.progress > 60.4 && job.progress < 60.6);
    EXPECT_STR(job.error, "lockcontention");
    EXPECT_STR(job.rollback_id, "rb-1");
    EXPECT_INT(job.retry_after_ms, 7000);
    EXPECT_STR(bench.log.text, "");
}

Test(v1_poll, needs_nothing_but_the_status)
{
    struct v1_bench bench;
    struct cog_job job;

    const enum cog_code code =
        poll_from((struct scripted_answer){.status = 200,
                                           .body = "{\"status\":\"paused\",\"progress\":null,"
                                                   "\"error\":null,\"rollback_id\":null}"},
                  &bench, &job);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(job.status, COG_JOB_OTHER);
    EXPECT_STR(job.status_word, "paused");
    EXPECT_INT((int)job.progress, -1);
    EXPECT_STR(job.error, "");
    EXPECT_STR(job.rollback_id, "");
    EXPECT_INT(job.retry_after_ms, -1);
    EXPECT_STR(bench.log.text, "");
}

Test(v1_poll, never_repeats_a_secret_as_the_reason)
{
    static const char *const bodies[] = {
        "{\"status\":\"failed\",\"error\":\"dev-secret is wrong\"}",
        "{\"status\":\"failed\",\"error\":{\"token\":\"very-secret\"}}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct v1_bench bench;
        struct cog_job job;

        const enum cog_code code =
            poll_from((struct scripted_answer){.status = 200, .body = bodies[i]}, &bench, &job);

        ASSERT_CODE(code, COG_OK, bench.error);
        EXPECT_INT(job.status, COG_JOB_FAILED);
        EXPECT_LACKS(job.error, "secret is wrong");
        EXPECT_LACKS(job.error, "very-secret");
        cr_expect_str_neq(job.error, "");
    }
}

Test(v1_poll, never_repeats_a_secret_as_a_word_or_an_id)
{
    struct v1_bench bench;
    struct cog_job job;

    const enum cog_code code = poll_from(
        (struct scripted_answer){
            .status = 200, .body = "{\"status\":\"very-secret\",\"rollback_id\":\"dev-secret\"}"},
        &bench, &job);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(job.status, COG_JOB_OTHER);
    EXPECT_LACKS(job.status_word, "very-secret");
    EXPECT_STR(job.rollback_id, "");
}

/* Cut off, it would not be found any more. */
Test(v1_poll, looks_for_secrets_in_the_whole_text)
{
    static const char TOKEN[] = "very-secret";
    for (size_t i = 1; i < sizeof TOKEN; i++) {
        char body[2 * COG_REASON_SIZE];
        (void)snprintf(body, sizeof body, "{\"status\":\"failed\",\"error\":\"%0*d%s\"}",
                       (int)(COG_REASON_SIZE - i), 0, TOKEN);
        struct v1_bench bench;
        struct cog_job job;

        const enum cog_code code =
            poll_from((struct scripted_answer){.status = 200, .body = body}, &bench, &job);

        ASSERT_CODE(code, COG_OK, bench.error);
        EXPECT_STR(job.error, "a text that repeats a secret");
    }
}

Test(v1_poll, leaves_a_progress_out_that_makes_no_sense)
{
    static const char *const values[] = {"-1", "100.5", "1e999", "\"60\"", "true"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        char body[128];
        (void)snprintf(body, sizeof body, "{\"status\":\"running\",\"progress\":%s}", values[i]);
        struct v1_bench bench;
        struct cog_job job;

        const enum cog_code code =
            poll_from((struct scripted_answer){.status = 200, .body = body}, &bench, &job);

        ASSERT_CODE(code, COG_OK, bench.error);
        EXPECT_INT((int)job.progress, -1);
        EXPECT_STR(bench.log.text, "job-progress-invalid job_id=job-1\n");
    }
}

Test(v1_poll, believes_a_failure_whatever_explains_it)
{
    struct v1_bench bench;
    struct cog_job job;

    const enum cog_code code =
        poll_from((struct scripted_answer){.status = 200,
                                           .body = "{\"status\":\"failed\",\"error\":{\"code\":5},"
                                                   "\"rollback_id\":\"..\"}"},
                  &bench, &job);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(job.status, COG_JOB_FAILED);
    EXPECT_STR(job.error, "{\"code\":5}");
    EXPECT_STR(job.rollback_id, "");
}

Test(v1_poll, refuses_an_answer_that_is_not_about_the_job)
{
    static const char *const bodies[] = {
        "",
        "<html>",
        "{}",
        "[]",
        "{\"status\":null}",
        "{\"status\":5}",
        "{\"job_id\":\"job-2\",\"status\":\"completed\"}",
        "{\"job_id\":5,\"status\":\"completed\"}",
        "{\"status\":\"running\",\"progress\":NaN}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct v1_bench bench;
        struct cog_job job;

        const enum cog_code code =
            poll_from((struct scripted_answer){.status = 200, .body = bodies[i]}, &bench, &job);

        cr_expect(code == COG_ERROR_PROTOCOL, "%s: %s", bodies[i], cog_code_name(code));
    }
}

Test(v1_poll, goes_by_the_status_before_the_body)
{
    static const struct {
        int status;
        enum cog_code code;
    } rows[] = {
        {202, COG_ERROR_PROTOCOL},    {301, COG_ERROR_PROTOCOL},  {401, COG_ERROR_UNAUTHORIZED},
        {403, COG_ERROR_FORBIDDEN},   {404, COG_ERROR_NOT_FOUND}, {429, COG_ERROR_THROTTLED},
        {502, COG_ERROR_UNAVAILABLE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct v1_bench bench;
        struct cog_job job;

        const enum cog_code code =
            poll_from((struct scripted_answer){.status = rows[i].status,
                                               .body = "{\"status\":\"completed\"}"},
                      &bench, &job);

        ASSERT_CODE(code, rows[i].code, bench.error);
    }
}

static enum cog_code roll_back(struct v1_bench *bench, struct cog_job *out_job)
{
    return bench->platform.ops->roll_back(bench->platform.context, "job-1", "key-2", bench->limits,
                                          out_job, &bench->error);
}

Test(v1_roll_back, sends_a_key_and_no_body)
{
    struct v1_bench bench = {
        .server.answers = {{.status = 202, .body = "{\"rollback_id\":\"rb-1\"}"}}};
    v1_bench_init(&bench);
    struct cog_job job = {.rollback_id = "before"};

    const enum cog_code code = roll_back(&bench, &job);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(job.rollback_id, "rb-1");
    const struct scripted_request *request = &bench.server.requests[0];
    EXPECT_STR(request->call, "rollback");
    EXPECT_STR(request->method, "POST");
    EXPECT_STR(request->url, "http://server/api/v1/deployments/job-1/rollback");
    EXPECT_STR(request->headers, "\nAccept: application/json\nIdempotency-Key: key-2\n");
    EXPECT_INT(request->has_body, false);
    EXPECT_INT(request->acting, true);
    v1_bench_finish(&bench);
}

Test(v1_roll_back, keeps_when_the_acceptance_says_to_look_first)
{
    struct v1_bench bench = {
        .server.answers = {{.status = 202, .headers = {{"Retry-After", "7"}}, .body = "{}"}}};
    v1_bench_init(&bench);
    struct cog_job job = {0};

    const enum cog_code code = roll_back(&bench, &job);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(job.retry_after_ms, 7000);
    v1_bench_finish(&bench);
}

Test(v1_roll_back, accepts_any_body_of_any_success)
{
    static const struct scripted_answer answers[] = {
        {.status = 200, .body = "{}"},
        {.status = 201, .body = "<html>"},
        {.status = 202, .body = ""},
        {.status = 202, .body = "{\"rollback_id\":5}"},
        {.status = 202, .body = "{\"rollback_id\":\"rb-very-secret\"}"},
        {.status = 204},
    };
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        struct v1_bench bench = {.server.answers = {answers[i]}};
        v1_bench_init(&bench);
        struct cog_job job = {.rollback_id = "before"};

        const enum cog_code code = roll_back(&bench, &job);

        ASSERT_CODE(code, COG_OK, bench.error);
        EXPECT_STR(job.rollback_id, "");
        v1_bench_finish(&bench);
    }
}

Test(v1_roll_back, tells_refusals_apart)
{
    static const struct {
        int status;
        enum cog_code code;
    } rows[] = {
        {303, COG_ERROR_AMBIGUOUS}, {400, COG_ERROR_REFUSED}, {404, COG_ERROR_NOT_FOUND},
        {409, COG_ERROR_CONFLICT},  {422, COG_ERROR_REFUSED}, {429, COG_ERROR_THROTTLED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = rows[i].status}}};
        v1_bench_init(&bench);
        struct cog_job job = {.rollback_id = "before"};

        const enum cog_code code = roll_back(&bench, &job);

        ASSERT_CODE(code, rows[i].code, bench.error);
        EXPECT_STR(bench.error.message, "roll job 'job-1' back");
        EXPECT_STR(job.rollback_id, "before");
        v1_bench_finish(&bench);
    }
}

Test(v1_roll_back, tells_another_deployment_from_a_rollback_that_runs_already)
{
    static const struct {
        const char *body;
        enum cog_code code;
    } rows[] = {
        {"{\"type\":\"/problems/deployment-in-progress\"}", COG_ERROR_REFUSED},
        {"{\"type\":\"/problems/deployment-running\"}", COG_ERROR_CONFLICT},
        {"{\"type\":\"/problems/rollback-exists\"}", COG_ERROR_CONFLICT},
        {"<html>deployment-in-progress", COG_ERROR_CONFLICT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = 409, .body = rows[i].body}}};
        v1_bench_init(&bench);
        struct cog_job job = {0};

        const enum cog_code code = roll_back(&bench, &job);

        ASSERT_CODE(code, rows[i].code, bench.error);
        if (rows[i].code == COG_ERROR_REFUSED) {
            EXPECT_CONTAINS(bench.error.cause, "another deployment is running: 409 Conflict");
        }
        v1_bench_finish(&bench);
    }
}

Test(v1_cancel, asks_the_job_to_end)
{
    static const struct {
        int status;
        enum cog_code code;
    } rows[] = {
        {202, COG_OK},
        {204, COG_OK},
        {302, COG_ERROR_AMBIGUOUS},
        {404, COG_ERROR_NOT_FOUND},
        {405, COG_ERROR_NOT_FOUND},
        {409, COG_ERROR_CONFLICT},
        {501, COG_ERROR_NOT_FOUND},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = rows[i].status}}};
        v1_bench_init(&bench);

        const enum cog_code code =
            bench.platform.ops->cancel(bench.platform.context, "job-1", bench.limits, &bench.error);

        ASSERT_CODE(code, rows[i].code, bench.error);
        EXPECT_STR(bench.server.requests[0].call, "cancel");
        EXPECT_STR(bench.server.requests[0].method, "POST");
        EXPECT_STR(bench.server.requests[0].url, "http://server/api/v1/deployments/job-1/cancel");
        EXPECT_INT(bench.server.requests[0].acting, true);
        v1_bench_finish(&bench);
    }
}
