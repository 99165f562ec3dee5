#include <cogpromote/promote.h>

#include "support/expect.h"
#include "support/scripted_transport.h"

TestSuite(promote, .timeout = 5.0);

Test(promote, does_not_begin_when_it_cannot_write_the_audit_record)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    struct cog_error error = {0};
    static const char *const rows[][2] = {
        {"api-base", "https://tenant.example/"},
        {"client-id", "id"},
        {"client-secret", "s"},
        {"source", "env-a"},
        {"target", "env-b"},
    };
    ASSERT_CODE(cog_config_init(&config, &error), COG_OK, error);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ASSERT_CODE(cog_config_set(&config, rows[i][0], rows[i][1], &error), COG_OK, error);
    }
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
