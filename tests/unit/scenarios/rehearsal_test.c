/* Drills that are run: the shipped ones, and what comes of a drill that goes wrong. */
#include "drill/catalogue.h"
#include "drill/rehearsal.h"

#include "foreign/foreign.h"
#include "support/expect.h"

#include <cogbase/text.h>

#include <criterion/criterion.h>

TestSuite(rehearsal, .timeout = 30.0);

static void read_drill(const char *id, struct scn_drill *drill)
{
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    struct cog_error error = {0};
    cog_text_append_format(&path, DRILLS_FOLDER "/%s.jsonc", id);
    const enum cog_code code = scn_drill_read(cog_text_string(&path), drill, &error);
    ASSERT_CODE(code, COG_OK, error);
}

static void run(const struct scn_drill *drill, struct scn_rehearsal *rehearsal)
{
    const struct scn_rehearsal_options options = {
        .seed = 1,
        .transport = SCN_TRANSPORT_MEMORY,
    };
    struct cog_error error = {0};
    const enum cog_code code = scn_rehearsal_run(drill, &options, rehearsal, &error);
    ASSERT_CODE(code, COG_OK, error);
}

Test(rehearsal, of_each_shipped_drill_passes_with_all_points)
{
    COG_CLEANUP(scn_drill_catalogue_finish) struct scn_drill_catalogue catalogue = {0};
    struct cog_error error = {0};
    cr_assert(scn_drill_catalogue_list(DRILLS_FOLDER, &catalogue, &error) == COG_OK);

    for (size_t i = 0; i < catalogue.count; i++) {
        COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
        COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal rehearsal = {0};
        read_drill(catalogue.ids[i], &drill);

        run(&drill, &rehearsal);

        cr_expect(rehearsal.score.verdict == SCN_PASS, "%s", drill.id);
        cr_expect(rehearsal.score.points == 100, "%s", drill.id);
        cr_expect(rehearsal.figures.items[SCN_FIGURE_RECOVER].server > 0, "%s", drill.id);
    }
}

Test(rehearsal, has_both_sides_and_they_agree)
{
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal rehearsal = {0};
    read_drill("job_fails", &drill);

    run(&drill, &rehearsal);

    for (int i = SCN_MILESTONE_SEEN; i < SCN_MILESTONE_COUNT; i++) {
        const struct scn_milestone *milestone = &rehearsal.timeline.milestones[i];
        cr_expect(milestone->server_ms > 0, "%s", scn_milestone_code((enum scn_milestone_id)i));
        cr_expect(milestone->server_ms == milestone->client_ms, "%s",
                  scn_milestone_code((enum scn_milestone_id)i));
    }
    cr_expect(rehearsal.record == NULL);
}

Test(rehearsal, has_a_record_where_one_is_wanted)
{
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal rehearsal = {0};
    const struct scn_rehearsal_options options = {
        .seed = 1,
        .transport = SCN_TRANSPORT_MEMORY,
        .wants_record = true,
    };
    struct cog_error error = {0};
    read_drill("job_fails", &drill);

    const enum cog_code code = scn_rehearsal_run(&drill, &options, &rehearsal, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_CONTAINS(rehearsal.record, "\"database lock contention\"");
}

Test(rehearsal, fails_for_the_critical_point_that_is_not_met)
{
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal rehearsal = {0};
    read_drill("job_fails", &drill);
    drill.checklist.items[0].expectation.target = SCN_TARGET_PROMOTED;

    run(&drill, &rehearsal);

    EXPECT_INT(rehearsal.score.verdict, SCN_FAIL);
    EXPECT_STR(rehearsal.score.failed_check, drill.checklist.items[0].id);
}

Test(rehearsal, fails_by_what_the_run_breaks_although_no_point_asks_for_it)
{
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal rehearsal = {0};
    read_drill("job_fails", &drill);
    drill.scenario.expectation.step = "promote";

    run(&drill, &rehearsal);

    EXPECT_INT(rehearsal.score.points, 100);
    EXPECT_INT(rehearsal.score.verdict, SCN_FAIL);
    EXPECT_INT(rehearsal.findings.count, 1);
}

Test(rehearsal, that_cannot_be_run_so_says_why)
{
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    struct scn_rehearsal rehearsal = {0};
    const struct scn_rehearsal_options options = {.seed = 1, .transport = SCN_TRANSPORT_WIRE};
    struct cog_error error = {0};
    read_drill("two_operators", &drill);

    const enum cog_code code = scn_rehearsal_run(&drill, &options, &rehearsal, &error);

    EXPECT_INT(code, COG_ERROR_CONFIGURATION);
    EXPECT_STR(error.message, "the drill 'two_operators' cannot be run like this: two operators "
                              "cannot share a wire");
}

Test(rehearsal, of_a_client_that_cannot_be_started_says_nothing_of_it)
{
    char *const environment[] = {NULL};
    struct scn_client client = {
        .command = "exit 127",
        .environment = environment,
        .directory = "/",
        .scale = 1000,
    };
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal rehearsal = {0};
    const struct scn_rehearsal_options options = {.seed = 1, .client = &client};
    struct cog_error error = {0};
    scn_exit_map_init(&client.exit_map);
    read_drill("job_fails", &drill);

    const enum cog_code code = scn_rehearsal_run(&drill, &options, &rehearsal, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(rehearsal.score.verdict, SCN_INCONCLUSIVE);
    EXPECT_CONTAINS(rehearsal.findings.items[0].text, "cannot be started");
}

Test(rehearsal, that_was_aborted_is_no_pass)
{
    static const struct cog_report nothing;
    const struct scn_facts facts = {.report = &nothing, .audit = "", .journals = ""};
    const struct scn_evidence evidence = {
        .facts = &facts,
        .scale = 1,
        .is_guided = true,
        .is_aborted = true,
        .abort_reason = "the time was up",
    };
    struct scn_drill drill = {.pass_mark = 0};
    struct scn_rehearsal rehearsal = {0};
    struct cog_error error = {0};
    drill.checklist = (struct scn_checklist){
        .items =
            {{.id = "a", .weight = 1, .kind = SCN_CHECK_WITHIN, .figure = SCN_FIGURE_EXPOSURE}},
        .count = 1,
    };

    const enum cog_code code = scn_rehearsal_judge(&drill, &evidence, &rehearsal, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(rehearsal.checks.items[0].result, SCN_PASS);
    EXPECT_INT(rehearsal.score.verdict, SCN_INCONCLUSIVE);
}

Test(rehearsal, that_stopped_is_inconclusive_whatever_its_score)
{
    static const struct cog_report nothing;
    const struct scn_facts facts = {
        .stop = "the fake died", .report = &nothing, .audit = "", .journals = ""};
    const struct scn_evidence evidence = {.facts = &facts, .scale = 1};
    struct scn_drill drill = {.pass_mark = 80};
    struct scn_rehearsal rehearsal = {0};
    struct cog_error error = {0};
    drill.checklist.items[0] = (struct scn_check){.id = "a", .weight = 1, .kind = SCN_CHECK_LOG};
    drill.checklist.count = 1;

    const enum cog_code code = scn_rehearsal_judge(&drill, &evidence, &rehearsal, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(rehearsal.score.verdict, SCN_INCONCLUSIVE);
}
