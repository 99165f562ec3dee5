#include <cogmock/case.h>

#include "support/expect.h"

#include <cogbase/text.h>

TestSuite(cases, .timeout = 5.0);

static void parse(const char *text, struct cog_document *out_document)
{
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("f.json", text, strlen(text), out_document, &error), COG_OK,
                error);
}

Test(cases, are_run_for_each_call_in_the_order_of_the_file)
{
    const struct {
        const char *text;
        const char *names; /* Each behind a blank. */
    } rows[] = {
        {"{}", " "},
        {"{\"cases\": [{\"name\": \"a.b\"}, \"nulls\"]}", " a.b nulls"},
        {"{\"calls\": [\"token\", \"health\"]}", " token health"},
        {"{\"calls\": [\"token\", \"health\"], \"cases\": [\"nan\", {\"name\": \"a\"}]}",
         " token.nan token.a health.nan health.a"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
        parse(rows[i].text, &document);
        struct cog_error error = {0};
        ASSERT_CODE(mock_cases_check(&document, &error), COG_OK, error);

        COG_CLEANUP(cog_text_finish) struct cog_text names = {0};
        for (size_t index = 0; index < mock_cases_count(&document); index++) {
            struct mock_case chosen = {0};
            mock_cases_at(&document, index, &chosen);
            cog_text_append_format(&names, " %s", chosen.name);
        }

        EXPECT_STR(cog_text_string(&names), rows[i].names);
    }
}

Test(cases, check_says_where_and_what_is_wrong)
{
    const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"{\"cases\": {}}", "f.json:1:11: 'cases' must be an array, not an object"},
        {"{\"cases\": []}", "f.json:1:11: expected 1 to 200 cases"},
        {"{\"cases\": [5]}", "f.json:1:12: expected an object"},
        {"{\"cases\": [{}]}", "f.json:1:12: 'name' is missing"},
        {"{\"cases\": [{\"name\": 1}]}", "'name' must be a string"},
        {"{\"cases\": [{\"name\": \"b c\"}]}", "a case's name has 1 to 64 letters"},
        {"{\"cases\": [{\"name\": \".b\"}]}", "a case's name has 1 to 64 letters"},
        {"{\"cases\": [{\"name\": \"b\", \"tags\": []}]}", "unknown key 'tags'"},
        {"{\"cases\": [{\"name\": \"b\", \"description\": 1}]}", "'description' must be a string"},
        {"{\"cases\": [\"nan\", {\"name\": \"nan\"}]}", "f.json:1:19: there are two cases 'nan'"},
        {"{\"calls\": \"token\"}", "'calls' must be an array"},
        {"{\"calls\": []}", "expected 1 to 15 calls"},
        {"{\"calls\": [1]}", "f.json:1:12: expected the name of a call"},
        {"{\"calls\": [\"tokn\"]}", "f.json:1:12: unknown call 'tokn', did you mean 'token'?"},
        {"{\"calls\": [\"token\", \"token\"]}", "f.json:1:21: the call 'token' stands twice"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
        parse(rows[i].text, &document);
        struct cog_error error = {0};

        EXPECT_INT(mock_cases_check(&document, &error), COG_ERROR_SYNTAX);
        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}

Test(cases, check_refuses_more_runs_than_a_file_may_tell)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text,
                    "{\"calls\": [\"token\", \"health\", \"sessions\", \"status\", \"cancel\","
                    " \"promote\"], \"cases\": [\"nan\"");
    for (int i = 1; i < MOCK_CASES_MAX; i++) {
        cog_text_append_format(&text, ", {\"name\": \"c%d\"}", i);
    }
    cog_text_append(&text, "]}");
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    parse(cog_text_string(&text), &document);
    struct cog_error error = {0};

    EXPECT_INT(mock_cases_check(&document, &error), COG_ERROR_SYNTAX);
    EXPECT_CONTAINS(error.message,
                    "f.json:1:11: the cases and these calls are 1200 runs, more than 1000");
}
