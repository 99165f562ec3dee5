#include "v1_bench.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>
#include <string.h>

TestSuite(v1_list_deployments, .timeout = 5.0);

static enum cog_code list(struct v1_bench *bench, struct cog_deployments *out_deployments)
{
    return bench->platform.ops->list_deployments(bench->platform.context, "env/1", "env&2",
                                                 bench->limits, out_deployments, &bench->error);
}

Test(v1_list_deployments, asks_for_source_and_target)
{
    struct v1_bench bench = {.server.answers = {{.status = 200, .body = "{\"deployments\":[]}"}}};
    v1_bench_init(&bench);
    struct cog_deployments deployments = {.count = 5};

    const enum cog_code code = list(&bench, &deployments);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(deployments.is_listed, true);
    EXPECT_INT(deployments.count, 0);
    EXPECT_STR(bench.server.requests[0].call, "deployments");
    EXPECT_STR(bench.server.requests[0].url,
               "http://server/api/v1/deployments?source_environment_id=env%2F1&"
               "target_environment_id=env%262");
    v1_bench_finish(&bench);
}

Test(v1_list_deployments, leaves_out_what_was_not_asked_for)
{
    struct v1_bench bench = {
        .server.answers = {
            {.status = 200,
             .body = "{\"deployments\":["
                     "{\"job_id\":\"3\",\"source_id\":\"env/1\",\"target_id\":\"env&2\"},"
                     "{\"job_id\":\"2\",\"source_id\":\"other\",\"target_id\":\"env&2\"},"
                     "{\"job_id\":\"1\",\"source_id\":\"env/1\",\"target_id\":\"other\"},"
                     "{\"job_id\":\"0\"}]}"}}};
    v1_bench_init(&bench);
    struct cog_deployments deployments;

    const enum cog_code code = list(&bench, &deployments);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(deployments.count, 2);
    EXPECT_STR(deployments.job_ids[0], "3");
    EXPECT_STR(deployments.job_ids[1], "0");
    v1_bench_finish(&bench);
}

Test(v1_list_deployments, tells_the_keys_where_the_server_does)
{
    struct v1_bench bench = {
        .server.answers = {
            {.status = 200,
             .body =
                 "{\"deployments\":["
                 "{\"job_id\":\"3\",\"idempotency_key\":\"key-3\"},"
                 "{\"job_id\":\"2\"},"
                 "{\"job_id\":\"1\",\"idempotency_key\":null},"
                 "{\"job_id\":\"0\",\"idempotency_key\":"
                 "\"12345678-1234-4234-8234-123456789012 and much more than we ever send\"}]}"}}};
    v1_bench_init(&bench);
    struct cog_deployments deployments;
    memset(&deployments, 'x', sizeof deployments);

    const enum cog_code code = list(&bench, &deployments);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_STR(deployments.keys[0], "key-3");
    EXPECT_STR(deployments.keys[1], "");
    EXPECT_STR(deployments.keys[2], "");
    EXPECT_INT(strlen(deployments.keys[3]), COG_KEY_SIZE - 1);
    v1_bench_finish(&bench);
}

Test(v1_list_deployments, looks_at_no_more_than_the_newest)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text, "{\"deployments\":[");
    for (int i = 0; i <= COG_DEPLOYMENTS_MAX; i++) {
        cog_text_append_format(&text, "%s{\"job_id\":\"%d\"}", i > 0 ? "," : "", i);
    }
    cog_text_append(&text, "]}");
    struct v1_bench bench = {.server.answers = {{.status = 200, .body = cog_text_string(&text)}}};
    v1_bench_init(&bench);
    struct cog_deployments deployments;

    const enum cog_code code = list(&bench, &deployments);

    ASSERT_CODE(code, COG_OK, bench.error);
    EXPECT_INT(deployments.count, COG_DEPLOYMENTS_MAX);
    EXPECT_STR(deployments.job_ids[COG_DEPLOYMENTS_MAX - 1], "63");
    v1_bench_finish(&bench);
}

Test(v1_list_deployments, is_not_listed_where_there_is_no_such_call)
{
    static const int statuses[] = {404, 405, 501};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = statuses[i]}}};
        v1_bench_init(&bench);
        struct cog_deployments deployments = {.is_listed = true};

        const enum cog_code code = list(&bench, &deployments);

        ASSERT_CODE(code, COG_OK, bench.error);
        EXPECT_INT(deployments.is_listed, false);
        EXPECT_INT(bench.error.code, COG_OK);
        v1_bench_finish(&bench);
    }
}

Test(v1_list_deployments, fails_where_the_answer_makes_no_sense)
{
    static const char *const bodies[] = {
        "",
        "<html>",
        "{}",
        "{\"deployments\":{}}",
        "{\"deployments\":[{}]}",
        "{\"deployments\":[5]}",
        "{\"deployments\":[{\"job_id\":\"\"}]}",
        "{\"deployments\":[{\"job_id\":\"..\"}]}",
        "{\"deployments\":[{\"job_id\":\"very-secret\"}]}",
        "{\"deployments\":[{\"job_id\":\"1\",\"idempotency_key\":7}]}",
        "{\"deployments\":[{\"job_id\":\"1\",\"idempotency_key\":{}}]}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct v1_bench bench = {.server.answers = {{.status = 200, .body = bodies[i]}}};
        v1_bench_init(&bench);
        struct cog_deployments deployments = {.count = 9};

        const enum cog_code code = list(&bench, &deployments);

        cr_expect(code == COG_ERROR_PROTOCOL, "%s: %s", bodies[i], cog_code_name(code));
        EXPECT_STR(bench.error.message, "list the deployments from 'env/1' to 'env&2'");
        EXPECT_INT(deployments.count, 9);
        v1_bench_finish(&bench);
    }
}
