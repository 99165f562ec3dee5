#include "promotion_bench.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(rollback_by_hand, .timeout = 5.0);

static void run(struct bench *bench)
{
    bench_begin(bench);
    bench->course.is_by_hand = true;
    (void)snprintf(bench->course.job.job_id, COG_ID_SIZE, "job-9");
    bench_go_on(bench, NULL);
    cog_storage_memory_finish(&bench->storage);
}

Test(rollback_by_hand, rolls_back_a_job_that_had_completed)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.polls = {{.status = COG_JOB_COMPLETED}, {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 2},
    };

    run(&bench);

    EXPECT_STR(cog_outcome_name(bench.report.outcome), "rolled_back");
    EXPECT_INT(bench.script.asked.promote, 0);
    EXPECT_INT(bench.script.asked.roll_back, 1);
    EXPECT_INT(bench.script.asked.cancel, 0);
}

Test(rollback_by_hand, ends_a_running_job_first_and_takes_no_completion_for_an_answer)
{
    static const enum cog_job_status ends[] = {COG_JOB_FAILED, COG_JOB_COMPLETED};
    for (size_t i = 0; i < 2; i++) {
        struct bench bench = {
            .config = bench_settings(),
            .script = {.polls = {{.status = COG_JOB_RUNNING},
                                 {.status = ends[i]},
                                 {.status = COG_JOB_ROLLED_BACK}},
                       .poll_count = 3},
        };

        run(&bench);

        EXPECT_STR(cog_outcome_name(bench.report.outcome), "rolled_back");
        EXPECT_INT(bench.script.asked.cancel, 1);
        EXPECT_INT(bench.script.asked.roll_back, 1);
    }
}

Test(rollback_by_hand, asks_for_nothing_that_is_under_way_or_done)
{
    static const enum cog_job_status states[] = {COG_JOB_ROLLING_BACK, COG_JOB_ROLLED_BACK};
    for (size_t i = 0; i < 2; i++) {
        struct bench bench = {
            .config = bench_settings(),
            .script = {.polls = {{.status = states[i]}, {.status = COG_JOB_ROLLED_BACK}},
                       .poll_count = 2},
        };

        run(&bench);

        EXPECT_STR(cog_outcome_name(bench.report.outcome), "rolled_back");
        EXPECT_INT(bench.script.asked.roll_back, 0);
    }
}

Test(rollback_by_hand, changes_nothing_when_the_job_cannot_be_seen)
{
    const struct {
        enum cog_code code;
        enum cog_outcome outcome;
    } rows[] = {
        {COG_ERROR_NOT_FOUND, COG_OUTCOME_REJECTED},
        {COG_ERROR_FORBIDDEN, COG_OUTCOME_UNAUTHORIZED},
    };
    for (size_t i = 0; i < 2; i++) {
        struct bench bench = {
            .config = bench_settings(),
            .script = {.polls = {{.code = rows[i].code}}, .poll_count = 1},
        };

        run(&bench);

        bench_expect_end(&bench, rows[i].outcome, COG_TARGET_UNTOUCHED, "rollback");
        EXPECT_INT(bench.script.asked.roll_back, 0);
    }
}
