#include "promotion_bench.h"

#include "support/expect.h"

TestSuite(interrupt, .timeout = 5.0);

static void cancel_finish(struct cog_cancel **cancel)
{
    cog_cancel_destroy(*cancel);
}

static struct cog_cancel *cancel_create(void)
{
    struct cog_cancel *cancel = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_cancel_create(&cancel, &error), COG_OK, error);
    return cancel;
}

Test(interrupt, leaves_a_running_job_alone)
{
    COG_CLEANUP(cancel_finish) struct cog_cancel *cancel = cancel_create();
    struct bench bench = {
        .config = bench_settings(),
        .script = {.signal = cancel,
                   .signal_comes_at_poll = true,
                   .polls = {{.status = COG_JOB_RUNNING}},
                   .poll_count = 1},
    };

    bench_run(&bench, cancel);

    bench_expect_end(&bench, COG_OUTCOME_INTERRUPTED, COG_TARGET_UNKNOWN, "follow");
    EXPECT_INT(bench.script.asked.cancel, 0);
    EXPECT_INT(bench.script.asked.roll_back, 0);
}

Test(interrupt, promotes_nothing_any_more)
{
    COG_CLEANUP(cancel_finish) struct cog_cancel *cancel = cancel_create();
    struct bench bench = {.config = bench_settings()};
    cog_cancel_request(cancel);

    bench_run(&bench, cancel);

    bench_expect_end(&bench, COG_OUTCOME_INTERRUPTED, COG_TARGET_UNTOUCHED, "promote");
    EXPECT_INT(bench.script.asked.promote, 0);
}

Test(interrupt, leaves_a_lost_promotion_to_whoever_resumes)
{
    COG_CLEANUP(cancel_finish) struct cog_cancel *cancel = cancel_create();
    struct bench bench = {
        .config = bench_settings(),
        .script = {.signal = cancel,
                   .signal_comes_at_promote = true,
                   .promote = {COG_ERROR_AMBIGUOUS}},
    };

    bench_run(&bench, cancel);

    bench_expect_end(&bench, COG_OUTCOME_INTERRUPTED, COG_TARGET_UNKNOWN, "promote");
    EXPECT_INT(bench.script.asked.lists, 1);
    EXPECT_INT(bench.course.promote_is_open, true);
}

Test(interrupt, ends_and_rolls_back_a_running_job_when_told_to)
{
    COG_CLEANUP(cancel_finish) struct cog_cancel *cancel = cancel_create();
    struct bench bench = {
        .config = bench_settings(),
        .script = {.signal = cancel,
                   .signal_comes_at_poll = true,
                   .polls = {{.status = COG_JOB_RUNNING},
                             {.status = COG_JOB_FAILED},
                             {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 3},
    };
    bench.config.on_interrupt = COG_ON_INTERRUPT_ROLL_BACK;

    bench_run(&bench, cancel);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_CONTAINS(bench.report.reason, "interrupted");
    EXPECT_INT(bench.script.asked.cancel, 1);
    EXPECT_INT(bench.script.asked.roll_back, 1);
}

Test(interrupt, finds_a_lost_promotion_to_roll_it_back_when_told_to)
{
    COG_CLEANUP(cancel_finish) struct cog_cancel *cancel = cancel_create();
    struct bench bench = {
        .config = bench_settings(),
        .script = {.signal = cancel,
                   .signal_comes_at_promote = true,
                   .promote = {COG_ERROR_AMBIGUOUS},
                   .lists = {{0}, {0}, {.job_id = "job-7"}},
                   .polls = {{.status = COG_JOB_RUNNING},
                             {.status = COG_JOB_FAILED},
                             {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 3},
    };
    bench.config.on_interrupt = COG_ON_INTERRUPT_ROLL_BACK;

    bench_run(&bench, cancel);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_STR(bench.report.job_id, "job-7");
    EXPECT_INT(bench.script.asked.promote, 1);
}

Test(interrupt, does_not_repeat_a_promotion_that_is_provably_absent)
{
    COG_CLEANUP(cancel_finish) struct cog_cancel *cancel = cancel_create();
    struct bench bench = {
        .config = bench_settings(),
        .script = {.signal = cancel,
                   .signal_comes_at_promote = true,
                   .promote = {COG_ERROR_AMBIGUOUS}},
    };
    bench.config.on_interrupt = COG_ON_INTERRUPT_ROLL_BACK;

    bench_run(&bench, cancel);

    bench_expect_end(&bench, COG_OUTCOME_INTERRUPTED, COG_TARGET_UNTOUCHED, "promote");
    EXPECT_INT(bench.script.asked.promote, 1);
}
