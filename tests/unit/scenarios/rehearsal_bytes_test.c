/* A rehearsal, as bytes. */
#include "drill/automatic/rehearsal_bytes.h"

#include "support/expect.h"

#include <stdio.h>
#include <string.h>

TestSuite(rehearsal_bytes, .timeout = 20.0);

static struct scn_drill drill_make(void)
{
    struct scn_drill drill = {.checklist = {.count = 2}};
    drill.checklist.items[0].id = "restored";
    drill.checklist.items[1].id = "told";
    return drill;
}

/* One with something of everything. */
static void fill(const struct scn_drill *drill, struct scn_rehearsal *rehearsal)
{
    struct scn_milestone *applied = &rehearsal->timeline.milestones[SCN_MILESTONE_APPLIED];
    rehearsal->seed = UINT64_MAX;
    applied->server_ms = 1500;
    applied->client_ms = -1;
    (void)snprintf(applied->server_evidence, sizeof applied->server_evidence, "inject job_fails");
    rehearsal->timeline.mixed_ms = 7;
    rehearsal->timeline.is_mixed_yet = true;
    rehearsal->figures.items[SCN_FIGURE_RECOVER] = (struct scn_figure){
        .server = 62000,
        .client = -500,
        .is_open = true,
    };
    rehearsal->checks.count = 2;
    rehearsal->checks.items[0].result = SCN_FAIL;
    rehearsal->checks.items[1].is_idle = true;
    (void)snprintf(rehearsal->checks.items[0].evidence, sizeof rehearsal->checks.items[0].evidence,
                   "target 4e1f");
    rehearsal->score = (struct scn_score){SCN_FAIL, 85, 5, drill->checklist.items[0].id};
    scn_findings_append(&rehearsal->findings, SCN_FAIL, "I3", "twice, %d %%", 100);
    rehearsal->has_audit = true;
    rehearsal->audit = (struct cog_audit_inspection){
        .verdict = COG_AUDIT_REWRITTEN,
        .line_number = 3,
        .reason = "another one",
        .record_count = 2,
        .repair_count = 1,
        .head_sequence = -1,
        .head_checksum = "5e5e",
    };
    rehearsal->record = strdup("{\"a\": 1}");
}

Test(rehearsal_bytes, come_out_as_they_went_in)
{
    const struct scn_drill drill = drill_make();
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal sent = {0};
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal got = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};
    fill(&drill, &sent);
    scn_rehearsal_format(&sent, &text);

    ASSERT_CODE(scn_rehearsal_parse(text.bytes, text.length, &drill, &got, &error), COG_OK, error);

    const struct scn_milestone *applied = &got.timeline.milestones[SCN_MILESTONE_APPLIED];
    cr_expect(got.seed == UINT64_MAX);
    EXPECT_INT(applied->server_ms, 1500);
    EXPECT_INT(applied->client_ms, -1);
    EXPECT_STR(applied->server_evidence, "inject job_fails");
    EXPECT_INT(got.timeline.mixed_ms, 7);
    cr_expect(got.timeline.is_mixed_yet);
    EXPECT_INT(got.figures.items[SCN_FIGURE_RECOVER].server, 62000);
    EXPECT_INT(got.figures.items[SCN_FIGURE_RECOVER].client, -500);
    cr_expect(got.figures.items[SCN_FIGURE_RECOVER].is_open);
    EXPECT_INT(got.checks.items[0].result, SCN_FAIL);
    EXPECT_STR(got.checks.items[0].evidence, "target 4e1f");
    cr_expect(got.checks.items[1].is_idle);
    EXPECT_INT(got.score.verdict, SCN_FAIL);
    EXPECT_INT(got.score.points, 85);
    EXPECT_INT(got.score.hint_cost, 5);
    cr_expect(got.score.failed_check == drill.checklist.items[0].id, "of the drill's own text");
    EXPECT_STR(got.findings.items[0].text, "twice, 100 %");
    EXPECT_STR(got.record, "{\"a\": 1}");
}

Test(rehearsal_bytes, keep_how_the_audit_chain_was_left)
{
    const struct scn_drill drill = drill_make();
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal sent = {0};
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal got = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};
    fill(&drill, &sent);
    scn_rehearsal_format(&sent, &text);

    ASSERT_CODE(scn_rehearsal_parse(text.bytes, text.length, &drill, &got, &error), COG_OK, error);

    cr_expect(got.has_audit);
    EXPECT_INT(got.audit.verdict, COG_AUDIT_REWRITTEN);
    EXPECT_INT(got.audit.line_number, 3);
    EXPECT_STR(got.audit.reason, "another one");
    EXPECT_INT(got.audit.record_count, 2);
    EXPECT_INT(got.audit.repair_count, 1);
    EXPECT_INT(got.audit.head_sequence, -1);
    EXPECT_STR(got.audit.head_checksum, "5e5e");
}

Test(rehearsal_bytes, without_a_record_have_none)
{
    const struct scn_drill drill = drill_make();
    struct scn_rehearsal sent = {.checks = {.count = 2}};
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal got = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};
    scn_rehearsal_format(&sent, &text);

    ASSERT_CODE(scn_rehearsal_parse(text.bytes, text.length, &drill, &got, &error), COG_OK, error);

    cr_expect(got.record == NULL);
    cr_expect(got.score.failed_check == NULL);
}

Test(rehearsal_bytes, that_are_cut_or_too_long_are_refused)
{
    const struct scn_drill drill = drill_make();
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal sent = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    fill(&drill, &sent);
    scn_rehearsal_format(&sent, &text);
    cog_text_append(&text, "x");
    for (size_t length = 0; length <= text.length; length++) {
        COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal got = {0};
        struct cog_error error = {0};
        if (length == text.length - 1) {
            continue; /* This is all of it. */
        }

        enum cog_code code = scn_rehearsal_parse(text.bytes, length, &drill, &got, &error);

        cr_assert(code == COG_ERROR_SYNTAX, "%zu bytes: %d", length, (int)code);
    }
}

Test(rehearsal_bytes, of_another_drill_are_refused)
{
    const struct scn_drill drill = drill_make();
    struct scn_drill other = drill;
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal sent = {0};
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal got = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};
    fill(&drill, &sent);
    scn_rehearsal_format(&sent, &text);
    other.checklist.items[0].id = "another";

    ASSERT_CODE(scn_rehearsal_parse(text.bytes, text.length, &other, &got, &error),
                COG_ERROR_SYNTAX, error);

    EXPECT_STR(error.message, "what came is no rehearsal");
}
