/* Somebody may ask for a second promotion: what the first one did is not the second one's doing. */
#include "judge/mandate.h"

#include "forged.h"
#include "judge/invariant.h"
#include "support/expect.h"

#include <stdio.h>

TestSuite(mandate, .timeout = 5.0);

/* Promoted, rolled back by hand, and promoted again. */
struct commands {
    struct forged world;
    struct scn_start starts[3];
};

static void init_starts(struct commands *commands)
{
    commands->starts[0] = (struct scn_start){.command = "promote"};
    commands->starts[1] = (struct scn_start){
        .command = "rollback", .at_ms = 60000, .exchange_count = 5, .deployment_count = 1};
    commands->starts[2] = (struct scn_start){
        .command = "promote", .at_ms = 80000, .exchange_count = 6, .deployment_count = 1};
    (void)snprintf(commands->starts[2].content, sizeof commands->starts[2].content, "old");
    commands->world.facts.starts = commands->starts;
    commands->world.facts.process_count = 3;
    commands->world.facts.is_rolled_back_by_hand = true;
}

static void init(struct commands *commands)
{
    struct forged *world = &commands->world;
    forged_init_promoted(world);
    init_starts(commands);
    forged_add(world, "rollback", 60000, 202)->idempotency_key = "key-2";
    struct mock_exchange *promote = forged_add(world, "promote", 80000, 202);
    promote->idempotency_key = "key-3";
    promote->body = "{}";
    promote->request_id = "another";
    forged_add(world, "status", 140000, 200);
    forged_add(world, "health", 140000, 200);
    forged_add(world, "simulate", 140000, 200);
    world->facts.deployment_count = 2;
    world->deployments[1] = world->deployments[0];
    world->deployments[1].job_id = "job-2";
    world->deployments[1].created_ms = 80000;
    world->deployments[1].ended_ms = 140000;
    world->deployments[0].status = "rolled_back";
    world->deployments[0].rollback_count = 1;
    world->deployments[0].rollback_ended_ms = 80000;
}

/* The second command was refused. */
static void refuse(struct commands *commands)
{
    struct forged *world = &commands->world;
    world->exchanges[6].status = 422;
    world->facts.exchange_count = 7;
    world->facts.deployment_count = 1;
    (void)snprintf(world->facts.target.now, sizeof world->facts.target.now, "old");
    world->report.outcome = COG_OUTCOME_REJECTED;
    world->report.target = COG_TARGET_UNTOUCHED;
    world->facts.exit_code = 5;
}

static const struct {
    const char *name;
    struct scn_judgement (*judge)(const struct scn_facts *facts);
} rules[] = {
    {"I1", scn_judge_single_promotion},
    {"I3", scn_judge_rollback_of_failure},
    {"I4", scn_judge_rollback_unasked},
    {"I5", scn_judge_exit_code},
    {"I16", scn_judge_keys},
};

static void expect_all_pass(const struct commands *commands)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        const struct scn_judgement judgement = rules[i].judge(&commands->world.facts);
        cr_expect(judgement.result == SCN_PASS, "%s: %s", rules[i].name, judgement.text);
    }
}

Test(mandate, each_command_may_promote_once)
{
    struct commands commands;
    init(&commands);

    expect_all_pass(&commands);
}

Test(mandate, a_second_command_that_is_refused_leaves_what_it_found)
{
    struct commands commands;
    init(&commands);
    refuse(&commands);

    expect_all_pass(&commands);
    (void)snprintf(commands.world.facts.target.now, sizeof commands.world.facts.target.now, "half");
    EXPECT_INT(scn_judge_exit_code(&commands.world.facts).result, SCN_FAIL);
}

Test(mandate, what_a_second_command_found_changing_is_not_compared)
{
    struct commands commands;
    init(&commands);
    refuse(&commands);
    commands.world.deployments[0].ended_ms = 80001;
    (void)snprintf(commands.world.facts.target.now, sizeof commands.world.facts.target.now, "half");

    expect_all_pass(&commands);
}

Test(mandate, one_command_may_not_promote_twice)
{
    struct commands commands;
    init(&commands);
    commands.starts[2].deployment_count = 0;

    EXPECT_INT(scn_judge_single_promotion(&commands.world.facts).result, SCN_FAIL);
    EXPECT_INT(scn_judge_exit_code(&commands.world.facts).result, SCN_FAIL);

    commands.starts[2].deployment_count = 2;
    EXPECT_INT(scn_judge_single_promotion(&commands.world.facts).result, SCN_FAIL);
}

Test(mandate, a_second_command_has_a_key_of_its_own)
{
    struct commands commands;
    init(&commands);
    commands.world.exchanges[6].idempotency_key = commands.world.exchanges[1].idempotency_key;

    const struct scn_judgement judgement = scn_judge_keys(&commands.world.facts);

    EXPECT_INT(judgement.result, SCN_FAIL);
    EXPECT_CONTAINS(judgement.text, "of different commands");
}

Test(mandate, a_job_of_the_first_command_is_not_the_cause_of_the_second_ones_failure)
{
    struct commands commands;
    init(&commands);
    refuse(&commands);
    commands.world.deployments[0].error = "database lock contention";
    (void)snprintf(commands.world.report.step, sizeof commands.world.report.step, "promote");
    (void)snprintf(commands.world.report.reason, sizeof commands.world.report.reason, "422");

    EXPECT_INT(scn_judge_reason(&commands.world.facts).result, SCN_PASS);
    commands.world.facts.starts = NULL;
    EXPECT_INT(scn_judge_reason(&commands.world.facts).result, SCN_FAIL);
}
