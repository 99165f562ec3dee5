#include "promotion.h"

#include "support/expect.h"
#include "support/scripted_platform.h"

TestSuite(promotion, .timeout = 5.0);

/** One promotion on a scripted platform, in virtual time. */
struct bench {
    struct scripted_platform script;
    struct cog_config config;
    struct cog_clock_virtual clock;
    struct cog_random_seeded random;
    struct cog_report report;
};

/** The settings that matter here, short enough to be reached. */
static struct cog_config settings(void)
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

/** @param cancel may be NULL */
static void run(struct bench *bench, const struct cog_cancel *cancel)
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

static void expect_end(const struct bench *bench, enum cog_outcome outcome,
                       enum cog_target_state target, const char *step)
{
    EXPECT_STR(cog_outcome_name(bench->report.outcome), cog_outcome_name(outcome));
    EXPECT_STR(cog_target_state_name(bench->report.target), cog_target_state_name(target));
    EXPECT_STR(bench->report.step, step);
}

Test(promotion, ends_promoted_when_nothing_goes_wrong)
{
    struct bench bench = {.config = settings()};

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_STR(bench.report.reason, "");
    EXPECT_STR(bench.report.job_id, "job-1");
    EXPECT_INT(bench.report.parity_is_measured, true);
    EXPECT_INT(bench.script.asked.promote, 1);
    EXPECT_INT(bench.script.asked.roll_back, 0);
}

Test(promotion, goes_on_when_nobody_tells_the_scopes)
{
    struct bench bench = {.config = settings(), .script = {.scopes = ""}};

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
}

Test(promotion, names_the_scope_that_is_missing)
{
    struct bench bench = {
        .config = settings(),
        .script = {.scopes = "environment:write bot:deployer deployment:execute "
                             "conversation:simulate"},
    };

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_UNAUTHORIZED, COG_TARGET_UNTOUCHED, "authenticate");
    EXPECT_CONTAINS(bench.report.reason, "'bot:deploy'");
    EXPECT_INT(bench.script.asked.sessions, 0);
}

Test(promotion, is_untouched_and_named_when_a_check_fails)
{
    static const struct {
        enum cog_code code;
        enum cog_outcome outcome;
    } rows[] = {
        {COG_ERROR_UNAUTHORIZED, COG_OUTCOME_UNAUTHORIZED},
        {COG_ERROR_FORBIDDEN, COG_OUTCOME_UNAUTHORIZED},
        {COG_ERROR_UNREACHABLE, COG_OUTCOME_NOT_READY},
        {COG_ERROR_THROTTLED, COG_OUTCOME_NOT_READY},
        {COG_ERROR_PROTOCOL, COG_OUTCOME_NOT_READY},
        {COG_ERROR_NOT_FOUND, COG_OUTCOME_NOT_READY},
        {COG_ERROR_MEMORY, COG_OUTCOME_INTERNAL},
        {COG_ERROR_CANCELLED, COG_OUTCOME_INTERRUPTED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench benches[] = {
            {.config = settings(), .script = {.sessions = {{.code = rows[i].code}}}},
            {.config = settings(), .script = {.health = {rows[i].code}}},
            {.config = settings(), .script = {.simulate = {rows[i].code}}},
            {.config = settings(), .script = {.metrics = {{.code = rows[i].code}}}},
            {.config = settings(), .script = {.lists = {{.code = rows[i].code}}}},
        };
        for (size_t j = 0; j < sizeof benches / sizeof benches[0]; j++) {
            run(&benches[j], NULL);

            expect_end(&benches[j], rows[i].outcome, COG_TARGET_UNTOUCHED, "ready");
            EXPECT_INT(benches[j].script.asked.promote, 0);
        }
    }
}

Test(promotion, waits_until_sessions_have_drained)
{
    struct bench bench = {
        .config = settings(),
        .script = {.sessions = {{.count = 2}, {.count = 1}, {.count = 0}}},
    };
    bench.config.drain_wait_ms = 10000;

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.sessions, 3);
    EXPECT_INT(bench.clock.now_ms, 10000);
}

Test(promotion, is_not_ready_when_sessions_outlast_the_drain_limit)
{
    struct bench bench = {
        .config = settings(),
        .script = {.sessions = {{.count = 2}, {.count = 2}, {.count = 2}, {.count = 2}}},
    };
    bench.config.drain_wait_ms = 9000;

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_NOT_READY, COG_TARGET_UNTOUCHED, "ready");
    EXPECT_CONTAINS(bench.report.reason, "2 active sessions");
    EXPECT_INT(bench.script.asked.sessions, 2);
}

Test(promotion, drains_again_with_a_new_key_after_a_conflict)
{
    struct bench bench = {.config = settings(), .script = {.promote = {COG_ERROR_CONFLICT}}};
    bench.config.drain_wait_ms = 10000;

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.sessions, 2);
    EXPECT_INT(bench.script.asked.promote, 2);
    cr_expect_str_neq(bench.script.promote_keys[0], bench.script.promote_keys[1]);
}

Test(promotion, has_one_drain_limit_for_checks_and_conflicts_together)
{
    struct bench bench = {
        .config = settings(),
        .script = {.sessions = {{.count = 1}, {.count = 0}, {.count = 0}},
                   .promote = {COG_ERROR_CONFLICT, COG_ERROR_CONFLICT, COG_ERROR_CONFLICT}},
    };
    bench.config.drain_wait_ms = 12000;

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_NOT_READY, COG_TARGET_UNTOUCHED, "promote");
    EXPECT_INT(bench.script.asked.promote, 2);
}

Test(promotion, is_rejected_when_the_platform_says_no)
{
    static const enum cog_code codes[] = {
        COG_ERROR_REFUSED,  COG_ERROR_NOT_FOUND,   COG_ERROR_THROTTLED,
        COG_ERROR_DEADLINE, COG_ERROR_UNREACHABLE, COG_ERROR_UNAVAILABLE,
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct bench bench = {.config = settings(), .script = {.promote = {codes[i]}}};

        run(&bench, NULL);

        expect_end(&bench, COG_OUTCOME_REJECTED, COG_TARGET_UNTOUCHED, "promote");
        EXPECT_INT(bench.script.asked.promote, 1);
    }
}

Test(promotion, follows_a_job_whose_acceptance_was_lost)
{
    struct bench bench = {
        .config = settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS},
                   .lists = {{.job_id = "job-old"}, {.job_id = "job-old"}, {.job_id = "job-7"}}},
    };

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_STR(bench.report.job_id, "job-7");
    EXPECT_INT(bench.script.asked.promote, 1);
}

Test(promotion, is_repeated_with_the_same_key_when_it_is_provably_absent)
{
    struct bench bench = {.config = settings(), .script = {.promote = {COG_ERROR_AMBIGUOUS}}};

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.promote, 2);
    EXPECT_INT(bench.script.asked.lists, 1 + COG_SETTLE_READS);
    EXPECT_STR(bench.script.promote_keys[0], bench.script.promote_keys[1]);
}

Test(promotion, looks_again_when_the_repeat_meets_the_first_one)
{
    struct bench bench = {
        .config = settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS, COG_ERROR_REFUSED},
                   .lists = {{0}, {0}, {0}, {0}, {0}, {.job_id = "job-late"}}},
    };

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_STR(bench.report.job_id, "job-late");
}

Test(promotion, is_rejected_when_no_repeat_ever_arrives)
{
    struct bench bench = {
        .config = settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS, COG_ERROR_AMBIGUOUS, COG_ERROR_AMBIGUOUS}},
    };
    bench.config.timeout_ms = 600000;

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_REJECTED, COG_TARGET_UNTOUCHED, "promote");
    EXPECT_INT(bench.script.asked.promote, 3);
}

Test(promotion, is_unknown_when_the_platform_cannot_be_read_back)
{
    struct bench benches[] = {
        {.config = settings(),
         .script = {.promote = {COG_ERROR_AMBIGUOUS}, .lists = {{.is_missing = true}}}},
        {.config = settings(),
         .script = {.promote = {COG_ERROR_AMBIGUOUS},
                    .lists = {{0}, {0}, {0}, {0}, {.code = COG_ERROR_UNREACHABLE}}}},
    };
    for (size_t i = 0; i < sizeof benches / sizeof benches[0]; i++) {
        run(&benches[i], NULL);

        expect_end(&benches[i], COG_OUTCOME_UNKNOWN, COG_TARGET_UNKNOWN, "promote");
        EXPECT_INT(benches[i].script.asked.promote, 1);
    }
}

Test(promotion, rolls_a_failed_job_back_and_keeps_the_first_cause)
{
    struct bench bench = {
        .config = settings(),
        .script = {.polls = {{.status = COG_JOB_RUNNING},
                             {.status = COG_JOB_FAILED, .error = "lock contention"},
                             {.status = COG_JOB_ROLLING_BACK},
                             {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 4},
    };

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_CONTAINS(bench.report.reason, "lock contention");
    EXPECT_STR(bench.report.rollback_id, "rollback-1");
    EXPECT_INT(bench.script.asked.roll_back, 1);
}

Test(promotion, is_not_confirmed_when_the_content_differs_after_a_rollback)
{
    struct bench bench = {
        .config = settings(),
        .script = {.polls = {{.status = COG_JOB_FAILED}, {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 2,
                   .metrics = {{.digest = "before"}, {.digest = "after"}}},
    };

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, "follow");
    EXPECT_CONTAINS(bench.report.follow_up, "content differs");
}

Test(promotion, needs_an_operator_when_the_rollback_is_refused)
{
    static const enum cog_code codes[] = {COG_ERROR_REFUSED, COG_ERROR_NOT_FOUND,
                                          COG_ERROR_FORBIDDEN, COG_ERROR_UNAUTHORIZED};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct bench bench = {
            .config = settings(),
            .script = {.polls = {{.status = COG_JOB_FAILED, .error = "first"}},
                       .poll_count = 1,
                       .roll_back = {codes[i]}},
        };

        run(&bench, NULL);

        expect_end(&bench, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, "follow");
        EXPECT_CONTAINS(bench.report.reason, "first");
        EXPECT_CONTAINS(bench.report.follow_up, "not accepted");
        EXPECT_INT(bench.script.asked.roll_back, 1);
    }
}

Test(promotion, asks_for_the_rollback_again_with_the_same_key_until_it_is_accepted)
{
    struct bench bench = {
        .config = settings(),
        .script = {.polls = {{.status = COG_JOB_FAILED},
                             {.status = COG_JOB_FAILED},
                             {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 3,
                   .roll_back = {COG_ERROR_AMBIGUOUS, COG_ERROR_THROTTLED, COG_ERROR_UNREACHABLE}},
    };

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_INT(bench.script.asked.roll_back, 4);
    EXPECT_STR(bench.script.rollback_keys[0], bench.script.rollback_keys[3]);
}

Test(promotion, looks_at_the_job_before_it_asks_for_a_rollback_again)
{
    static const enum cog_code codes[] = {COG_ERROR_AMBIGUOUS, COG_ERROR_CONFLICT};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct bench bench = {
            .config = settings(),
            .script = {.polls = {{.status = COG_JOB_FAILED},
                                 {.status = COG_JOB_ROLLING_BACK},
                                 {.status = COG_JOB_ROLLED_BACK}},
                       .poll_count = 3,
                       .roll_back = {codes[i]}},
        };

        run(&bench, NULL);

        expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
        EXPECT_INT(bench.script.asked.roll_back, 1);
    }
}

Test(promotion, does_not_call_a_rollback_done_that_was_only_accepted)
{
    struct bench bench = {
        .config = settings(),
        .script = {.polls = {{.status = COG_JOB_FAILED}}, .poll_count = 1},
    };

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, "follow");
    EXPECT_CONTAINS(bench.report.follow_up, "rollback accepted, completion not confirmed");
    EXPECT_INT(bench.clock.now_ms, 40000);
}

Test(promotion, cancels_and_rolls_back_a_job_that_outlasts_the_time_limit)
{
    struct bench bench = {.config = settings(), .script = {.poll_count = 15}};
    for (size_t i = 0; i < 12; i++) {
        bench.script.polls[i].status = COG_JOB_RUNNING;
    }
    bench.script.polls[12].status = COG_JOB_FAILED;
    bench.script.polls[13].status = COG_JOB_ROLLING_BACK;
    bench.script.polls[14].status = COG_JOB_ROLLED_BACK;

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_CONTAINS(bench.report.reason, "not ended within 1m");
    EXPECT_INT(bench.script.asked.cancel, 1);
    EXPECT_INT(bench.script.asked.roll_back, 1);
}

Test(promotion, is_not_rolled_back_when_the_job_completes_before_it_can_be_cancelled)
{
    struct bench bench = {
        .config = settings(),
        .script = {.poll_count = 13, .cancel = {COG_ERROR_CONFLICT}},
    };
    for (size_t i = 0; i < 12; i++) {
        bench.script.polls[i].status = COG_JOB_RUNNING;
    }
    bench.script.polls[12].status = COG_JOB_COMPLETED;

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.roll_back, 0);
}

/** A job that runs for the whole minute, and then as `after` says. */
static struct bench bench_overdue(const enum cog_job_status *after, size_t count)
{
    struct bench bench = {.config = settings(), .script = {.poll_count = 12 + count}};
    for (size_t i = 0; i < 12; i++) {
        bench.script.polls[i].status = COG_JOB_RUNNING;
    }
    for (size_t i = 0; i < count; i++) {
        bench.script.polls[12 + i].status = after[i];
    }
    return bench;
}

Test(promotion, asks_again_to_cancel_until_the_platform_answers)
{
    static const enum cog_job_status after[] = {COG_JOB_FAILED, COG_JOB_ROLLED_BACK};
    struct bench bench = bench_overdue(after, 2);
    bench.script.cancel[0] = COG_ERROR_UNAVAILABLE;
    bench.script.cancel[1] = COG_ERROR_AMBIGUOUS;

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_INT(bench.script.asked.cancel, 3);
}

Test(promotion, rolls_back_once_a_job_that_cannot_be_cancelled_has_ended)
{
    static const enum cog_job_status after[] = {COG_JOB_RUNNING, COG_JOB_RUNNING,
                                                COG_JOB_ROLLING_BACK, COG_JOB_ROLLED_BACK};
    struct bench bench = bench_overdue(after, 4);
    bench.script.cancel[0] = COG_ERROR_NOT_FOUND;
    bench.script.roll_back[0] = COG_ERROR_CONFLICT;
    bench.script.roll_back[1] = COG_ERROR_CONFLICT;

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_INT(bench.script.asked.roll_back, 3);
    cr_expect_str_neq(bench.script.rollback_keys[0], bench.script.rollback_keys[1],
                      "a server that remembers keys repeats its refusal");
}

Test(promotion, leaves_a_job_in_place_that_completes_while_its_rollback_is_asked_for)
{
    static const enum cog_job_status after[] = {COG_JOB_COMPLETED};
    struct bench bench = bench_overdue(after, 1);
    bench.script.cancel[0] = COG_ERROR_NOT_FOUND;
    bench.script.roll_back[0] = COG_ERROR_CONFLICT;

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.roll_back, 1);
}

Test(promotion, needs_an_operator_when_a_completed_job_is_not_rolled_back)
{
    struct bench bench = {
        .config = settings(),
        .script = {.metrics = {{0}, {.intents = 1}, {.intents = 2}},
                   .roll_back = {COG_ERROR_CONFLICT}},
    };
    bench.config.rollback_on_low_parity = true;

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, "verify");
    EXPECT_CONTAINS(bench.report.follow_up, "not accepted");
}

Test(promotion, polls_when_the_server_says)
{
    struct bench bench = {
        .config = settings(),
        .script = {.polls = {{.status = COG_JOB_RUNNING, .retry_after_ms = 17000},
                             {.status = COG_JOB_COMPLETED}},
                   .poll_count = 2},
    };

    run(&bench, NULL);

    EXPECT_INT(bench.clock.now_ms, 17000);
    EXPECT_INT(bench.script.asked.polls, 2);
}

Test(promotion, survives_failed_polls)
{
    static const enum cog_code codes[] = {
        COG_ERROR_UNAVAILABLE, COG_ERROR_NETWORK,     COG_ERROR_PROTOCOL, COG_ERROR_TIMEOUT,
        COG_ERROR_THROTTLED,   COG_ERROR_UNREACHABLE, COG_ERROR_NOT_FOUND};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct bench bench = {
            .config = settings(),
            .script = {.polls = {{.code = codes[i]}, {.status = COG_JOB_COMPLETED}},
                       .poll_count = 2},
        };

        run(&bench, NULL);

        expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    }
}

Test(promotion, is_unknown_and_not_rolled_back_when_the_job_goes_out_of_sight)
{
    static const struct {
        enum cog_code code;
        size_t polls;
    } rows[] = {
        {COG_ERROR_NOT_FOUND, COG_POLL_NOT_FOUND_MAX},
        {COG_ERROR_UNREACHABLE, COG_POLL_FAILURES_MAX},
        {COG_ERROR_UNAUTHORIZED, 1},
        {COG_ERROR_FORBIDDEN, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench bench = {
            .config = settings(),
            .script = {.polls = {{.code = rows[i].code}}, .poll_count = 1},
        };
        bench.config.timeout_ms = 600000;

        run(&bench, NULL);

        expect_end(&bench, COG_OUTCOME_UNKNOWN, COG_TARGET_UNKNOWN, "follow");
        EXPECT_INT(bench.script.asked.polls, rows[i].polls);
        EXPECT_INT(bench.script.asked.roll_back, 0);
    }
}

Test(promotion, takes_an_unknown_status_word_for_running)
{
    struct bench bench = {
        .config = settings(),
        .script = {.polls = {{.status = COG_JOB_OTHER}, {.status = COG_JOB_COMPLETED}},
                   .poll_count = 2},
    };

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
}

Test(promotion, accepts_a_rollback_that_the_platform_made_by_itself)
{
    struct bench bench = {
        .config = settings(),
        .script = {.polls = {{.status = COG_JOB_ROLLING_BACK, .error = "disk full"},
                             {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 2},
    };

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_CONTAINS(bench.report.reason, "disk full");
    EXPECT_INT(bench.script.asked.roll_back, 0);
}

Test(promotion, is_parity_low_when_the_target_does_not_pass_verification)
{
    struct bench benches[] = {
        {.config = settings(), .script = {.health = {COG_OK, COG_ERROR_UNAVAILABLE}}},
        {.config = settings(), .script = {.simulate = {COG_OK, COG_ERROR_REFUSED}}},
        {.config = settings(), .script = {.metrics = {{0}, {.intents = 1}, {.intents = 2}}}},
        {.config = settings(), .script = {.metrics = {{0}, {.code = COG_ERROR_TIMEOUT}}}},
    };
    for (size_t i = 0; i < sizeof benches / sizeof benches[0]; i++) {
        run(&benches[i], NULL);

        expect_end(&benches[i], COG_OUTCOME_PARITY_LOW, COG_TARGET_NEW, "verify");
        EXPECT_INT(benches[i].script.asked.roll_back, 0);
    }
}

Test(promotion, rolls_back_low_parity_when_told_to)
{
    struct bench bench = {
        .config = settings(),
        .script = {.metrics = {{0}, {.intents = 1}, {.intents = 2}, {0}},
                   .polls = {{.status = COG_JOB_COMPLETED}, {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 2},
    };
    bench.config.rollback_on_low_parity = true;

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "verify");
    EXPECT_CONTAINS(bench.report.reason, "below 0.95");
}

Test(promotion, does_not_measure_parity_where_the_platform_has_no_such_call)
{
    struct bench bench = {
        .config = settings(),
        .script = {.metrics = {{.is_missing = true}, {.is_missing = true}, {.is_missing = true}}},
    };

    run(&bench, NULL);

    expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.report.parity_is_measured, false);
}

static void cancel_finish(struct cog_cancel **cancel)
{
    cog_cancel_destroy(*cancel);
}

Test(promotion, leaves_a_running_job_alone_when_interrupted)
{
    struct cog_error error = {0};
    COG_CLEANUP(cancel_finish) struct cog_cancel *cancel = NULL;
    ASSERT_CODE(cog_cancel_create(&cancel, &error), COG_OK, error);
    struct bench bench = {
        .config = settings(),
        .script = {.polls = {{.status = COG_JOB_RUNNING}}, .poll_count = 1},
    };
    cog_cancel_request(cancel);

    run(&bench, cancel);

    expect_end(&bench, COG_OUTCOME_INTERRUPTED, COG_TARGET_UNKNOWN, "follow");
    EXPECT_INT(bench.script.asked.roll_back, 0);
}
