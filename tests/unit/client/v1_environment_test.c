#include "v1_bench.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(v1_measure, .timeout = 5.0);

#define COUNTS                                                                                     \
    "\"intents\":1,\"entities\":2,\"flows\":3,\"webhooks\":4,\"integrations\":5,\"variables\":6"
#define METRICS     "{\"environment_id\":\"env-1\"," COUNTS ",\"content_digest\":\"abc\"}"
#define ENVIRONMENT "{\"id\":\"env-1\",\"bot_id\":\"bot/1\"}"

static enum cog_code measure(struct v1_bench *bench, struct cog_metrics *out_metrics)
{
    return bench->platform.ops->measure(bench->platform.context, "env-1", bench->limits,
                                        out_metrics, &bench->error);
}

Test(v1_measure, reads_counts_digest_and_version)
{
    struct v1_bench bench = {
        .server.answers = {{.status = 200, .body = METRICS},
                           {.status = 200, .body = ENVIRONMENT},
                           {.status = 200, .body = "{\"versions\":[{\"version\":\"v7\"}]}"}}};
    v1_bench_init(&bench);
    struct cog_metrics metrics = {0};

    const enum cog_code code = measure(&bench, &metrics);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(metrics.is_measured, true);
    EXPECT_INT(metrics.intents, 1);
    EXPECT_INT(metrics.entities, 2);
    EXPECT_INT(metrics.flows, 3);
    EXPECT_INT(metrics.webhooks, 4);
    EXPECT_INT(metrics.integrations, 5);
    EXPECT_INT(metrics.variables, 6);
    EXPECT_STR(metrics.content_digest, "abc");
    EXPECT_STR(metrics.version, "v7");
    v1_bench_finish(&bench);
}

Test(v1_measure, asks_for_metrics_environment_and_versions)
{
    struct v1_bench bench = {.server.answers = {{.status = 200, .body = METRICS},
                                                {.status = 200, .body = ENVIRONMENT},
                                                {.status = 200, .body = "{\"versions\":[]}"}}};
    v1_bench_init(&bench);
    struct cog_metrics metrics = {0};

    const enum cog_code code = measure(&bench, &metrics);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(bench.server.requests[0].call, "metrics");
    EXPECT_STR(bench.server.requests[0].url, "http://server/api/v1/environments/env-1/metrics");
    EXPECT_STR(bench.server.requests[1].call, "environment");
    EXPECT_STR(bench.server.requests[1].url, "http://server/api/v1/environments/env-1");
    EXPECT_STR(bench.server.requests[2].call, "versions");
    EXPECT_STR(bench.server.requests[2].url, "http://server/api/v1/bots/bot%2F1/versions");
    v1_bench_finish(&bench);
}

Test(v1_measure, takes_the_newest_version_of_the_environment)
{
    static const struct {
        const char *versions;
        const char *version;
    } rows[] = {
        {"{\"version\":\"9\",\"environment_id\":\"other\"},"
         "{\"version\":\"8\",\"environment_id\":\"env-1\"},"
         "{\"version\":\"7\",\"environment_id\":\"env-1\"}",
         "8"},
        {"{\"version\":\"9\"},{\"version\":\"8\"}", "9"},
        {"{\"version\":12}", "12"},
        {"{\"version\":\"9\",\"environment_id\":\"other\"}", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char body[512];
        (void)snprintf(body, sizeof body, "{\"versions\":[%s]}", rows[i].versions);
        struct v1_bench bench = {.server.answers = {{.status = 200, .body = METRICS},
                                                    {.status = 200, .body = ENVIRONMENT},
                                                    {.status = 200, .body = body}}};
        v1_bench_init(&bench);
        struct cog_metrics metrics = {0};

        const enum cog_code code = measure(&bench, &metrics);

        ASSERT_CODE(code, COG_OK, bench.error);
        EXPECT_STR(metrics.version, rows[i].version);
        v1_bench_finish(&bench);
    }
}

Test(v1_measure, is_not_measured_where_there_is_no_such_call)
{
    static const int statuses[] = {404, 405, 501};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = statuses[i]}}};
        v1_bench_init(&bench);
        struct cog_metrics metrics = {.is_measured = true};

        const enum cog_code code = measure(&bench, &metrics);

        ASSERT_CODE(code, COG_OK, bench.error);
        EXPECT_INT(metrics.is_measured, false);
        EXPECT_INT(bench.error.code, COG_OK);
        EXPECT_INT(bench.server.request_count, 1);
        v1_bench_finish(&bench);
    }
}

Test(v1_measure, leaves_the_version_empty_where_nobody_tells)
{
    static const struct scripted_answer rows[][2] = {
        {{.status = 404}},
        {{.status = 200, .body = "{\"id\":\"env-1\"}"}},
        {{.status = 200, .body = "{\"bot_id\":null}"}},
        {{.status = 200, .body = ENVIRONMENT}, {.status = 405}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct v1_bench bench = {
            .server.answers = {{.status = 200, .body = METRICS}, rows[i][0], rows[i][1]}};
        v1_bench_init(&bench);
        struct cog_metrics metrics = {0};

        const enum cog_code code = measure(&bench, &metrics);

        ASSERT_CODE(code, COG_OK, bench.error);
        EXPECT_INT(metrics.is_measured, true);
        EXPECT_STR(metrics.version, "");
        v1_bench_finish(&bench);
    }
}

Test(v1_measure, needs_no_digest)
{
    struct v1_bench bench = {
        .server.answers = {{.status = 200, .body = "{" COUNTS "}"}, {.status = 404}}};
    v1_bench_init(&bench);
    struct cog_metrics metrics = {0};

    const enum cog_code code = measure(&bench, &metrics);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(metrics.content_digest, "");
    v1_bench_finish(&bench);
}

Test(v1_measure, fails_where_an_answer_makes_no_sense)
{
    static const struct scripted_answer rows[][3] = {
        {{.status = 200, .body = "{\"intents\":1}"}},
        {{.status = 200, .body = "{\"environment_id\":\"other\"," COUNTS "}"}},
        {{.status = 200, .body = "{" COUNTS ",\"content_digest\":5}"}},
        {{.status = 200, .body = "{" COUNTS ",\"content_digest\":\"a\\u001bb\"}"}},
        {{.status = 200, .body = "{" COUNTS ",\"content_digest\":\"very-secret\"}"}},
        {{.status = 200, .body = "<html>"}},
        {{.status = 200, .body = METRICS}, {.status = 200, .body = "{\"bot_id\":5}"}},
        {{.status = 200, .body = METRICS}, {.status = 200, .body = "{\"bot_id\":\"..\"}"}},
        {{.status = 200, .body = METRICS},
         {.status = 200, .body = ENVIRONMENT},
         {.status = 200, .body = "{}"}},
        {{.status = 200, .body = METRICS},
         {.status = 200, .body = ENVIRONMENT},
         {.status = 200, .body = "{\"versions\":[{}]}"}},
        {{.status = 200, .body = METRICS},
         {.status = 200, .body = ENVIRONMENT},
         {.status = 200, .body = "{\"versions\":[5]}"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct v1_bench bench = {.server.answers = {rows[i][0], rows[i][1], rows[i][2]}};
        v1_bench_init(&bench);
        struct cog_metrics metrics = {0};

        const enum cog_code code = measure(&bench, &metrics);

        cr_expect(code == COG_ERROR_PROTOCOL, "row %zu: %s", i, cog_code_name(code));
        EXPECT_STR(bench.error.message, "measure 'env-1'");
        EXPECT_INT(metrics.is_measured, false);
        v1_bench_finish(&bench);
    }
}

Test(v1_measure, hides_a_secret_in_a_version)
{
    struct v1_bench bench = {
        .server.answers = {
            {.status = 200, .body = METRICS},
            {.status = 200, .body = ENVIRONMENT},
            {.status = 200, .body = "{\"versions\":[{\"version\":\"very-secret\"}]}"}}};
    v1_bench_init(&bench);
    struct cog_metrics metrics = {0};

    const enum cog_code code = measure(&bench, &metrics);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_LACKS(metrics.version, "very-secret");
    v1_bench_finish(&bench);
}

Test(v1_measure, fails_where_the_digest_is_too_long)
{
    char digest[COG_CONTENT_DIGEST_SIZE + 1];
    memset(digest, 'a', COG_CONTENT_DIGEST_SIZE);
    digest[COG_CONTENT_DIGEST_SIZE] = '\0';
    char body[512];
    (void)snprintf(body, sizeof body, "{" COUNTS ",\"content_digest\":\"%s\"}", digest);
    struct v1_bench bench = {.server.answers = {{.status = 200, .body = body}}};
    v1_bench_init(&bench);
    struct cog_metrics metrics = {0};

    const enum cog_code code = measure(&bench, &metrics);

    ASSERT_CODE(code, COG_ERROR_PROTOCOL, bench.error);
    v1_bench_finish(&bench);
}
