#include "bench.h"

#include <string.h>

#define START_UNIX_MS INT64_C(784111777000) /* Sun, 06 Nov 1994 08:49:37 GMT */

enum { DEADLINE_MS = 900000 };

static void setting_set(struct cog_config *config, const char *name, const char *value)
{
    fuzz_expect(cog_config_set(config, name, value, NULL) == COG_OK, "the settings are good");
}

static void config_fill(struct cog_config *config, const char *client_secret)
{
    fuzz_expect(cog_config_init(config, NULL) == COG_OK, "there are defaults");
    setting_set(config, "api-base", "http://127.0.0.1/api/v1");
    setting_set(config, "client-id", "id");
    setting_set(config, "client-secret", client_secret);
    setting_set(config, "source", "env-source");
    setting_set(config, "target", "env-target");
    fuzz_expect(cog_config_check(config, NULL) == COG_OK, "the settings fit together");
}

void fuzz_bench_init(struct fuzz_bench *bench)
{
    fuzz_server_init(&bench->server);
    config_fill(&bench->config, bench->server.client_secret);
    cog_clock_virtual_init(&bench->clock, START_UNIX_MS);
    cog_random_seeded_init(&bench->random, 1);
    const struct cog_seams seams = {
        .transport = fuzz_server(&bench->server),
        .clock = cog_clock_virtual(&bench->clock),
        .random = cog_random_seeded(&bench->random),
        .storage = cog_storage_memory(&bench->storage),
    };
    fuzz_expect(cog_client_create(&bench->config, &seams, &bench->client, NULL) == COG_OK,
                "a client can be made");
    bench->platform = cog_client_platform(bench->client);
    bench->limits = (struct cog_limits){.deadline_ms = DEADLINE_MS};
}

void fuzz_bench_finish(struct fuzz_bench *bench)
{
    fuzz_expect(bench->clock.now_ms <= bench->limits.deadline_ms, "no wait crosses the deadline");
    cog_client_destroy(bench->client);
    cog_storage_memory_finish(&bench->storage);
    cog_config_finish(&bench->config);
}

void fuzz_expect_error(const struct fuzz_bench *bench, enum cog_code code,
                       const struct cog_error *error)
{
    if (code == COG_OK) {
        return;
    }
    fuzz_expect(error->code == code, "the error has the code that was returned");
    fuzz_expect(error->message[0] != '\0', "an error says something");
    fuzz_expect_plain(error->message, "an error's message is plain text");
    fuzz_expect_plain(error->cause, "an error's cause is plain text");
    const char *const secrets[] = {
        bench->server.client_secret,
        bench->server.gives_token ? bench->server.token : bench->server.client_secret,
    };
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
        fuzz_expect(strstr(error->message, secrets[i]) == NULL &&
                        strstr(error->cause, secrets[i]) == NULL,
                    "an error repeats no secret");
    }
}
