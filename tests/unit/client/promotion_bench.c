#include "promotion_bench.h"

#include "support/expect.h"

#include <stdio.h>

struct cog_config bench_settings(void)
{
    static char source[] = "env-source";
    static char target[] = "env-target";
    static char client[] = "client";
    static char actor[] = "somebody";
    return (struct cog_config){
        .client_id = client,
        .actor = actor,
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

void bench_begin(struct bench *bench)
{
    const struct cog_promotion_request request = {
        .source_environment_id = bench->config.source_environment_id,
        .target_environment_id = bench->config.target_environment_id,
        .platform_version = "v1.18.0",
        .resolve_dependencies = true,
        .sync_configuration = true,
        .override_active_sessions = bench->config.override_active_sessions,
        .include_webhooks = true,
        .include_integrations = true,
    };
    struct cog_error error = {0};
    cog_clock_virtual_init(&bench->clock, 0);
    cog_random_seeded_init(&bench->random, 1);
    ASSERT_CODE(cog_course_init(&request, "https://tenant.example", &bench->course, &error), COG_OK,
                error);
    (void)snprintf(bench->course.report.run_id, sizeof bench->course.report.run_id, "run-1");
}

void bench_go_on(struct bench *bench, const struct cog_cancel *cancel)
{
    const struct cog_journal journal = {
        .storage = cog_storage_memory(&bench->storage),
        .clock = cog_clock_virtual(&bench->clock),
        .name = "journal/run.jsonl",
    };
    struct cog_promotion promotion = {
        .platform = scripted_platform(&bench->script),
        .config = &bench->config,
        .clock = cog_clock_virtual(&bench->clock),
        .random = cog_random_seeded(&bench->random),
        .cancel = cancel,
        .journal = &journal,
        .course = &bench->course,
        .request = cog_course_request(&bench->course),
        .deadline_ms = bench->clock.now_ms + bench->config.timeout_ms,
    };
    cog_promotion_run(&promotion);
    bench->report = bench->course.report;
}

void bench_run(struct bench *bench, const struct cog_cancel *cancel)
{
    bench_begin(bench);
    bench_go_on(bench, cancel);
    cog_storage_memory_finish(&bench->storage);
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
