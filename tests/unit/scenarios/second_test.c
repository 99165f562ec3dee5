/* The second operator in a scenario file. */
#include "language/scenario.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(second, .timeout = 5.0);

enum { TEXT_SIZE = 1024 };

static enum cog_code take(const char *client, const char *expect, struct scn_scenario *scenario,
                          struct cog_error *error)
{
    char text[TEXT_SIZE];
    (void)snprintf(text, sizeof text, "{\"name\": \"a\", \"client\": %s, \"expect\": %s}", client,
                   expect);
    struct cog_document document = {0};
    cr_assert(cog_document_parse("file", text, strlen(text), &document, error) == COG_OK, "%s",
              error->message);
    return scn_scenario_take(&document, scenario, error);
}

Test(second, parse_reads_all_of_it)
{
    struct cog_error error = {0};
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};

    ASSERT_CODE(take("{\"second\": {\"machine\": \"other\", \"starts\": \"3s\", \"turns\": [2, 5],"
                     " \"options\": {\"source\": \"env-other\"}}}",
                     "{\"exit\": 0, \"second\": {\"exit\": 9, \"outcome\": \"locked\"}}", &scenario,
                     &error),
                COG_OK, error);

    cr_expect(scenario.second.is_there);
    cr_expect(scenario.second.is_elsewhere);
    EXPECT_INT(scenario.second.starts_ms, 3000);
    EXPECT_INT(scenario.second.turns.count, 2);
    EXPECT_INT(scenario.second.turns.items[1], 5);
    EXPECT_INT(scenario.expectation.second.exit_code, 9);
    EXPECT_STR(scenario.expectation.second.outcome, "locked");
}

Test(second, configure_changes_only_what_its_options_say)
{
    struct cog_error error = {0};
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    COG_CLEANUP(cog_config_finish) struct cog_config first = {0};
    COG_CLEANUP(cog_config_finish) struct cog_config second = {0};
    ASSERT_CODE(take("{\"options\": {\"timeout\": \"7m\"}, \"second\": {\"machine\": \"same\","
                     " \"options\": {\"source\": \"env-other\"}}}",
                     "{\"exit\": 0}", &scenario, &error),
                COG_OK, error);

    ASSERT_CODE(scn_scenario_configure(&scenario, "127.0.0.1:1", &first, &error), COG_OK, error);
    ASSERT_CODE(scn_scenario_configure_second(&scenario, "127.0.0.1:1", &second, &error), COG_OK,
                error);

    EXPECT_STR(first.source_environment_id, "env-source");
    EXPECT_STR(second.source_environment_id, "env-other");
    EXPECT_INT(second.timeout_ms, 420000);
}

Test(second, parse_says_where_and_what_is_wrong)
{
    const struct {
        const char *client;
        const char *expect;
        const char *message;
    } rows[] = {
        {"{\"second\": {}}", "{\"exit\": 0}", "'machine' is missing"},
        {"{\"second\": {\"machine\": \"third\"}}", "{\"exit\": 0}",
         "'machine' must be one of: same, other"},
        {"{\"second\": {\"machine\": \"same\", \"turns\": [3, 3]}}", "{\"exit\": 0}",
         "expected the number of a choice, from 1, above the one before it"},
        {"{\"second\": {\"machine\": \"same\", \"turns\": [1.5]}}", "{\"exit\": 0}",
         "expected the number of a choice"},
        {"{\"second\": {\"machine\": \"same\", \"options\": {\"max_attempts\": 0}}}",
         "{\"exit\": 0}", "max-attempts"},
        {"{}", "{\"exit\": 0, \"second\": {\"exit\": 9}}",
         "'expect.second' is about an operator that 'client.second' would have to bring in"},
        {"{\"second\": {\"machine\": \"same\"}}", "{\"exit\": 0, \"second\": {}}",
         "'exit' is missing"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cog_error error = {0};
        COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};

        const enum cog_code code = take(rows[i].client, rows[i].expect, &scenario, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "row %zu: %d", i, (int)code);
        cr_expect(strstr(error.message, rows[i].message) != NULL, "row %zu: %s", i, error.message);
        EXPECT_CONTAINS(error.message, "file:1:");
    }
}
