/* What the runner prints: TAP, JUnit, the summary, the trace. */
#include "forged.h"
#include "junit.h"
#include "program/summary.h"
#include "support/expect.h"
#include "tap.h"
#include "trace.h"

#include <stdio.h>
#include <stdlib.h>

TestSuite(report, .timeout = 5.0);

/* A memory stream and what was written into it. */
struct paper {
    FILE *stream;
    char *text;
    size_t size;
};

static void paper_open(struct paper *paper)
{
    paper->stream = open_memstream(&paper->text, &paper->size);
    cr_assert(paper->stream != NULL);
}

static const char *paper_read(struct paper *paper)
{
    (void)fflush(paper->stream);
    return paper->text;
}

static void paper_finish(struct paper *paper)
{
    (void)fclose(paper->stream);
    free(paper->text);
}

static void write_tap(struct paper *paper, const char *name, const struct scn_run *run)
{
    const struct scn_tap_entry entry = {
        .number = 2,
        .name = name,
        .file = "suite/a.jsonc",
        .replay = "cogdrill run 'suite/a.jsonc'",
        .run = run,
    };
    scn_tap_write_entry(paper->stream, &entry);
}

Test(report, tap_begins_with_its_version_and_the_plan)
{
    COG_CLEANUP(paper_finish) struct paper paper = {0};
    paper_open(&paper);

    scn_tap_write_plan(paper.stream, 36);

    EXPECT_STR(paper_read(&paper), "TAP version 14\n1..36\n");
}

Test(report, tap_of_a_pass_is_one_line)
{
    COG_CLEANUP(paper_finish) struct paper paper = {0};
    paper_open(&paper);
    const struct scn_run run = {.verdict = SCN_PASS};

    write_tap(&paper, "all is well", &run);

    EXPECT_STR(paper_read(&paper), "ok 2 - all is well\n");
}

Test(report, tap_escapes_what_would_begin_a_directive)
{
    COG_CLEANUP(paper_finish) struct paper paper = {0};
    paper_open(&paper);
    const struct scn_run run = {.verdict = SCN_PASS};

    write_tap(&paper, "50 % # SKIP \\", &run);

    EXPECT_STR(paper_read(&paper), "ok 2 - 50 % \\# SKIP \\\\\n");
}

Test(report, tap_of_a_failure_says_what_differed_and_how_to_replay_it)
{
    COG_CLEANUP(paper_finish) struct paper paper = {0};
    paper_open(&paper);
    COG_CLEANUP(scn_run_finish) struct scn_run run = {.verdict = SCN_FAIL};
    run.trace = strdup("line one\nline two\n");
    scn_findings_append(&run.findings, SCN_FAIL, "reason", "expected 'x'\nin it");

    write_tap(&paper, "it breaks", &run);

    EXPECT_STR(paper_read(&paper), "not ok 2 - it breaks\n"
                                   "  ---\n"
                                   "  file: 'suite/a.jsonc'\n"
                                   "  verdict: 'fail'\n"
                                   "  findings:\n"
                                   "    - 'reason: expected ''x'' in it'\n"
                                   "  trace: |2\n"
                                   "    line one\n"
                                   "    line two\n"
                                   "  replay: |\n"
                                   "    cogdrill run 'suite/a.jsonc'\n"
                                   "  ...\n");
}

Test(report, tap_of_an_inconclusive_run_is_not_ok_and_says_why)
{
    COG_CLEANUP(paper_finish) struct paper paper = {0};
    paper_open(&paper);
    COG_CLEANUP(scn_run_finish) struct scn_run run = {.verdict = SCN_INCONCLUSIVE};
    scn_findings_append(&run.findings, SCN_INCONCLUSIVE, "run", "the exchange stalled");

    write_tap(&paper, "it hangs", &run);

    EXPECT_CONTAINS(paper_read(&paper),
                    "not ok 2 - it hangs # inconclusive: the exchange stalled\n");
    EXPECT_LACKS(paper_read(&paper), "trace:");
}

Test(report, tap_leaves_the_details_to_the_trace_file)
{
    COG_CLEANUP(paper_finish) struct paper paper = {0};
    paper_open(&paper);
    COG_CLEANUP(scn_run_finish) struct scn_run run = {.verdict = SCN_FAIL};
    run.trace = strdup("0s a -> 200\n0s   debug request call=a\n0s   info step name=b\n");

    write_tap(&paper, "it breaks", &run);

    EXPECT_CONTAINS(paper_read(&paper), "    0s a -> 200\n    0s   info step name=b\n");
}

Test(report, tap_cuts_a_long_trace)
{
    COG_CLEANUP(paper_finish) struct paper paper = {0};
    paper_open(&paper);
    COG_CLEANUP(scn_run_finish) struct scn_run run = {.verdict = SCN_FAIL};
    run.trace = strdup("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n"
                       "21\n22\n23\n24\n25\n26\n27\n28\n29\n30\n31\n32\n33\n34\n35\n36\n37\n38\n"
                       "39\n40\n41\n42\n");

    write_tap(&paper, "long", &run);

    EXPECT_CONTAINS(paper_read(&paper), "    40\n    (cut");
    EXPECT_LACKS(paper_read(&paper), "    41\n");
}

Test(report, junit_counts_and_escapes)
{
    COG_CLEANUP(paper_finish) struct paper paper = {0};
    paper_open(&paper);
    COG_CLEANUP(scn_run_finish) struct scn_run failure = {.verdict = SCN_FAIL};
    COG_CLEANUP(scn_run_finish) struct scn_run stall = {.verdict = SCN_INCONCLUSIVE};
    scn_findings_append(&failure.findings, SCN_FAIL, "exit", "<6> & \"7\" \x01 \xff \xc3\xa9");
    scn_findings_append(&stall.findings, SCN_INCONCLUSIVE, "run", "stalled");
    const struct scn_run pass = {.verdict = SCN_PASS};
    const struct scn_junit_case cases[] = {
        {.name = "good", .file = "a.jsonc", .real_ms = 1234, .run = &pass},
        {.name = "a < b", .file = "b.jsonc", .real_ms = 6, .run = &failure},
        {.name = "open", .file = "c.jsonc", .run = &stall},
    };

    scn_junit_write(paper.stream, cases, 3);

    const char *text = paper_read(&paper);
    EXPECT_CONTAINS(text, "<testsuite name=\"cogdrill\" tests=\"3\" failures=\"1\" errors=\"1\""
                          " time=\"1.240\">");
    EXPECT_CONTAINS(text, "<testcase name=\"good\" classname=\"a.jsonc\" time=\"1.234\"/>");
    EXPECT_CONTAINS(text, "name=\"a &lt; b\"");
    EXPECT_CONTAINS(text, "message=\"&lt;6&gt; &amp; &quot;7&quot; ? ? \xc3\xa9\" type=\"fail\"");
    EXPECT_CONTAINS(text, "<error message=\"stalled\" type=\"inconclusive\">run: stalled&#10;");
}

Test(report, junit_writes_nothing_that_xml_cannot_hold)
{
    COG_CLEANUP(paper_finish) struct paper paper = {0};
    paper_open(&paper);
    const struct scn_run pass = {.verdict = SCN_PASS};
    const struct scn_junit_case junit_case = {
        .name = "\xef\xbf\xbf \xed\xa0\x80 \xe0\x80\x80 \xf4\x90\x80\x80 \xef\xbf\xbd",
        .file = "a.jsonc",
        .run = &pass,
    };

    scn_junit_write(paper.stream, &junit_case, 1);

    EXPECT_CONTAINS(paper_read(&paper), "name=\"??? ??? ??? ???? \xef\xbf\xbd\"");
}

Test(report, summary_counts_and_compares_the_times)
{
    char buffer[SCN_SUMMARY_SIZE];
    const struct scn_summary summary = {
        .counts = {36, 1, 2},
        .virtual_ms = 33120456,
        .real_ms = 410,
    };

    EXPECT_STR(scn_summary_format(&summary, buffer),
               "36 passed, 1 failed, 2 inconclusive; 9h12m of virtual time in 0.41 s: 80,000 times "
               "faster");
}

Test(report, summary_of_an_instant_divides_by_no_zero)
{
    char buffer[SCN_SUMMARY_SIZE];
    const struct scn_summary summary = {.counts = {1, 0, 0}, .virtual_ms = 500};

    EXPECT_STR(scn_summary_format(&summary, buffer),
               "1 passed, 0 failed, 0 inconclusive; 500ms of virtual time in 0.00 s: 500 times "
               "faster");
}

Test(report, trace_holds_requests_and_events_in_their_order)
{
    struct forged world;
    forged_init_rejected(&world);
    struct scn_event events[] = {
        {.at_ms = 0, .exchange_count = 1, .name = "token", .fields = "kind=new"},
        {.at_ms = 1500, .exchange_count = 2, .name = "failure", .fields = ""},
    };
    world.facts.events = events;
    world.facts.event_count = 2;

    char *trace = scn_trace_format(&world.facts);

    cr_assert(trace != NULL);
    const char *token = strstr(trace, "token#1/a1 /somewhere -> 200");
    const char *event = strstr(trace, "debug token kind=new\n");
    const char *promote = strstr(trace, "promote#1/a1 /somewhere -> 422 id=promote key=key-1");
    const char *failure = strstr(trace, "     1.500s   debug failure\n");
    cr_expect(token != NULL && event > token && promote > event && failure > promote, "%s", trace);
    EXPECT_CONTAINS(trace, "exit 5 rejected, target untouched; promote: promote: 422\n");
    free(trace);
}

Test(report, trace_has_no_port_in_it)
{
    struct forged world;
    forged_init_rejected(&world);
    world.outputs[0].text = "cannot reach http://127.0.0.1:1/api/v1";

    char *trace = scn_trace_format(&world.facts);

    cr_assert(trace != NULL);
    EXPECT_CONTAINS(trace, "http://HOST/api/v1");
    EXPECT_LACKS(trace, "127.0.0.1:1");
    free(trace);
}

Test(report, traces_that_differ_say_where)
{
    struct scn_findings findings = {0};

    scn_trace_compare("one\ntwo\nthree\n", "one\ntwice\nthree\n", 3, &findings);

    EXPECT_INT(findings.count, 1);
    EXPECT_STR(findings.items[0].text,
               "run 3 differs in line 2 of the trace: 'twice', first 'two'");
    EXPECT_INT(findings.items[0].result, SCN_FAIL);
    scn_findings_finish(&findings);
}

Test(report, a_trace_that_ends_early_differs)
{
    struct scn_findings findings = {0};

    scn_trace_compare("one\ntwo\n", "one\n", 2, &findings);

    EXPECT_INT(findings.count, 1);
    EXPECT_STR(findings.items[0].text, "run 2 differs in line 2 of the trace: '', first 'two'");
    scn_findings_finish(&findings);
}

Test(report, equal_traces_differ_nowhere)
{
    struct scn_findings findings = {0};

    scn_trace_compare("one\ntwo\n", "one\ntwo\n", 2, &findings);

    EXPECT_INT(findings.count, 0);
    scn_findings_finish(&findings);
}
