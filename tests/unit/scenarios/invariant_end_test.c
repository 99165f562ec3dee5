/* The rules about how a run ends: after kills, after faults, and in its process; and which rules a
 * run has nothing for. */
#include "judge/invariant.h"

#include "forged.h"
#include "support/expect.h"

#include <stdio.h>

TestSuite(invariant_end, .timeout = 5.0);

/* I13: a twin that ends like the world, then one thing is different. */
static struct scn_twin twin_of(const struct forged *world)
{
    struct scn_twin twin;
    scn_twin_read(&world->facts, &twin);
    return twin;
}

static void promote_once_less(struct scn_twin *twin)
{
    twin->deployment_count = 0;
}

static void end_otherwise(struct scn_twin *twin)
{
    twin->status = "failed";
}

static void roll_back(struct scn_twin *twin)
{
    twin->rollback_count = 1;
}

static void hold_other_content(struct scn_twin *twin)
{
    twin->target.now[0] = 'x';
}

static void say_something_else(struct scn_twin *twin)
{
    twin->outcome = COG_OUTCOME_PARITY_LOW;
}

Test(invariant_end, kills_may_not_change_the_truth)
{
    const struct {
        void (*change)(struct scn_twin *twin);
        const char *text;
    } rows[] = {
        {promote_once_less, "1 promotions, the last one 'completed'; without the kills 0"},
        {end_otherwise, "without the kills 1, 'failed'"},
        {roll_back, "0 rollbacks were applied; without the kills 1"},
        {hold_other_content, "the target's content is not what it is without the kills"},
        {say_something_else, "the client says 'promoted'; without the kills 'parity_low'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct forged world;
        forged_init_promoted(&world);
        struct scn_twin twin = twin_of(&world);
        world.facts.twin = &twin;
        EXPECT_INT(scn_judge_kills(&world.facts).result, SCN_PASS);
        cr_expect(!scn_judge_kills(&world.facts).is_idle);

        rows[i].change(&twin);

        const struct scn_judgement judgement = scn_judge_kills(&world.facts);
        EXPECT_INT(judgement.result, SCN_FAIL);
        EXPECT_CONTAINS(judgement.text, rows[i].text);
    }
}

Test(invariant_end, a_twin_that_knows_nothing_may_be_outdone)
{
    struct forged world;
    forged_init_promoted(&world);
    struct scn_twin twin = twin_of(&world);
    twin.outcome = COG_OUTCOME_UNKNOWN;
    world.facts.twin = &twin;

    EXPECT_INT(scn_judge_kills(&world.facts).result, SCN_PASS);
}

Test(invariant_end, a_twin_that_left_its_job_running_may_be_outdone)
{
    struct forged world;
    forged_init_promoted(&world);
    struct scn_twin twin = twin_of(&world);
    twin.status = "running";
    world.facts.twin = &twin;
    EXPECT_INT(scn_judge_kills(&world.facts).result, SCN_FAIL);

    twin.outcome = COG_OUTCOME_UNKNOWN;

    EXPECT_INT(scn_judge_kills(&world.facts).result, SCN_PASS);
}

Test(invariant_end, a_twin_in_another_world_proves_nothing)
{
    struct forged world;
    forged_init_promoted(&world);
    struct scn_twin twin = twin_of(&world);
    twin.status = "failed";
    twin.struck_count = 2;
    world.facts.twin = &twin;

    cr_expect(scn_judge_kills(&world.facts).is_idle);
    twin = twin_of(&world);
    twin.stop = "the exchange stalled";
    EXPECT_INT(scn_judge_kills(&world.facts).result, SCN_INCONCLUSIVE);
}

Test(invariant_end, a_fault_that_the_dead_have_met_makes_a_world_another)
{
    static const struct scn_start starts[] = {
        {.command = "promote"}, {.command = "resume", .is_after_kill = true, .exchange_count = 1}};
    struct forged world;
    forged_init_promoted(&world);
    struct scn_twin twin = twin_of(&world);
    twin.status = "failed";
    twin.struck_count = 1;
    world.facts.twin = &twin;
    world.facts.starts = starts;
    world.facts.process_count = 2;
    world.exchanges[1].fault = "status 503";
    EXPECT_INT(scn_judge_kills(&world.facts).result, SCN_FAIL);

    world.exchanges[1].fault = NULL;
    world.exchanges[0].fault = "status 503";

    cr_expect(scn_judge_kills(&world.facts).is_idle);
}

Test(invariant_end, a_twin_whose_other_calls_found_nobody_is_no_measure)
{
    struct forged world;
    struct scn_event event = {.name = "request", .fields = "call=promote error=unreachable"};
    forged_init_promoted(&world);
    struct scn_twin twin = twin_of(&world);
    twin.status = "failed";
    world.facts.twin = &twin;
    EXPECT_INT(scn_judge_kills(&world.facts).result, SCN_FAIL);

    world.facts.events = &event;
    world.facts.event_count = 1;

    cr_expect(scn_judge_kills(&world.facts).is_idle);
}

static void fill_the_disk(struct scn_twin *twin)
{
    twin->is_disk_bad = true;
}

static void run_out_of_time(struct scn_twin *twin)
{
    twin->limit_count = 1;
}

static void meet_sessions(struct scn_twin *twin)
{
    twin->is_unsettled = true;
}

static void be_stopped(struct scn_twin *twin)
{
    twin->signal_number = 2;
}

Test(invariant_end, whatever_goes_by_time_or_number_makes_a_world_another)
{
    void (*const rows[])(struct scn_twin * twin) = {fill_the_disk, run_out_of_time, meet_sessions,
                                                    be_stopped};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct forged world;
        forged_init_promoted(&world);
        struct scn_twin twin = twin_of(&world);
        twin.status = "failed";
        world.facts.twin = &twin;
        EXPECT_INT(scn_judge_kills(&world.facts).result, SCN_FAIL);

        rows[i](&twin);

        cr_expect(scn_judge_kills(&world.facts).is_idle);
    }
}

Test(invariant_end, a_process_whose_disk_fails_may_leave_the_rest_to_the_next)
{
    struct forged world;
    forged_init_rejected(&world);
    struct scn_twin twin = twin_of(&world);
    twin.deployment_count = 1;
    world.facts.twin = &twin;
    world.report.outcome = COG_OUTCOME_INTERNAL;
    EXPECT_INT(scn_judge_kills(&world.facts).result, SCN_FAIL);

    world.facts.disk.journal_failed = true;

    EXPECT_INT(scn_judge_kills(&world.facts).result, SCN_PASS);
}

Test(invariant_end, a_run_that_the_disk_kept_from_being_taken_up_has_no_end_yet)
{
    static const struct scn_start starts[] = {{.command = "promote"},
                                              {.command = "resume", .is_after_kill = true}};
    struct forged world;
    forged_init_rejected(&world);
    world.facts.starts = starts;
    world.facts.process_count = 2;
    world.facts.audit_chain.verdict = COG_AUDIT_EMPTY;
    world.facts.lock = COG_LOCK_ABANDONED;
    world.report.outcome = COG_OUTCOME_INTERNAL;
    (void)snprintf(world.report.step, sizeof world.report.step, "start");
    EXPECT_INT(scn_judge_records(&world.facts).result, SCN_FAIL);
    EXPECT_INT(scn_judge_lock(&world.facts).result, SCN_FAIL);

    world.facts.disk.journal_failed = true;

    EXPECT_INT(scn_judge_records(&world.facts).result, SCN_PASS);
    EXPECT_INT(scn_judge_lock(&world.facts).result, SCN_PASS);
}

Test(invariant_end, who_cannot_take_a_run_up_does_not_know_why_its_job_failed)
{
    static const struct scn_start starts[] = {{.command = "promote"}, {.command = "resume"}};
    struct forged world;
    forged_init_rolled_back(&world);
    (void)snprintf(world.report.reason, sizeof world.report.reason, "journal: no such file");
    world.facts.starts = starts;
    world.facts.process_count = 2;
    world.report.outcome = COG_OUTCOME_INTERNAL;
    (void)snprintf(world.report.step, sizeof world.report.step, "start");
    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_FAIL);

    world.facts.disk.journal_failed = true;

    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_PASS);
}

/* I14 */
static void dawdle(struct forged *world)
{
    world->facts.elapsed_ms = 60000 + 6 * 20000 + 30000 + 10000 + 1;
}

static void take_a_success_for_a_failure(struct forged *world)
{
    world->report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
}

static void take_a_success_for_a_refusal(struct forged *world)
{
    world->report.outcome = COG_OUTCOME_REJECTED;
}

static void not_know(struct forged *world)
{
    world->report.outcome = COG_OUTCOME_UNKNOWN;
}

static void take_a_failure_for_a_success(struct forged *world)
{
    world->deployments[0].status = "failed";
}

Test(invariant_end, a_client_gets_well_once_the_world_is)
{
    const struct {
        void (*spoil)(struct forged *world);
        const char *text;
    } rows[] = {
        {dawdle, "the last trouble was over at 20s, and the run ended at 3m40.001s, not by 3m40s"},
        {take_a_success_for_a_failure, "is 'completed', and the client says 'rollback_failed'"},
        {take_a_success_for_a_refusal, "is 'completed', and the client says 'rejected'"},
        {not_know, "is 'completed', and the client says 'unknown'"},
        {take_a_failure_for_a_success, "is 'failed', and the client says 'promoted'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct forged world;
        forged_init_promoted(&world);
        world.facts.settled_ms = 20000;
        EXPECT_INT(scn_judge_recovery(&world.facts).result, SCN_PASS);
        cr_expect(!scn_judge_recovery(&world.facts).is_idle);

        rows[i].spoil(&world);

        const struct scn_judgement judgement = scn_judge_recovery(&world.facts);
        EXPECT_INT(judgement.result, SCN_FAIL);
        EXPECT_CONTAINS(judgement.text, rows[i].text);
    }
}

Test(invariant_end, what_was_struck_or_throttled_is_trouble_until_the_wait_is_over)
{
    struct forged world;
    forged_init_promoted(&world);
    struct mock_exchange *throttled = forged_add(&world, "health", 200000, 429);
    throttled->retry_after_ms = 30000;
    world.facts.elapsed_ms = 230000 + 6 * 30000 + 30000 + 10000;

    EXPECT_INT(scn_judge_recovery(&world.facts).result, SCN_PASS);
    world.facts.elapsed_ms++;
    EXPECT_INT(scn_judge_recovery(&world.facts).result, SCN_FAIL);
}

Test(invariant_end, nothing_is_demanded_before_the_trouble_is_over)
{
    struct forged world;
    forged_init_promoted(&world);
    dawdle(&world);

    world.facts.settled_ms = INT64_MAX;
    cr_expect(scn_judge_recovery(&world.facts).is_idle);
    world.facts.settled_ms = -1;
    cr_expect(scn_judge_recovery(&world.facts).is_idle);
}

Test(invariant_end, who_was_deceived_twice_about_a_rollback_may_wait_for_it)
{
    struct forged world;
    forged_init_rolled_back(&world);
    world.deployments[0].status = "failed";
    world.deployments[0].rollback_count = 0;
    world.deployments[0].rollback_ended_ms = -1;
    world.exchanges[2].status = 409;
    world.exchanges[2].fault = "status";
    world.report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
    world.facts.elapsed_ms = 935000;
    EXPECT_INT(scn_judge_recovery(&world.facts).result, SCN_FAIL);

    struct mock_exchange *second = forged_add(&world, "rollback", 60000, 200);
    second->fault = "status";
    EXPECT_INT(scn_judge_recovery(&world.facts).result, SCN_PASS);

    second->status = 400;
    EXPECT_INT(scn_judge_recovery(&world.facts).result, SCN_FAIL);
}

Test(invariant_end, a_job_that_hangs_is_bounded_by_the_limits_alone)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.settled_ms = 20000;
    dawdle(&world);
    world.deployments[0].ended_ms = -1;

    EXPECT_INT(scn_judge_recovery(&world.facts).result, SCN_PASS);
}

Test(invariant_end, a_completed_job_that_was_to_be_rolled_back_may_end_as_a_failed_rollback)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.settled_ms = 20000;
    take_a_success_for_a_failure(&world);
    EXPECT_INT(scn_judge_recovery(&world.facts).result, SCN_FAIL);

    world.config.rollback_on_low_parity = true;

    EXPECT_INT(scn_judge_recovery(&world.facts).result, SCN_PASS);
}

/* I15 */
Test(invariant_end, nothing_is_left_open_or_lost)
{
    const struct {
        struct scn_leftovers leftovers;
        enum scn_result result;
        const char *text;
    } rows[] = {
        {{5, 5, false}, SCN_PASS, ""},
        {{5, 6, false}, SCN_FAIL, "5 descriptors were open before the run, and 6 after it"},
        {{6, 5, false}, SCN_FAIL, "6 descriptors were open before the run, and 5 after it"},
        {{5, 5, true}, SCN_FAIL, "memory was leaked"},
        {{-1, 5, false}, SCN_INCONCLUSIVE, "could not be counted"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct forged world;
        forged_init_promoted(&world);
        world.facts.leftovers = rows[i].leftovers;

        const struct scn_judgement judgement = scn_judge_leftovers(&world.facts);

        EXPECT_INT(judgement.result, rows[i].result);
        EXPECT_CONTAINS(judgement.text, rows[i].text);
    }
}

/* I10, I12 */
Test(invariant_end, a_record_that_the_disk_refused_is_missed_only_if_the_client_hides_that)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.audit = "";
    world.facts.audit_chain.verdict = COG_AUDIT_EMPTY;
    EXPECT_INT(scn_judge_records(&world.facts).result, SCN_FAIL);

    world.facts.disk.audit_failed = true;
    EXPECT_INT(scn_judge_records(&world.facts).result, SCN_PASS);
    world.report.audit_is_written = true;
    EXPECT_INT(scn_judge_records(&world.facts).result, SCN_FAIL);
}

Test(invariant_end, a_process_that_could_not_take_its_run_up_has_no_end_to_record)
{
    struct forged world;
    forged_init_promoted(&world);
    world.report.outcome = COG_OUTCOME_INTERNAL;
    (void)snprintf(world.report.step, sizeof world.report.step, "start");
    EXPECT_INT(scn_judge_records(&world.facts).result, SCN_PASS);

    (void)snprintf(world.report.run_id, sizeof world.report.run_id, "run-1");
    EXPECT_INT(scn_judge_records(&world.facts).result, SCN_FAIL);
}

Test(invariant_end, a_lock_of_another_holder_is_left_to_him)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.lock_must_be_anothers = true;
    EXPECT_INT(scn_judge_lock(&world.facts).result, SCN_FAIL);

    world.facts.lock = COG_LOCK_HELD;
    world.facts.lock_is_anothers = true;
    EXPECT_INT(scn_judge_lock(&world.facts).result, SCN_PASS);
}

/* A promotion that nothing disturbed, and one that was refused: what do they say nothing about? */
Test(invariant_end, a_rule_that_a_run_has_nothing_for_is_idle)
{
    const struct {
        const char *id;
        bool when_promoted;
        bool when_rejected;
        bool when_rolled_back;
        bool when_unknown;
    } rows[] = {
        {"I1", false, false, false, false},  {"I2", false, true, false, false},
        {"I3", true, true, false, true},     {"I4", false, true, false, false},
        {"I5", false, false, false, false},  {"I6", true, true, true, false},
        {"I7", false, false, false, false},  {"I8", true, true, true, false},
        {"I9", false, false, false, false},  {"I10", false, false, false, false},
        {"I11", true, true, true, true},     {"I12", false, false, false, false},
        {"I13", true, true, true, true},     {"I14", true, true, true, false},
        {"I15", false, false, false, false}, {"I16", false, false, false, false},
        {"I17", true, false, false, false},  {"I18", true, true, true, true},
    };
    void (*const inits[])(struct forged * world) = {forged_init_promoted, forged_init_rejected,
                                                    forged_init_rolled_back, forged_init_unknown};
    for (size_t world_index = 0; world_index < 4; world_index++) {
        struct forged world;
        COG_CLEANUP(scn_findings_finish) struct scn_findings findings = {0};
        struct scn_rulings rulings;
        inits[world_index](&world);
        scn_invariants_judge(&world.facts, &findings, &rulings);
        EXPECT_INT(rulings.count, sizeof rows / sizeof rows[0]);
        for (size_t i = 0; i < rulings.count; i++) {
            const bool expected[] = {rows[i].when_promoted, rows[i].when_rejected,
                                     rows[i].when_rolled_back, rows[i].when_unknown};
            EXPECT_STR(rulings.items[i].id, rows[i].id);
            cr_expect(rulings.items[i].is_idle == expected[world_index], "%s of world %zu",
                      rows[i].id, world_index);
        }
    }
}
