/* What came of some runs, on its way from one process to another. */
#include "explore/search/harvest.h"

#include "support/expect.h"

#include <stdlib.h>

TestSuite(harvest, .timeout = 10.0);

static char *clone(const char *text)
{
    char *copy = strdup(text);
    cr_assert(copy != NULL);
    return copy;
}

static void add_discovery(struct scn_harvest *harvest)
{
    struct scn_discovery discovery = {
        .place = 41,
        .faults = {clone("promote#1/a1 job_id_is_\"job/1?x=../\""), clone("client@5s SIGINT")},
        .exit_code = 8,
        .scenario = clone("{\"name\":\"é\\n\\\"\",\"expect\":{\"exit\":8}}"),
    };
    scn_findings_append(&discovery.findings, SCN_FAIL, "I1", "promoted %d times\tand more", 2);
    scn_findings_append(&discovery.findings, SCN_INCONCLUSIVE, "I7", "no end");
    cr_assert(scn_exploration_add(&harvest->found, &discovery) == COG_OK);
}

/* One with some of everything. */
static void fill(struct scn_harvest *harvest)
{
    static const struct scn_course courses[] = {
        {.exact = "0123456789abcdef", .shape = "fedcba9876543210", .overcome = "2"},
        {.exact = ""},
        {.exact = "1111111111111111", .shape = "2222222222222222"},
    };
    const struct scn_matrix_count count = {"promote", "status", 5, 1};
    *harvest = (struct scn_harvest){
        .effort = {.possible_count = 9,
                   .run_count = 6,
                   .idle_count = 1,
                   .pruned_count = 2,
                   .failed_count = 3,
                   .inconclusive_count = 4,
                   .virtual_ms = INT64_C(1) << 40},
    };
    for (size_t i = 0; i < sizeof courses / sizeof courses[0]; i++) {
        cr_assert(scn_harvest_note_course(harvest, &courses[i]) == COG_OK);
    }
    add_discovery(harvest);
    cr_assert(scn_matrix_add(&harvest->found.matrix, &count) == COG_OK);
    cr_assert(scn_cells_add(&harvest->found.cells, "exit/8") == COG_OK);
    cr_assert(scn_exploration_note_time(&harvest->found, "b: f", 12) == COG_OK);
}

static char *format(const struct scn_harvest *harvest)
{
    struct cog_text text = {0};
    scn_harvest_format(harvest, &text);
    char *line = cog_text_take(&text);
    cr_assert(line != NULL);
    return line;
}

static void expect_same_discovery(const struct scn_discovery *discovery)
{
    EXPECT_INT(discovery->place, 41);
    EXPECT_INT(discovery->exit_code, 8);
    EXPECT_STR(discovery->faults[0], "promote#1/a1 job_id_is_\"job/1?x=../\"");
    EXPECT_STR(discovery->faults[1], "client@5s SIGINT");
    cr_expect(discovery->faults[2] == NULL);
    EXPECT_STR(discovery->scenario, "{\"name\":\"é\\n\\\"\",\"expect\":{\"exit\":8}}");
    cr_assert(discovery->findings.count == 2);
    EXPECT_INT(discovery->findings.items[0].result, SCN_FAIL);
    EXPECT_STR(discovery->findings.items[0].subject, "I1");
    EXPECT_STR(discovery->findings.items[0].text, "promoted 2 times\tand more");
    EXPECT_INT(discovery->findings.items[1].result, SCN_INCONCLUSIVE);
}

Test(harvest, comes_out_as_it_went_in)
{
    COG_CLEANUP(scn_harvest_finish) struct scn_harvest before;
    COG_CLEANUP(scn_harvest_finish) struct scn_harvest after = {0};
    struct cog_error error = {0};
    fill(&before);
    COG_CLEANUP(cog_string_finish) char *line = format(&before);

    ASSERT_CODE(scn_harvest_parse(line, strlen(line), &after, &error), COG_OK, error);

    cr_expect(memcmp(&after.effort, &before.effort, sizeof after.effort) == 0);
    cr_assert(after.course_count == 3);
    for (size_t i = 0; i < after.course_count; i++) {
        EXPECT_STR(after.courses[i].exact, before.courses[i].exact);
        EXPECT_STR(after.courses[i].shape, before.courses[i].shape);
        EXPECT_STR(after.courses[i].overcome, before.courses[i].overcome);
    }
    cr_assert(after.found.discovery_count == 1);
    expect_same_discovery(after.found.discoveries);
    COG_CLEANUP(cog_string_finish) char *again = format(&after);
    EXPECT_STR(again, line);
}

Test(harvest, has_each_of_its_parts_once)
{
    static const char *const parts[] = {"\"possible\":9",
                                        "\"runs\":6",
                                        "\"idle\":1",
                                        "\"pruned\":2",
                                        "\"failed\":3",
                                        "\"courses\":",
                                        "\"inconclusive\":4",
                                        "\"virtual_ms\":",
                                        "\"found\":",
                                        "\"slowest\":",
                                        "\"cells\":[\"exit/8\"]",
                                        "\"matrix\":"};
    COG_CLEANUP(scn_harvest_finish) struct scn_harvest harvest;
    fill(&harvest);
    COG_CLEANUP(cog_string_finish) char *line = format(&harvest);

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *first = strstr(line, parts[i]);
        cr_expect(first != NULL && strstr(first + 1, parts[i]) == NULL, "%s in %s", parts[i], line);
    }
}

/* It is a line of a file. */
Test(harvest, is_one_line)
{
    COG_CLEANUP(scn_harvest_finish) struct scn_harvest harvest;
    fill(&harvest);
    COG_CLEANUP(cog_string_finish) char *line = format(&harvest);

    EXPECT_LACKS(line, "\n");
    EXPECT_LACKS(line, "\t");
}

static void expect_refused(const char *text, const char *part)
{
    COG_CLEANUP(scn_harvest_finish) struct scn_harvest harvest = {0};
    struct cog_error error = {0};

    const enum cog_code code = scn_harvest_parse(text, strlen(text), &harvest, &error);

    cr_expect(code == COG_ERROR_SYNTAX, "%s: %d", text, (int)code);
    EXPECT_CONTAINS(error.message, "what came of some runs cannot be read: ");
    EXPECT_CONTAINS(error.message, part);
    EXPECT_INT(harvest.course_count, 0);
}

/* Puts `wrong` in the place of `right` in one that is whole. */
static void expect_damage_refused(const char *right, const char *wrong, const char *part)
{
    COG_CLEANUP(scn_harvest_finish) struct scn_harvest harvest;
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    fill(&harvest);
    COG_CLEANUP(cog_string_finish) char *line = format(&harvest);
    const char *place = strstr(line, right);
    cr_assert(place != NULL, "%s in %s", right, line);
    cog_text_append_format(&text, "%.*s%s%s", (int)(place - line), line, wrong,
                           place + strlen(right));

    expect_refused(cog_text_string(&text), part);
}

Test(harvest, is_refused_when_it_is_damaged)
{
    expect_refused("", "");
    expect_refused("[]", "");
    expect_refused("{\"possible\":1", "");
    expect_refused("{}", "possible");
    expect_damage_refused("\"runs\":6", "\"runs\":-6", "runs");
    expect_damage_refused("\"runs\":6", "\"runs\":6.5", "runs");
    expect_damage_refused("\"virtual_ms\":", "\"virtual\":", "virtual_ms");
    expect_damage_refused("\"0123456789abcdef\"", "7", "a course is no digest");
    expect_damage_refused("0123456789abcdef", "0123456789abcdef0", "a course is no digest");
    expect_damage_refused("\"place\":41", "\"place\":\"41\"", "place");
    expect_damage_refused("\"exit\":8", "\"exit\":800", "exit");
    expect_damage_refused("\"scenario\":", "\"script\":", "scenario");
    expect_damage_refused("\"check\":\"I1\"", "\"check\":1", "check");
    expect_damage_refused("\"client@5s SIGINT\"", "5", "'faults' is wrong");
    expect_damage_refused("\"ms\":12", "\"ms\":null", "ms");
    expect_damage_refused("\"result\":\"fail\"", "\"result\":\"bad\"", "result");
    expect_damage_refused("\"fedcba9876543210\",\"2\"", "\"fedcba9876543210\"",
                          "a course is not whole");
}
