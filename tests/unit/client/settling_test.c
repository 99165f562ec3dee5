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

Test(settling, ends_with_the_refusal_of_a_repeat_once_nothing_has_arrived)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS, COG_ERROR_REFUSED}},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_REJECTED, COG_TARGET_UNTOUCHED, "promote");
    EXPECT_INT(bench.script.asked.promote, 2);
    EXPECT_INT(bench.course.promote_is_open, false);
}

Test(settling, promotes_with_a_new_key_behind_a_refused_one)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS, COG_ERROR_CONFLICT}},
    };
    bench.config.drain_wait_ms = 50000;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.promote, 3);
    EXPECT_INT(bench.script.asked.sessions, 2);
    EXPECT_STR(bench.script.promote_keys[0], bench.script.promote_keys[1]);
    cr_expect_str_neq(bench.script.promote_keys[1], bench.script.promote_keys[2],
                      "a server that remembers keys repeats its refusal");
}

Test(settling, repeats_no_key_that_the_server_has_refused)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS, COG_ERROR_REFUSED}},
    };
    bench.config.server_honours_idempotency_keys = true;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_REJECTED, COG_TARGET_UNTOUCHED, "promote");
    EXPECT_INT(bench.script.asked.promote, 2);
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

Test(settling, takes_no_job_with_the_key_of_another_for_its_own)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS, COG_ERROR_REFUSED}},
    };
    for (size_t i = 1; i < SCRIPTED_MAX; i++) {
        bench.script.lists[i].job_id = "job-of-another";
        bench.script.lists[i].key = "key-of-another";
    }

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_REJECTED, COG_TARGET_UNTOUCHED, "promote");
    EXPECT_INT(bench.script.asked.promote, 2);
    EXPECT_INT(bench.script.asked.roll_back, 0);
    EXPECT_STR(bench.report.job_id, "");
}

Test(settling, finds_its_job_by_the_key_also_behind_another_operators)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS},
                   .lists = {{0},
                             {.job_id = "job-7", .key = "key-of-another"},
                             {.job_id = "job-8", .has_our_key = true}}},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.promote, 1);
    EXPECT_STR(bench.report.job_id, "job-8");
}

Test(settling, takes_a_new_job_of_which_no_key_is_told)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS}, .lists = {{0}, {.job_id = "job-7"}}},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_STR(bench.report.job_id, "job-7");
}

Test(settling, knows_the_job_of_a_key_that_was_refused_when_it_was_repeated)
{
    static const enum cog_code ends[] = {COG_ERROR_CONFLICT, COG_ERROR_REFUSED};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct bench bench = {
            .config = bench_settings(),
            .script = {.promote = {COG_ERROR_AMBIGUOUS, ends[i]}},
        };
        bench.script.lists[1 + COG_SETTLE_READS].job_id = "job-7";
        bench.script.lists[1 + COG_SETTLE_READS].has_our_key = true;

        bench_run(&bench, NULL);

        bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
        EXPECT_INT(bench.script.asked.promote, 2);
        EXPECT_STR(bench.report.job_id, "job-7");
        EXPECT_STR(bench.course.promote_key, "");
    }
}

Test(settling, keeps_the_newest_of_the_keys_that_it_sent)
{
    struct cog_course course = {0};
    for (int i = 0; i <= COG_RETIRED_KEYS_MAX; i++) {
        (void)snprintf(course.promote_key, COG_UUID_SIZE, "key-%d", i);
        course.promote_count = 1;
        cog_course_retire_key(&course);
    }
    (void)snprintf(course.promote_key, COG_UUID_SIZE, "never-sent");
    cog_course_retire_key(&course);

    EXPECT_INT(course.retired_key_count, COG_RETIRED_KEYS_MAX);
    EXPECT_INT(cog_course_has_key(&course, "key-0"), false);
    EXPECT_INT(cog_course_has_key(&course, "key-1"), true);
    EXPECT_INT(cog_course_has_key(&course, "key-8"), true);
    EXPECT_INT(cog_course_has_key(&course, "never-sent"), false);
    EXPECT_INT(cog_course_has_key(&course, ""), false);
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
