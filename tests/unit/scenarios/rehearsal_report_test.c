/* The report of a drill as JSON. */
#include "rehearsed.h"
#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

TestSuite(rehearsal_report, .timeout = 10.0);

Test(rehearsal_report, has_every_member_in_its_order)
{
    static const char *const names[] = {
        "format",       "version",  "tool_version", "drill",    "mode",       "client",
        "transport",    "held_at",  "operator",     "seeds",    "shown_seed", "verdict",
        "failed_check", "aborted",  "score",        "figures",  "milestones", "mixed",
        "checklist",    "findings", "injects",      "commands", "outcome",    "truth",
        "audit",        "record",   "surprises",    "actions",  "trend",      "replay",
    };
    struct rehearsed bench;
    rehearsed_init(&bench);

    COG_CLEANUP(cog_json_finish) cJSON *json = rehearsed_json(&bench);

    const cJSON *member = json->child;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        cr_assert(member != NULL, "'%s' is missing", names[i]);
        EXPECT_STR(member->string, names[i]);
        member = member->next;
    }
    cr_expect(member == NULL, "one more");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, is_the_same_bytes_each_time)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    COG_CLEANUP(cog_json_finish) cJSON *first = rehearsed_json(&bench);
    COG_CLEANUP(cog_json_finish) cJSON *second = rehearsed_json(&bench);

    COG_CLEANUP(cog_string_finish) char *first_text = cJSON_PrintUnformatted(first);
    COG_CLEANUP(cog_string_finish) char *second_text = cJSON_PrintUnformatted(second);

    EXPECT_STR(first_text, second_text);
    rehearsed_finish(&bench);
}

Test(rehearsal_report, tells_which_drill_it_was)
{
    struct rehearsed bench;
    rehearsed_init(&bench);

    rehearsed_expect(&bench, "drill.id", "\"job_fails\"");
    rehearsed_expect(&bench, "drill.file", "\"drills/job_fails.jsonc\"");
    rehearsed_expect(&bench, "drill.name", "\"it fails\"");
    rehearsed_expect(&bench, "drill.description", "\"half-way\"");
    rehearsed_expect(&bench, "drill.digest",
                     "\"d87e62559ffa2fce3a1cb58bd3bd5436fa075f2dcfaef8107cd01801b12ea146\"");
    rehearsed_expect(&bench, "drill.roles", "[{\"name\":\"operator\",\"text\":\"types\"}]");
    rehearsed_expect(&bench, "drill.task", "\"promote\"");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, fails_a_run_that_broke_a_rule_whatever_its_score)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    struct scn_finding broken = {.result = SCN_FAIL, .subject = "I3", .text = "twice"};
    bench.runs[1].findings = (struct scn_findings){.items = &broken, .count = 1};

    rehearsed_expect(&bench, "verdict", "\"fail\"");
    rehearsed_expect(&bench, "findings",
                     "[{\"result\":\"fail\",\"check\":\"I3\",\"text\":\"twice\"}]");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, of_runs_that_passed_fails_by_a_condition_and_names_it)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    bench.report.conditions = SCN_FAIL;
    bench.report.failed_condition = "recover.p95 > 90s";

    rehearsed_expect(&bench, "verdict", "\"fail\"");
    rehearsed_expect(&bench, "failed_check", "\"fail-if recover.p95 > 90s\"");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, names_the_check_of_a_run_that_failed_before_any_condition)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    bench.runs[0].score =
        (struct scn_score){.verdict = SCN_FAIL, .points = 40, .failed_check = "restored"};
    bench.report.conditions = SCN_FAIL;
    bench.report.failed_condition = "recover.p95 > 90s";

    rehearsed_expect(&bench, "failed_check", "\"restored\"");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, shows_the_first_run_that_failed)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    bench.runs[0].score.verdict = SCN_INCONCLUSIVE;
    bench.runs[1].score = (struct scn_score){
        .verdict = SCN_FAIL, .points = 40, .hint_cost = 5, .failed_check = "restored"};
    bench.runs[2].score.verdict = SCN_FAIL;

    EXPECT_INT(scn_drill_report_shown(&bench.report), 1);
    rehearsed_expect(&bench, "verdict", "\"fail\"");
    rehearsed_expect(&bench, "shown_seed", "8");
    rehearsed_expect(&bench, "seeds", "{\"first\":7,\"count\":3}");
    rehearsed_expect(&bench, "failed_check", "\"restored\"");
    rehearsed_expect(
        &bench, "score",
        "{\"points\":40,\"median\":90,\"minimum\":40,\"hint_cost\":5,\"pass_mark\":80}");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, shows_what_could_not_be_judged_where_nothing_failed)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    bench.runs[2].score.verdict = SCN_INCONCLUSIVE;

    EXPECT_INT(scn_drill_report_shown(&bench.report), 2);
    EXPECT_INT(scn_drill_report_verdict(&bench.report), SCN_INCONCLUSIVE);
    rehearsed_finish(&bench);
}

Test(rehearsal_report, shows_the_first_of_all_where_all_passed)
{
    struct rehearsed bench;
    rehearsed_init(&bench);

    EXPECT_INT(scn_drill_report_shown(&bench.report), 0);
    EXPECT_INT(scn_drill_report_verdict(&bench.report), SCN_PASS);
    rehearsed_finish(&bench);
}

Test(rehearsal_report, of_what_was_aborted_nothing_follows)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    const struct scn_evidence evidence = {
        .is_guided = true, .is_aborted = true, .abort_reason = "the fake died"};
    bench.report.evidence = &evidence;
    bench.runs[0].score.verdict = SCN_FAIL;

    rehearsed_expect(&bench, "verdict", "\"inconclusive\"");
    rehearsed_expect(&bench, "aborted", "\"the fake died\"");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, reckons_figures_over_all_runs_that_have_them)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    bench.runs[1].figures.items[SCN_FIGURE_RECOVER].server = 25000;
    bench.runs[2].figures.items[SCN_FIGURE_RECOVER] =
        (struct scn_figure){.server = -1, .client = -1};

    rehearsed_expect(&bench, "figures.3",
                     "{\"name\":\"recover\",\"text\":\"time to recover\",\"unit\":\"ms\","
                     "\"target\":20000,\"met\":false,\"count\":2,\"median\":17000,\"p95\":25000,"
                     "\"minimum\":17000,\"maximum\":25000,\"server\":17000,\"client\":17004,"
                     "\"difference\":4}");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, knows_no_figure_that_no_run_has)
{
    struct rehearsed bench;
    rehearsed_init(&bench);

    rehearsed_expect(
        &bench, "figures.1",
        "{\"name\":\"decide\",\"text\":\"time to decide\",\"unit\":\"ms\",\"target\":1000,"
        "\"met\":false,\"count\":0,\"median\":null,\"p95\":null,\"minimum\":null,"
        "\"maximum\":null,\"server\":null,\"client\":null,\"difference\":null}");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, meets_no_target_that_a_run_never_came_to)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    bench.runs[2].figures.items[SCN_FIGURE_RECOVER] =
        (struct scn_figure){.server = -1, .client = -1};

    rehearsed_expect(&bench, "figures.3.maximum", "17000");
    rehearsed_expect(&bench, "figures.3.met", "false");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, cannot_tell_of_a_target_where_a_run_could_not_be_judged)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    bench.runs[2].figures.items[SCN_FIGURE_RECOVER] =
        (struct scn_figure){.server = -1, .client = -1};
    bench.runs[2].score.verdict = SCN_INCONCLUSIVE;

    rehearsed_expect(&bench, "figures.3.met", "null");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, holds_no_steps_against_a_target_where_nobody_types)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    bench.drill.targets[SCN_FIGURE_STEPS] = 5;

    rehearsed_expect(&bench, "figures.5.met", "null");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, takes_the_clients_figure_where_the_servers_is_not_known)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    for (size_t i = 0; i < REHEARSED_RUN_COUNT; i++) {
        bench.runs[i].figures.items[SCN_FIGURE_DECIDE].client = 700;
    }

    rehearsed_expect(&bench, "figures.1.median", "700");
    rehearsed_expect(&bench, "figures.1.met", "true");
    rehearsed_expect(&bench, "figures.1.server", "null");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, tells_milestones_by_both_clocks)
{
    struct rehearsed bench;
    rehearsed_init(&bench);

    rehearsed_expect(&bench, "milestones.2.code", "\"T1\"");
    rehearsed_expect(&bench, "milestones.2.difference", "-1");
    rehearsed_expect(&bench, "milestones.2.server_evidence", "\"request 9\"");
    rehearsed_expect(&bench, "milestones.0.server", "null");
    rehearsed_expect(&bench, "milestones.0.difference", "null");
    rehearsed_expect(&bench, "mixed", "{\"ms\":null,\"yet\":false}");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, counts_each_point_over_all_runs)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    bench.runs[1].checks.items[0].result = SCN_FAIL;
    bench.runs[2].checks.items[0].result = SCN_INCONCLUSIVE;

    rehearsed_expect(&bench, "checklist.0",
                     "{\"id\":\"restored\",\"text\":\"as before\",\"weight\":30,\"critical\":true,"
                     "\"result\":\"pass\",\"idle\":false,\"evidence\":\"digests\",\"passed\":1,"
                     "\"failed\":1,\"inconclusive\":1}");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, counts_no_point_that_was_idle)
{
    struct rehearsed bench;
    rehearsed_init(&bench);

    rehearsed_expect(&bench, "checklist.1.idle", "true");
    rehearsed_expect(&bench, "checklist.1.passed", "0");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, judges_no_point_of_a_run_that_could_not_be_made)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    bench.runs[0].checks.count = 0;

    rehearsed_expect(&bench, "checklist.0.result", "\"inconclusive\"");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, takes_injects_outcome_and_truth_from_the_record)
{
    struct rehearsed bench;
    rehearsed_init(&bench);

    rehearsed_expect(&bench, "injects",
                     "[{\"name\":\"fails\",\"text\":\"it fails\",\"at\":30000},"
                     "{\"name\":\"never\",\"text\":\"\",\"at\":null}]");
    rehearsed_expect(&bench, "outcome",
                     "{\"exit\":6,\"outcome\":\"rolled_back\",\"target\":\"as before\","
                     "\"reason\":\"it failed\"}");
    rehearsed_expect(&bench, "truth",
                     "{\"source\":{\"start\":\"a\",\"now\":\"a\"},\"target\":{\"start\":\"b\","
                     "\"now\":\"b\"},\"jobs\":[{\"id\":\"job-1\"}]}");
    rehearsed_expect(&bench, "record", rehearsed_record);
    rehearsed_finish(&bench);
}

Test(rehearsal_report, knows_little_of_a_run_without_a_record)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    bench.runs[0].record = NULL;

    rehearsed_expect(&bench, "injects", "[]");
    rehearsed_expect(&bench, "outcome",
                     "{\"exit\":null,\"outcome\":null,\"target\":null,\"reason\":null}");
    rehearsed_expect(&bench, "truth", "{\"source\":null,\"target\":null,\"jobs\":[]}");
    rehearsed_expect(&bench, "record", "null");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, refuses_a_record_that_is_none)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    static char broken[] = "{\"exit\":";
    bench.runs[0].record = broken;
    cJSON *json = NULL;

    EXPECT_INT(scn_drill_report_json(&bench.report, &json, NULL), COG_ERROR_INTERNAL);
    cr_expect(json == NULL);
    rehearsed_finish(&bench);
}

Test(rehearsal_report, tells_how_the_audit_chain_was_left)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    bench.runs[0].has_audit = true;
    bench.runs[0].audit = (struct cog_audit_inspection){
        .verdict = COG_AUDIT_CHANGED,
        .reason = "line 2",
        .record_count = 1,
        .head_sequence = 2,
        .head_checksum = "5e",
    };

    rehearsed_expect(&bench, "audit",
                     "{\"before\":null,\"after\":{\"seq\":2,\"checksum\":\"5e\"},"
                     "\"verdict\":\"changed\",\"reason\":\"line 2\",\"records\":1}");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, says_so_where_nobody_looked_at_the_audit_chain)
{
    struct rehearsed bench;
    rehearsed_init(&bench);

    rehearsed_expect(&bench, "audit",
                     "{\"before\":null,\"after\":null,\"verdict\":null,\"reason\":null,"
                     "\"records\":null}");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, keeps_what_people_said_at_the_end)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    static const char *const surprises[] = {"so slow"};
    static const struct scn_drill_action actions[] = {{"ask", "", ""}, {"do", "me", "2026-12-01"}};
    bench.report.surprises = surprises;
    bench.report.surprise_count = 1;
    bench.report.actions = actions;
    bench.report.action_count = 2;

    rehearsed_expect(&bench, "surprises", "[\"so slow\"]");
    rehearsed_expect(&bench, "actions",
                     "[{\"text\":\"ask\",\"owner\":\"\",\"due\":\"\"},"
                     "{\"text\":\"do\",\"owner\":\"me\",\"due\":\"2026-12-01\"}]");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, keeps_the_trend_and_the_command)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    COG_CLEANUP(cog_json_finish) cJSON *trend = cJSON_Parse("[{\"points\":70}]");
    rehearsed_expect(&bench, "trend", "[]");
    bench.report.trend = trend;

    rehearsed_expect(&bench, "trend", "[{\"points\":70}]");
    rehearsed_expect(&bench, "replay", "\"cogdrill rehearse job_fails\"");
    rehearsed_finish(&bench);
}

Test(rehearsal_report, keeps_a_seed_of_more_than_32_bits)
{
    struct rehearsed bench;
    rehearsed_init(&bench);
    bench.runs[0].seed = UINT64_C(4294967297);

    rehearsed_expect(&bench, "shown_seed", "4294967297");
    rehearsed_finish(&bench);
}
