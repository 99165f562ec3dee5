/* The map of all cells, and the file of what is not applicable. */
#include "coverage/map.h"
#include "coverage/pattern.h"

#include "support/expect.h"

TestSuite(pattern, .timeout = 5.0);
TestSuite(exceptions, .timeout = 5.0);
TestSuite(map, .timeout = 5.0);

Test(pattern, matches_whole_names_part_by_part)
{
    static const struct {
        const char *pattern;
        const char *name;
        bool expected;
    } rows[] = {
        {"exit/6", "exit/6", true},
        {"exit/6", "exit/66", false},
        {"exit/66", "exit/6", false},
        {"fault/*/health", "fault/nan/health", true},
        {"fault/*/health", "fault/nan/status", false},
        {"fault/*", "fault/nan/health", false},
        {"fault/*/*", "fault/nan/health", true},
        {"fault/reset_*_body/*", "fault/reset_mid_body/token", true},
        {"fault/reset_*_body/*", "fault/reset_mid/token", false},
        {"fault/nan/{health,status}", "fault/nan/status", true},
        {"fault/nan/{health,status}", "fault/nan/stat", false},
        {"fault/{nan,nulls}/{health,status}", "fault/nulls/health", true},
        {"fault/{nan,nulls}/{health,status}", "fault/nul/health", false},
        {"fault/status_{4*,500}_applied/promote", "fault/status_404_applied/promote", true},
        {"fault/status_{4*,500}_applied/promote", "fault/status_502_applied/promote", false},
        {"fault/{,x}nan/health", "fault/nan/health", true},
        {"*/6", "exit/6", true},
        {"", "", true},
        {"", "a", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_expect(scn_pattern_matches(rows[i].pattern, rows[i].name) == rows[i].expected,
                  "'%s' and '%s'", rows[i].pattern, rows[i].name);
    }
}

static enum cog_code take(const char *text, struct scn_exceptions *out_exceptions,
                          struct cog_error *error)
{
    struct cog_document document = {0};
    const enum cog_code code =
        cog_document_parse("coverage.jsonc", text, strlen(text), &document, error);
    return code == COG_OK ? scn_exceptions_take(&document, out_exceptions, error) : code;
}

Test(exceptions, that_are_wrong_say_where_and_what_was_expected)
{
    static const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"{}", "coverage.jsonc:1:1: "},
        {"{\"not_applicable\": {}}", "coverage.jsonc:1:20: "},
        {"{\"not_applicable\": [\n{\"cells\": [\"a\"]}]}", "coverage.jsonc:2:1: "},
        {"{\"not_applicable\": [\n {\"cells\": [\"a\"], \"reason\": \"none\"}]}",
         "coverage.jsonc:2:29: expected a reason that somebody can review"},
        {"{\"not_applicable\": [{\"reason\": \"nobody can do that\"}]}", "cells"},
        {"{\"not_applicable\": [{\"cells\": [], \"reason\": \"nobody can do that\"}]}",
         "expected at least one pattern"},
        {"{\"not_applicable\": [{\"cells\": [7], \"reason\": \"nobody can do that\"}]}",
         "expected a pattern of cells"},
        {"{\"not_applicable\": [{\"cells\": [\"{a\"], \"reason\": \"nobody can do that\"}]}",
         "expected a '}' behind the '{' in the pattern '{a'"},
        {"{\"not_applicable\": [{\"cells\": [\"a}\"], \"reason\": \"nobody can do that\"}]}",
         "expected a '{' before the '}'"},
        {"{\"not_applicable\": [{\"cells\": [\"{a,{b}}\"], \"reason\": \"nobody can do\"}]}",
         "one pair of braces"},
        {"{\"not_applicable\": [{\"cell\": [\"a\"], \"reason\": \"nobody can do that\"}]}",
         "'cells'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(scn_exceptions_finish) struct scn_exceptions exceptions = {0};
        struct cog_error error = {0};
        ASSERT_CODE(take(rows[i].text, &exceptions, &error), COG_ERROR_SYNTAX, error);
        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}

/* A map of which `name` was run by two scenarios, with exceptions. */
struct chart {
    struct scn_map map;
    struct scn_exceptions exceptions;
    struct scn_findings findings;
};

static void chart_finish(struct chart *chart)
{
    scn_map_finish(&chart->map);
    scn_exceptions_finish(&chart->exceptions);
    scn_findings_finish(&chart->findings);
}

static void chart_init(struct chart *chart, const char *name, const char *exceptions)
{
    struct cog_error error = {0};
    COG_CLEANUP(scn_cells_finish) struct scn_cells cells = {0};
    *chart = (struct chart){0};
    ASSERT_CODE(scn_map_init(&chart->map, &error), COG_OK, error);
    ASSERT_CODE(take(exceptions, &chart->exceptions, &error), COG_OK, error);
    scn_cells_note(&cells, "%s", name);
    scn_map_add(&chart->map, &cells);
    scn_map_add(&chart->map, &cells);
    scn_map_except(&chart->map, &chart->exceptions, &chart->findings);
}

static const char no_exceptions[] = "{\"not_applicable\": []}";

Test(map, counts_the_scenarios_that_reached_a_cell)
{
    COG_CLEANUP(chart_finish) struct chart chart;
    chart_init(&chart, "exit/6", no_exceptions);

    const struct scn_map_cell *run = scn_map_find(&chart.map, "exit/6");
    cr_assert(run != NULL);
    EXPECT_INT(run->state, SCN_CELL_RUN);
    EXPECT_INT(run->run_count, 2);
    EXPECT_INT(scn_map_find(&chart.map, "exit/7")->state, SCN_CELL_MISSING);
    EXPECT_INT(chart.map.counts[SCN_CELL_RUN], 1);
    EXPECT_INT(chart.map.counts[SCN_CELL_MISSING], chart.map.names.count - 1);
    EXPECT_INT(chart.findings.count, 0);
}

Test(map, does_not_count_what_is_no_cell)
{
    COG_CLEANUP(chart_finish) struct chart chart;
    chart_init(&chart, "fault/status_418/health", no_exceptions);

    EXPECT_INT(chart.map.counts[SCN_CELL_RUN], 0);
    cr_expect(scn_map_find(&chart.map, "fault/status_418/health") == NULL);
}

Test(map, takes_out_what_is_not_applicable)
{
    COG_CLEANUP(chart_finish) struct chart chart;
    chart_init(&chart, "exit/6",
               "{\"not_applicable\": [{\"cells\": [\"exit/{1,2}\"], \"reason\": \"never "
               "in a run\"}]}");

    EXPECT_INT(scn_map_find(&chart.map, "exit/1")->state, SCN_CELL_NOT_APPLICABLE);
    EXPECT_STR(scn_map_find(&chart.map, "exit/2")->reason, "never in a run");
    EXPECT_INT(scn_map_find(&chart.map, "exit/3")->state, SCN_CELL_MISSING);
    EXPECT_INT(chart.map.counts[SCN_CELL_NOT_APPLICABLE], 2);
    EXPECT_INT(chart.findings.count, 0);
}

Test(map, complains_of_an_exception_that_no_cell_needs)
{
    COG_CLEANUP(chart_finish) struct chart chart;
    chart_init(&chart, "exit/6",
               "{\"not_applicable\": [\n{\"cells\": [\"exit/99\"], \"reason\": \"never "
               "in a run\"}]}");

    EXPECT_INT(chart.findings.count, 1);
    EXPECT_INT(chart.findings.items[0].result, SCN_FAIL);
    EXPECT_STR(chart.findings.items[0].text,
               "coverage.jsonc:2:12: 'exit/99': there is no such cell; take it out");
}

Test(map, complains_of_an_exception_that_was_run_after_all)
{
    COG_CLEANUP(chart_finish) struct chart chart;
    chart_init(&chart, "exit/6",
               "{\"not_applicable\": [{\"cells\": [\"exit/*\"], \"reason\": \"never in a "
               "run\"}]}");

    EXPECT_INT(chart.findings.count, 1);
    EXPECT_CONTAINS(chart.findings.items[0].text,
                    "'exit/*': 'exit/6' was run, so that it applies; take it out");
    EXPECT_INT(scn_map_find(&chart.map, "exit/6")->state, SCN_CELL_RUN);
}

Test(map, shows_people_counts_reasons_and_what_is_missing)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(chart_finish) struct chart chart;
    chart_init(&chart, "fault/nan/cancel",
               "{\"not_applicable\": [{\"cells\": [\"exit/1\", \"fault/nan/deployments\"], "
               "\"reason\": \"never in a run\"}]}");

    scn_map_append_text(&chart.map, &text);

    EXPECT_CONTAINS(cog_text_string(&text), "\nnan                              2           -");
    EXPECT_CONTAINS(cog_text_string(&text), "     -  exit/1: never in a run\n");
    EXPECT_CONTAINS(cog_text_string(&text), "\nmissing\n  client/allocation_fails\n");
    EXPECT_CONTAINS(cog_text_string(&text), " cells: 1 run, 2 not applicable, ");
}

Test(map, writes_json_that_can_be_read_back)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(chart_finish) struct chart chart;
    chart_init(&chart, "exit/6",
               "{\"not_applicable\": [{\"cells\": [\"exit/1\"], \"reason\": \"never in a "
               "\\\"run\\\"\"}]}");

    scn_map_append_json(&chart.map, &text);

    EXPECT_CONTAINS(cog_text_string(&text), "{\"name\":\"exit/6\",\"state\":\"run\",\"count\":2}");
    EXPECT_CONTAINS(cog_text_string(&text), "{\"name\":\"exit/1\",\"state\":\"not_applicable\","
                                            "\"count\":0,\"reason\":\"never in a \\\"run\\\"\"}");
    EXPECT_CONTAINS(cog_text_string(&text), "\"counts\":{\"run\":1,\"not_applicable\":1,");
    cJSON *json = cJSON_Parse(cog_text_string(&text));
    cr_expect(json != NULL);
    cJSON_Delete(json);
}
