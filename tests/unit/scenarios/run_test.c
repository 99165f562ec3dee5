/* The verdict, and whole runs: the real client against the fake. */
#include "run.h"

#include "forged.h"
#include "support/expect.h"

#include <stdio.h>

TestSuite(run, .timeout = 20.0);

static void run_with(const char *text, struct scn_run_options options, struct scn_run *run)
{
    struct cog_document document = {0};
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("file", text, strlen(text), &document, &error), COG_OK, error);
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    ASSERT_CODE(scn_scenario_take(&document, &scenario, &error), COG_OK, error);
    scn_run(&scenario, &options, run);
}

static void run_text(const char *text, int repeat_count, struct scn_run *run)
{
    const struct scn_run_options options = {
        .seed = 1,
        .repeat_count = repeat_count,
        .wants_trace = true,
    };
    run_with(text, options, run);
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

Test(run, uses_the_seed_of_its_scenario_whatever_it_is_asked_for)
{
    static const char text[] = "{\"name\": \"a\", \"seed\": 5, \"expect\": {\"exit\": 0}}";
    const uint64_t seeds[] = {1, 5};
    struct scn_run runs[2] = {{0}, {0}};
    for (size_t i = 0; i < 2; i++) {
        const struct scn_run_options options = {
            .seed = seeds[i], .repeat_count = 1, .wants_trace = true};
        run_with(text, options, &runs[i]);
    }

    EXPECT_STR(runs[0].trace, runs[1].trace);
    EXPECT_CONTAINS(runs[0].trace, "promote#1/a1");
    scn_run_finish(&runs[0]);
    scn_run_finish(&runs[1]);
}

Test(run, leaves_no_trace_that_nobody_wants)
{
    const struct scn_run_options options = {.seed = 1, .repeat_count = 1};
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_with("{\"name\": \"a\", \"expect\": {\"exit\": 0}}", options, &run);

    EXPECT_INT(run.verdict, SCN_PASS);
    cr_expect(run.trace == NULL);
}

Test(run, fails_when_an_inject_struck_nothing)
{
    static const struct {
        const char *inject;
        const char *finding;
    } rows[] = {
        {"{\"name\": \"late\", \"at\": \"1h\"}", "inject 'late' never struck"},
        {"{\"name\": \"early\", \"at\": \"0s\", \"job\": {\"hold\": true}}",
         "inject 'early' could do nothing: no job ran at that moment"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[256];
        COG_CLEANUP(scn_run_finish) struct scn_run run = {0};
        (void)snprintf(text, sizeof text,
                       "{\"name\": \"a\", \"injects\": [%s], \"expect\": {\"exit\": 0}}",
                       rows[i].inject);

        run_text(text, 1, &run);

        EXPECT_INT(run.verdict, SCN_FAIL);
        cr_assert(run.findings.count == 1);
        EXPECT_STR(run.findings.items[0].text, rows[i].finding);
        EXPECT_CONTAINS(run.record, "\"at\":-1");
    }
}

Test(run, tells_in_its_record_when_an_inject_struck)
{
    const struct scn_run_options options = {.seed = 1, .repeat_count = 1, .wants_record = true};
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_with("{\"name\": \"a\", \"injects\": [{\"name\": \"call\", \"text\": \"a call\", \"at\": "
             "\"20s\"}], \"expect\": {\"exit\": 0}}",
             options, &run);

    EXPECT_CONTAINS(run.record,
                    "\"injects\":[{\"name\":\"call\",\"text\":\"a call\",\"at\":20000}]");
}

Test(run, fails_when_an_expectation_does_not_hold)
{
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_text("{\"name\": \"a\", \"expect\": {\"exit\": 6}}", 1, &run);

    EXPECT_INT(run.verdict, SCN_FAIL);
    EXPECT_INT(run.findings.count, 1);
    EXPECT_STR(run.findings.items[0].subject, "exit");
}

Test(run, ends_a_client_that_would_ask_for_ever)
{
    static const char text[] =
        "{\"name\": \"a\", \"server\": {\"job\": {\"timeline\": [{\"at\": \"0s\", \"progress\": "
        "0}]}},"
        " \"client\": {\"options\": {\"poll_interval\": \"1ms\"}}, \"expect\": {\"exit\": 8}}";
    const struct scn_run_options options = {
        .seed = 1,
        .repeat_count = 1,
        .transport = SCN_TRANSPORT_MEMORY,
    };
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_with(text, options, &run);

    EXPECT_INT(run.verdict, SCN_FAIL);
    cr_assert(run.record != NULL);
    EXPECT_CONTAINS(run.record, "'status' is the client's request 3001");
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

Test(run, on_both_transports_takes_the_time_twice_and_leaves_the_same_trace)
{
    static const char text[] = "{\"name\": \"a\", \"expect\": {\"exit\": 0}}";
    COG_CLEANUP(scn_run_finish) struct scn_run by_calls = {0};
    COG_CLEANUP(scn_run_finish) struct scn_run by_both = {0};
    struct scn_run_options options = {
        .seed = 1,
        .repeat_count = 1,
        .wants_trace = true,
        .transport = SCN_TRANSPORT_MEMORY,
    };

    run_with(text, options, &by_calls);
    options.transport = SCN_TRANSPORT_BOTH;
    run_with(text, options, &by_both);

    EXPECT_INT(by_both.verdict, SCN_PASS);
    EXPECT_STR(by_both.trace, by_calls.trace);
    EXPECT_INT(by_both.virtual_ms, 2 * by_calls.virtual_ms);
}

Test(run, what_needs_sockets_has_them_and_is_not_run_again_in_memory)
{
    static const char text[] = "{\"name\": \"a\", \"transport\": \"wire\", \"transport_reason\":"
                               " \"a test of that\", \"expect\": {\"exit\": 0}}";
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};
    const struct scn_run_options options = {
        .seed = 1,
        .repeat_count = 1,
        .transport = SCN_TRANSPORT_BOTH,
    };

    run_with(text, options, &run);

    EXPECT_INT(run.verdict, SCN_PASS);
    EXPECT_INT(run.virtual_ms, 60000);
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

    scn_judge(&expectation, &world.facts, &findings, NULL);

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

    scn_judge(&expectation, &world.facts, &findings, NULL);

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

Test(run, leaves_a_record_when_it_fails_or_when_one_is_wanted)
{
    COG_CLEANUP(scn_run_finish) struct scn_run pass = {0};
    COG_CLEANUP(scn_run_finish) struct scn_run failure = {0};

    run_text("{\"name\": \"a\", \"expect\": {\"exit\": 0}}", 1, &pass);
    run_text("{\"name\": \"a\", \"expect\": {\"exit\": 6}}", 1, &failure);

    cr_expect(pass.record == NULL);
    cr_assert(failure.record != NULL);
    EXPECT_CONTAINS(failure.record, "\"result\":\"fail\"");
}

Test(run, tells_which_cells_it_reached_when_asked)
{
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};
    static const char *const names[] = {
        "fault/status_502_applied/promote",
        "fault/delay/promote",
        "fault/retry_after_seconds/health",
        "retry/acting/502/stopped_acting/applied",
        "retry/get/503_retry_after/repeated",
        "transition/promote/ambiguous/settle",
        "transition/settle/passed/follow",
        "state/verify",
        "exit/0",
        "invariant/I1",
    };
    const struct scn_run_options options = {.seed = 1, .repeat_count = 1, .wants_cells = true};

    run_with("{\"name\": \"a\", \"faults\": ["
             "{\"call\": \"promote\", \"inject\": {\"status\": 502, \"applied\": true,"
             " \"delay\": \"1s\"}},"
             "{\"call\": \"health\", \"nth\": 1, \"attempts\": [1], \"inject\":"
             " {\"status\": 503, \"retry_after\": \"2s\"}}],"
             " \"expect\": {\"exit\": 0}}",
             options, &run);

    EXPECT_INT(run.verdict, SCN_PASS);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        cr_expect(scn_cells_has(&run.cells, names[i]), "%s", names[i]);
    }
    cr_expect(!scn_cells_has(&run.cells, "fault/status_502/promote"));
}

Test(run, has_no_cells_unless_asked)
{
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_text("{\"name\": \"a\", \"expect\": {\"exit\": 0}}", 1, &run);

    EXPECT_INT(run.cells.count, 0);
}

Test(run, tells_a_kill_and_a_connection_that_was_reset)
{
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};
    const struct scn_run_options options = {.seed = 1, .repeat_count = 1, .wants_cells = true};

    run_with("{\"name\": \"a\", \"faults\": [{\"connections\": 1, \"inject\":"
             " \"reset_on_accept\"}], \"client\": {\"kills\": [{\"after_journal\":"
             " \"result promote\", \"moved\": true}]}, \"expect\": {\"exit\": 0}}",
             options, &run);

    cr_expect(scn_cells_has(&run.cells, "fault/reset_on_accept/connect"));
    cr_expect(scn_cells_has(&run.cells, "client/sigkill_after_journal"));
    cr_expect(scn_cells_has(&run.cells, "client/moved"));
    cr_expect(!scn_cells_has(&run.cells, "client/sigkill_in_journal"));
}

static const char two_operators[] =
    "{\"name\": \"a\", \"client\": {\"second\": {\"machine\": \"same\"}},"
    " \"expect\": {\"exit\": 0, \"calls\": {\"promote\": 1, \"token\": 1},"
    " \"audit\": {\"records\": 1}, \"second\": {\"exit\": 9}}}";

Test(run, of_two_operators_judges_each_by_its_own)
{
    const struct scn_run_options options = {
        .seed = 1,
        .repeat_count = 2,
        .transport = SCN_TRANSPORT_BOTH,
        .wants_trace = true,
        .wants_record = true,
    };
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_with(two_operators, options, &run);

    EXPECT_INT(run.verdict, SCN_PASS);
    EXPECT_CONTAINS(run.trace, "== the second operator");
    EXPECT_CONTAINS(run.trace, "exit 9 locked");
    EXPECT_CONTAINS(run.record, "\"second\":{\"exit\":9,\"outcome\":\"locked\"");
    cr_expect(run.choice_count > 10, "%d choices", run.choice_count);
}

Test(run, of_two_operators_says_which_one_is_not_as_expected)
{
    const struct scn_run_options options = {
        .seed = 1,
        .repeat_count = 1,
        .transport = SCN_TRANSPORT_MEMORY,
    };
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_with("{\"name\": \"a\", \"client\": {\"second\": {\"machine\": \"other\"}},"
             " \"expect\": {\"exit\": 0, \"second\": {\"exit\": 0}}}",
             options, &run);

    EXPECT_INT(run.verdict, SCN_FAIL);
    cr_assert(run.findings.count == 1);
    EXPECT_STR(run.findings.items[0].subject, "second operator: exit");
    EXPECT_CONTAINS(run.findings.items[0].text, "expected 0, got 5");
}

Test(run, of_two_operators_is_skipped_over_sockets)
{
    const struct scn_run_options options = {
        .seed = 1,
        .repeat_count = 1,
        .transport = SCN_TRANSPORT_WIRE,
    };
    COG_CLEANUP(scn_run_finish) struct scn_run run = {0};

    run_with(two_operators, options, &run);

    EXPECT_INT(run.verdict, SCN_PASS);
    cr_assert(run.skip != NULL);
    EXPECT_STR(run.skip, "two operators cannot share a wire");
}
