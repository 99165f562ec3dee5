/* What a drill asks of a run, point by point, and the score that comes of it. */
#include "drill/checklist.h"

#include "drill/evidence.h"
#include "foreign/ending.h"
#include "forged.h"
#include "support/expect.h"

#include <cogbase/json.h>

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(checklist, .timeout = 5.0);

/* A run that was rolled back, with one point to judge it by. */
struct trial {
    struct forged world;
    struct scn_event events[1];
    struct scn_evidence evidence;
    struct scn_figures figures;
    int64_t targets[SCN_FIGURE_COUNT];
    struct scn_checklist checklist;
    struct scn_check *check;
    cJSON *names;
    struct scn_check_results results;
};

static void init(struct trial *trial, enum scn_check_kind kind)
{
    *trial = (struct trial){0};
    forged_init_rolled_back(&trial->world);
    trial->events[0] = (struct scn_event){.name = "failure", .at_ms = 35000};
    trial->world.facts.events = trial->events;
    trial->world.facts.event_count = 1;
    trial->evidence = (struct scn_evidence){.facts = &trial->world.facts, .scale = 1};
    for (size_t i = 0; i < SCN_FIGURE_COUNT; i++) {
        trial->figures.items[i] = (struct scn_figure){.server = 6200, .client = -1};
        trial->targets[i] = 15000;
    }
    trial->checklist.count = 1;
    trial->check = &trial->checklist.items[0];
    trial->check->id = "point";
    trial->check->weight = 10;
    trial->check->kind = kind;
}

static void name(struct trial *trial, const char *json)
{
    trial->names = cJSON_Parse(json);
    cr_assert(trial->names != NULL);
    trial->check->names = trial->names;
}

static void finish(struct trial *trial)
{
    cJSON_Delete(trial->names);
}

static const struct scn_check_result *judge(struct trial *trial)
{
    scn_checklist_judge(&trial->checklist, &trial->evidence, &trial->figures, trial->targets,
                        &trial->results);
    EXPECT_INT(trial->results.count, 1);
    return &trial->results.items[0];
}

Test(checklist, expect_says_what_a_pass_rests_on)
{
    struct trial trial;
    init(&trial, SCN_CHECK_EXPECT);
    trial.check->expectation.target = SCN_TARGET_UNCHANGED;
    trial.check->expectation.audit_status = "failed";

    const struct scn_check_result *result = judge(&trial);

    EXPECT_INT(result->result, SCN_PASS);
    EXPECT_STR(result->evidence, "target's digest old is that of the start; audit record 1: "
                                 "failed, rolled_back; chain intact");
}

Test(checklist, expect_fails_with_what_was_expected)
{
    struct trial trial;
    init(&trial, SCN_CHECK_EXPECT);
    trial.check->expectation.target = SCN_TARGET_PROMOTED;

    const struct scn_check_result *result = judge(&trial);

    EXPECT_INT(result->result, SCN_FAIL);
    EXPECT_STR(result->evidence, "target: expected promoted, got unchanged; target's digest old is "
                                 "that of the start");
}

Test(checklist, expect_leaves_out_the_exit_that_nobody_asked_for)
{
    struct trial trial;
    init(&trial, SCN_CHECK_EXPECT);
    trial.check->expectation.target = SCN_TARGET_UNCHANGED;
    trial.check->expectation.exit_code = 0;

    EXPECT_INT(judge(&trial)->result, SCN_PASS);
}

Test(checklist, expect_judges_the_exit_where_it_is_asked_for)
{
    struct trial trial;
    init(&trial, SCN_CHECK_EXPECT);
    trial.check->expectation.exit_code = 7;
    trial.check->has_exit = true;

    const struct scn_check_result *result = judge(&trial);

    EXPECT_INT(result->result, SCN_FAIL);
    EXPECT_CONTAINS(result->evidence, "exit: expected 7, got 6");
}

Test(checklist, expect_of_something_else_is_not_spoilt_by_a_damaged_audit_file)
{
    struct trial trial;
    init(&trial, SCN_CHECK_EXPECT);
    trial.check->expectation.target = SCN_TARGET_UNCHANGED;
    trial.world.facts.audit = "what is this";

    EXPECT_INT(judge(&trial)->result, SCN_PASS);
}

Test(checklist, expect_of_a_foreign_client_judges_what_it_did)
{
    struct trial trial;
    const struct scn_ending ending = {.meaning = scn_exit_map_bit(COG_OUTCOME_ROLLED_BACK)};
    init(&trial, SCN_CHECK_EXPECT);
    trial.world.facts.ending = &ending;
    trial.check->expectation.outcome = "promoted";

    const struct scn_check_result *result = judge(&trial);

    EXPECT_INT(result->result, SCN_FAIL);
    EXPECT_CONTAINS(result->evidence, "outcome: expected promoted");
}

Test(checklist, expect_of_a_foreign_clients_papers_is_idle)
{
    struct trial trial;
    const struct scn_ending ending = {.meaning = scn_exit_map_bit(COG_OUTCOME_ROLLED_BACK)};
    init(&trial, SCN_CHECK_EXPECT);
    trial.world.facts.ending = &ending;
    trial.check->expectation.audit_status = "success";

    cr_expect(judge(&trial)->is_idle);
}

Test(checklist, within_holds_the_figure_against_its_target)
{
    struct trial trial;
    init(&trial, SCN_CHECK_WITHIN);
    trial.check->figure = SCN_FIGURE_RECOVER;

    const struct scn_check_result *result = judge(&trial);

    EXPECT_INT(result->result, SCN_PASS);
    EXPECT_STR(result->evidence, "recover: 6.2s of 15s");
}

Test(checklist, within_fails_by_a_millisecond)
{
    struct trial trial;
    init(&trial, SCN_CHECK_WITHIN);
    trial.check->figure = SCN_FIGURE_RECOVER;
    trial.targets[SCN_FIGURE_RECOVER] = 6199;

    EXPECT_INT(judge(&trial)->result, SCN_FAIL);
}

Test(checklist, within_fails_where_the_figure_is_missing)
{
    struct trial trial;
    init(&trial, SCN_CHECK_WITHIN);
    trial.check->figure = SCN_FIGURE_RECOVER;
    trial.figures.items[SCN_FIGURE_RECOVER].server = -1;

    const struct scn_check_result *result = judge(&trial);

    EXPECT_INT(result->result, SCN_FAIL);
    cr_expect(!result->is_idle);
}

Test(checklist, within_fails_where_the_figure_had_not_ended)
{
    struct trial trial;
    init(&trial, SCN_CHECK_WITHIN);
    trial.check->figure = SCN_FIGURE_RECOVER;
    trial.figures.items[SCN_FIGURE_RECOVER].is_open = true;

    const struct scn_check_result *result = judge(&trial);

    EXPECT_INT(result->result, SCN_FAIL);
    EXPECT_STR(result->evidence, "recover: 6.2s of 15s, and it had not ended");
}

Test(checklist, within_of_steps_is_idle_where_nobody_types)
{
    struct trial trial;
    init(&trial, SCN_CHECK_WITHIN);
    trial.check->figure = SCN_FIGURE_STEPS;

    cr_expect(judge(&trial)->is_idle);
}

Test(checklist, invariants_must_all_hold)
{
    struct trial trial;
    init(&trial, SCN_CHECK_INVARIANT);
    name(&trial, "[\"I3\", \"I10\"]");
    trial.world.facts.audit_chain.verdict = COG_AUDIT_BROKEN;

    const struct scn_check_result *result = judge(&trial);

    EXPECT_INT(result->result, SCN_FAIL);
    EXPECT_CONTAINS(result->evidence, "I3: holds; I10: the audit file is broken");
    finish(&trial);
}

Test(checklist, invariants_are_idle_where_the_run_has_nothing_of_theirs)
{
    struct trial trial;
    init(&trial, SCN_CHECK_INVARIANT);
    name(&trial, "[\"I18\"]");

    const struct scn_check_result *result = judge(&trial);

    cr_expect(result->is_idle);
    EXPECT_STR(result->evidence, "I18: idle");
    finish(&trial);
}

Test(checklist, invariants_of_a_guided_drill_have_the_clients_papers)
{
    struct trial trial;
    const struct scn_ending ending = {.meaning = scn_exit_map_bit(COG_OUTCOME_ROLLED_BACK)};
    init(&trial, SCN_CHECK_INVARIANT);
    name(&trial, "[\"I10\"]");
    trial.evidence.is_guided = true;
    trial.world.facts.ending = &ending;
    trial.world.facts.audit_chain.verdict = COG_AUDIT_BROKEN;

    EXPECT_INT(judge(&trial)->result, SCN_FAIL);
    finish(&trial);
}

Test(checklist, invariants_about_our_own_log_are_idle_of_a_foreign_client)
{
    struct trial trial;
    const struct scn_ending ending = {.meaning = scn_exit_map_bit(COG_OUTCOME_ROLLED_BACK)};
    init(&trial, SCN_CHECK_INVARIANT);
    name(&trial, "[\"I10\"]");
    trial.world.facts.ending = &ending;
    trial.world.facts.audit_chain.verdict = COG_AUDIT_BROKEN;

    cr_expect(judge(&trial)->is_idle);
    finish(&trial);
}

Test(checklist, log_wants_one_of_the_events)
{
    struct trial trial;
    init(&trial, SCN_CHECK_LOG);
    name(&trial, "[\"never\", \"failure\"]");

    const struct scn_check_result *result = judge(&trial);

    EXPECT_INT(result->result, SCN_PASS);
    EXPECT_STR(result->evidence, "event 1: failure at 35s");
    finish(&trial);
}

Test(checklist, log_fails_without_any_of_the_events)
{
    struct trial trial;
    init(&trial, SCN_CHECK_LOG);
    name(&trial, "[\"never\"]");

    EXPECT_INT(judge(&trial)->result, SCN_FAIL);
    finish(&trial);
}

Test(checklist, log_is_idle_where_nobody_kept_it)
{
    struct trial trial;
    init(&trial, SCN_CHECK_LOG);
    name(&trial, "[\"never\"]");
    trial.world.facts.events = NULL;
    trial.world.facts.event_count = 0;

    cr_expect(judge(&trial)->is_idle);
    finish(&trial);
}

Test(checklist, commands_are_patterns_of_what_was_typed)
{
    const struct scn_typed typed[] = {{.line = "cogpromote promote"},
                                      {.line = "cogpromote audit verify --json"}};
    struct trial trial;
    init(&trial, SCN_CHECK_COMMAND);
    name(&trial, "[\"cogpromote status*\", \"cogpromote audit verify*\"]");
    trial.evidence.is_guided = true;
    trial.evidence.typed = typed;
    trial.evidence.typed_count = 2;

    const struct scn_check_result *result = judge(&trial);

    EXPECT_INT(result->result, SCN_PASS);
    EXPECT_STR(result->evidence, "command 2: cogpromote audit verify --json");
    finish(&trial);
}

Test(checklist, commands_that_nobody_typed_fail_a_person_alone)
{
    struct trial trial;
    init(&trial, SCN_CHECK_COMMAND);
    name(&trial, "[\"cogpromote status*\"]");

    cr_expect(judge(&trial)->is_idle);
    trial.evidence.is_guided = true;
    EXPECT_INT(judge(&trial)->result, SCN_FAIL);
    finish(&trial);
}

Test(checklist, a_run_that_stopped_leaves_every_point_open)
{
    struct trial trial;
    init(&trial, SCN_CHECK_WITHIN);
    trial.world.facts.stop = "the fake died";

    const struct scn_check_result *result = judge(&trial);

    EXPECT_INT(result->result, SCN_INCONCLUSIVE);
    EXPECT_STR(result->evidence, "the fake died");
}

Test(checklist, evidence_that_is_too_long_ends_with_a_whole_character)
{
    struct trial trial;
    init(&trial, SCN_CHECK_COMMAND);
    name(&trial, "[\"*\"]");
    char line[SCN_CHECK_EVIDENCE_SIZE + 3];
    (void)snprintf(
        line, sizeof line, "%.*s", SCN_CHECK_EVIDENCE_SIZE - 13,
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    (void)snprintf(line + strlen(line), sizeof line - strlen(line), "\u00e9\u00e9");
    const struct scn_typed typed = {.line = line};
    trial.evidence.is_guided = true;
    trial.evidence.typed = &typed;
    trial.evidence.typed_count = 1;

    const struct scn_check_result *result = judge(&trial);

    EXPECT_INT(result->evidence[strlen(result->evidence) - 1], 'x');
    finish(&trial);
}

/* Three points of 50, 30 and 20; the first one is critical. */
static const struct scn_checklist three = {
    .items = {{.id = "first", .weight = 50, .is_critical = true},
              {.id = "second", .weight = 30},
              {.id = "third", .weight = 20}},
    .count = 3,
};

static struct scn_score score(enum scn_result first, enum scn_result second, enum scn_result third)
{
    const struct scn_check_results results = {
        .items = {{.result = first}, {.result = second}, {.result = third}},
        .count = 3,
    };
    return scn_checklist_score(&three, &results, 60, 0);
}

Test(checklist, score_is_the_share_of_the_weights)
{
    const struct scn_score got = score(SCN_PASS, SCN_PASS, SCN_FAIL);

    EXPECT_INT(got.points, 80);
    EXPECT_INT(got.verdict, SCN_PASS);
    cr_expect(got.failed_check == NULL);
}

Test(checklist, score_below_the_mark_fails)
{
    const struct scn_score got = score(SCN_PASS, SCN_FAIL, SCN_FAIL);

    EXPECT_INT(got.points, 50);
    EXPECT_INT(got.verdict, SCN_FAIL);
    cr_expect(got.failed_check == NULL);
}

Test(checklist, score_however_high_fails_with_a_critical_point)
{
    static const struct scn_checklist light = {
        .items = {{.id = "light", .weight = 1, .is_critical = true},
                  {.id = "heavy", .weight = 100}},
        .count = 2,
    };
    const struct scn_check_results results = {
        .items = {{.result = SCN_FAIL}, {.result = SCN_PASS}},
        .count = 2,
    };

    const struct scn_score got = scn_checklist_score(&light, &results, 80, 0);

    EXPECT_INT(got.points, 99);
    EXPECT_INT(got.verdict, SCN_FAIL);
    EXPECT_STR(got.failed_check, "light");
}

Test(checklist, score_leaves_idle_points_out)
{
    const struct scn_check_results results = {
        .items = {{.result = SCN_PASS}, {.is_idle = true}, {.result = SCN_PASS}},
        .count = 3,
    };

    EXPECT_INT(scn_checklist_score(&three, &results, 80, 0).points, 100);
}

Test(checklist, score_of_an_idle_critical_point_is_not_held_up_by_it)
{
    const struct scn_check_results results = {
        .items = {{.result = SCN_FAIL, .is_idle = true},
                  {.result = SCN_PASS},
                  {.result = SCN_PASS}},
        .count = 3,
    };

    EXPECT_INT(scn_checklist_score(&three, &results, 80, 0).verdict, SCN_PASS);
}

Test(checklist, score_pays_for_hints)
{
    const struct scn_check_results results = {.items = {{0}}, .count = 3};

    const struct scn_score got = scn_checklist_score(&three, &results, 90, 15);

    EXPECT_INT(got.points, 85);
    EXPECT_INT(got.hint_cost, 15);
    EXPECT_INT(got.verdict, SCN_FAIL);
}

Test(checklist, score_is_never_below_nothing)
{
    const struct scn_check_results results = {.items = {{0}}, .count = 3};

    EXPECT_INT(scn_checklist_score(&three, &results, 80, 140).points, 0);
}

Test(checklist, score_earns_nothing_by_what_could_not_be_judged)
{
    const struct scn_score got = score(SCN_PASS, SCN_INCONCLUSIVE, SCN_PASS);

    EXPECT_INT(got.points, 70);
    EXPECT_INT(got.verdict, SCN_PASS);
}

Test(checklist, score_of_an_open_critical_point_is_open)
{
    EXPECT_INT(score(SCN_INCONCLUSIVE, SCN_PASS, SCN_PASS).verdict, SCN_INCONCLUSIVE);
}

Test(checklist, score_that_nothing_can_mend_has_failed_beside_an_open_point)
{
    EXPECT_INT(score(SCN_INCONCLUSIVE, SCN_FAIL, SCN_FAIL).verdict, SCN_FAIL);
}

Test(checklist, score_of_nothing_is_open)
{
    const struct scn_check_results results = {
        .items = {{.is_idle = true}, {.is_idle = true}, {.is_idle = true}},
        .count = 3,
    };

    EXPECT_INT(scn_checklist_score(&three, &results, 80, 0).verdict, SCN_INCONCLUSIVE);
}
