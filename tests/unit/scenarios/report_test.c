/* What the runner prints: TAP, JUnit, the summary, the trace. */
#include "forged.h"
#include "report/junit.h"
#include "report/tap.h"
#include "report/trace.h"
#include "run.h"
#include "session/summary.h"
#include "support/expect.h"

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
    const struct scn_entry entry = {
        .number = 2,
        .name = name,
        .file = "suite/a.jsonc",
        .replay = "cogdrill run 'suite/a.jsonc'",
        .verdict = run->verdict,
        .findings = &run->findings,
        .record = run->record,
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
    run.record = strdup("{\"exit\":6,\"expected\":{\"exit\":0}}");
    scn_findings_append(&run.findings, SCN_FAIL, "reason", "expected 'x'\nin it");

    write_tap(&paper, "it breaks", &run);

    EXPECT_STR(paper_read(&paper), "not ok 2 - it breaks\n"
                                   "  ---\n"
                                   "  file: 'suite/a.jsonc'\n"
                                   "  verdict: 'fail'\n"
                                   "  findings:\n"
                                   "    - 'reason: expected ''x'' in it'\n"
                                   "  ladder: |2\n"
                                   "    expected exit 0\n"
                                   "         got exit 6\n"
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
    EXPECT_LACKS(paper_read(&paper), "ladder:");
}

static const struct scn_findings nothing = {0};
static const struct scn_junit_origin origin = {.seed = 7, .tool_version = "1.2"};

Test(report, tap_and_junit_tell_what_was_not_run)
{
    COG_CLEANUP(paper_finish) struct paper tap = {0};
    COG_CLEANUP(paper_finish) struct paper junit = {0};
    const struct scn_entry skipped = {.name = "a", .file = "a.jsonc", .skip_reason = "--fail-fast"};
    paper_open(&tap);
    paper_open(&junit);

    scn_tap_write_skip(tap.stream, 3, "a # b", "--fail-fast");
    scn_junit_write(junit.stream, &origin, &skipped, 1);

    EXPECT_STR(paper_read(&tap), "ok 3 - a \\# b # SKIP not run: --fail-fast\n");
    EXPECT_CONTAINS(paper_read(&junit), "tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\"");
    EXPECT_CONTAINS(paper_read(&junit), "      <skipped message=\"--fail-fast\"/>\n");
}

Test(report, junit_counts_and_escapes)
{
    COG_CLEANUP(paper_finish) struct paper paper = {0};
    paper_open(&paper);
    COG_CLEANUP(scn_findings_finish) struct scn_findings failure = {0};
    COG_CLEANUP(scn_findings_finish) struct scn_findings stall = {0};
    scn_findings_append(&failure, SCN_FAIL, "exit", "<6> & \"7\" \x01 \xff \xc3\xa9");
    scn_findings_append(&stall, SCN_INCONCLUSIVE, "run", "stalled");
    const struct scn_entry entries[] = {
        {.name = "good", .file = "a.jsonc", .time_ms = 1234, .findings = &nothing},
        {.name = "a < b",
         .file = "b.jsonc",
         .time_ms = 6,
         .verdict = SCN_FAIL,
         .findings = &failure,
         .replay = "cogdrill run 'b.jsonc'"},
        {.name = "open",
         .file = "c.jsonc",
         .verdict = SCN_INCONCLUSIVE,
         .findings = &stall,
         .replay = ""},
    };

    scn_junit_write(paper.stream, &origin, entries, 3);

    const char *text = paper_read(&paper);
    EXPECT_CONTAINS(
        text, "<testsuites name=\"cogdrill\" tests=\"3\" failures=\"1\" errors=\"1\" skipped=\"0\""
              " time=\"1.240\">");
    EXPECT_CONTAINS(text, "<testcase name=\"good\" classname=\"a.jsonc\" time=\"1.234\"/>");
    EXPECT_CONTAINS(text, "name=\"a &lt; b\"");
    EXPECT_CONTAINS(text, "message=\"&lt;6&gt; &amp; &quot;7&quot; ? ? \xc3\xa9\" type=\"fail\"");
    EXPECT_CONTAINS(text, "<error message=\"stalled\" type=\"inconclusive\">run: stalled&#10;");
    EXPECT_CONTAINS(text, "replay: cogdrill run 'b.jsonc'\n</system-out>");
}

Test(report, junit_has_a_suite_for_each_folder_with_its_origin)
{
    COG_CLEANUP(paper_finish) struct paper paper = {0};
    paper_open(&paper);
    const struct scn_entry entries[] = {
        {.name = "one", .file = "s/a/1.jsonc", .time_ms = 1, .findings = &nothing},
        {.name = "two", .file = "s/a/b/2.jsonc", .time_ms = 20, .findings = &nothing},
        {.name = "three", .file = "s/a/c.jsonc", .time_ms = 300, .findings = &nothing},
    };

    scn_junit_write(paper.stream, &origin, entries, 3);

    const char *text = paper_read(&paper);
    const char *first = strstr(text, "<testsuite name=\"s/a\" tests=\"2\" failures=\"0\""
                                     " errors=\"0\" skipped=\"0\" time=\"0.301\">");
    const char *second = strstr(text, "<testsuite name=\"s/a/b\" tests=\"1\"");
    cr_assert(first != NULL && second != NULL, "%s", text);
    cr_expect(strstr(first, "\"three\"") < second);
    EXPECT_CONTAINS(first, "<property name=\"seed\" value=\"7\"/>");
    EXPECT_CONTAINS(first, "<property name=\"version\" value=\"1.2\"/>");
}

Test(report, junit_writes_nothing_that_xml_cannot_hold)
{
    COG_CLEANUP(paper_finish) struct paper paper = {0};
    paper_open(&paper);
    const struct scn_entry entry = {
        .name = "\xef\xbf\xbf \xed\xa0\x80 \xe0\x80\x80 \xf4\x90\x80\x80 \xef\xbf\xbd",
        .file = "a.jsonc",
        .findings = &nothing,
    };

    scn_junit_write(paper.stream, &origin, &entry, 1);

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

Test(report, transports_that_differ_show_the_line_of_both)
{
    struct scn_findings findings = {0};

    scn_trace_compare_transports("one\ntwo\n", "one\ntwo\n", &findings);
    EXPECT_INT(findings.count, 0);
    scn_trace_compare_transports("one\ntwo\n", "one\ntwice\n", &findings);

    EXPECT_INT(findings.count, 1);
    EXPECT_STR(findings.items[0].subject, "transport");
    EXPECT_STR(findings.items[0].text,
               "line 2 of the trace is 'two' in memory, 'twice' on the wire");
    EXPECT_INT(findings.items[0].result, SCN_FAIL);
    scn_findings_finish(&findings);
}

Test(report, equal_traces_differ_nowhere)
{
    struct scn_findings findings = {0};

    scn_trace_compare("one\ntwo\n", "one\ntwo\n", 2, &findings);

    EXPECT_INT(findings.count, 0);
    scn_findings_finish(&findings);
}
