#include "promotion.h"

#include <cogpromote/promote.h>
#include <cogpromote/transport_curl.h>

#include <stdio.h>
#include <stdlib.h>

static void expect_good(enum cog_code code, const struct cog_error *error)
{
    if (code != COG_OK) {
        char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];
        (void)fprintf(stderr, "bench: %s\n", cog_error_text(error, text, sizeof text));
        exit(EXIT_FAILURE);
    }
}

static void config_fill(struct cog_config *config, const char *api_base)
{
    const char *const settings[][2] = {
        {"api-base", api_base},   {"client-id", "dev-client"}, {"client-secret", "dev-secret"},
        {"source", "env-source"}, {"target", "env-target"},    {"actor", "bench"},
    };
    struct cog_error error = {0};
    expect_good(cog_config_init(config, &error), &error);
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        expect_good(cog_config_set(config, settings[i][0], settings[i][1], &error), &error);
    }
    expect_good(cog_config_check(config, &error), &error);
}

static void promote(const struct cog_config *config, const struct cog_seams *seams)
{
    struct cog_client *client = NULL;
    struct cog_error error = {0};
    expect_good(cog_client_create(config, seams, &client, &error), &error);
    struct cog_report report = {0};
    cog_promote(client, NULL, (struct cog_watch){0}, &report);
    cog_client_destroy(client);
    if (report.outcome != COG_OUTCOME_PROMOTED) {
        (void)fprintf(stderr, "bench: %s: %s\n", cog_outcome_name(report.outcome), report.reason);
        exit(EXIT_FAILURE);
    }
}

void bench_promotion_run(const struct bench_promotion *promotion, struct recording *recording)
{
    struct cog_clock_virtual clock;
    cog_clock_virtual_init(&clock, INT64_C(1767225600000));
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    config_fill(&config, promotion->api_base);
    const struct cog_transport_curl_options options = {
        .clock = cog_clock_virtual(&clock),
        .connect_timeout_ms = config.connect_timeout_ms,
    };
    struct cog_transport_curl *curl = NULL;
    struct cog_error error = {0};
    expect_good(cog_transport_curl_create(&options, &curl, &error), &error);
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory memory = {0};
    struct cog_storage_posix files = {.directory = promotion->folder};
    struct cog_seams seams = {
        .transport = cog_transport_curl(curl),
        .clock = options.clock,
        .random = cog_random_openssl(),
        .storage =
            promotion->folder != NULL ? cog_storage_posix(&files) : cog_storage_memory(&memory),
    };
    if (recording != NULL) {
        recording->inner = seams.transport;
        seams.transport = recording_transport(recording);
    }
    promote(&config, &seams);
    cog_transport_curl_destroy(curl);
}
