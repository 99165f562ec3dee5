/* What a death of the client, or another holder of its lock, excuses, and what it does not. */
#include "forged.h"
#include "judge/invariant.h"
#include "judge/journal.h"
#include "judge/mandate.h"
#include "support/expect.h"

#include <stdio.h>

TestSuite(death, .timeout = 5.0);

/* A first process that was killed behind the second request, the promotion; a second one that took
 * the run up. */
struct lives {
    struct forged world;
    struct scn_start starts[2];
    struct scn_operation operations[2];
};

static void init_starts(struct lives *lives)
{
    lives->starts[0] = (struct scn_start){.command = "promote"};
    lives->starts[1] = (struct scn_start){
        .command = "resume", .is_after_kill = true, .exchange_count = 2, .operation_count = 1};
    lives->world.facts.starts = lives->starts;
    lives->world.facts.process_count = 2;
    lives->operations[0] = (struct scn_operation){SCN_STORAGE_APPEND, "journal/*", 1};
    lives->operations[1] = (struct scn_operation){SCN_STORAGE_APPEND, "journal/*", 2};
    lives->world.facts.operations = lives->operations;
    lives->world.facts.operation_count = 2;
}

static void init_promoted(struct lives *lives)
{
    *lives = (struct lives){0};
    forged_init_promoted(&lives->world);
    init_starts(lives);
}

/* The same promotion, with the same key, after the first one was refused. */
static void repeat_what_was_refused(struct lives *lives)
{
    struct forged *world = &lives->world;
    struct mock_exchange *second = forged_add(world, "promote", 20000, 202);
    second->body = world->exchanges[1].body;
    second->idempotency_key = world->exchanges[1].idempotency_key;
    second->request_id = "another";
    world->exchanges[1].status = 409;
}

/* I16 */
Test(death, leaves_the_key_to_the_repeat_of_a_call_whose_refusal_nobody_read)
{
    const struct {
        const char *name;
        size_t operation_count; /* Of the one that died; the second one is behind the answer. */
        bool is_torn;
        bool is_after_kill;
        size_t exchange_count;
        enum scn_result expected;
    } rows[] = {
        {"nothing was written", 1, false, true, 2, SCN_PASS},
        {"half of the answer was", 2, true, true, 2, SCN_PASS},
        {"the answer was", 2, false, true, 2, SCN_FAIL},
        {"something else was half written", 1, true, true, 2, SCN_PASS},
        {"nobody died", 1, false, false, 2, SCN_FAIL},
        {"it lived to send another request", 1, false, true, 3, SCN_FAIL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct lives lives;
        init_promoted(&lives);
        repeat_what_was_refused(&lives);
        lives.starts[1].operation_count = rows[i].operation_count;
        lives.starts[1].is_after_torn_write = rows[i].is_torn;
        lives.starts[1].is_after_kill = rows[i].is_after_kill;
        lives.starts[1].exchange_count = rows[i].exchange_count;

        const struct scn_judgement judgement = scn_judge_keys(&lives.world.facts);

        cr_expect(judgement.result == rows[i].expected, "%s: %s", rows[i].name, judgement.text);
    }
}

/* I7: 15 min for the promotion and the rollback each, 10 s for the webhook, 30 s for a request. */
Test(death, gives_the_next_process_a_rollbacks_time_anew)
{
    const int64_t behind_ms = 900000 + 10000 + 30000;
    const struct {
        const char *name;
        size_t exchange_count;
        bool is_after_kill;
        int64_t limit_ms;
    } rows[] = {
        {"behind the promotion", 2, true, 900000 + 2 * behind_ms},
        {"before it", 1, true, 2 * (900000 + behind_ms)},
        {"nobody died", 2, false, 900000 + behind_ms},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct lives lives;
        init_promoted(&lives);
        lives.starts[1].exchange_count = rows[i].exchange_count;
        lives.starts[1].is_after_kill = rows[i].is_after_kill;

        lives.world.facts.elapsed_ms = rows[i].limit_ms;
        cr_expect(scn_judge_duration(&lives.world.facts).result == SCN_PASS, "%s", rows[i].name);
        lives.world.facts.elapsed_ms++;
        cr_expect(scn_judge_duration(&lives.world.facts).result == SCN_FAIL, "%s", rows[i].name);
    }
}

/* I8: 34 repeats of 14 are within the budget of 500, and two more are not. */
Test(death, gives_the_next_process_a_budget_of_its_own)
{
    struct lives lives;
    init_promoted(&lives);
    lives.world.config.max_attempts = 50;
    for (int i = 0; i < 40; i++) {
        forged_add(&lives.world, "sessions", 70000, 500);
    }
    EXPECT_INT(scn_judge_pace(&lives.world.facts).result, SCN_FAIL);

    lives.starts[1].exchange_count = lives.world.facts.exchange_count - 20;

    EXPECT_INT(scn_judge_pace(&lives.world.facts).result, SCN_PASS);
}

/* I13 */
Test(death, of_one_of_two_operators_leaves_the_turn_to_the_other_one)
{
    struct lives lives;
    init_promoted(&lives);
    const struct scn_twin twin = {
        .outcome = COG_OUTCOME_LOCKED, .status = "none", .target = lives.world.facts.target};
    lives.world.facts.twin = &twin;
    EXPECT_INT(scn_judge_kills(&lives.world.facts).result, SCN_FAIL);

    lives.world.facts.rivalry.other = &lives.world.facts;

    EXPECT_INT(scn_judge_kills(&lives.world.facts).is_idle, true);
}

/* I13 */
Test(death, may_keep_the_next_process_from_an_inject_that_the_twin_met)
{
    struct lives lives;
    init_promoted(&lives);
    const struct scn_inject inject = {.name = "job_fails", .struck_ms = -1};
    struct scn_twin twin = {.outcome = COG_OUTCOME_ROLLED_BACK,
                            .deployment_count = 1,
                            .status = "rolled_back",
                            .rollback_count = 1,
                            .target = lives.world.facts.target};
    lives.world.facts.twin = &twin;
    lives.world.facts.injects = &inject;
    lives.world.facts.inject_count = 1;
    EXPECT_INT(scn_judge_kills(&lives.world.facts).result, SCN_FAIL);

    twin.inject_count = 1;

    EXPECT_INT(scn_judge_kills(&lives.world.facts).is_idle, true);
}

/* I14 */
Test(death, gives_the_next_process_the_wait_for_a_rollback_that_the_first_api_never_shows)
{
    struct lives lives = {0};
    forged_init_rolled_back(&lives.world);
    struct scn_facts *facts = &lives.world.facts;
    facts->seed_only = true;
    facts->settled_ms = 20000;
    lives.world.report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
    facts->elapsed_ms = 45000 + 6 * 20000 + 30000 + 10000 + 2 * 900000;
    EXPECT_INT(scn_judge_recovery(facts).result, SCN_FAIL);

    init_starts(&lives);

    EXPECT_INT(scn_judge_recovery(facts).result, SCN_PASS);
    facts->elapsed_ms++;
    EXPECT_INT(scn_judge_recovery(facts).result, SCN_FAIL);
}

static void keep_out(struct lives *lives)
{
    *lives = (struct lives){0};
    forged_init_rejected(&lives->world);
    init_starts(lives);
    lives->world.facts.lock = COG_LOCK_ELSEWHERE;
    lives->world.facts.lock_is_anothers = true;
    lives->world.report.outcome = COG_OUTCOME_LOCKED;
    (void)snprintf(lives->world.report.step, sizeof lives->world.report.step, "start");
}

/* I12, I13 */
Test(death, leaves_a_run_to_whoever_resumes_it_next_while_another_one_has_the_lock)
{
    struct lives lives;
    keep_out(&lives);
    const struct scn_twin twin = {
        .outcome = COG_OUTCOME_PROMOTED,
        .deployment_count = 1,
        .status = "completed",
        .target = lives.world.facts.target,
    };
    lives.world.facts.twin = &twin;

    EXPECT_INT(scn_judge_kills(&lives.world.facts).is_idle, false);
    EXPECT_INT(scn_judge_lock(&lives.world.facts).result, SCN_PASS);
    EXPECT_INT(scn_judge_kills(&lives.world.facts).result, SCN_PASS);
    cr_expect(scn_mandate_is_left(&lives.world.facts));
}

Test(death, of_the_locks_holder_is_no_excuse_for_one_who_can_see_it)
{
    struct lives lives;
    keep_out(&lives);
    lives.world.facts.lock = COG_LOCK_ABANDONED;

    EXPECT_INT(scn_judge_lock(&lives.world.facts).result, SCN_FAIL);
    cr_expect(!scn_mandate_is_left(&lives.world.facts));
    cr_expect(!scn_mandate_is_kept_out(&lives.world.facts));
}

Test(journal_count, tells_events_and_calls)
{
    struct lives lives;
    init_promoted(&lives);
    forged_add(&lives.world, "promote", 20000, 202)->nth = 2;
    forged_add(&lives.world, "promote", 30000, 202)->nth = 2;

    EXPECT_INT(scn_journal_count(lives.world.facts.journals, "intent promote"), 1);
    EXPECT_INT(scn_journal_count(lives.world.facts.journals, "closed"), 0);
    EXPECT_INT(scn_journal_count_calls(&lives.world.facts, "promote"), 2);
    EXPECT_INT(scn_journal_count_calls(&lives.world.facts, "cancel"), 0);
}
