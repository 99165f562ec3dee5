/* Many threads with one client: one token request for all, each with limits of its own. */
#include <cogpromote/promote.h>

#include "crew.h"
#include "shared_server.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEADLINE_MS = 60000, PATH_SIZE = 64 };

struct bench {
    struct shared_server server;
    struct cog_config config;
    struct cog_storage_posix storage;
    char folder[PATH_SIZE];
    struct cog_client *client;
    struct cog_cancel *cancel; /* Of thread 1; NULL for nobody's. Thread 2 has no time then. */
    enum cog_code codes[CREW_SIZE];
    atomic_size_t good_count;
};

static void must(enum cog_code code)
{
    if (code != COG_OK) {
        (void)fprintf(stderr, "%s\n", cog_code_name(code));
        abort();
    }
}

static void configure(struct cog_config *config)
{
    static const char *const rows[][2] = {
        {"api-base", "https://tenant.example/"},
        {"client-id", "id"},
        {"client-secret", "s"},
        {"source", "env-source"},
        {"target", "env-0"},
    };
    must(cog_config_init(config, NULL));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        must(cog_config_set(config, rows[i][0], rows[i][1], NULL));
    }
}

static void bench_init(struct bench *bench)
{
    *bench = (struct bench){.folder = "/tmp/cogpromote-threads-XXXXXX"};
    shared_server_init(&bench->server);
    configure(&bench->config);
    if (mkdtemp(bench->folder) == NULL) {
        abort();
    }
    bench->storage.directory = bench->folder;
    const struct cog_seams seams = {
        .transport = shared_server_transport(&bench->server),
        .clock = shared_server_clock(&bench->server),
        .random = cog_random_openssl(),
        .storage = cog_storage_posix(&bench->storage),
    };
    must(cog_client_create(&bench->config, &seams, &bench->client, NULL));
}

static void bench_finish(struct bench *bench)
{
    cog_client_destroy(bench->client);
    cog_cancel_destroy(bench->cancel);
    cog_config_finish(&bench->config);
    shared_server_finish(&bench->server);
    char command[PATH_SIZE + 16];
    (void)snprintf(command, sizeof command, "rm -r %s", bench->folder);
    if (system(command) != 0) { /* NOLINT(cert-env33-c): a folder of our own. */
        abort();
    }
}

static struct cog_limits limits(void)
{
    return (struct cog_limits){.deadline_ms =
                                   cog_clock_monotonic_ms(cog_clock_posix()) + DEADLINE_MS};
}

/* Several calls in a row. */
static void call(void *context, size_t index)
{
    struct bench *bench = context;
    const struct cog_platform platform = cog_client_platform(bench->client);
    char scopes[COG_SCOPES_SIZE];
    int64_t count = 0;
    struct cog_job job;
    (void)index;
    const bool is_good =
        platform.ops->authenticate(platform.context, limits(), scopes, NULL) == COG_OK &&
        strstr(scopes, "bot:deploy") != NULL &&
        platform.ops->check_health(platform.context, limits(), NULL) == COG_OK &&
        platform.ops->count_sessions(platform.context, "env-1", limits(), &count, NULL) == COG_OK &&
        platform.ops->poll(platform.context, "job-1", limits(), &job, NULL) == COG_OK;
    bench->good_count += is_good ? 1 : 0;
}

static void check_calls_share_a_token(void)
{
    struct bench bench;
    bench_init(&bench);
    shared_server_change_token(&bench.server, "one", CREW_SIZE - 1);

    crew_run(call, &bench);

    crew_point(bench.good_count == CREW_SIZE, "64 threads call with one client");
    crew_point(bench.server.token_count == 1, "one token request serves them all");
    shared_server_change_token(&bench.server, "two", 0);
    crew_run(call, &bench);
    crew_point(bench.good_count == 2 * (size_t)CREW_SIZE && bench.server.token_count == 2,
               "a revoked token is replaced once");
    bench_finish(&bench);
}

static void check_health(void *context, size_t index)
{
    struct bench *bench = context;
    const struct cog_platform platform = cog_client_platform(bench->client);
    struct cog_limits own = limits();
    own.cancel = index == 1 ? bench->cancel : NULL;
    own.deadline_ms = index == 2 && bench->cancel != NULL ? 0 : own.deadline_ms;
    bench->codes[index] = platform.ops->check_health(platform.context, own, NULL);
}

static size_t count_code(const struct bench *bench, enum cog_code code)
{
    size_t count = 0;
    for (size_t i = 0; i < CREW_SIZE; i++) {
        count += bench->codes[i] == code ? 1 : 0;
    }
    return count;
}

static void check_refusal_is_shared(void)
{
    struct bench bench;
    bench_init(&bench);
    bench.server.refuses_clients = true;
    shared_server_change_token(&bench.server, "one", CREW_SIZE - 1);

    crew_run(check_health, &bench);

    crew_point(count_code(&bench, COG_ERROR_UNAUTHORIZED) == CREW_SIZE &&
                   bench.server.token_count == 1,
               "one refusal is the failure of all who waited");
    bench_finish(&bench);
}

static void check_who_gives_up_leaves_the_asking_to_another(void)
{
    struct bench bench;
    bench_init(&bench);
    bench.server.cancels_first = true;
    shared_server_change_token(&bench.server, "one", CREW_SIZE - 1);

    crew_run(check_health, &bench);

    crew_point(count_code(&bench, COG_ERROR_CANCELLED) == 1 &&
                   count_code(&bench, COG_OK) == CREW_SIZE - 1 && bench.server.token_count == 2,
               "who gives up leaves the asking to another");
    bench_finish(&bench);
}

static void check_limits_are_each_one_s_own(void)
{
    struct bench bench;
    bench_init(&bench);
    must(cog_cancel_create(&bench.cancel, NULL));
    cog_cancel_request(bench.cancel);
    /* All but these two and the one that asks. */
    shared_server_change_token(&bench.server, "one", CREW_SIZE - 3);

    crew_run(check_health, &bench);

    crew_point(bench.codes[1] == COG_ERROR_CANCELLED, "a cancelled thread does not wait");
    crew_point(bench.codes[2] == COG_ERROR_DEADLINE, "a thread without time does not wait");
    crew_point(count_code(&bench, COG_OK) == CREW_SIZE - 2 && bench.server.token_count == 1,
               "neither is the end of the others");
    bench_finish(&bench);
}

static void promote(void *context, size_t index)
{
    struct bench *bench = context;
    char target[PATH_SIZE];
    (void)snprintf(target, sizeof target, "env-%zu", index);
    struct cog_promotion_request request = cog_client_request(bench->client);
    request.target_environment_id = target;
    struct cog_report report = {0};
    cog_promote(bench->client, &request, (struct cog_watch){0}, &report);
    const bool is_good =
        report.outcome == COG_OUTCOME_PROMOTED && strcmp(report.target_environment_id, target) == 0;
    bench->good_count += is_good ? 1 : 0;
    if (!is_good) {
        (void)fprintf(stderr, "%s: %s: %s\n", target, cog_outcome_name(report.outcome),
                      report.reason);
    }
}

static size_t count_lines(const struct bench *bench)
{
    char *bytes = NULL;
    size_t length = 0;
    size_t count = 0;
    struct cog_storage_posix storage = bench->storage;
    must(cog_storage_read(cog_storage_posix(&storage), "audit.jsonl", &bytes, &length, NULL));
    for (size_t i = 0; i < length; i++) {
        count += bytes[i] == '\n' ? 1 : 0;
    }
    free(bytes);
    return count;
}

static void check_promotions_run_side_by_side(void)
{
    struct bench bench;
    bench_init(&bench);

    crew_run(promote, &bench);

    crew_point(bench.good_count == CREW_SIZE && bench.server.promotion_count == CREW_SIZE,
               "64 promotions into 64 targets run side by side");
    crew_point(bench.server.token_count == 1, "with one token");
    /* And the genesis. */
    crew_point(count_lines(&bench) == CREW_SIZE + 1, "and each has its audit record");
    bench_finish(&bench);
}

int main(void)
{
    check_calls_share_a_token();
    check_refusal_is_shared();
    check_who_gives_up_leaves_the_asking_to_another();
    check_limits_are_each_one_s_own();
    check_promotions_run_side_by_side();
    return crew_end();
}
