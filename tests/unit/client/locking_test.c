/* What a promotion does about the target's lock: two operators, or one that came to grief. */
#include "promotion_bench.h"
#include "support/expect.h"

#include <cogpromote/lock.h>

#include <stdio.h>

TestSuite(locking, .timeout = 5.0);

static const struct cog_holder ME = {"here", "boot-2", 100, 1000};
static const struct cog_holder NEIGHBOUR = {"here", "boot-2", 200, 2000};
static const struct cog_holder STRANGER = {"there", "boot-7", 100, 1000};

static const char OTHER_RUN[] = "00000000-0000-4000-8000-00000000000b";

/** Another run has the target; whether its process lives, `bench` says afterwards. */
static void hold_as(struct cog_holder holder, struct bench *bench)
{
    const struct cog_lock_claim claim = {
        .target_environment_id = bench->config.target_environment_id,
        .run_id = OTHER_RUN,
        .actor = "night shift",
    };
    struct cog_lock found = {0};
    struct cog_error error = {0};
    bench->storage.self = holder;
    ASSERT_CODE(cog_lock_take(cog_storage_memory(&bench->storage), cog_clock_virtual(&bench->clock),
                              &claim, &found, &error),
                COG_OK, error);
    bench->storage.self = ME;
}

static struct bench locked_by(struct cog_holder holder)
{
    struct bench bench = {.config = bench_settings()};
    bench_begin(&bench);
    hold_as(holder, &bench);
    return bench;
}

static void go_on(struct bench *bench)
{
    bench_go_on(bench, NULL);
    cog_storage_memory_finish(&bench->storage);
}

static void expect_locked(const struct bench *bench)
{
    bench_expect_end(bench, COG_OUTCOME_LOCKED, COG_TARGET_UNTOUCHED, "lock");
    EXPECT_CONTAINS(bench->report.reason, OTHER_RUN);
    EXPECT_INT(bench->script.asked.promote, 0);
}

Test(locking, ends_locked_and_sends_nothing_while_another_promotes_into_the_target)
{
    const struct cog_holder holders[] = {NEIGHBOUR, STRANGER};
    for (size_t i = 0; i < sizeof holders / sizeof holders[0]; i++) {
        struct bench bench = locked_by(holders[i]);
        bench.storage.living = &NEIGHBOUR;
        bench.storage.living_count = 1;

        go_on(&bench);

        expect_locked(&bench);
        EXPECT_CONTAINS(bench.report.reason, "night shift");
        EXPECT_INT(bench.clock.now_ms, 0);
    }
}

Test(locking, waits_no_longer_than_it_was_told)
{
    struct bench bench = locked_by(NEIGHBOUR);
    bench.storage.living = &NEIGHBOUR;
    bench.storage.living_count = 1;
    bench.config.lock_wait_ms = 12000;

    go_on(&bench);

    expect_locked(&bench);
    EXPECT_INT(bench.clock.now_ms, 10000);
}

Test(locking, takes_over_from_a_dead_run_that_had_changed_nothing)
{
    struct bench bench = locked_by(NEIGHBOUR);

    go_on(&bench);

    bench_expect_end(&bench, COG_OUTCOME_PROMOTED, COG_TARGET_NEW, "");
}

Test(locking, leaves_what_a_dead_run_may_have_changed_to_who_resumes_it)
{
    struct bench bench = locked_by(NEIGHBOUR);
    struct cog_course dead = bench.course;
    (void)snprintf(dead.report.run_id, sizeof dead.report.run_id, "%s", OTHER_RUN);
    dead.state = COG_STATE_PROMOTE;
    dead.promote_is_open = true;
    dead.promote_count = 1;
    struct cog_journal journal = {
        .storage = cog_storage_memory(&bench.storage),
        .clock = cog_clock_virtual(&bench.clock),
    };
    (void)snprintf(journal.name, sizeof journal.name, "journal/20260101T000000.000Z-%s.jsonl",
                   OTHER_RUN);
    struct cog_error error = {0};
    ASSERT_CODE(cog_journal_write(&journal, "intent promote", &dead, &error), COG_OK, error);

    go_on(&bench);

    expect_locked(&bench);
    EXPECT_CONTAINS(bench.report.reason, "cogpromote resume");
}
