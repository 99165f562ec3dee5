#include "promotion_bench.h"
#include "support/expect.h"

#include <stdio.h>
#include <string.h>

TestSuite(promotion, .timeout = 5.0);

Test(promotion, ends_promoted_when_nothing_goes_wrong)
{
    struct bench bench = {.config = bench_settings()};

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_STR(bench.report.reason, "");
    EXPECT_STR(bench.report.job_id, "job-1");
    EXPECT_INT(bench.report.parity_is_measured, true);
    EXPECT_INT(bench.script.asked.promote, 1);
    EXPECT_INT(bench.script.asked.roll_back, 0);
}

Test(promotion, goes_on_when_nobody_tells_the_scopes)
{
    struct bench bench = {.config = bench_settings(), .script = {.scopes = ""}};

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
}

Test(promotion, names_the_scope_that_is_missing)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.scopes = "environment:write bot:deployer deployment:execute "
                             "conversation:simulate"},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_UNAUTHORIZED, COG_TARGET_UNTOUCHED, "authenticate");
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
            {.config = bench_settings(), .script = {.sessions = {{.code = rows[i].code}}}},
            {.config = bench_settings(), .script = {.health = {rows[i].code}}},
            {.config = bench_settings(), .script = {.simulate = {rows[i].code}}},
            {.config = bench_settings(), .script = {.metrics = {{.code = rows[i].code}}}},
            {.config = bench_settings(), .script = {.lists = {{.code = rows[i].code}}}},
        };
        for (size_t j = 0; j < sizeof benches / sizeof benches[0]; j++) {
            bench_run(&benches[j], NULL);

            bench_expect_end(&benches[j], rows[i].outcome, COG_TARGET_UNTOUCHED, "ready");
            EXPECT_INT(benches[j].script.asked.promote, 0);
        }
    }
}

Test(promotion, waits_until_sessions_have_drained)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.sessions = {{.count = 2}, {.count = 1}, {.count = 0}}},
    };
    bench.config.drain_wait_ms = 10000;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.sessions, 3);
    EXPECT_INT(bench.clock.now_ms, 10000);
}

Test(promotion, is_not_ready_when_sessions_outlast_the_drain_limit)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.sessions = {{.count = 2}, {.count = 2}, {.count = 2}, {.count = 2}}},
    };
    bench.config.drain_wait_ms = 9000;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_NOT_READY, COG_TARGET_UNTOUCHED, "ready");
    EXPECT_CONTAINS(bench.report.reason, "2 active sessions");
    EXPECT_INT(bench.script.asked.sessions, 2);
}

Test(promotion, drains_again_with_a_new_key_after_a_conflict)
{
    struct bench bench = {.config = bench_settings(), .script = {.promote = {COG_ERROR_CONFLICT}}};
    bench.config.drain_wait_ms = 10000;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.sessions, 2);
    EXPECT_INT(bench.script.asked.promote, 2);
    cr_expect_str_neq(bench.script.promote_keys[0], bench.script.promote_keys[1]);
}

Test(promotion, has_one_drain_limit_for_checks_and_conflicts_together)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.sessions = {{.count = 1}, {.count = 0}, {.count = 0}},
                   .promote = {COG_ERROR_CONFLICT, COG_ERROR_CONFLICT, COG_ERROR_CONFLICT}},
    };
    bench.config.drain_wait_ms = 12000;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_NOT_READY, COG_TARGET_UNTOUCHED, "promote");
    EXPECT_INT(bench.script.asked.promote, 2);
}

Test(promotion, is_rejected_when_the_platform_says_no)
{
    static const enum cog_code codes[] = {
        COG_ERROR_REFUSED,  COG_ERROR_NOT_FOUND,   COG_ERROR_THROTTLED,
        COG_ERROR_DEADLINE, COG_ERROR_UNREACHABLE, COG_ERROR_UNAVAILABLE,
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct bench bench = {.config = bench_settings(), .script = {.promote = {codes[i]}}};

        bench_run(&bench, NULL);

        bench_expect_end(&bench, COG_OUTCOME_REJECTED, COG_TARGET_UNTOUCHED, "promote");
        EXPECT_INT(bench.script.asked.promote, 1);
    }
}

Test(promotion, follows_a_job_whose_acceptance_was_lost)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS},
                   .lists = {{.job_id = "job-old"}, {.job_id = "job-old"}, {.job_id = "job-7"}}},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_STR(bench.report.job_id, "job-7");
    EXPECT_INT(bench.script.asked.promote, 1);
}

Test(promotion, is_repeated_with_the_same_key_when_it_is_provably_absent)
{
    struct bench bench = {.config = bench_settings(), .script = {.promote = {COG_ERROR_AMBIGUOUS}}};

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.promote, 2);
    EXPECT_INT(bench.script.asked.lists, 1 + COG_SETTLE_READS);
    EXPECT_STR(bench.script.promote_keys[0], bench.script.promote_keys[1]);
}

Test(promotion, looks_again_when_the_repeat_meets_the_first_one)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS, COG_ERROR_REFUSED},
                   .lists = {{0}, {0}, {0}, {0}, {0}, {.job_id = "job-late"}}},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_STR(bench.report.job_id, "job-late");
}

Test(promotion, is_rejected_when_no_repeat_ever_arrives)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.promote = {COG_ERROR_AMBIGUOUS, COG_ERROR_AMBIGUOUS, COG_ERROR_AMBIGUOUS}},
    };
    bench.config.timeout_ms = 600000;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_REJECTED, COG_TARGET_UNTOUCHED, "promote");
    EXPECT_INT(bench.script.asked.promote, 3);
}

Test(promotion, says_why_when_the_last_repeat_is_refused)
{
    static const struct {
        enum cog_code code;
        enum cog_outcome outcome;
    } rows[] = {
        {COG_ERROR_CONFLICT, COG_OUTCOME_NOT_READY},
        {COG_ERROR_REFUSED, COG_OUTCOME_REJECTED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench bench = {
            .config = bench_settings(),
            .script = {.promote = {COG_ERROR_AMBIGUOUS, rows[i].code}},
        };
        bench.config.max_attempts = 2;

        bench_run(&bench, NULL);

        bench_expect_end(&bench, rows[i].outcome, COG_TARGET_UNTOUCHED, "promote");
        cr_expect_str_neq(bench.report.reason, "");
    }
}

Test(promotion, is_unknown_when_the_platform_cannot_be_read_back)
{
    struct bench benches[] = {
        {.config = bench_settings(),
         .script = {.promote = {COG_ERROR_AMBIGUOUS}, .lists = {{.is_missing = true}}}},
        {.config = bench_settings(),
         .script = {.promote = {COG_ERROR_AMBIGUOUS},
                    .lists = {{0}, {0}, {0}, {0}, {.code = COG_ERROR_UNREACHABLE}}}},
        /* A list that is gone all of a sudden is no empty list. */
        {.config = bench_settings(),
         .script = {.promote = {COG_ERROR_AMBIGUOUS},
                    .lists = {{0}, {0}, {0}, {0}, {.is_missing = true}}}},
    };
    for (size_t i = 0; i < sizeof benches / sizeof benches[0]; i++) {
        bench_run(&benches[i], NULL);

        bench_expect_end(&benches[i], COG_OUTCOME_UNKNOWN, COG_TARGET_UNKNOWN, "promote");
        EXPECT_INT(benches[i].script.asked.promote, 1);
    }
}

Test(promotion, polls_when_the_server_says)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.polls = {{.status = COG_JOB_RUNNING, .retry_after_ms = 17000},
                             {.status = COG_JOB_COMPLETED}},
                   .poll_count = 2},
    };

    bench_run(&bench, NULL);

    EXPECT_INT(bench.clock.now_ms, 17000);
    EXPECT_INT(bench.script.asked.polls, 2);
}

Test(promotion, polls_no_faster_than_its_own_interval_when_the_server_says_0)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.polls = {{.status = COG_JOB_RUNNING, .says_at_once = true},
                             {.status = COG_JOB_COMPLETED}},
                   .poll_count = 2},
    };

    bench_run(&bench, NULL);

    EXPECT_INT(bench.clock.now_ms, 5000);
    EXPECT_INT(bench.script.asked.polls, 2);
}

Test(promotion, polls_first_when_the_acceptance_says)
{
    struct bench bench = {.config = bench_settings(), .script = {.promote_retry_after_ms = 7000}};

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.clock.now_ms, 7000);
    EXPECT_INT(bench.script.asked.polls, 1);
}

Test(promotion, keeps_to_the_wait_of_its_acceptance_behind_the_deadline_too)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.promote_retry_after_ms = 60000,
                   .polls = {{.status = COG_JOB_FAILED}, {.status = COG_JOB_ROLLED_BACK}},
                   .poll_count = 2},
    };
    bench.config.rollback_timeout_ms = 60001;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLED_BACK, COG_TARGET_RESTORED, "follow");
    EXPECT_INT(bench.script.asked.cancel, 1);
    EXPECT_INT(bench.script.asked.polls, 2);
    EXPECT_INT(bench.clock.now_ms, 60000);
}

Test(promotion, rolls_back_without_a_poll_when_none_is_wanted_in_time)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.promote_retry_after_ms = 60000},
    };
    bench.config.rollback_timeout_ms = 60000;

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_ROLLBACK_FAILED, COG_TARGET_SUSPECT, "follow");
    EXPECT_CONTAINS(bench.report.follow_up, "the server wants no poll of the job before");
    EXPECT_INT(bench.script.asked.cancel, 1);
    EXPECT_INT(bench.script.asked.roll_back, 1);
    EXPECT_INT(bench.script.asked.polls, 0);
}

Test(promotion, survives_failed_polls)
{
    static const enum cog_code codes[] = {
        COG_ERROR_UNAVAILABLE, COG_ERROR_NETWORK,     COG_ERROR_PROTOCOL, COG_ERROR_TIMEOUT,
        COG_ERROR_THROTTLED,   COG_ERROR_UNREACHABLE, COG_ERROR_NOT_FOUND};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct bench bench = {
            .config = bench_settings(),
            .script = {.polls = {{.code = codes[i]}, {.status = COG_JOB_COMPLETED}},
                       .poll_count = 2},
        };

        bench_run(&bench, NULL);

        bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
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
            .config = bench_settings(),
            .script = {.polls = {{.code = rows[i].code}}, .poll_count = 1},
        };
        bench.config.timeout_ms = 600000;

        bench_run(&bench, NULL);

        bench_expect_end(&bench, COG_OUTCOME_UNKNOWN, COG_TARGET_UNKNOWN, "follow");
        EXPECT_INT(bench.script.asked.polls, rows[i].polls);
        EXPECT_INT(bench.script.asked.roll_back, 0);
    }
}

Test(promotion, takes_an_unknown_status_word_for_running)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.polls = {{.status = COG_JOB_OTHER}, {.status = COG_JOB_COMPLETED}},
                   .poll_count = 2},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
}

Test(promotion, is_parity_low_when_the_target_does_not_pass_verification)
{
    struct bench benches[] = {
        {.config = bench_settings(), .script = {.health = {COG_OK, COG_ERROR_UNAVAILABLE}}},
        {.config = bench_settings(), .script = {.simulate = {COG_OK, COG_ERROR_REFUSED}}},
        {.config = bench_settings(), .script = {.metrics = {{0}, {.intents = 1}, {.intents = 2}}}},
        {.config = bench_settings(), .script = {.metrics = {{0}, {.code = COG_ERROR_TIMEOUT}}}},
    };
    for (size_t i = 0; i < sizeof benches / sizeof benches[0]; i++) {
        bench_run(&benches[i], NULL);

        bench_expect_end(&benches[i], COG_OUTCOME_PARITY_LOW, COG_TARGET_NEW, "verify");
        EXPECT_INT(benches[i].script.asked.roll_back, 0);
    }
}

Test(promotion, does_not_measure_parity_where_the_platform_has_no_such_call)
{
    struct bench bench = {
        .config = bench_settings(),
        .script = {.metrics = {{.is_missing = true}, {.is_missing = true}, {.is_missing = true}}},
    };

    bench_run(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.report.parity_is_measured, false);
}

static int count_entries(const struct bench *bench, const char *event)
{
    char member[64];
    (void)snprintf(member, sizeof member, "\"event\":\"%s\"", event);
    int count = 0;
    const char *at = bench->storage.files[0].bytes;
    while ((at = strstr(at, member)) != NULL) {
        count++;
        at++;
    }
    return count;
}

Test(promotion, journals_a_new_status_at_once_and_mere_progress_each_half_minute)
{
    struct bench bench = {.config = bench_settings(), .script = {.poll_count = 11}};
    for (size_t i = 0; i < 10; i++) {
        bench.script.polls[i].status = COG_JOB_RUNNING;
        bench.script.polls[i].progress = 10 * (double)(i + 1);
    }
    bench.script.polls[10].status = COG_JOB_COMPLETED;
    bench_begin(&bench);

    bench_go_on(&bench, NULL);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
    EXPECT_INT(bench.script.asked.polls, 11);
    EXPECT_INT(count_entries(&bench, "progress"), 3); /* Running, after 30 s, completed. */
    cog_storage_memory_finish(&bench.storage);
}
