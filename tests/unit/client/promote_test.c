#include <cogpromote/promote.h>

#include "support/expect.h"
#include "support/scripted_transport.h"

TestSuite(promote, .timeout = 5.0);

static void fill(struct cog_config *config)
{
    static const char *const rows[][2] = {
        {"api-base", "https://tenant.example/"},
        {"client-id", "id"},
        {"client-secret", "s"},
        {"source", "env-a"},
        {"target", "env-b"},
        {"webhook-url", "https://ci.example/"},
    };
    struct cog_error error = {0};
    ASSERT_CODE(cog_config_init(config, &error), COG_OK, error);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ASSERT_CODE(cog_config_set(config, rows[i][0], rows[i][1], &error), COG_OK, error);
    }
}

static struct cog_client *client_create(const struct cog_config *config,
                                        const struct cog_seams *seams)
{
    struct cog_client *client = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_client_create(config, seams, &client, &error), COG_OK, error);
    return client;
}

static void client_finish(struct cog_client **client)
{
    cog_client_destroy(*client);
}

Test(promote, does_not_begin_when_it_cannot_write_the_audit_record)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    fill(&config);
    struct scripted_transport server = {.answers = {{.status = 204}}};
    struct cog_clock_virtual clock;
    cog_clock_virtual_init(&clock, 0);
    struct cog_random_seeded random;
    cog_random_seeded_init(&random, 1);
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {.fails = true};
    const struct cog_seams seams = {
        .transport = scripted_transport(&server),
        .clock = cog_clock_virtual(&clock),
        .random = cog_random_seeded(&random),
        .storage = cog_storage_memory(&storage),
    };
    COG_CLEANUP(client_finish) struct cog_client *client = client_create(&config, &seams);
    struct cog_report report = {0};

    cog_promote(client, NULL, (struct cog_watch){0}, &report);

    EXPECT_STR(cog_outcome_name(report.outcome), "internal");
    EXPECT_STR(cog_target_state_name(report.target), "untouched");
    EXPECT_CONTAINS(report.reason, "no space left");
    EXPECT_INT(server.request_count, 1);
    EXPECT_STR(server.requests[0].call, "webhook");
    EXPECT_CONTAINS(server.requests[0].body, "\"audit_written\":false");
    EXPECT_INT(report.webhook, COG_DELIVERY_DELIVERED);
}

static enum cog_code no_entropy(void *context, void *buffer, size_t length)
{
    (void)context;
    (void)buffer;
    (void)length;
    return COG_ERROR_INTERNAL;
}

Test(promote, admits_that_the_webhook_was_not_sent_when_it_could_not_begin)
{
    static const struct cog_random_ops ops = {.fill = no_entropy};
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    fill(&config);
    struct scripted_transport server = {0};
    struct cog_clock_virtual clock;
    cog_clock_virtual_init(&clock, 0);
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_seams seams = {
        .transport = scripted_transport(&server),
        .clock = cog_clock_virtual(&clock),
        .random = {.ops = &ops},
        .storage = cog_storage_memory(&storage),
    };
    COG_CLEANUP(client_finish) struct cog_client *client = client_create(&config, &seams);
    struct cog_report report = {0};

    cog_promote(client, NULL, (struct cog_watch){0}, &report);

    EXPECT_STR(cog_outcome_name(report.outcome), "internal");
    EXPECT_INT(report.audit_is_written, true);
    EXPECT_INT(report.webhook, COG_DELIVERY_FAILED);
    EXPECT_CONTAINS(report.webhook_error, "not sent");
}

/* Not from the acceptance: a promotion that was never accepted took its time, too. */
Test(promote, is_timed_from_its_beginning_and_audited_also_when_it_is_blocked)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    fill(&config);
    struct cog_clock_virtual clock;
    cog_clock_virtual_init(&clock, INT64_C(1767225600000));
    struct scripted_transport server = {
        .clock = &clock,
        .answers = {{.status = 401, .takes_ms = 1500}, {.status = 204}},
    };
    struct cog_random_seeded random;
    cog_random_seeded_init(&random, 1);
    COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
    const struct cog_seams seams = {
        .transport = scripted_transport(&server),
        .clock = cog_clock_virtual(&clock),
        .random = cog_random_seeded(&random),
        .storage = cog_storage_memory(&storage),
    };
    COG_CLEANUP(client_finish) struct cog_client *client = client_create(&config, &seams);
    struct cog_report report = {0};

    cog_promote(client, NULL, (struct cog_watch){0}, &report);

    EXPECT_STR(cog_outcome_name(report.outcome), "unauthorized");
    EXPECT_INT(report.duration_ms, 1500);
    EXPECT_INT(report.audit_is_written, true);
    EXPECT_STR(server.requests[1].call, "webhook");
    EXPECT_CONTAINS(server.requests[1].body, "\"duration_seconds\":2,");
    EXPECT_CONTAINS(server.requests[1].body, "\"outcome\":\"unauthorized\"");
    EXPECT_CONTAINS(server.requests[1].body, "\"timestamp\":\"2026-01-01T00:00:01.500Z\"");
}

Test(promote, joins_base_and_path_with_exactly_one_slash)
{
    static const char *const bases[] = {"https://tenant.example/api", "https://tenant.example/api/",
                                        "https://tenant.example/api//"};
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++) {
        COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
        fill(&config);
        struct cog_error error = {0};
        ASSERT_CODE(cog_config_set(&config, "api-base", bases[i], &error), COG_OK, error);
        struct scripted_transport server = {.answers = {{.status = 401}, {.status = 204}}};
        struct cog_clock_virtual clock;
        cog_clock_virtual_init(&clock, 0);
        struct cog_random_seeded random;
        cog_random_seeded_init(&random, 1);
        COG_CLEANUP(cog_storage_memory_finish) struct cog_storage_memory storage = {0};
        const struct cog_seams seams = {
            .transport = scripted_transport(&server),
            .clock = cog_clock_virtual(&clock),
            .random = cog_random_seeded(&random),
            .storage = cog_storage_memory(&storage),
        };
        COG_CLEANUP(client_finish) struct cog_client *client = client_create(&config, &seams);
        struct cog_report report = {0};

        cog_promote(client, NULL, (struct cog_watch){0}, &report);

        EXPECT_STR(server.requests[0].url, "https://tenant.example/api/oauth/token");
    }
}
