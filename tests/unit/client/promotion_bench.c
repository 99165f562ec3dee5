#include "promotion_bench.h"

#include "support/expect.h"

struct cog_config bench_settings(void)
{
    static char source[] = "env-source";
    static char target[] = "env-target";
    static char client[] = "client";
    return (struct cog_config){
        .client_id = client,
        .source_environment_id = source,
        .target_environment_id = target,
        .resolve_dependencies = true,
        .sync_configuration = true,
        .include_webhooks = true,
        .include_integrations = true,
        .timeout_ms = 60000,
        .rollback_timeout_ms = 40000,
        .request_timeout_ms = 1000,
        .poll_interval_ms = 5000,
        .max_attempts = 3,
        .parity_threshold = 0.95,
    };
}

void bench_run(struct bench *bench, const struct cog_cancel *cancel)
{
    cog_clock_virtual_init(&bench->clock, 0);
    cog_random_seeded_init(&bench->random, 1);
    struct cog_promotion promotion = {
        .platform = scripted_platform(&bench->script),
        .config = &bench->config,
        .clock = cog_clock_virtual(&bench->clock),
        .random = cog_random_seeded(&bench->random),
        .cancel = cancel,
        .report = &bench->report,
        .request =
            {
                .source_environment_id = bench->config.source_environment_id,
                .target_environment_id = bench->config.target_environment_id,
                .resolve_dependencies = true,
                .sync_configuration = true,
                .include_webhooks = true,
                .include_integrations = true,
            },
    };
    cog_promotion_run(&promotion);
}

void bench_expect_end(const struct bench *bench, enum cog_outcome outcome,
                      enum cog_target_state target, const char *step)
{
    EXPECT_STR(cog_outcome_name(bench->report.outcome), cog_outcome_name(outcome));
    EXPECT_STR(cog_target_state_name(bench->report.target), cog_target_state_name(target));
    EXPECT_STR(bench->report.step, step);
}

struct bench bench_overdue(const enum cog_job_status *after, size_t count)
{
    struct bench bench = {.config = bench_settings(), .script = {.poll_count = 12 + count}};
    for (size_t i = 0; i < 12; i++) {
        bench.script.polls[i].status = COG_JOB_RUNNING;
    }
    for (size_t i = 0; i < count; i++) {
        bench.script.polls[12 + i].status = after[i];
    }
    return bench;
}
