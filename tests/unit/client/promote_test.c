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

Test(promote, does_not_begin_when_it_cannot_write_the_audit_record)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    fill(&config);
    struct scripted_transport server = {0};
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
    struct cog_report report = {0};

    cog_promote(&config, &seams, NULL, &report);

    EXPECT_STR(cog_outcome_name(report.outcome), "internal");
    EXPECT_STR(cog_target_state_name(report.target), "untouched");
    EXPECT_CONTAINS(report.reason, "no space left");
    EXPECT_INT(server.request_count, 0);
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
    struct cog_report report = {0};

    cog_promote(&config, &seams, NULL, &report);

    EXPECT_STR(cog_outcome_name(report.outcome), "internal");
    EXPECT_INT(report.audit_is_written, true);
    EXPECT_INT(report.webhook, COG_DELIVERY_FAILED);
    EXPECT_CONTAINS(report.webhook_error, "not sent");
}
