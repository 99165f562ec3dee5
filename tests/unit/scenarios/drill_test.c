/* A drill's file: what it gives, and what is refused, with line and column. */
#include "drill/drill.h"
#include "drill/template.h"

#include "support/expect.h"

#include <cogbase/text.h>

TestSuite(drill, .timeout = 5.0);

static enum cog_code parse_named(const char *name, const char *text, struct scn_drill *drill,
                                 struct cog_error *error)
{
    struct cog_document document = {0};
    enum cog_code code = cog_document_parse(name, text, strlen(text), &document, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(scn_file_finish) struct scn_file *file = NULL;
    code = scn_file_create(&document, &file, error);
    return code == COG_OK ? scn_drill_parse(file, drill, error) : code;
}

/* A file whose member `drill` is the text. */
static enum cog_code parse(const char *member, struct scn_drill *drill, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text, "{\"name\": \"a\", \"injects\": [{\"name\": \"dies\", \"at\": \"5s\"}],"
                           " \"expect\": {\"exit\": 0},\n\"drill\": ");
    cog_text_append(&text, member);
    cog_text_append(&text, "}");
    return parse_named("folder/dies.jsonc", cog_text_string(&text), drill, error);
}

/* A drill with that checklist, and targets. */
static enum cog_code parse_checklist(const char *checklist, struct scn_drill *drill,
                                     struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text,
                           "{\"hypothesis\": \"h\", \"targets\": {\"recover\": \"1m\"},"
                           " \"checklist\": [%s]}",
                           checklist);
    return parse(cog_text_string(&text), drill, error);
}

#define CHECKLIST                                                                                  \
    "\"checklist\": [{\"id\": \"a\", \"text\": \"t\", \"weight\": 1, \"critical\": true,"          \
    " \"expect\": {\"exit\": 0}}]"

/* What lets everything else be missing. */
#define SMALLEST "\"hypothesis\": \"h\", " CHECKLIST

Test(drill, parse_gives_the_defaults_of_what_is_left_out)
{
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    struct cog_error error = {0};

    enum cog_code code = parse("{" SMALLEST "}", &drill, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(drill.id, "dies");
    EXPECT_STR(drill.scenario.name, "a");
    EXPECT_STR(drill.hypothesis, "h");
    EXPECT_INT(drill.pass_mark, 80);
    EXPECT_INT(drill.role_count + drill.hint_count + drill.question_count, 0);
    for (size_t i = 0; i < SCN_FIGURE_COUNT; i++) {
        EXPECT_INT(drill.targets[i], -1);
    }
    EXPECT_STR(drill.guidance.situation, "");
    EXPECT_INT(drill.guidance.blow, SCN_DRILL_BLOW_NONE);
    EXPECT_INT(drill.guidance.limit_ms, 30 * 60 * 1000);
    cr_expect(drill.guidance.time_scale == 1);
}

Test(drill, parse_reads_what_is_for_people)
{
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    struct cog_error error = {0};

    enum cog_code code =
        parse("{" SMALLEST ", \"roles\": {\"operator\": \"types\"}, \"pass_mark\": 60,"
              " \"targets\": {\"recover\": \"2m\", \"steps\": 5},"
              " \"hints\": [{\"text\": \"look\", \"cost\": 7}],"
              " \"tabletop\": [{\"inject\": \"i\", \"question\": \"q\", \"answer\": \"a\"}],"
              " \"guided\": {\"situation\": \"s\", \"task\": \"t\", \"time_scale\": 2.5,"
              " \"limit\": \"5m\", \"blow\": {\"inject\": \"dies\", \"kind\": \"move\"}}}",
              &drill, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(drill.roles[0].name, "operator");
    EXPECT_STR(drill.roles[0].text, "types");
    EXPECT_INT(drill.pass_mark, 60);
    EXPECT_INT(drill.targets[SCN_FIGURE_RECOVER], 120000);
    EXPECT_INT(drill.targets[SCN_FIGURE_STEPS], 5);
    EXPECT_STR(drill.hints[0].text, "look");
    EXPECT_INT(drill.hints[0].cost, 7);
    EXPECT_STR(drill.questions[0].answer, "a");
    EXPECT_STR(drill.guidance.task, "t");
    EXPECT_STR(drill.guidance.inject, "dies");
    EXPECT_INT(drill.guidance.blow, SCN_DRILL_BLOW_MOVE);
    EXPECT_INT(drill.guidance.limit_ms, 300000);
    cr_expect(drill.guidance.time_scale == 2.5);
}

Test(drill, parse_tells_the_kinds_of_checks_apart)
{
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    struct cog_error error = {0};

    enum cog_code code = parse_checklist(
        "{\"id\": \"a\", \"text\": \"t\", \"weight\": 10, \"critical\": true,"
        " \"expect\": {\"target\": \"unchanged\"}},"
        "{\"id\": \"b\", \"text\": \"t\", \"weight\": 1, \"expect\": {\"exit\": 6}},"
        "{\"id\": \"c\", \"text\": \"t\", \"weight\": 1, \"within\": \"recover\"},"
        "{\"id\": \"d\", \"text\": \"t\", \"weight\": 1, \"invariants\": [\"I3\", \"I4\"]},"
        "{\"id\": \"e\", \"text\": \"t\", \"weight\": 1, \"log\": [\"failure\"]},"
        "{\"id\": \"f\", \"text\": \"t\", \"weight\": 100, \"commands\": [\"cogpromote status*\"]}",
        &drill, &error);

    ASSERT_CODE(code, COG_OK, error);
    const struct scn_check *items = drill.checklist.items;
    EXPECT_INT(drill.checklist.count, 6);
    cr_expect(items[0].is_critical && !items[1].is_critical);
    cr_expect(!items[0].has_exit && items[1].has_exit);
    EXPECT_INT(items[0].expectation.target, SCN_TARGET_UNCHANGED);
    EXPECT_INT(items[1].expectation.exit_code, 6);
    EXPECT_INT(items[2].kind, SCN_CHECK_WITHIN);
    EXPECT_INT(items[2].figure, SCN_FIGURE_RECOVER);
    EXPECT_INT(items[3].kind, SCN_CHECK_INVARIANT);
    EXPECT_INT(cJSON_GetArraySize(items[3].names), 2);
    EXPECT_INT(items[4].kind, SCN_CHECK_LOG);
    EXPECT_INT(items[5].kind, SCN_CHECK_COMMAND);
    EXPECT_INT(items[5].weight, 100);
}

Test(drill, parse_says_where_and_what_is_wrong)
{
    const struct {
        const char *member;
        const char *message;
    } rows[] = {
        {"5", "folder/dies.jsonc:2:10: expected an object"},
        {"{}", "folder/dies.jsonc:2:10: 'hypothesis' is missing"},
        {"{\"hypothesis\": \"\", " CHECKLIST "}", "'hypothesis' must not be empty"},
        {"{\"hypothesis\": \"h\"}", "'checklist' is missing"},
        {"{" SMALLEST ", \"hypotesis\": \"h\"}", "did you mean 'hypothesis'?"},
        {"{" SMALLEST ", \"hypothesis\": \"again\"}", "'hypothesis'"},
        {"{" SMALLEST ", \"pass_mark\": 101}", "'pass_mark' must be a whole number from 0 to 100"},
        {"{" SMALLEST ", \"roles\": {\"The Boss\": \"t\"}}", "the name of a role must be of"},
        {"{" SMALLEST ", \"roles\": {\"operator\": \"\"}}", "'operator' must not be empty"},
        {"{" SMALLEST ", \"targets\": {\"recovery\": \"1m\"}}", "did you mean 'recover'?"},
        {"{" SMALLEST ", \"targets\": {\"recover\": \"soon\"}}", "expected a duration"},
        {"{" SMALLEST ", \"targets\": {\"steps\": \"5s\"}}", "'steps' must be a whole number"},
        {"{" SMALLEST ", \"hints\": [{\"text\": \"t\"}]}", "'cost' is missing"},
        {"{" SMALLEST ", \"hints\": [{\"text\": \"t\", \"cost\": 101}]}",
         "'cost' must be a whole number from 0 to 100"},
        {"{" SMALLEST ", \"tabletop\": [{\"inject\": \"i\", \"question\": \"q\"}]}",
         "'answer' is missing"},
        {"{" SMALLEST ", \"guided\": {\"situation\": \"s\"}}", "'task' is missing"},
        {"{" SMALLEST ", \"guided\": {\"situation\": \"s\", \"task\": \"t\", \"time_scale\": 0}}",
         "'time_scale' must be more than 0"},
        {"{" SMALLEST ", \"guided\": {\"situation\": \"s\", \"task\": \"t\", \"limit\": \"0s\"}}",
         "'limit' must be more than 0s"},
        {"{" SMALLEST ", \"guided\": {\"situation\": \"s\", \"task\": \"t\","
         " \"blow\": {\"inject\": \"lives\", \"kind\": \"kill\"}}}",
         "no inject of this file is named 'lives'"},
        {"{" SMALLEST ", \"guided\": {\"situation\": \"s\", \"task\": \"t\","
         " \"blow\": {\"inject\": \"dies\", \"kind\": \"slap\"}}}",
         "'kind' must be one of: kill, move, second"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scn_drill drill = {0};
        struct cog_error error = {0};

        enum cog_code code = parse(rows[i].member, &drill, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "%s: %d", rows[i].member, (int)code);
        cr_expect(strstr(error.message, rows[i].message) != NULL, "'%s' is not in '%s'",
                  rows[i].message, error.message);
        cr_expect(drill.id == NULL, "%s", rows[i].member);
    }
}

#define CRITICAL "{\"id\": \"a\", \"text\": \"t\", \"weight\": 1, \"critical\": true, "

Test(drill, parse_says_what_is_wrong_with_a_check)
{
    const struct {
        const char *checklist;
        const char *message;
    } rows[] = {
        {"", "no check is critical"},
        {"{\"id\": \"a\", \"text\": \"t\", \"weight\": 1, \"expect\": {\"exit\": 0}}",
         "folder/dies.jsonc:2:73: no check is critical"},
        {CRITICAL "\"expect\": {}}", "'expect' must not be empty"},
        {CRITICAL "\"expect\": {\"taget\": \"unchanged\"}}", "did you mean 'target'?"},
        {CRITICAL "\"within\": \"decide\"}", "'targets' has no 'decide' to be within"},
        {CRITICAL "\"within\": \"never\"}", "'within' must be one of: detect"},
        {CRITICAL "\"invariants\": []}", "'invariants' must not be empty"},
        {CRITICAL "\"invariants\": [\"I99\"]}", "unknown invariant 'I99'"},
        {CRITICAL "\"log\": [5]}", "'log' must hold texts"},
        {CRITICAL "\"commands\": \"status\"}", "'commands' must be an array"},
        {CRITICAL "\"log\": [\"a\"], \"commands\": [\"b\"]}", "expected one of 'expect'"},
        {"{\"id\": \"a\", \"text\": \"t\", \"weight\": 1, \"critical\": true}",
         "expected one of 'expect'"},
        {CRITICAL "\"log\": [\"a\"]}, " CRITICAL "\"log\": [\"b\"]}",
         "another check has the id 'a'"},
        {"{\"id\": \"A b\", \"text\": \"t\", \"weight\": 1, \"log\": [\"a\"]}",
         "'id' must be of 1 to 64 small letters"},
        {"{\"id\": \"a\", \"weight\": 1, \"log\": [\"a\"]}", "'text' is missing"},
        {"{\"id\": \"a\", \"text\": \"t\", \"log\": [\"a\"]}", "'weight' is missing"},
        {"{\"id\": \"a\", \"text\": \"t\", \"weight\": 0, \"log\": [\"a\"]}",
         "'weight' must be a whole number from 1 to 100"},
        {"{\"id\": \"a\", \"text\": \"t\", \"wieght\": 1, \"log\": [\"a\"]}",
         "did you mean 'weight'?"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scn_drill drill = {0};
        struct cog_error error = {0};

        enum cog_code code = parse_checklist(rows[i].checklist, &drill, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "%s: %d", rows[i].checklist, (int)code);
        cr_expect(strstr(error.message, rows[i].message) != NULL, "'%s' is not in '%s'",
                  rows[i].message, error.message);
    }
}

Test(drill, parse_refuses_more_than_one_run)
{
    struct scn_drill drill = {0};
    struct cog_error error = {0};

    enum cog_code code = parse_named("dies.jsonc",
                                     "{\"name\": \"a\", \"expect\": {\"exit\": 0},"
                                     " \"cases\": [{\"name\": \"b\"}], \"drill\": {" SMALLEST "}}",
                                     &drill, &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    EXPECT_STR(error.message, "dies.jsonc:1:47: a drill has no 'cases'");
}

Test(drill, parse_refuses_a_file_whose_name_is_no_id)
{
    struct scn_drill drill = {0};
    struct cog_error error = {0};

    enum cog_code code = parse_named(
        "folder/The Job.jsonc",
        "{\"name\": \"a\", \"expect\": {\"exit\": 0}, \"drill\": {" SMALLEST "}}", &drill, &error);

    EXPECT_INT(code, COG_ERROR_SYNTAX);
    cr_expect(strstr(error.message, "'The Job' is no name for a drill") != NULL, "%s",
              error.message);
}

Test(drill, is_told_by_its_member_alone)
{
    COG_CLEANUP(cog_document_finish) struct cog_document drill = {0};
    COG_CLEANUP(cog_document_finish) struct cog_document scenario = {0};
    struct cog_error error = {0};
    cr_assert(cog_document_parse("a", "{\"drill\": 5}", 12, &drill, &error) == COG_OK);
    cr_assert(cog_document_parse("a", "{\"name\": \"drill\"}", 17, &scenario, &error) == COG_OK);

    cr_expect(scn_drill_is(&drill));
    cr_expect(!scn_drill_is(&scenario));
}

Test(drill, template_is_a_drill_of_that_name)
{
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct cog_error error = {0};

    scn_drill_template_append(&text, "our \"first\" one");
    enum cog_code code = parse_named("ours.jsonc", cog_text_string(&text), &drill, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(drill.scenario.name, "our \"first\" one");
    EXPECT_STR(drill.id, "ours");
}
