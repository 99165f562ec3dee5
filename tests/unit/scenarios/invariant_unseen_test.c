/* What is asked of a client that could not see: I6, and what else rests on it. */
#include "judge/invariant.h"

#include "forged.h"
#include "support/expect.h"

#include <stdio.h>

TestSuite(invariant_unseen, .timeout = 20.0);

static void hide_the_status(struct forged *world)
{
    world->exchanges[1].fault = "status 422";
    (void)snprintf(world->report.reason, sizeof world->report.reason, "something went wrong");
}

static void see_the_job_at_last(struct forged *world)
{
    forged_add(world, "status", 9000, 200);
}

/* Behind all that the fake heard. */
static void find_nobody(struct forged *world, struct scn_event *event, const char *fields)
{
    *event = (struct scn_event){
        .exchange_count = world->facts.exchange_count, .name = "request", .fields = fields};
    world->facts.events = event;
    world->facts.event_count = 1;
}

Test(invariant_unseen, a_port_that_closed_behind_a_status_may_be_the_cause)
{
    struct forged world;
    struct scn_event event;
    forged_init_rejected(&world);
    hide_the_status(&world);
    find_nobody(&world, &event, "call=webhook error=unreachable");
    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_FAIL);

    find_nobody(&world, &event, "call=sessions error=unreachable");

    EXPECT_INT(scn_judge_reason(&world.facts).result, SCN_PASS);
}

Test(invariant_unseen, unknown_is_right_for_one_who_finds_nobody_any_more)
{
    struct forged world;
    struct scn_event event;
    forged_init_unknown(&world);
    see_the_job_at_last(&world);
    find_nobody(&world, &event, "call=status error=unreachable");
    EXPECT_INT(scn_judge_unknown(&world.facts).result, SCN_PASS);

    event.exchange_count = 1;

    EXPECT_INT(scn_judge_unknown(&world.facts).result, SCN_FAIL);
}

Test(invariant_unseen, a_list_says_no_more_once_its_job_was_looked_at)
{
    struct forged world;
    forged_init_unknown(&world);
    world.exchanges[3].status = 200;
    world.exchanges[3].fault = NULL;
    EXPECT_INT(scn_judge_unknown(&world.facts).result, SCN_PASS);

    world.facts.exchange_count = 4;

    EXPECT_INT(scn_judge_unknown(&world.facts).result, SCN_FAIL);
}

Test(invariant_unseen, unknown_is_right_for_one_who_is_told_to_wait_too_long_for_a_token)
{
    struct forged world;
    forged_init_unknown(&world);
    see_the_job_at_last(&world);
    struct mock_exchange *token = forged_add(&world, "token", 9500, 429);
    token->retry_after_ms = world.config.timeout_ms + 1;
    forged_add(&world, "token", 9600, 200);
    EXPECT_INT(scn_judge_unknown(&world.facts).result, SCN_PASS);

    token->retry_after_ms = world.config.timeout_ms;

    EXPECT_INT(scn_judge_unknown(&world.facts).result, SCN_FAIL);
}

Test(invariant_unseen, unknown_is_right_for_one_who_gets_no_token_any_more)
{
    struct forged world;
    forged_init_unknown(&world);
    see_the_job_at_last(&world);
    forged_add(&world, "token", 9500, 401);
    EXPECT_INT(scn_judge_unknown(&world.facts).result, SCN_PASS);

    see_the_job_at_last(&world);
    forged_add(&world, "token", 9500, 200);

    EXPECT_INT(scn_judge_unknown(&world.facts).result, SCN_FAIL);
}

Test(invariant_unseen, unknown_is_right_for_one_who_had_no_time_for_a_last_look_at_an_empty_list)
{
    struct forged world;
    forged_init_unknown(&world);
    world.facts.deployment_count = 0;
    forged_add(&world, "deployments", 90000, 200);
    const struct scn_event event = {.name = "limit", .fields = "name=timeout"};
    EXPECT_INT(scn_judge_unknown(&world.facts).result, SCN_FAIL);

    world.facts.events = &event;
    world.facts.event_count = 1;
    EXPECT_INT(scn_judge_unknown(&world.facts).result, SCN_PASS);
    world.facts.deployment_count = 1;

    EXPECT_INT(scn_judge_unknown(&world.facts).result, SCN_FAIL);
}
