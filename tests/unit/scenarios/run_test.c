/* The verdict, and whole runs: the real client against the fake. */
#include "run.h"

#include "forged.h"
#include "support/expect.h"

TestSuite(run, .timeout = 20.0);

static void run_text(const char *text, int repeat_count, struct scn_run *run)
{
    struct cog_document document = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("file", text, strlen(text), &document, &error), COG_OK, error);
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    ASSERT_CODE(scn_scenario_take(&document, &scenario, &error), COG_OK, error);
    const struct scn_run_options options = {.seed = 1, .repeat_count = repeat_count};
    scn_run(&scenario, &options, run);
}

Test(run, passes_when_everything_holds)
{
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_text("{\"name\": \"a\", \"expect\": {\"exit\": 0, \"target\": \"promoted\"}}", 1, &run);

    EXPECT_INT(run.verdict, SCN_PASS);
    EXPECT_INT(run.findings.count, 0);
    EXPECT_INT(run.virtual_ms, 60000);
    cr_assert(run.trace != NULL);
    EXPECT_CONTAINS(run.trace, "promote#1/a1 /deployments/promote -> 202");
}

Test(run, fails_when_an_expectation_does_not_hold)
{
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_text("{\"name\": \"a\", \"expect\": {\"exit\": 6}}", 1, &run);

    EXPECT_INT(run.verdict, SCN_FAIL);
    EXPECT_INT(run.findings.count, 1);
    EXPECT_STR(run.findings.items[0].subject, "exit");
}

Test(run, fails_when_a_fault_never_struck)
{
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_text("{\"name\": \"a\", \"faults\": [{\"call\": \"promote\", \"attempts\": [3],"
             " \"inject\": {\"status\": 429}}], \"expect\": {\"exit\": 0}}",
             1, &run);

    EXPECT_INT(run.verdict, SCN_FAIL);
    EXPECT_INT(run.findings.count, 1);
    EXPECT_STR(run.findings.items[0].text,
               "fault 'promote attempt 3: status 429, not applied' never struck");
}

Test(run, repeats_leave_the_same_trace)
{
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_text("{\"name\": \"a\", \"faults\": [{\"call\": \"sessions\", \"attempts\": [1],"
             " \"inject\": \"reset_after_headers\"}], \"expect\": {\"exit\": 0}}",
             3, &run);

    EXPECT_INT(run.verdict, SCN_PASS);
    cr_expect(run.virtual_ms >= 180000);
}

Test(run, sends_a_signal_at_its_time_and_remembers_which)
{
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_text("{\"name\": \"a\", \"client\": {\"events\": [{\"at\": \"23s\","
             " \"signal\": \"SIGTERM\"}]}, \"expect\": {\"exit\": 143}}",
             2, &run);

    EXPECT_INT(run.findings.count, 0);
    EXPECT_INT(run.virtual_ms, 2 * 23000);
    EXPECT_CONTAINS(run.trace, "the client got SIGTERM");
}

Test(run, fails_when_a_signal_never_came)
{
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_text("{\"name\": \"a\", \"client\": {\"events\": [{\"at\": \"90s\","
             " \"signal\": \"SIGINT\"}]}, \"expect\": {\"exit\": 0}}",
             1, &run);

    EXPECT_INT(run.verdict, SCN_FAIL);
    EXPECT_INT(run.findings.count, 1);
    EXPECT_STR(run.findings.items[0].text, "the run ended before SIGINT at 1m30s");
}

Test(run, fails_when_a_kill_never_came)
{
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_text("{\"name\": \"a\", \"client\": {\"kills\": [{\"after_journal_write\": 8},"
             " {\"after_request\": 999}]}, \"expect\": {\"exit\": 0}}",
             1, &run);

    EXPECT_INT(run.verdict, SCN_FAIL);
    EXPECT_INT(run.findings.count, 1);
    EXPECT_STR(run.findings.items[0].text, "the run ended before the last 1 of them");
}

Test(run, judges_nothing_when_the_exchange_stalled)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.stop = "the exchange stalled";
    world.facts.deployment_count = 2;
    const struct scn_expectation expectation = {.exit_code = 6};
    struct scn_findings findings = {0};

    scn_judge(&expectation, &world.facts, &findings);

    EXPECT_INT(findings.count, 1);
    EXPECT_INT(scn_findings_verdict(&findings), SCN_INCONCLUSIVE);
    EXPECT_STR(findings.items[0].text, "the exchange stalled");
    scn_findings_finish(&findings);
}

Test(run, judges_nothing_when_requests_were_not_kept)
{
    struct forged world;
    forged_init_promoted(&world);
    world.facts.dropped_exchange_count = 7;
    const struct scn_expectation expectation = {.exit_code = 0};
    struct scn_findings findings = {0};

    scn_judge(&expectation, &world.facts, &findings);

    EXPECT_INT(findings.count, 1);
    EXPECT_INT(scn_findings_verdict(&findings), SCN_INCONCLUSIVE);
    EXPECT_STR(findings.items[0].text, "7 requests were not kept");
    scn_findings_finish(&findings);
}

Test(run, verdict_of_a_failure_outweighs_what_is_inconclusive)
{
    struct scn_findings findings = {0};
    scn_findings_append(&findings, SCN_INCONCLUSIVE, "I9", "open");
    scn_findings_append(&findings, SCN_FAIL, "I1", "broken");

    EXPECT_INT(scn_findings_verdict(&findings), SCN_FAIL);
    scn_findings_finish(&findings);
}

Test(run, verdict_without_memory_is_inconclusive)
{
    const struct scn_findings findings = {.failed = true};

    EXPECT_INT(scn_findings_verdict(&findings), SCN_INCONCLUSIVE);
}
