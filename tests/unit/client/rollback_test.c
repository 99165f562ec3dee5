#include "promotion_bench.h"
#include "support/expect.h"

TestSuite(rollback, .timeout = 5.0);

Test(rollback, rolls_a_failed_job_back_and_keeps_the_first_cause)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.polls = {{.status = COG_JOB_RUNNING},
                             {.status = COG_JOB_FAILED, .error = "lock contention"},
                             {.status = COG_JOB_ROLLING_BACK},
                             {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 4},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_CONTAINS(bench.report.reason, "lock contention");
    EXPECT_STR(bench.report.rollback_id, "rollback-1");
    EXPECT_INT(bench.script.asked.roll_back, 1);
}

Test(rollback, is_not_confirmed_when_the_content_differs_after_a_rollback)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.polls = {{.status = COG_JOB_FAILED}, {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 2,
                   .metrics = {{.digest = "before"}, {.digest = "after"}}},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, "follow");
    EXPECT_CONTAINS(bench.report.follow_up, "content differs");
}

Test(rollback, needs_an_operator_when_the_rollback_is_refused)
{
    static const enum cog_code codes[] = {COG_ERROR_REFUSED, COG_ERROR_NOT_FOUND,
                                          COG_ERROR_FORBIDDEN, COG_ERROR_UNAUTHORIZED};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct bench bench = {
            .config = bench_settings(),
            .script = {.polls = {{.status = COG_JOB_FAILED, .error = "first"}},
                       .poll_count = 1,
                       .roll_back = {codes[i]}},
        };

        bench_run(&bench, NULL);

        bench_expect_end(&bench, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, "follow");
        EXPECT_CONTAINS(bench.report.reason, "first");
        EXPECT_CONTAINS(bench.report.follow_up, "was refused");
        EXPECT_INT(bench.script.asked.roll_back, 1);
    }
}

Test(rollback, asks_for_the_rollback_again_with_the_same_key_until_it_is_accepted)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.polls = {{.status = COG_JOB_FAILED},
                             {.status = COG_JOB_FAILED},
                             {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 3,
                   .roll_back = {COG_ERROR_AMBIGUOUS, COG_ERROR_THROTTLED, COG_ERROR_UNREACHABLE}},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_INT(bench.script.asked.roll_back, 4);
    EXPECT_STR(bench.script.rollback_keys[0], bench.script.rollback_keys[3]);
}

Test(rollback, looks_at_the_job_before_it_asks_for_a_rollback_again)
{
    static const enum cog_code codes[] = {COG_ERROR_AMBIGUOUS, COG_ERROR_CONFLICT};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct bench bench = {
            .config = bench_settings(),
            .script = {.polls = {{.status = COG_JOB_FAILED},
                                 {.status = COG_JOB_ROLLING_BACK},
                                 {.status = COG_JOB_ROLLED_BACK}},
                       .poll_count = 3,
                       .roll_back = {codes[i]}},
        };

        bench_run(&bench, NULL);

        bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
        EXPECT_INT(bench.script.asked.roll_back, 1);
    }
}

/** A job that has failed, and says so for some more polls; then as `after` says. */
static struct bench bench_unmoved(const enum cog_job_status *after, size_t count)
{
    struct bench bench = {.config = bench_settings(), .script = {.poll_count = 6 + count}};
    for (size_t i = 0; i < 6 + count; i++) {
        bench.script.polls[i].status = i < 6 ? COG_JOB_FAILED : after[i - 6];
    }
    return bench;
}

Test(rollback, asks_again_for_an_accepted_rollback_that_the_job_does_not_show)
{
    static const enum cog_job_status after[] = {COG_JOB_ROLLING_BACK, COG_JOB_ROLLED_BACK};
    struct bench bench = bench_unmoved(after, 2);

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_INT(bench.script.asked.roll_back, 2);
    EXPECT_STR(bench.script.rollback_keys[0], bench.script.rollback_keys[1]);
}

Test(rollback, goes_on_following_when_the_server_says_again_that_it_runs)
{
    static const enum cog_job_status after[] = {COG_JOB_FAILED, COG_JOB_ROLLED_BACK};
    struct bench bench = bench_unmoved(after, 2);
    bench.script.roll_back[1] = COG_ERROR_CONFLICT;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_INT(bench.script.asked.roll_back, 2);
}

Test(rollback, ends_when_what_was_accepted_is_refused_later)
{
    struct bench bench = bench_unmoved(NULL, 0);
    bench.script.roll_back[1] = COG_ERROR_REFUSED;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, "follow");
    EXPECT_CONTAINS(bench.report.follow_up, "nobody can tell whether");
    EXPECT_INT(bench.clock.now_ms, 20000);
}

Test(rollback, takes_no_word_that_it_does_not_know_for_a_rollback)
{
    static const enum cog_job_status after[] = {COG_JOB_FAILED, COG_JOB_ROLLED_BACK};
    struct bench bench = bench_unmoved(after, 2);
    bench.script.polls[1].status = COG_JOB_OTHER;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_INT(bench.script.asked.roll_back, 2);
}

Test(rollback, does_not_doubt_what_was_seen_to_run)
{
    static const enum cog_job_status moved[] = {COG_JOB_FAILED, COG_JOB_ROLLING_BACK,
                                                COG_JOB_FAILED};
    struct bench bench = {.config = bench_settings(), .script = {.poll_count = 3}};
    for (size_t i = 0; i < 3; i++) {
        bench.script.polls[i].status = moved[i];
    }

    bench_run(&bench, NULL);

    EXPECT_STR(cog_rollback_end_name(bench.report.rollback_end), "unconfirmed");
    EXPECT_INT(bench.script.asked.roll_back, 1);
}

Test(rollback, keeps_to_the_wait_of_an_earlier_poll_behind_its_acceptance)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.polls = {{.status = COG_JOB_FAILED, .retry_after_ms = 20000},
                             {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 2,
                   .rollback_retry_after_ms = 3000},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_INT(bench.clock.now_ms, 20000);
}

Test(rollback, does_not_call_a_rollback_done_that_was_only_accepted)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.polls = {{.status = COG_JOB_FAILED}}, .poll_count = 1},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, "follow");
    EXPECT_CONTAINS(bench.report.follow_up, "rollback accepted, completion not confirmed");
    EXPECT_INT(bench.script.asked.roll_back, 2);
    EXPECT_INT(bench.clock.now_ms, 40000);
}

Test(rollback, cancels_and_rolls_back_a_job_that_outlasts_the_time_limit)
{
    struct bench bench = {.config = bench_settings(), .script = {.poll_count = 15}};
    for (size_t i = 0; i < 12; i++) {
        bench.script.polls[i].status = COG_JOB_RUNNING;
    }
    bench.script.polls[12].status = COG_JOB_FAILED;
    bench.script.polls[13].status = COG_JOB_ROLLING_BACK;
    bench.script.polls[14].status = COG_JOB_ROLLED_BACK;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_CONTAINS(bench.report.reason, "not ended within 1m");
    EXPECT_INT(bench.script.asked.cancel, 1);
    EXPECT_INT(bench.script.asked.roll_back, 1);
}

Test(rollback, is_not_rolled_back_when_the_job_completes_before_it_can_be_cancelled)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.poll_count = 13, .cancel = {COG_ERROR_CONFLICT}},
    };
    for (size_t i = 0; i < 12; i++) {
        bench.script.polls[i].status = COG_JOB_RUNNING;
    }
    bench.script.polls[12].status = COG_JOB_COMPLETED;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.roll_back, 0);
}

Test(rollback, asks_again_to_cancel_until_the_platform_answers)
{
    static const enum cog_job_status after[] = {COG_JOB_FAILED, COG_JOB_ROLLED_BACK};
    struct bench bench = bench_overdue(after, 2);
    bench.script.cancel[0] = COG_ERROR_UNAVAILABLE;
    bench.script.cancel[1] = COG_ERROR_AMBIGUOUS;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_INT(bench.script.asked.cancel, 3);
}

Test(rollback, rolls_back_once_a_job_that_cannot_be_cancelled_has_ended)
{
    static const enum cog_job_status after[] = {
        COG_JOB_RUNNING, COG_JOB_RUNNING,      COG_JOB_RUNNING,    COG_JOB_RUNNING,
        COG_JOB_RUNNING, COG_JOB_ROLLING_BACK, COG_JOB_ROLLED_BACK};
    struct bench bench = bench_overdue(after, 7);
    bench.script.cancel[0] = COG_ERROR_NOT_FOUND;
    bench.script.roll_back[0] = COG_ERROR_CONFLICT;
    bench.script.roll_back[1] = COG_ERROR_CONFLICT;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_INT(bench.script.asked.roll_back, 3);
    cr_expect_str_neq(bench.script.rollback_keys[0], bench.script.rollback_keys[1],
                      "a server that remembers keys repeats its refusal");
}

Test(rollback, asks_again_when_the_job_fails_just_after_a_conflict)
{
    static const enum cog_job_status after[] = {COG_JOB_RUNNING, COG_JOB_FAILED,
                                                COG_JOB_ROLLED_BACK};
    struct bench bench = bench_overdue(after, 3);
    bench.script.cancel[0] = COG_ERROR_NOT_FOUND;
    bench.script.roll_back[0] = COG_ERROR_CONFLICT;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_INT(bench.script.asked.roll_back, 2);
}

Test(rollback, leaves_a_job_in_place_that_completes_while_its_rollback_is_asked_for)
{
    static const enum cog_job_status after[] = {COG_JOB_RUNNING, COG_JOB_COMPLETED};
    struct bench bench = bench_overdue(after, 2);
    bench.script.cancel[0] = COG_ERROR_NOT_FOUND;
    bench.script.roll_back[0] = COG_ERROR_CONFLICT;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.roll_back, 1);
}

Test(rollback, looks_at_a_job_that_runs_right_before_each_request)
{
    static const enum cog_job_status after[] = {COG_JOB_RUNNING, COG_JOB_RUNNING,
                                                COG_JOB_COMPLETED};
    struct bench before_the_second = bench_overdue(after, 3);
    before_the_second.script.cancel[0] = COG_ERROR_NOT_FOUND;
    before_the_second.script.roll_back[0] = COG_ERROR_CONFLICT;
    struct bench before_the_first = bench_overdue(after + 2, 1);
    before_the_first.script.cancel[0] = COG_ERROR_NOT_FOUND;

    bench_run(&before_the_second, NULL);
    bench_run(&before_the_first, NULL);

    bench_expect_end(&before_the_second, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(before_the_second.script.asked.roll_back, 1);
    bench_expect_end(&before_the_first, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(before_the_first.script.asked.roll_back, 0);
}

Test(rollback, is_not_asked_for_when_nobody_can_tell_how_a_job_ended)
{
    static const struct {
        enum cog_code cancel;
        enum cog_job_status after;
        enum cog_outcome outcome;
        enum cog_target_state target;
    } rows[] = {
        {COG_ERROR_CONFLICT, COG_JOB_OTHER, COG_OUTCOME_UNKNOWN, COG_TARGET_UNKNOWN},
        {COG_ERROR_CONFLICT, COG_JOB_RUNNING, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT},
        {COG_OK, COG_JOB_OTHER, COG_OUTCOME_UNKNOWN, COG_TARGET_UNKNOWN},
        {COG_ERROR_NOT_FOUND, COG_JOB_OTHER, COG_OUTCOME_UNKNOWN, COG_TARGET_UNKNOWN},
        {COG_OK, COG_JOB_RUNNING, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench bench = bench_overdue(&rows[i].after, 1);
        bench.script.polls[11].status = rows[i].after;
        bench.script.cancel[0] = rows[i].cancel;

        bench_run(&bench, NULL);

        bench_expect_end(&bench, rows[i].outcome, rows[i].target, "follow");
        EXPECT_CONTAINS(bench.report.reason, "has not ended within");
        EXPECT_INT(bench.script.asked.roll_back, 0);
    }
}

Test(rollback, needs_an_operator_when_a_completed_job_is_not_rolled_back)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.metrics = {{0}, {.intents = 1}, {.intents = 2}},
                   .roll_back = {COG_ERROR_CONFLICT}},
    };
    bench.config.rollback_on_low_parity = true;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, "verify");
    EXPECT_CONTAINS(bench.report.follow_up, "was refused");
}

Test(rollback, accepts_a_rollback_that_the_platform_made_by_itself)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.polls = {{.status = COG_JOB_ROLLING_BACK, .error = "disk full"},
                             {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 2},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_CONTAINS(bench.report.reason, "disk full");
    EXPECT_INT(bench.script.asked.roll_back, 0);
}

Test(rollback, rolls_back_low_parity_when_told_to)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.metrics = {{0}, {.intents = 1}, {.intents = 2}, {0}},
                   .polls = {{.status = COG_JOB_COMPLETED}, {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 2},
    };
    bench.config.rollback_on_low_parity = true;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "verify");
    EXPECT_CONTAINS(bench.report.reason, "below 0.95");
}

Test(rollback, tells_its_five_ends_apart)
{
    const struct {
        const char *name;
        struct scripted_platform script;
        enum cog_rollback_end expected;
    } rows[] = {
        {"confirmed",
         {.polls = {{.status = COG_JOB_FAILED}, {.status = COG_JOB_ROLLED_BACK}}, .poll_count = 2},
         COG_ROLLBACK_CONFIRMED},
        {"unconfirmed",
         {.polls = {{.status = COG_JOB_FAILED}}, .poll_count = 1},
         COG_ROLLBACK_UNCONFIRMED},
        {"refused",
         {.polls = {{.status = COG_JOB_FAILED}}, .poll_count = 1, .roll_back = {COG_ERROR_REFUSED}},
         COG_ROLLBACK_REFUSED},
        {"failed",
         {.polls = {{.status = COG_JOB_FAILED}, {.status = COG_JOB_ROLLBACK_FAILED}},
          .poll_count = 2},
         COG_ROLLBACK_FAILED},
        {"unknown",
         {.polls = {{.status = COG_JOB_FAILED}, {.code = COG_ERROR_NETWORK}},
          .poll_count = 2,
          .roll_back = {COG_ERROR_AMBIGUOUS, COG_ERROR_AMBIGUOUS, COG_ERROR_AMBIGUOUS,
                        COG_ERROR_AMBIGUOUS, COG_ERROR_AMBIGUOUS, COG_ERROR_AMBIGUOUS,
                        COG_ERROR_AMBIGUOUS, COG_ERROR_AMBIGUOUS}},
         COG_ROLLBACK_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench bench = {.config = bench_settings(), .script = rows[i].script};

        bench_run(&bench, NULL);

        cr_expect(bench.report.rollback_end == rows[i].expected, "%s: %s", rows[i].name,
                  cog_rollback_end_name(bench.report.rollback_end));
    }
}

Test(rollback, is_looked_at_first_when_its_acceptance_says)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.polls = {{.status = COG_JOB_FAILED}, {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 2,
                   .rollback_retry_after_ms = 9000},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_INT(bench.clock.now_ms, 9000);
}
