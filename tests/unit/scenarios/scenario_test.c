#include "language/scenario.h"

#include "support/expect.h"

TestSuite(scenario, .timeout = 5.0);

static enum cog_code parse_case(const char *text, size_t index, struct scn_scenario *scenario,
                                struct cog_error *error)
{
    struct cog_document document = {0};
    cr_assert(cog_document_parse("file", text, strlen(text), &document, error) == COG_OK, "%s",
              error->message);
    COG_CLEANUP(scn_file_finish) struct scn_file *file = NULL;
    enum cog_code code = scn_file_create(&document, &file, error);
    return code == COG_OK ? scn_scenario_parse(file, index, scenario, error) : code;
}

static enum cog_code parse(const char *text, struct scn_scenario *scenario, struct cog_error *error)
{
    return parse_case(text, 0, scenario, error);
}

Test(scenario, take_reads_name_tags_and_defaults)
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    struct cog_error error = {0};

    enum cog_code code =
        parse("{\"name\": \"a run\", \"tags\": [\"one\", \"two\"], \"expect\": {\"exit\": 6}}",
              &scenario, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(scenario.name, "a run");
    EXPECT_STR(scenario.description, "");
    EXPECT_INT(cJSON_GetArraySize(scenario.tags), 2);
    EXPECT_INT(scenario.expectation.exit_code, 6);
    cr_expect(scenario.has_webhook);
    cr_expect(!scenario.seed_only);
    cr_expect(scenario.script != NULL);
}

Test(scenario, take_knows_the_first_api)
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    struct cog_error error = {0};

    enum cog_code code =
        parse("{\"name\": \"a\", \"server\": {\"api\": \"seed\"}, \"expect\": {\"exit\": 0}}",
              &scenario, &error);

    ASSERT_CODE(code, COG_OK, error);
    cr_expect(scenario.seed_only);
}

Test(scenario, take_says_where_and_what_is_wrong)
{
    const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"{\"expect\": {\"exit\": 0}}", "file:1:1: 'name' is missing"},
        {"{\"name\": \"a\"}", "file:1:1: 'expect' is missing"},
        {"{\"name\": \"\", \"expect\": {\"exit\": 0}}", "file:1:10: 'name' must be one line"},
        {"{\"name\": \"a\\nb\", \"expect\": {\"exit\": 0}}", "'name' must be one line"},
        {"{\"name\": 5, \"expect\": {\"exit\": 0}}", "'name' must be a string"},
        {"{\"name\": \"a\", \"expects\": {\"exit\": 0}}", "did you mean 'expect'?"},
        {"{\"name\": \"a\", \"tags\": [\"two words\"], \"expect\": {\"exit\": 0}}",
         "a tag must be one word"},
        {"{\"name\": \"a\", \"tags\": \"one\", \"expect\": {\"exit\": 0}}",
         "'tags' must be an array"},
        {"{\"name\": \"a\", \"client\": {\"comand\": \"promote\"}, \"expect\": {\"exit\": 0}}",
         "did you mean 'command'?"},
        {"{\"name\": \"a\", \"client\": {\"command\": \"resume\"}, \"expect\": {\"exit\": 0}}",
         "'command' must be one of: promote"},
        {"{\"name\": \"a\", \"client\": {\"webhook\": 1}, \"expect\": {\"exit\": 0}}",
         "'webhook' must be true or false"},
        {"{\"name\": \"a\",\n\"client\": {\"options\":\n  {\"timout\": \"5m\"}},"
         " \"expect\": {\"exit\": 0}}",
         "file:3:14: unknown option 'timout', did you mean 'timeout'?"},
        {"{\"name\": \"a\", \"client\": {\"options\": {\"timeout\": \"soon\"}},"
         " \"expect\": {\"exit\": 0}}",
         "timeout"},
        {"{\"name\": \"a\", \"client\": {\"options\": {\"timeout\": []}},"
         " \"expect\": {\"exit\": 0}}",
         "'timeout' must be a string, a number or a boolean, not an array"},
        {"{\"name\": \"a\", \"client\": {\"options\": {\"api_base\": \"http://127.0.0.1/\"}},"
         " \"expect\": {\"exit\": 0}}",
         "option 'api_base' is the runner's to set"},
        {"{\"name\": \"a\", \"client\": {\"options\": {\"target\": \"env-source\"}},"
         " \"expect\": {\"exit\": 0}}",
         "source and target are the same"},
        {"{\"name\": \"a\", \"server\": {\"job\": 5}, \"expect\": {\"exit\": 0}}",
         "'job' must be an object"},
        {"{\"name\": \"a\", \"faults\": [{\"call\": \"promot\", \"inject\": \"empty_body\"}], "
         "\"expect\": {\"exit\": 0}}",
         "did you mean 'promote'?"},
        {"{\"name\": \"a\", \"client\": {\"events\": [{\"at\": \"1s\"}]}, \"expect\": {\"exit\": "
         "0}}",
         "'signal' is missing"},
        {"{\"name\": \"a\", \"client\": {\"events\": [{\"at\": \"1s\", \"signal\": \"SIGKILL\"}]},"
         " \"expect\": {\"exit\": 0}}",
         "'signal' must be one of: SIGINT, SIGTERM"},
        {"{\"name\": \"a\", \"cases\": [], \"expect\": {\"exit\": 0}}", "expected 1 to 200 cases"},
        {"{\"name\": \"a\", \"cases\": [{\"name\": \"b\"}], \"expect\": {}}", "'exit' is missing"},
        {"{\"name\": \"a\", \"cases\": [{\"name\": \"b\", \"expect\": {}}]}", "'exit' is missing"},
        {"{\"name\": \"a\", \"cases\": [{\"name\": \"b\", \"inject\": \"not_json\"}],"
         " \"expect\": {\"exit\": 0}}",
         "no fault waits for this 'inject'"},
        {"{\"name\": \"a\", \"cases\": [\"nulls\"], \"expect\": {\"exit\": 0}}",
         "file:1:25: no fault waits for this 'inject'"},
        {"{\"name\": \"a\", \"cases\": [\"null\"], \"faults\": [{\"call\": \"token\"}],"
         " \"expect\": {\"exit\": 0}}",
         "file:1:25: unknown word 'null'"},
        {"{\"name\": \"a\", \"calls\": [\"token\"], \"faults\": [{\"call\": \"health\","
         " \"inject\": \"nan\"}], \"expect\": {\"exit\": 0}}",
         "file:1:24: no fault waits for these calls"},
        {"{\"name\": \"a\", \"calls\": [\"token\"], \"faults\": [{\"inject\": \"refused\"}],"
         " \"expect\": {\"exit\": 0}}",
         "no fault waits for these calls"},
        {"{\"name\": \"a\", \"cases\": [{\"name\": \"b\"}], \"faults\": [{\"call\": \"token\"}],"
         " \"expect\": {\"exit\": 0}}",
         "'inject' is missing"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scn_scenario scenario = {0};
        struct cog_error error = {0};

        enum cog_code code = parse(rows[i].text, &scenario, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "%s: %d", rows[i].text, (int)code);
        EXPECT_CONTAINS(error.message, rows[i].message);
        EXPECT_CONTAINS(error.message, "file:");
        cr_expect(scenario.script == NULL, "%s: written on failure", rows[i].text);
    }
}

Test(scenario, configure_points_the_client_at_the_fake)
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    struct cog_error error = {0};
    ASSERT_CODE(parse("{\"name\": \"a\", \"expect\": {\"exit\": 0}}", &scenario, &error), COG_OK,
                error);
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};

    enum cog_code code = scn_scenario_configure(&scenario, "127.0.0.1:8080", &config, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(config.api_base, "http://127.0.0.1:8080/api/v1");
    EXPECT_STR(config.webhook_url, "http://127.0.0.1:8080/hooks/ci");
    EXPECT_STR(config.client_id, "dev-client");
    EXPECT_STR(config.client_secret, "dev-secret");
    EXPECT_STR(config.source_environment_id, "env-source");
    EXPECT_STR(config.target_environment_id, "env-target");
}

Test(scenario, configure_applies_texts_numbers_and_booleans)
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    struct cog_error error = {0};
    ASSERT_CODE(parse("{\"name\": \"a\", \"client\": {\"webhook\": false, \"options\":"
                      " {\"client_secret\": \"wrong-one\", \"max_attempts\": 7,"
                      " \"parity_threshold\": 0.9, \"override_active_sessions\": true,"
                      " \"wait_for_drain\": \"2m\"}}, \"expect\": {\"exit\": 0}}",
                      &scenario, &error),
                COG_OK, error);
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};

    enum cog_code code = scn_scenario_configure(&scenario, "127.0.0.1:8080", &config, &error);

    ASSERT_CODE(code, COG_OK, error);
    cr_expect(config.webhook_url == NULL);
    EXPECT_STR(config.client_secret, "wrong-one");
    EXPECT_INT(config.max_attempts, 7);
    cr_expect(config.parity_threshold > 0.8999 && config.parity_threshold < 0.9001);
    cr_expect(config.override_active_sessions);
    EXPECT_INT(config.drain_wait_ms, 120000);
}

Test(scenario, a_case_changes_what_it_says_and_nothing_else)
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    struct cog_error error = {0};
    const char *text =
        "{\"name\": \"a run\", \"server\": {\"api\": \"seed\"},"
        " \"client\": {\"webhook\": false, \"options\": {\"timeout\": \"5m\", \"max_attempts\": "
        "7}},"
        " \"expect\": {\"exit\": 4, \"step\": \"ready\", \"parity\": 0.5},"
        " \"cases\": [{\"name\": \"one\"}, {\"name\": \"two\", \"server\": {\"job\": {\"omit\": "
        "[\"flows\"]}},"
        " \"client\": {\"options\": {\"timeout\": \"6m\"}},"
        " \"expect\": {\"exit\": 3, \"parity\": null}}]}";

    enum cog_code code = parse_case(text, 1, &scenario, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(scenario.name, "a run: two");
    EXPECT_INT(scenario.expectation.exit_code, 3);
    EXPECT_STR(scenario.expectation.step, "ready");
    cr_expect(scenario.expectation.parity_is_set && !scenario.expectation.parity_is_measured);
    cr_expect(scenario.seed_only);
    cr_expect(!scenario.has_webhook);
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    ASSERT_CODE(scn_scenario_configure(&scenario, "127.0.0.1:1", &config, &error), COG_OK, error);
    EXPECT_INT(config.timeout_ms, 360000);
    EXPECT_INT(config.max_attempts, 7);
}

Test(scenario, finish_of_an_empty_one_does_nothing)
{
    struct scn_scenario scenario = {0};

    scn_scenario_finish(&scenario);

    cr_expect(scenario.script == NULL);
}
