/* Whatever a server answers to a call of the v1 API, with retries: the first byte picks the call.
 */
#include "bench.h"

#include <cogbase/text.h>

#include <string.h>

static enum cog_code count_sessions(struct fuzz_bench *bench, struct cog_error *error)
{
    int64_t count = -1;
    const enum cog_code code = bench->platform.ops->count_sessions(
        bench->platform.context, "env-target", bench->limits, &count, error);
    fuzz_expect(code == COG_OK ? count >= 0 : count == -1, "sessions are counted, or left alone");
    return code;
}

static enum cog_code check_health(struct fuzz_bench *bench, struct cog_error *error)
{
    return bench->platform.ops->check_health(bench->platform.context, bench->limits, error);
}

static enum cog_code simulate(struct fuzz_bench *bench, struct cog_error *error)
{
    return bench->platform.ops->simulate(bench->platform.context, "env-target", bench->limits,
                                         error);
}

static enum cog_code measure(struct fuzz_bench *bench, struct cog_error *error)
{
    struct cog_metrics metrics = {0};
    const enum cog_code code = bench->platform.ops->measure(bench->platform.context, "env-target",
                                                            bench->limits, &metrics, error);
    fuzz_expect(metrics.intents >= 0 && metrics.variables >= 0, "nothing is counted below zero");
    fuzz_expect_plain(metrics.version, "a version is plain text");
    struct cog_parity parity = {0};
    const struct cog_promotion_request request = cog_client_request(bench->client);
    cog_parity_compute(&metrics, &metrics, &request, &parity);
    fuzz_expect(!parity.is_measured || (parity.score >= 0 && parity.score <= 1),
                "a score is a share");
    return code;
}

static enum cog_code describe(struct fuzz_bench *bench, struct cog_error *error)
{
    struct cog_environment environment = {0};
    const enum cog_code code = bench->platform.ops->describe(bench->platform.context, "env-target",
                                                             bench->limits, &environment, error);
    fuzz_expect_plain(environment.name, "an environment's name is plain text");
    fuzz_expect_plain(environment.platform_version, "a version is plain text");
    fuzz_expect_plain(environment.bot_id, "a bot's identifier is plain text");
    return code;
}

/** The fuzzer makes up the request: nothing is sent, whatever it is. */
static enum cog_code preview(struct fuzz_bench *bench, struct cog_error *error)
{
    size_t length = 0;
    COG_CLEANUP(cog_string_finish)
    char *source = fuzz_text_take(bench->server.input, '\n', &length);
    COG_CLEANUP(cog_string_finish)
    char *target = fuzz_text_take(bench->server.input, '\n', &length);
    struct cog_promotion_request request = cog_client_request(bench->client);
    request.source_environment_id = source;
    request.target_environment_id = target;
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    const enum cog_code code =
        bench->platform.ops->preview(bench->platform.context, &request, &text, error);
    fuzz_expect(bench->server.request_count == 0, "a preview sends nothing");
    fuzz_expect(code != COG_OK || strncmp(text, "POST http", 9) == 0, "it tells what and where");
    return code;
}

static enum cog_code list_deployments(struct fuzz_bench *bench, struct cog_error *error)
{
    static struct cog_deployments deployments;
    deployments = (struct cog_deployments){0};
    const enum cog_code code = bench->platform.ops->list_deployments(
        bench->platform.context, "env-source", "env-target", bench->limits, &deployments, error);
    fuzz_expect(deployments.count <= COG_DEPLOYMENTS_MAX, "a list has an end");
    for (size_t i = 0; i < deployments.count; i++) {
        fuzz_expect(deployments.job_ids[i][0] != '\0', "a deployment has a job");
        fuzz_expect_plain(deployments.job_ids[i], "a job's identifier is plain text");
    }
    return code;
}

static void expect_job(enum cog_code code, const struct cog_job *job)
{
    if (code != COG_OK) {
        return;
    }
    fuzz_expect(job->job_id[0] != '\0', "a job has an identifier");
    fuzz_expect(job->progress >= -1 && job->progress <= 100, "progress is a percentage");
    fuzz_expect(job->retry_after_ms >= -1, "a wait is not negative");
    fuzz_expect_plain(job->job_id, "a job's identifier is plain text");
    fuzz_expect_plain(job->status_word, "a status is plain text");
    fuzz_expect_plain(job->error, "a job's error is plain text");
    fuzz_expect_plain(job->rollback_id, "a rollback's identifier is plain text");
}

static enum cog_code promote(struct fuzz_bench *bench, struct cog_error *error)
{
    const struct cog_promotion_request request = cog_client_request(bench->client);
    struct cog_job job = {0};
    const enum cog_code code = bench->platform.ops->promote(bench->platform.context, &request,
                                                            "key", bench->limits, &job, error);
    expect_job(code, &job);
    return code;
}

static enum cog_code poll_job(struct fuzz_bench *bench, struct cog_error *error)
{
    struct cog_job job = {0};
    const enum cog_code code =
        bench->platform.ops->poll(bench->platform.context, "job-1", bench->limits, &job, error);
    expect_job(code, &job);
    return code;
}

static enum cog_code roll_back(struct fuzz_bench *bench, struct cog_error *error)
{
    struct cog_job job = {0};
    const enum cog_code code = bench->platform.ops->roll_back(bench->platform.context, "job-1",
                                                              "key", bench->limits, &job, error);
    fuzz_expect_plain(job.rollback_id, "a rollback's identifier is plain text");
    return code;
}

static enum cog_code cancel(struct fuzz_bench *bench, struct cog_error *error)
{
    return bench->platform.ops->cancel(bench->platform.context, "job-1", bench->limits, error);
}

static const struct {
    char letter;
    enum cog_code (*call)(struct fuzz_bench *bench, struct cog_error *error);
} CALLS[] = {
    {'s', count_sessions},   {'h', check_health}, {'c', simulate}, {'m', measure},
    {'l', list_deployments}, {'p', promote},      {'t', poll_job}, {'r', roll_back},
    {'x', cancel},           {'d', describe},     {'v', preview},
};

enum { CALL_COUNT = sizeof CALLS / sizeof CALLS[0] };

/** By its letter, so that seeds can be read; any other byte is a call as well. */
static size_t call_pick(uint8_t byte)
{
    for (size_t i = 0; i < CALL_COUNT; i++) {
        if (CALLS[i].letter == (char)byte) {
            return i;
        }
    }
    return byte % CALL_COUNT;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = {bytes, length};
    const size_t call = call_pick(fuzz_byte_take(&input));
    struct fuzz_bench bench = {.server = {.input = &input, .gives_token = true}};
    fuzz_bench_init(&bench);

    struct cog_error error = {0};
    const enum cog_code code = CALLS[call].call(&bench, &error);
    fuzz_expect_error(&bench, code, &error);

    fuzz_bench_finish(&bench);
    return 0;
}
