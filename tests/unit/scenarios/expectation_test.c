#include "judge/expectation.h"

#include "forged.h"
#include "support/expect.h"

TestSuite(expectation, .timeout = 5.0);

static enum cog_code parse(const char *text, struct cog_document *document,
                           struct scn_expectation *expectation, struct cog_error *error)
{
    cr_assert(cog_document_parse("file", text, strlen(text), document, error) == COG_OK, "%s",
              error->message);
    return scn_expectation_parse(document, document->root, expectation, error);
}

/* A right world of exit 0, and what is said of it. */
static void compare(const char *text, struct scn_findings *findings)
{
    struct forged world;
    forged_init_promoted(&world);
    struct scn_event events[] = {
        {.name = "step", .fields = ""},
        {.name = "retry", .fields = ""},
        {.name = "parity", .fields = ""},
    };
    world.facts.events = events;
    world.facts.event_count = sizeof events / sizeof events[0];
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    struct scn_expectation expectation = {0};
    struct cog_error error = {0};
    ASSERT_CODE(parse(text, &document, &expectation, &error), COG_OK, error);
    scn_expectation_compare(&expectation, &world.facts, findings);
}

Test(expectation, compare_names_each_difference_with_both_values)
{
    const struct {
        const char *text;
        const char *subject;
        const char *finding;
    } rows[] = {
        {"{\"exit\": 6}", "exit", "expected 6, got 0 (promoted)"},
        {"{\"exit\": 0, \"outcome\": \"unknown\"}", "outcome", "expected unknown, got promoted"},
        {"{\"exit\": 0, \"reason\": \"lock\"}", "reason", "expected 'lock' in it, got ''"},
        {"{\"exit\": 0, \"follow_up\": \"refused\"}", "follow_up",
         "expected 'refused' in it, got ''"},
        {"{\"exit\": 0, \"step\": \"follow\"}", "step", "expected follow, got nothing"},
        {"{\"exit\": 0, \"calls\": {\"promote\": 3}}", "calls.promote", "expected 3, got 1"},
        {"{\"exit\": 0, \"calls\": {\"status\": {\"min\": 2}}}", "calls.status",
         "expected at least 2, got 1"},
        {"{\"exit\": 0, \"calls\": {\"status\": {\"min\": 2, \"max\": 4}}}", "calls.status",
         "expected 2 to 4, got 1"},
        {"{\"exit\": 0, \"calls\": {\"status\": {\"max\": 0}}}", "calls.status",
         "expected 0, got 1"},
        {"{\"exit\": 0, \"calls\": {\"promote\": 1, \"others\": 0}}", "calls.others",
         "expected 0, got 4"},
        {"{\"exit\": 0, \"applied\": {\"promote\": 0}}", "applied.promote", "expected 0, got 1"},
        {"{\"exit\": 0, \"target\": \"unchanged\"}", "target", "expected unchanged, got promoted"},
        {"{\"exit\": 0, \"target\": \"changed\"}", "target", "expected changed, got promoted"},
        {"{\"exit\": 0, \"audit\": {\"records\": 2}}", "audit.records", "expected 2, got 1"},
        {"{\"exit\": 0, \"audit\": {\"status\": \"failed\"}}", "audit.status",
         "expected failed, got success"},
        {"{\"exit\": 0, \"audit\": {\"outcome\": \"unknown\"}}", "audit.outcome",
         "expected unknown, got promoted"},
        {"{\"exit\": 0, \"webhook\": {\"delivered\": 0}}", "webhook.delivered",
         "expected 0, got 1"},
        {"{\"exit\": 0, \"webhook\": {\"event\": \"deployment.failed\"}}", "webhook.event",
         "expected deployment.failed, got deployment.success"},
        {"{\"exit\": 0, \"parity\": 0.75}", "parity", "expected 0.7500, got 1.0000"},
        {"{\"exit\": 0, \"parity\": null}", "parity", "expected null, got a score"},
        {"{\"exit\": 0, \"elapsed\": {\"max\": \"59s\"}}", "elapsed",
         "expected at most 59s, got 1m"},
        {"{\"exit\": 0, \"elapsed\": {\"min\": \"61s\"}}", "elapsed",
         "expected at least 1m1s, got 1m"},
        {"{\"exit\": 0, \"log\": [\"failure\"]}", "log", "expected 'failure', got none"},
        {"{\"exit\": 0, \"log\": [\"parity\", \"retry\"]}", "log",
         "expected 'retry' after 'parity', got none"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scn_findings findings = {0};

        compare(rows[i].text, &findings);

        cr_expect(findings.count == 1, "%s: %zu findings", rows[i].text, findings.count);
        if (findings.count > 0) {
            EXPECT_STR(findings.items[0].subject, rows[i].subject);
            EXPECT_STR(findings.items[0].text, rows[i].finding);
            EXPECT_INT(findings.items[0].result, SCN_FAIL);
        }
        scn_findings_finish(&findings);
    }
}

Test(expectation, compare_finds_nothing_where_all_holds)
{
    struct scn_findings findings = {0};

    compare("{\"exit\": 0, \"outcome\": \"promoted\", \"step\": \"\", \"target\": \"promoted\","
            " \"calls\": {\"promote\": 1, \"status\": {\"min\": 1, \"max\": 1}, \"others\": 3},"
            " \"applied\": {\"promote\": 1},"
            " \"audit\": {\"records\": 1, \"status\": \"success\", \"outcome\": \"promoted\"},"
            " \"webhook\": {\"delivered\": 1, \"event\": \"deployment.success\"},"
            " \"parity\": 1, \"elapsed\": {\"min\": \"60s\", \"max\": \"60s\"},"
            " \"log\": [\"step\", \"parity\"]}",
            &findings);

    EXPECT_INT(findings.count, 0);
    scn_findings_finish(&findings);
}

Test(expectation, compare_takes_an_empty_reason_for_none)
{
    struct forged world;
    forged_init_rolled_back(&world);
    const struct scn_expectation expectation = {.exit_code = 6, .reason = ""};
    struct scn_findings findings = {0};

    scn_expectation_compare(&expectation, &world.facts, &findings);

    EXPECT_INT(findings.count, 1);
    EXPECT_STR(findings.items[0].subject, "reason");
    EXPECT_CONTAINS(findings.items[0].text, "expected none, got 'the job failed");
    scn_findings_finish(&findings);
}

Test(expectation, compare_says_when_the_audit_file_is_broken)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.audit = "{\"status\":\"success\"}\nnonsense\n";
    const struct scn_expectation expectation = {0};
    struct scn_findings findings = {0};

    scn_expectation_compare(&expectation, &world.facts, &findings);

    EXPECT_INT(findings.count, 1);
    EXPECT_STR(findings.items[0].subject, "audit");
    EXPECT_CONTAINS(findings.items[0].text, "line 2");
    scn_findings_finish(&findings);
}

Test(expectation, compare_says_when_a_record_was_cut)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.audit = "{\"status\":\"success\"}";
    const struct scn_expectation expectation = {0};
    struct scn_findings findings = {0};

    scn_expectation_compare(&expectation, &world.facts, &findings);

    EXPECT_INT(findings.count, 1);
    EXPECT_CONTAINS(findings.items[0].text, "line 1 has no end");
    scn_findings_finish(&findings);
}

Test(expectation, compare_cannot_tell_the_content_of_no_environment)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.target.is_known = false;
    const struct scn_expectation expectation = {.target = SCN_TARGET_PROMOTED};
    struct scn_findings findings = {0};

    scn_expectation_compare(&expectation, &world.facts, &findings);

    EXPECT_INT(scn_findings_verdict(&findings), SCN_INCONCLUSIVE);
    scn_findings_finish(&findings);
}

Test(expectation, parse_says_where_and_what_is_wrong)
{
    const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"{}", "file:1:1: 'exit' is missing"},
        {"{\"exit\": 256}", "file:1:10: 'exit' must be a whole number from 0 to 255"},
        {"{\"exit\": \"0\"}", "file:1:10: 'exit' must be a whole number, not a string"},
        {"{\"exit\": 0, \"outcom\": \"unknown\"}", "did you mean 'outcome'?"},
        {"{\"exit\": 0, \"outcome\": \"promotd\"}", "did you mean 'promoted'?"},
        {"{\"exit\": 0,\n \"target\": \"same\"}", "file:2:12: 'target' must be one of"},
        {"{\"exit\": 0, \"calls\": {\"promot\": 1}}", "did you mean 'promote'?"},
        {"{\"exit\": 0, \"calls\": {\"promote\": -1}}", "from 0 to"},
        {"{\"exit\": 0, \"calls\": {\"promote\": 1.5}}", "whole number"},
        {"{\"exit\": 0, \"calls\": {\"promote\": \"1\"}}", "expected a whole number, or an object"},
        {"{\"exit\": 0, \"calls\": {\"promote\": {}}}", "expected 'min', 'max' or both"},
        {"{\"exit\": 0, \"calls\": {\"promote\": {\"least\": 1}}}", "unknown key 'least'"},
        {"{\"exit\": 0, \"calls\": {\"promote\": {\"min\": 2, \"max\": 1}}}",
         "'min' is more than 'max'"},
        {"{\"exit\": 0, \"calls\": []}", "'calls' must be an object"},
        {"{\"exit\": 0, \"audit\": {\"records\": true}}", "'records' must be a whole number"},
        {"{\"exit\": 0, \"audit\": {\"state\": \"failed\"}}", "unknown key 'state'"},
        {"{\"exit\": 0, \"webhook\": {\"delivered\": {\"min\": 1}}}", "'delivered' must be"},
        {"{\"exit\": 0, \"parity\": 1.5}", "from 0 to 1, or null"},
        {"{\"exit\": 0, \"parity\": \"all\"}", "from 0 to 1, or null"},
        {"{\"exit\": 0, \"elapsed\": {}}", "expected 'min', 'max' or both"},
        {"{\"exit\": 0, \"elapsed\": {\"max\": 5}}", "'max' must be a duration"},
        {"{\"exit\": 0, \"elapsed\": {\"min\": \"2s\", \"max\": \"1s\"}}",
         "'min' is more than 'max'"},
        {"{\"exit\": 0, \"log\": [1]}", "expected the name of an event"},
        {"{\"exit\": 0, \"log\": \"retry\"}", "'log' must be an array"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
        struct scn_expectation expectation = {0};
        struct cog_error error = {0};

        enum cog_code code = parse(rows[i].text, &document, &expectation, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "%s: %d", rows[i].text, (int)code);
        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}
