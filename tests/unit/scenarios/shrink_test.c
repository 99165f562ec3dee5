/* Scenarios that break a rule, made small. */
#include "explore/shrink/shrink.h"

#include "explore/shrink/flatten.h"
#include "explore/shrink/layout.h"
#include "explore/shrink/simplification.h"

#include "support/expect.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

TestSuite(shrink, .timeout = 120.0);
TestSuite(simplification, .timeout = 20.0);
TestSuite(flatten, .timeout = 20.0);
TestSuite(layout, .timeout = 20.0);

/* Likes what has this text in it. */
static bool has_text(void *context, const cJSON *scenario)
{
    COG_CLEANUP(cog_string_finish) char *text = cJSON_PrintUnformatted(scenario);
    return text != NULL && strstr(text, context) != NULL;
}

static void expect_simplified(const char *before, const char *wanted, const char *after,
                              void (*simplify)(cJSON *, struct scn_simplifier *))
{
    COG_CLEANUP(cog_json_finish) cJSON *scenario = cJSON_Parse(before);
    char *context = cog_string_clone(wanted, strlen(wanted));
    struct scn_simplifier simplifier = {.likes = has_text, .context = context};

    simplify(scenario, &simplifier);

    COG_CLEANUP(cog_string_finish) char *text = cJSON_PrintUnformatted(scenario);
    EXPECT_STR(text, after);
    free(context);
}

Test(simplification, takes_away_all_that_is_not_needed)
{
    expect_simplified(
        "{\"name\":\"a\",\"server\":{\"api\":\"seed\"},"
        "\"faults\":[{\"call\":\"a\",\"inject\":\"x\"},{\"call\":\"b\",\"inject\":\"y\"},"
        "{\"call\":\"c\",\"inject\":\"z\"}],"
        "\"client\":{\"options\":{\"strict\":true},\"kills\":[{\"after_request\":1}]}}",
        "\"b\"", "{\"name\":\"a\",\"faults\":[{\"call\":\"b\"}]}", scn_simplify_structure);
}

Test(simplification, leaves_a_tree_as_it_was_where_nothing_less_is_liked)
{
    static const char text[] =
        "{\"name\":\"a\",\"server\":{\"x\":[1,2,3],\"y\":{\"z\":1}},\"seed\":1}";

    expect_simplified(text, "\"server\":{\"x\":[1,2,3],\"y\":{\"z\":1}},\"seed\"", text,
                      scn_simplify_structure);
}

Test(simplification, keeps_the_limits_of_a_fault_unless_it_strikes_once)
{
    expect_simplified("{\"faults\":[{\"call\":\"a\",\"from\":2,\"for\":\"5s\"}]}", "\"a\"",
                      "{\"faults\":[{\"call\":\"a\",\"from\":2,\"for\":\"5s\"}]}",
                      scn_simplify_structure);
    expect_simplified("{\"faults\":[{\"call\":\"a\",\"nth\":2,\"attempts\":[1],\"for\":\"5s\"}]}",
                      "[1]", "{\"faults\":[{\"nth\":2,\"attempts\":[1]}]}", scn_simplify_structure);
}

Test(simplification, puts_the_simplest_fault_in_the_place_of_another_once)
{
    expect_simplified(
        "{\"faults\":[{\"call\":\"a\",\"from\":3,\"inject\":{\"kind\":\"html_body\"}}]}", "\"a\"",
        "{\"faults\":[{\"call\":\"a\",\"inject\":{\"status\":503},\"nth\":3,"
        "\"attempts\":[1]}]}",
        scn_simplify_faults);
    expect_simplified(
        "{\"faults\":[{\"inject\":\"reset_on_accept\",\"from\":\"1s\"}]}", "reset",
        "{\"faults\":[{\"inject\":\"reset_on_accept\",\"from\":\"1s\",\"for\":\"4s\"}]}",
        scn_simplify_faults);
    expect_simplified(
        "{\"faults\":[{\"call\":\"a\",\"from\":3,\"inject\":{\"kind\":\"html_body\"}}]}",
        "html_body",
        "{\"faults\":[{\"call\":\"a\",\"inject\":\"html_body\",\"nth\":3,"
        "\"attempts\":[1]}]}",
        scn_simplify_faults);
}

Test(simplification, makes_numbers_and_times_smaller_but_no_status)
{
    expect_simplified(
        "{\"client\":{\"kills\":[{\"after_request\":9}],\"options\":{\"timeout\":\"10m\"}},"
        "\"faults\":[{\"inject\":{\"status\":503}}]}",
        "after_request\":",
        "{\"client\":{\"kills\":[{\"after_request\":0}],\"options\":{\"timeout\":\"0s\"}},"
        "\"faults\":[{\"inject\":{\"status\":503}}]}",
        scn_simplify_values);
}

/* The runner ends a client that asks for ever, which the rules then find wanting. */
static const char endless[] =
    "{\"name\": \"endless\", \"tags\": [\"a\"],"
    " \"server\": {\"job\": {\"timeline\": [{\"at\": \"0s\", \"progress\": 0}]},"
    "              \"sessions\": {\"env-target\": [{\"at\": \"0s\", \"active\": 0}]}},"
    " \"faults\": [{\"call\": \"health\", \"nth\": 1, \"attempts\": [1], \"inject\": {\"status\": "
    "503}}],"
    " \"client\": {\"options\": {\"poll_interval\": \"1ms\", \"strict\": true}},"
    " \"expect\": {\"exit\": 0}}";

static const struct scn_experiment_options in_memory = {
    .seed = 7,
    .repeat_count = 1,
    .transport = SCN_TRANSPORT_MEMORY,
};

Test(shrink, leaves_what_breaks_the_same_rule_and_the_seed)
{
    COG_CLEANUP(cog_json_finish) cJSON *scenario = cJSON_Parse(endless);
    COG_CLEANUP(scn_shrunk_finish) struct scn_shrunk shrunk = {0};
    struct cog_error error = {0};

    ASSERT_CODE(scn_shrink(scenario, &in_memory, &shrunk, &error), COG_OK, error);

    COG_CLEANUP(cog_string_finish) char *text = scn_shrunk_format(&shrunk, "found.jsonc");
    EXPECT_STR(shrunk.check, "I6");
    EXPECT_CONTAINS(text, "// I6 is broken: unknown only where");
    EXPECT_CONTAINS(text, "\n// cogdrill replay found.jsonc\n{\n  \"name\": \"endless\",\n");
    EXPECT_CONTAINS(text, "\"client\": {\"options\": {\"poll_interval\": \"1ms\"}}");
    EXPECT_CONTAINS(text, "\"seed\": 7");
    cr_expect(cJSON_GetObjectItem(shrunk.scenario, "faults") == NULL);
    cr_expect(cJSON_GetObjectItem(shrunk.scenario, "server") == NULL);
    cr_expect(cJSON_GetObjectItem(shrunk.scenario, "tags") == NULL);
}

Test(shrink, has_nothing_of_a_scenario_that_breaks_no_rule)
{
    COG_CLEANUP(cog_json_finish)
    cJSON *scenario = cJSON_Parse("{\"name\": \"a\", \"expect\": {\"exit\": 6}}");
    COG_CLEANUP(scn_shrunk_finish) struct scn_shrunk shrunk = {0};
    struct cog_error error = {0};

    ASSERT_CODE(scn_shrink(scenario, &in_memory, &shrunk, &error), COG_OK, error);

    EXPECT_INT(shrunk.verdict, SCN_PASS);
    EXPECT_STR(shrunk.check, "");
    cr_expect(shrunk.scenario == NULL);
}

static void flatten_text(const char *text, const char *case_name, char **out_text)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    COG_CLEANUP(cog_json_finish) cJSON *scenario = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("file", text, strlen(text), &document, &error), COG_OK, error);
    ASSERT_CODE(scn_flatten(&document, case_name, &scenario, &error), COG_OK, error);
    *out_text = cJSON_PrintUnformatted(scenario);
}

static const char table[] =
    "{\"name\": \"t\", \"calls\": [\"status\", \"health\"],"
    " \"server\": {\"job\": {\"omit\": [\"flows\"]}, \"rate_limit\": {\"requests\": 1, \"per\": "
    "\"1s\","
    "              \"burst\": 3, \"policy\": \"token_bucket\"}},"
    " \"client\": {\"options\": {\"strict\": true, \"timeout\": \"1m\"}, \"kills\": "
    "[{\"after_request\": 1}]},"
    " \"faults\": [{\"nth\": 1}, {\"call\": \"promote\", \"inject\": \"nulls\"}],"
    " \"expect\": {\"exit\": 0},"
    " \"cases\": [\"not_json\","
    "  {\"name\": \"b\", \"inject\": {\"status\": 500}, \"server\": {\"rate_limit\": "
    "{\"requests\": 2,"
    "   \"per\": \"2s\"}, \"job\": {\"timeline\": []}}, \"client\": {\"options\": {\"timeout\": "
    "\"2m\"},"
    "   \"kills\": [{\"after_request\": 2}]}, \"expect\": {\"exit\": 1}}]}";

Test(flatten, changes_what_a_case_changes_as_the_language_does)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;

    flatten_text(table, "health.b", &text);

    EXPECT_STR(text, "{\"server\":{\"job\":{\"omit\":[\"flows\"],\"timeline\":[]},"
                     "\"rate_limit\":{\"requests\":2,\"per\":\"2s\"}},"
                     "\"client\":{\"options\":{\"strict\":true,\"timeout\":\"2m\"},"
                     "\"kills\":[{\"after_request\":2}]},"
                     "\"faults\":[{\"nth\":1,\"inject\":{\"status\":500},\"call\":\"health\"},"
                     "{\"call\":\"promote\",\"inject\":\"nulls\"}],\"expect\":{\"exit\":1},"
                     "\"name\":\"t: health.b\"}");
}

Test(flatten, injects_what_a_case_is_named_after)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;

    flatten_text(table, "status.not_json", &text);

    EXPECT_CONTAINS(text, "{\"nth\":1,\"inject\":\"not_json\",\"call\":\"status\"}");
    EXPECT_CONTAINS(text, "\"rate_limit\":{\"requests\":1,\"per\":\"1s\",\"burst\":3");
}

Test(flatten, wants_a_case_to_be_chosen)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    COG_CLEANUP(cog_json_finish) cJSON *scenario = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_document_parse("file", table, strlen(table), &document, &error), COG_OK, error);

    EXPECT_INT(scn_flatten(&document, NULL, &scenario, &error), COG_ERROR_SYNTAX);
    EXPECT_CONTAINS(error.message, "choose one by its name");
    EXPECT_INT(scn_flatten(&document, "status.c", &scenario, &error), COG_ERROR_SYNTAX);
    EXPECT_CONTAINS(error.message, "there is no case 'status.c'");
}

Test(layout, puts_on_one_line_what_fits)
{
    static const char text[] =
        "{\"name\": \"a\", \"list\": [{\"a\": 1}, \"b\\n\"], \"empty\": {}, \"long\": "
        "[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", "
        "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"]}";
    COG_CLEANUP(cog_json_finish) cJSON *json = cJSON_Parse(text);

    COG_CLEANUP(cog_string_finish) char *laid_out = scn_layout_format(json);

    EXPECT_STR(laid_out,
               "{\n  \"name\": \"a\",\n  \"list\": [{\"a\": 1}, \"b\\n\"],\n  \"empty\": {},\n"
               "  \"long\": [\n"
               "    \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\n"
               "    \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\n  ]\n}");
}
