#include "webhook_bench.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

void webhook_bench_set(struct webhook_bench *bench, const char *name, const char *value)
{
    ASSERT_CODE(cog_config_set(&bench->config, name, value, &bench->error), COG_OK, bench->error);
}

void webhook_bench_init(struct webhook_bench *bench)
{
    static const char *const rows[][2] = {
        {"api-base", "https://tenant.example/"},
        {"client-id", "id"},
        {"client-secret", "very-secret"},
        {"source", "env-a"},
        {"target", "env-b"},
        {"webhook-url", "https://ci.example/hook/hidden"},
        {"webhook-secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},
        {"webhook-timeout", "10s"},
    };
    ASSERT_CODE(cog_config_init(&bench->config, &bench->error), COG_OK, bench->error);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        webhook_bench_set(bench, rows[i][0], rows[i][1]);
    }
    cog_clock_virtual_init(&bench->clock, WEBHOOK_BENCH_START_UNIX_MS);
    cog_random_seeded_init(&bench->random, 1);
    bench->receiver.clock = &bench->clock;
    const struct cog_seams seams = {
        .transport = scripted_transport(&bench->receiver),
        .clock = cog_clock_virtual(&bench->clock),
        .random = cog_random_seeded(&bench->random),
        .storage = cog_storage_memory(&bench->storage),
        .log = recorded_log(&bench->log),
    };
    ASSERT_CODE(cog_client_create(&bench->config, &seams, &bench->client, &bench->error), COG_OK,
                bench->error);
}

void webhook_bench_finish(struct webhook_bench *bench)
{
    cog_client_destroy(bench->client);
    cog_storage_memory_finish(&bench->storage);
    cog_config_finish(&bench->config);
}

struct cog_report webhook_report(int number)
{
    struct cog_report report = {.outcome = COG_OUTCOME_ROLLED_BACK};
    (void)snprintf(report.run_id, sizeof report.run_id, "00000000-0000-4000-8000-%012d", number);
    return report;
}

char *webhook_bench_outbox(struct webhook_bench *bench, int number)
{
    char name[96];
    char *bytes = NULL;
    size_t length = 0;
    (void)snprintf(name, sizeof name, "outbox/msg_00000000-0000-4000-8000-%012d.json", number);
    ASSERT_CODE(
        cog_storage_read(cog_storage_memory(&bench->storage), name, &bytes, &length, &bench->error),
        COG_OK, bench->error);
    return bytes;
}

static enum cog_code compose_text(void *context, const char *existing, size_t existing_length,
                                  char **out_text, struct cog_error *error)
{
    (void)existing;
    (void)existing_length;
    (void)error;
    *out_text = strdup(context);
    return *out_text != NULL ? COG_OK : COG_ERROR_MEMORY;
}

void webhook_bench_put(struct webhook_bench *bench, const char *name, const char *text)
{
    COG_CLEANUP(cog_string_finish) char *copy = strdup(text);
    const struct cog_storage_composer composer = {.compose = compose_text, .context = copy};
    ASSERT_CODE(
        cog_storage_update(cog_storage_memory(&bench->storage), name, composer, &bench->error),
        COG_OK, bench->error);
}
