#include "promotion_bench.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(settling, .timeout = 5.0);

Test(settling, repeats_at_once_with_the_same_key_where_the_server_honours_it)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS}, .lists = {{.is_missing = true}}},
    };
    bench.config.server_honours_idempotency_keys = true;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.promote, 2);
    EXPECT_INT(bench.script.asked.lists, 1);
    EXPECT_STR(bench.script.promote_keys[0], bench.script.promote_keys[1]);
}

Test(settling, takes_no_failed_repeat_for_the_fate_of_the_first_one)
{
    static const enum cog_code codes[] = {COG_ERROR_UNREACHABLE, COG_ERROR_FORBIDDEN,
                                          COG_ERROR_CONFLICT, COG_ERROR_REFUSED};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct bench bench = {
            .config = bench_settings(),
            .script = {.promote = {COG_ERROR_AMBIGUOUS, codes[i]}, .lists = {{.is_missing = true}}},
        };
        bench.config.server_honours_idempotency_keys = true;
        bench.config.max_attempts = 2;

        bench_run(&bench, NULL);

        bench_expect_end(&bench, COG_OUTCOME_UNKNOWN, COG_TARGET_UNKNOWN, "promote");
        EXPECT_INT(bench.course.promote_is_open, true);
    }
}

Test(settling, reads_back_once_its_repeats_are_used_up)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS, COG_ERROR_AMBIGUOUS},
                   .lists = {{0}, {.job_id = "job-7"}}},
    };
    bench.config.server_honours_idempotency_keys = true;
    bench.config.max_attempts = 2;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_STR(bench.report.job_id, "job-7");
}

Test(settling, does_not_send_what_it_cannot_write_down_before)
{
    struct bench bench = {.config = bench_settings()};
    bench_begin(&bench);
    bench.course.state = COG_STATE_PROMOTE;
    bench.storage.fails = true;

    bench_go_on(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_INTERNAL, COG_TARGET_UNTOUCHED, "promote");
    EXPECT_INT(bench.script.asked.promote, 0);
    cog_storage_memory_finish(&bench.storage);
}

Test(settling, rolls_back_although_nothing_can_be_written_down)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.polls = {{.status = COG_JOB_FAILED}, {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 2},
    };
    bench_begin(&bench);
    bench.course.state = COG_STATE_FOLLOW;
    bench.storage.fails = true;

    bench_go_on(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    cog_storage_memory_finish(&bench.storage);
}

/** A rollback that was on its way when the process was killed. */
static struct bench bench_killed_in_rollback(void)
{
    struct bench bench = {.config = bench_settings()};
    bench_begin(&bench);
    bench.course.state = COG_STATE_ROLL_BACK;
    bench.course.job = (struct cog_job){.job_id = "job-1", .status = COG_JOB_FAILED};
    bench.course.rollback_is_open = true;
    (void)snprintf(bench.course.rollback_key, COG_UUID_SIZE, "key-1");
    return bench;
}

Test(settling, looks_before_it_asks_again_for_a_rollback_that_may_run)
{
    struct bench bench = bench_killed_in_rollback();
    bench.script = (struct scripted_platform){
        .polls = {{.status = COG_JOB_ROLLING_BACK}, {.status = COG_JOB_ROLLED_BACK}},
        .poll_count = 2,
    };

    bench_go_on(&bench, NULL);

    EXPECT_STR(cog_outcome_name(bench.report.outcome), "rolled_back");
    EXPECT_INT(bench.script.asked.roll_back, 0);
    cog_storage_memory_finish(&bench.storage);
}

Test(settling, asks_again_with_the_same_key_for_a_rollback_that_did_not_arrive)
{
    struct bench bench = bench_killed_in_rollback();
    bench.script = (struct scripted_platform){
        .polls = {{.status = COG_JOB_FAILED}, {.status = COG_JOB_ROLLED_BACK}},
        .poll_count = 2,
    };

    bench_go_on(&bench, NULL);

    EXPECT_STR(cog_outcome_name(bench.report.outcome), "rolled_back");
    EXPECT_INT(bench.script.asked.roll_back, 1);
    EXPECT_STR(bench.script.rollback_keys[0], "key-1");
    cog_storage_memory_finish(&bench.storage);
}
