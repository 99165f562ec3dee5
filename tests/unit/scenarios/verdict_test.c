/* A foreign client in a made-up world: each rule by which it is judged. */
#include "foreign/verdict.h"

#include "foreign/ending.h"
#include "forged.h"
#include "support/expect.h"

#include <criterion/criterion.h>

#include <signal.h>
#include <stdio.h>

TestSuite(verdict, .timeout = 5.0);

/* As a foreign client leaves the world: without request ids, keys, or any record of its own. */
static void make_foreign(struct forged *world, struct scn_ending *ending)
{
    for (size_t i = 0; i < world->facts.exchange_count; i++) {
        world->exchanges[i].request_id = NULL;
        world->exchanges[i].idempotency_key = NULL;
        world->exchanges[i].method = "GET";
    }
    world->report.reason[0] = '\0';
    world->report.target = COG_TARGET_UNKNOWN;
    world->outputs[0].text = "failed: database lock contention";
    world->outputs[1].text = "";
    world->facts.audit = "";
    world->facts.journals = "";
    world->facts.ending = ending;
    *ending = (struct scn_ending){
        .process.exit_code = world->facts.exit_code,
        .meaning = scn_exit_map_bit(world->report.outcome),
        .scale = 60,
    };
}

/* The first finding, as "subject: text"; "" for a pass. Each call overwrites the one before. */
static const char *judge(const struct forged *world, enum scn_result result)
{
    static char text[SCN_FINDING_TEXT_SIZE + 80];
    const struct scn_expectation expectation = {.exit_code = world->facts.exit_code};
    COG_CLEANUP(scn_findings_finish) struct scn_findings findings = {0};
    scn_verdict_judge(&expectation, &world->facts, &findings, NULL);
    EXPECT_INT(scn_findings_verdict(&findings), result);
    text[0] = '\0';
    if (findings.count > 0) {
        (void)snprintf(text, sizeof text, "%s: %s", findings.items[0].subject,
                       findings.items[0].text);
    }
    return text;
}

Test(verdict, asks_no_more_than_can_be_seen_from_outside)
{
    void (*const worlds[])(struct forged *) = {forged_init_promoted, forged_init_rolled_back,
                                               forged_init_rejected, forged_init_unknown};
    for (size_t i = 0; i < sizeof worlds / sizeof worlds[0]; i++) {
        struct forged world;
        struct scn_ending ending;
        worlds[i](&world);
        make_foreign(&world, &ending);

        EXPECT_STR(judge(&world, SCN_PASS), "");
    }
}

Test(verdict, leaves_idle_what_is_about_our_client_alone)
{
    struct forged world;
    struct scn_ending ending;
    struct scn_rulings rulings = {0};
    const struct scn_expectation expectation = {0};
    COG_CLEANUP(scn_findings_finish) struct scn_findings findings = {0};
    forged_init_promoted(&world);
    make_foreign(&world, &ending);

    scn_verdict_judge(&expectation, &world.facts, &findings, &rulings);

    for (size_t i = 0; i < rulings.count; i++) {
        const char *id = rulings.items[i].id;
        if (strcmp(id, "I6") == 0 || strcmp(id, "I10") == 0 || strcmp(id, "I12") == 0) {
            cr_expect(rulings.items[i].is_idle, "%s is judged", id);
        }
        if (strcmp(id, "I1") == 0 || strcmp(id, "I5") == 0) {
            cr_expect(!rulings.items[i].is_idle, "%s is not judged", id);
        }
    }
}

Test(verdict, forgives_a_success_that_was_not_verified)
{
    struct forged world;
    struct scn_ending ending;
    forged_init_promoted(&world);
    make_foreign(&world, &ending);
    world.facts.exchange_count = 3;

    EXPECT_STR(judge(&world, SCN_PASS), "");
}

Test(verdict, fails_a_rollback_that_nobody_awaited)
{
    struct forged world;
    struct scn_ending ending;
    forged_init_rolled_back(&world);
    make_foreign(&world, &ending);
    world.deployments[0].rollback_ended_ms = -1;

    EXPECT_CONTAINS(judge(&world, SCN_FAIL), "I3: ");
}

Test(verdict, fails_a_request_before_its_retry_after)
{
    struct forged world;
    struct scn_ending ending;
    forged_init_promoted(&world);
    forged_add(&world, "status", 61000, 429)->retry_after_ms = 7000;
    forged_add(&world, "status", 64000, 200);
    make_foreign(&world, &ending);

    EXPECT_CONTAINS(judge(&world, SCN_FAIL), "came 3s after status#1/a1, which asked for 7s");
}

Test(verdict, forgives_two_milliseconds_of_real_time)
{
    struct forged world;
    struct scn_ending ending;
    forged_init_promoted(&world);
    forged_add(&world, "status", 61000, 429)->retry_after_ms = 7000;
    forged_add(&world, "status", 67880, 200);
    make_foreign(&world, &ending);

    EXPECT_STR(judge(&world, SCN_PASS), "");
}

Test(verdict, fails_a_new_key_for_what_may_have_been_applied)
{
    struct forged world;
    struct scn_ending ending;
    forged_init_rejected(&world);
    forged_add(&world, "promote", 1000, 500)->body = "{}";
    forged_add(&world, "promote", 2000, 422)->body = "{}";
    make_foreign(&world, &ending);
    world.exchanges[2].idempotency_key = "key-1";
    world.exchanges[3].idempotency_key = "key-2";

    EXPECT_CONTAINS(judge(&world, SCN_FAIL), "I16: ");
}

Test(verdict, fails_a_key_that_stands_for_two_requests)
{
    struct forged world;
    struct scn_ending ending;
    forged_init_rolled_back(&world);
    make_foreign(&world, &ending);
    world.exchanges[1].idempotency_key = "key-1";
    world.exchanges[2].idempotency_key = "key-1";

    EXPECT_CONTAINS(judge(&world, SCN_FAIL), "I16: ");
}

Test(verdict, fails_a_webhook_that_is_no_json_or_has_a_token_or_lies)
{
    static const struct {
        const char *body;
        bool has_authorization;
        const char *message;
    } rows[] = {
        {"done", false, "is no JSON object"},
        {"{}", false, "names no event"},
        {"{\"event\": \"deployment.failed\"}", true, "with a header Authorization"},
        {"{\"event\": \"deployment.success\"}", false, "a success was announced that was none yet"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct forged world;
        struct scn_ending ending;
        forged_init_rolled_back(&world);
        forged_add_webhook(&world, 46000, rows[i].body)->has_authorization =
            rows[i].has_authorization;
        make_foreign(&world, &ending);

        EXPECT_CONTAINS(judge(&world, SCN_FAIL), rows[i].message);
    }
}

Test(verdict, fails_a_client_that_does_not_say_why_the_job_failed)
{
    struct forged world;
    struct scn_ending ending;
    forged_init_rolled_back(&world);
    make_foreign(&world, &ending);
    world.outputs[0].text = "something went wrong";

    EXPECT_CONTAINS(judge(&world, SCN_FAIL), "I17: ");
}

Test(verdict, fails_a_client_that_had_to_be_killed_and_asks_no_more)
{
    struct forged world;
    struct scn_ending ending;
    forged_init_promoted(&world);
    make_foreign(&world, &ending);
    ending.is_overdue = true;
    ending.limit_ms = 5000;
    ending.meaning = 0;
    ending.process = (struct scn_child_end){.exit_code = 137, .signal_number = SIGKILL};

    EXPECT_CONTAINS(judge(&world, SCN_FAIL), "I7: ");
}

Test(verdict, shows_no_secret_of_what_a_dying_client_said)
{
    static const char *const secrets[] = {"dev-secret", NULL};
    struct forged world;
    struct scn_ending ending;
    forged_init_promoted(&world);
    make_foreign(&world, &ending);
    world.facts.secrets = secrets;
    world.outputs[1].text = "starting\ncannot log in with dev-secret\n";
    ending.meaning = 0;
    ending.process.signal_number = SIGSEGV;

    const char *finding = judge(&world, SCN_FAIL);

    EXPECT_CONTAINS(finding, "cannot log in with ***");
}

Test(verdict, takes_the_death_by_the_scenarios_signal_for_an_end)
{
    struct forged world;
    struct scn_ending ending;
    forged_init_promoted(&world);
    make_foreign(&world, &ending);
    world.facts.signal_number = SIGTERM;
    world.facts.exit_code = 143;
    world.report.outcome = COG_OUTCOME_INTERRUPTED;
    ending.meaning = scn_exit_map_bit(COG_OUTCOME_INTERRUPTED);
    ending.process = (struct scn_child_end){.exit_code = 143, .signal_number = SIGTERM};

    EXPECT_STR(judge(&world, SCN_PASS), "");
}

Test(verdict, is_inconclusive_about_a_code_that_means_nothing)
{
    struct forged world;
    struct scn_ending ending;
    forged_init_rejected(&world);
    make_foreign(&world, &ending);
    ending.meaning = 0;
    ending.process.exit_code = 99;

    EXPECT_CONTAINS(judge(&world, SCN_INCONCLUSIVE), "got exit 99, which the exit map does not");
}

Test(verdict, takes_a_code_for_several_outcomes_at_its_best)
{
    struct forged world;
    struct scn_ending ending;
    forged_init_unknown(&world);
    make_foreign(&world, &ending);
    world.report.outcome = COG_OUTCOME_REJECTED;
    world.facts.exit_code = 5;
    ending.process.exit_code = 1;

    ending.meaning = scn_exit_map_bit(COG_OUTCOME_REJECTED);
    EXPECT_CONTAINS(judge(&world, SCN_FAIL), "I5: ");
    ending.meaning |= scn_exit_map_bit(COG_OUTCOME_UNKNOWN);
    EXPECT_STR(judge(&world, SCN_PASS), "");
}
