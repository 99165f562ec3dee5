/* The rule about exit codes, which has the most ways to be broken. */
#include "judge/invariant.h"

#include "forged.h"
#include "support/expect.h"

#include <stdio.h>

TestSuite(exit_code, .timeout = 5.0);

static void set_outcome(struct forged *world, enum cog_outcome outcome, int exit_code,
                        enum cog_target_state target)
{
    world->report.outcome = outcome;
    world->report.target = target;
    world->facts.exit_code = exit_code;
}

static void change_target(struct forged *world)
{
    (void)snprintf(world->facts.target.now, sizeof world->facts.target.now, "half");
}

static void break_with_other_code(struct forged *world)
{
    world->facts.exit_code = 10;
}

static void break_with_unknown_code(struct forged *world)
{
    world->facts.exit_code = 42;
}

static void break_without_promotion(struct forged *world)
{
    world->facts.deployment_count = 0;
}

static void break_with_failed_job(struct forged *world)
{
    world->deployments[0].status = "failed";
}

static void break_with_running_job(struct forged *world)
{
    world->deployments[0].status = "running";
}

static void break_without_health(struct forged *world)
{
    world->exchanges[3].at_ms = 59999;
}

static void break_without_conversation(struct forged *world)
{
    world->exchanges[4].status = 503;
}

static void break_with_spoilt_conversation(struct forged *world)
{
    world->exchanges[4].fault = "not_json";
}

static void break_with_untouched_lie(struct forged *world)
{
    set_outcome(world, COG_OUTCOME_REJECTED, 5, COG_TARGET_UNTOUCHED);
}

static void break_with_restored_lie(struct forged *world)
{
    set_outcome(world, COG_OUTCOME_ROLLED_BACK, 6, COG_TARGET_RESTORED);
}

static void break_with_false_alarm(struct forged *world)
{
    set_outcome(world, COG_OUTCOME_ROLLBACK_FAILED, 7, COG_TARGET_SUSPECT);
}

static void break_with_low_parity(struct forged *world)
{
    set_outcome(world, COG_OUTCOME_PARITY_LOW, 10, COG_TARGET_NEW);
}

static void break_with_new_lie(struct forged *world)
{
    set_outcome(world, COG_OUTCOME_INTERNAL, 1, COG_TARGET_NEW);
}

static void break_with_signal(struct forged *world)
{
    set_outcome(world, COG_OUTCOME_INTERRUPTED, 0, COG_TARGET_UNKNOWN);
}

static const struct {
    const char *name;
    void (*init)(struct forged *world);
    void (*spoil)(struct forged *world);
} rows[] = {
    {"0: not the outcome's code", forged_init_promoted, break_with_other_code},
    {"none of the codes", forged_init_promoted, break_with_unknown_code},
    {"0: nothing was applied", forged_init_promoted, break_without_promotion},
    {"0: the job runs", forged_init_promoted, break_with_running_job},
    {"0: other content", forged_init_promoted, change_target},
    {"0: health only before the end", forged_init_promoted, break_without_health},
    {"0: the conversation failed", forged_init_promoted, break_without_conversation},
    {"0: the conversation was spoilt", forged_init_promoted, break_with_spoilt_conversation},
    {"5: and it was applied", forged_init_promoted, break_with_untouched_lie},
    {"5: and the content changed", forged_init_rejected, change_target},
    {"6: and it completed", forged_init_promoted, break_with_restored_lie},
    {"6: and it failed, with the content as before", forged_init_rolled_back,
     break_with_failed_job},
    {"6: and the content differs", forged_init_rolled_back, change_target},
    {"7: and it completed", forged_init_promoted, break_with_false_alarm},
    {"7: and it is restored, in full sight", forged_init_rolled_back, break_with_false_alarm},
    {"7: and nothing was applied", forged_init_rejected, break_with_false_alarm},
    {"10: and it was rolled back", forged_init_rolled_back, break_with_low_parity},
    {"1: and the target is not new", forged_init_rolled_back, break_with_new_lie},
    {"0: interrupted", forged_init_rejected, break_with_signal},
};

Test(exit_code, fails_when_the_truth_is_another)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct forged world;
        rows[i].init(&world);
        rows[i].spoil(&world);

        struct scn_judgement judgement = scn_judge_exit_code(&world.facts);

        cr_expect(judgement.result == SCN_FAIL, "%s: %s", rows[i].name,
                  scn_result_name(judgement.result));
    }
}

Test(exit_code, zero_with_other_content_passes_when_not_all_was_asked_for)
{
    struct forged world;
    forged_init_promoted(&world);
    change_target(&world);
    world.config.include_webhooks = false;

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
}

Test(exit_code, zero_with_other_content_passes_below_a_lowered_threshold)
{
    struct forged world;
    forged_init_promoted(&world);
    change_target(&world);
    world.config.parity_threshold = 0.5;

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
}

Test(exit_code, eleven_is_judged_as_a_success_of_which_nobody_heard)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.exit_code = 11;
    world.report.outcome = COG_OUTCOME_UNDELIVERED;

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
    change_target(&world);
    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_FAIL);
}

Test(exit_code, seven_passes_for_a_completed_job_whose_rollback_was_asked_for_and_refused)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.exit_code = 7;
    world.report.outcome = COG_OUTCOME_ROLLBACK_FAILED;
    world.report.target = COG_TARGET_SUSPECT;

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_FAIL);
    world.facts.is_rolled_back_by_hand = true;
    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
}

Test(exit_code, seven_passes_when_the_restored_target_could_not_be_seen)
{
    struct forged world;
    forged_init_rolled_back(&world);
    break_with_false_alarm(&world);
    world.exchanges[3].fault = "html_body";

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
}

Test(exit_code, seven_passes_when_nobody_was_there_to_verify_it)
{
    struct forged world;
    struct scn_event event = {.name = "request", .fields = "call=simulate error=unreachable"};
    forged_init_rolled_back(&world);
    break_with_false_alarm(&world);
    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_FAIL);

    event.exchange_count = world.facts.exchange_count;
    world.facts.events = &event;
    world.facts.event_count = 1;

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
}

Test(exit_code, seven_passes_when_the_first_api_cannot_tell)
{
    struct forged world;
    forged_init_rolled_back(&world);
    break_with_false_alarm(&world);
    world.facts.seed_only = true;

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
}

Test(exit_code, seven_passes_when_the_content_differs)
{
    struct forged world;
    forged_init_rolled_back(&world);
    break_with_false_alarm(&world);
    change_target(&world);

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
}

Test(exit_code, of_a_signal_passes_with_its_number)
{
    struct forged world;
    forged_init_rejected(&world);
    set_outcome(&world, COG_OUTCOME_INTERRUPTED, 130, COG_TARGET_UNKNOWN);

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
}

Test(exit_code, cannot_be_judged_without_the_contents)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.target.is_known = false;

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_INCONCLUSIVE);
}

Test(exit_code, seven_passes_when_the_job_completed_unseen)
{
    struct forged world;
    forged_init_promoted(&world);
    break_with_false_alarm(&world);
    world.exchanges[2].at_ms = 59999;

    EXPECT_INT(scn_judge_exit_code(&world.facts).result, SCN_PASS);
}

Test(exit_code, zero_passes_with_a_conversation_that_is_bent_and_says_yes)
{
    static const struct {
        const char *fault;
        const char *body;
        enum scn_result result;
    } cases[] = {
        {"duplicate_keys", "{\"matched_intent\":\"health_check_ping\"}", SCN_PASS},
        {"missing_field", "{}", SCN_PASS},
        {"set_field", "{\"matched_intent\":\"other\"}", SCN_FAIL},
        {"set_field", "{\"matched_intent\":null}", SCN_FAIL},
        {"set_field", "[]", SCN_FAIL},
        {"html_body", "{\"matched_intent\":\"health_check_ping\"}", SCN_FAIL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct forged world;
        forged_init_promoted(&world);
        world.exchanges[4].fault = cases[i].fault;
        world.exchanges[4].answer_body = cases[i].body;

        const struct scn_judgement judgement = scn_judge_exit_code(&world.facts);

        cr_expect(judgement.result == cases[i].result, "%s %s: %s", cases[i].fault, cases[i].body,
                  scn_result_name(judgement.result));
    }
}
