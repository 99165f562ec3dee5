#include <cogmock/script.h>

#include "script/scenario.h"

#include "support/expect.h"

TestSuite(script_parse, .timeout = 5.0);
TestSuite(script_parse_case, .timeout = 5.0);
TestSuite(script_parse_patched, .timeout = 5.0);
TestSuite(script_hold, .timeout = 5.0);
TestSuite(call_names, .timeout = 5.0);

static enum cog_code parse(const char *text, struct mock_script **out_script,
                           struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    enum cog_code code = cog_document_parse("f.json", text, strlen(text), &document, error);
    return code == COG_OK ? mock_script_parse(&document, out_script, error) : code;
}

static enum cog_code parse_case(const char *text, const char *name, struct mock_script **out_script,
                                struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    struct mock_case chosen = {0};
    enum cog_code code = cog_document_parse("f.json", text, strlen(text), &document, error);
    if (code == COG_OK) {
        code = mock_cases_find(&document, name, &chosen, error);
    }
    return code == COG_OK ? mock_script_parse_case(&document, &chosen, out_script, error) : code;
}

static void script_finish(struct mock_script **script)
{
    mock_script_destroy(*script);
}

Test(script_parse, is_the_default_world_when_nothing_is_said)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    COG_CLEANUP(script_finish) struct mock_script *expected = NULL;
    struct cog_error error = {0};
    cr_assert(mock_script_create_default(&expected, &error) == COG_OK);

    enum cog_code code =
        parse("{\"name\":\"n\",\"client\":{\"x\":1},\"expect\":[],\"tags\":7}", &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(script->fault_count, 0);
    EXPECT_INT(script->setup.environment_count, expected->setup.environment_count);
    EXPECT_INT(script->setup.job.step_count, expected->setup.job.step_count);
    EXPECT_STR(script->setup.environments[0].id, "env-source");
    EXPECT_STR(script->setup.environments[1].id, "env-target");
    EXPECT_STR(script->setup.oauth.client_id, "dev-client");
    EXPECT_STR(script->setup.oauth.client_secret, "dev-secret");
}

static const char everything[] =
    "{\"server\":{\"api\":\"seed\",\n"
    "\"environments\":{\"env-target\":{\"version\":9,\"content\":{\"intents\":1}},\n"
    "  \"env-new\":{\"name\":\"New\",\"bot_id\":\"bot-2\",\"platform_version\":\"v2.0.1\"}},\n"
    "\"job\":{\"timeline\":[{\"at\":\"1s\",\"progress\":50},{\"at\":\"2s\",\"fail\":\"lock\"}],\n"
    "  \"omit\":[\"flows\"]},\n"
    "\"rollback\":{\"reversible\":false,\"timeline\":[{\"at\":\"7s\","
    "\"status\":\"rollback_failed\"}],\n  \"restore\":\"half\"},\n"
    "\"sessions\":{\"env-target\":[{\"at\":\"0s\",\"active\":3},{\"at\":\"40s\",\"active\":0}]},\n"
    "\"health\":[{\"at\":\"5s\",\"status\":503}],\n"
    "\"conversation\":{\"matches\":false},\n"
    "\"rate_limit\":{\"requests\":10,\"per\":\"1s\",\"retry_after\":\"date\"},\n"
    "\"idempotency_keys\":false,\"poll_retry_after\":\"5s\",\n"
    "\"oauth\":{\"client_id\":\"i\",\"client_secret\":\"s\",\"expires_in\":\"60s\","
    "\"scopes\":[\"bot:deploy\"],\"scope_in_answer\":false,\"introspection\":false,"
    "\"revoke_at\":[\"30s\"]}}}";

Test(script_parse, reads_every_member_of_the_world)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code = parse(everything, &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    const struct mock_setup *setup = &script->setup;
    EXPECT_INT(setup->environment_count, 3);
    EXPECT_INT(setup->environments[1].version, 9);
    EXPECT_INT(setup->environments[1].counts[MOCK_KIND_INTENT], 1);
    EXPECT_INT(setup->environments[1].counts[MOCK_KIND_ENTITY], 5);
    EXPECT_STR(setup->environments[2].name, "New");
    EXPECT_STR(setup->environments[2].bot_id, "bot-2");
    EXPECT_INT(setup->job.step_count, 2);
    EXPECT_INT(setup->job.steps[0].progress, 50);
    EXPECT_STR(setup->job.steps[1].reason, "lock");
    cr_expect(setup->job.omitted[MOCK_KIND_FLOW]);
    cr_expect_not(setup->rollback.reversible);
    cr_expect_not(setup->rollback.succeeds);
    EXPECT_INT(setup->rollback.end_ms, 7000);
    EXPECT_INT(setup->rollback.restore, MOCK_RESTORE_HALF);
    EXPECT_INT(mock_level_at(&setup->environments[1].sessions, 39999, 0), 3);
    EXPECT_INT(mock_level_at(&setup->health, 5000, 200), 503);
    EXPECT_STR(setup->oauth.client_id, "i");
    EXPECT_STR(setup->oauth.client_secret, "s");
    EXPECT_INT(setup->oauth.expires_in_ms, 60000);
    EXPECT_INT(setup->oauth.scopes, MOCK_SCOPE_BOT_DEPLOY);
    EXPECT_INT(setup->oauth.revoke_at_ms[0], 30000);
}

Test(script_parse, reads_every_member_of_the_behaviour)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code = parse(everything, &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    const struct mock_behaviour *behaviour = &script->behaviour;
    cr_expect(behaviour->seed_only);
    cr_expect_not(behaviour->conversation_matches);
    cr_expect_not(behaviour->honours_idempotency_keys);
    cr_expect_not(behaviour->scope_in_answer);
    cr_expect_not(behaviour->has_introspection);
    EXPECT_INT(behaviour->poll_retry_after_ms, 5000);
    EXPECT_INT(behaviour->rate_limits.items[0].requests, 10);
    EXPECT_INT(behaviour->rate_limits.items[0].per_ms, 1000);
    EXPECT_INT(behaviour->rate_limits.items[0].retry_after, MOCK_RATE_DATE);
}

Test(script_parse, makes_a_failed_rollback_restore_nothing_unless_told)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code = parse("{\"server\":{\"rollback\":{\"timeline\":[{\"at\":\"1s\","
                               "\"status\":\"rollback_failed\"}]}}}",
                               &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(script->setup.rollback.restore, MOCK_RESTORE_NONE);
}

Test(script_parse, takes_an_empty_rollback_timeline_as_one_without_end)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code = parse("{\"server\":{\"rollback\":{\"timeline\":[]}}}", &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    cr_expect_not(script->setup.rollback.ends);
}

/* Each text is wrong in one place. The position is the one of the value at fault. */
static const struct {
    const char *text;
    const char *expected;
} wrong[] = {
    {"{\"servers\":{}}", "did you mean 'server'"},
    {"{\"server\":\n  []}", "f.json:2:3: "},
    {"{\"server\":{\n \"jobs\":{}}}", "f.json:2:"},
    {"{\"server\":{\"api\":\"sead\"}}", "f.json:1:18: "},
    {"{\"server\":{\"environments\":{\"e\":{\"bot\":\"b\"}}}}", "'bot'"},
    {"{\"server\":{\"environments\":{\"e\":{\"version\":0}}}}", "f.json:1:43: "},
    {"{\"server\":{\"environments\":{\"e\":{\"version\":65536}}}}", "f.json:1:43: "},
    {"{\"server\":{\"environments\":{\"e\":{\"name\":\"\"}}}}", "must not be empty"},
    {"{\"server\":{\"environments\":{\"e\":{\"content\":{\"intents\":501}}}}}", "f.json:1:54: "},
    {"{\"server\":{\"environments\":{\"e\":{\"content\":{\"intent\":1}}}}}", "'intent'"},
    {"{\"server\":{\"environments\":{\"e\":{\"platform_version\":\"18\"}}}}", "v1.18.0"},
    {"{\"server\":{\"environments\":{\"\":{}}}}", "1 to 128 bytes"},
    {"{\"server\":{\"job\":{\"timeline\":[{\"progress\":1}]}}}", "'at'"},
    {"{\"server\":{\"job\":{\"timeline\":[{\"at\":\"soon\",\"progress\":1}]}}}", "f.json:1:37: "},
    {"{\"server\":{\"job\":{\"timeline\":[{\"at\":\"0s\"}]}}}", "exactly one of"},
    {"{\"server\":{\"job\":{\"timeline\":[{\"at\":\"0s\",\"progress\":1,\"fail\":\"x\"}]}}}",
     "exactly one of"},
    {"{\"server\":{\"job\":{\"timeline\":[{\"at\":\"0s\",\"progress\":101}]}}}", "f.json:1:53: "},
    {"{\"server\":{\"job\":{\"timeline\":[{\"at\":\"0s\",\"complete\":false}]}}}", "must be true"},
    {"{\"server\":{\"job\":{\"timeline\":[{\"at\":\"2s\",\"progress\":1},\n"
     "{\"at\":\"1s\",\"progress\":2}]}}}",
     "f.json:2:7: times must ascend"},
    {"{\"server\":{\"job\":{\"timeline\":[{\"at\":\"2s\",\"complete\":true},"
     "{\"at\":\"3s\",\"progress\":2}]}}}",
     "nothing can follow"},
    {"{\"server\":{\"job\":{\"omit\":[\"flow\"]}}}", "did you mean 'flows'"},
    {"{\"server\":{\"job\":{\"omit\":[7]}}}", "expected a string"},
    {"{\"server\":{\"rollback\":{\"timeline\":[{\"at\":\"1s\",\"status\":\"done\"}]}}}",
     "f.json:1:"},
    {"{\"server\":{\"rollback\":{\"timeline\":[{\"at\":\"1s\",\"status\":\"rolled_back\"},"
     "{\"at\":\"2s\",\"status\":\"rolled_back\"}]}}}",
     "more than 1 entries"},
    {"{\"server\":{\"rollback\":{\"restore\":\"most\"}}}", "f.json:1:34: "},
    {"{\"server\":{\"sessions\":{\"env-other\":[]}}}", "there is no environment 'env-other'"},
    {"{\"server\":{\"sessions\":{\"env-target\":[{\"at\":\"0s\",\"active\":-1}]}}}", "f.json:1:"},
    {"{\"server\":{\"sessions\":{\"env-target\":[{\"at\":\"0s\"}]}}}", "'active'"},
    {"{\"server\":{\"health\":[{\"at\":\"0s\",\"status\":100}]}}", "f.json:1:42: "},
    {"{\"server\":{\"rate_limit\":{\"requests\":1}}}", "'per'"},
    {"{\"server\":{\"rate_limit\":{\"requests\":0,\"per\":\"1s\"}}}", "f.json:1:37: "},
    {"{\"server\":{\"rate_limit\":{\"requests\":1,\"per\":\"0s\"}}}", "longer than 0s"},
    {"{\"server\":{\"conversation\":{\"matches\":1}}}", "f.json:1:38: "},
    {"{\"server\":{\"idempotency_keys\":null}}", "f.json:1:31: "},
    {"{\"server\":{\"poll_retry_after\":5}}", "f.json:1:31: "},
    {"{\"server\":{\"oauth\":{\"scopes\":[\"bot:deplox\"]}}}", "did you mean 'bot:deploy'"},
    {"{\"server\":{\"oauth\":{\"revoke_at\":[30]}}}", "f.json:1:34: expected a duration"},
    {"{\"server\":{\"oauth\":{\"revoke_at\":[\"30x\"]}}}", "f.json:1:34: "},
    {"{\"server\":{\"oauth\":{\"client_id\":7}}}", "f.json:1:33: "},
    {"{\"faults\":[{\"inject\":\"not_json\"}]}", "'call'"},
    {"{\"faults\":[{\"call\":\"promot\",\"inject\":\"not_json\"}]}", "did you mean 'promote'"},
    {"{\"faults\":[{\"call\":\"promote\"}]}", "'inject'"},
    {"{\"faults\":[{\"call\":\"promote\",\"inject\":\"reset\"}]}", "f.json:1:39: "},
    {"{\"faults\":[{\"call\":\"promote\",\"inject\":7}]}", "f.json:1:39: "},
    {"{\"faults\":[{\"call\":\"promote\",\"inject\":\"delay\"}]}", "needs a \"delay\""},
    {"{\"faults\":[{\"call\":\"promote\",\"inject\":{\"kind\":\"delay\"}}]}", "needs a \"delay\""},
    {"{\"faults\":[{\"call\":\"promote\",\"inject\":{}}]}", "'kind'"},
    {"{\"faults\":[{\"call\":\"promote\",\"inject\":{\"status\":199}}]}", "f.json:1:49: "},
    {"{\"faults\":[{\"call\":\"promote\",\"inject\":{\"status\":429,\"kind\":\"delay\"}}]}",
     "'status' belongs to the kind 'redirect'"},
    {"{\"faults\":[{\"call\":\"promote\",\"inject\":{\"status\":429,\"retry_after\":3}}]}",
     "expected a duration"},
    {"{\"faults\":[{\"call\":\"promote\",\"inject\":{\"status\":429,"
     "\"retry_after\":{\"raw\":\"a\\nb\"}}}]}",
     "one line"},
    {"{\"faults\":[{\"call\":\"promote\",\"inject\":{\"status\":429,"
     "\"retry_after\":{\"form\":\"seconds\"}}}]}",
     "'after'"},
    {"{\"faults\":[{\"call\":\"promote\",\"inject\":{\"status\":429,\"body\":\"xml\"}}]}",
     "f.json:1:"},
    {"{\"faults\":[{\"call\":\"promote\",\"inject\":{\"status\":429,\"body\":{}}}]}", "'raw'"},
    {"{\"faults\":[{\"call\":\"promote\",\"inject\":{\"kind\":\"not_json\",\"after_bytes\":1}}]}",
     "belongs to the kind 'truncated_body'"},
    {"{\"faults\":[{\"call\":\"status\",\"nth\":1,\"from\":2,\"inject\":\"not_json\"}]}",
     "exclude each other"},
    {"{\"faults\":[{\"call\":\"status\",\"nth\":0,\"inject\":\"not_json\"}]}", "f.json:1:35: "},
    {"{\"faults\":[{\"call\":\"status\",\"nth\":1.5,\"inject\":\"not_json\"}]}", "f.json:1:35: "},
    {"{\"faults\":[{\"call\":\"status\",\"from\":0,\"inject\":\"not_json\"}]}", "f.json:1:36: "},
    {"{\"faults\":[{\"call\":\"status\",\"attempts\":[],\"inject\":\"not_json\"}]}",
     "at least one number"},
    {"{\"faults\":[{\"call\":\"status\",\"attempts\":2,\"inject\":\"not_json\"}]}",
     "f.json:1:40: "},
    {"{\"faults\":[{\"call\":\"status\",\"probability\":0,\"inject\":\"not_json\"}]}",
     "more than 0, and at most 1"},
    {"{\"faults\":[{\"call\":\"status\",\"probability\":1.5,\"inject\":\"not_json\"}]}",
     "more than 0, and at most 1"},
    {"{\"faults\":[{\"call\":\"status\",\"times\":0,\"inject\":\"not_json\"}]}", "f.json:1:37: "},
    {"{\"faults\":[{\"call\":\"status\",\"for\":\"0s\",\"inject\":\"not_json\"}]}",
     "longer than 0s"},
    {"{\"faults\":[{\"call\":\"status\",\"connections\":1,\"inject\":\"not_json\"}]}",
     "'connections'"},
    {"{\"faults\":[{\"call\":\"status\",\"inject\":\"refused\"}]}", "before there is a call"},
    {"{\"faults\":[{\"connections\":1,\"inject\":\"connect_timeout\"}]}",
     "cannot count connections"},
    {"{\"faults\":[{\"from\":2,\"inject\":\"refused\"}]}", "duration"},
    {"{\"faults\":[{\"call\":\"token\",\"inject\":\"dns_fail\"}]}", "below .invalid"},
    {"{\"faults\":[{\"call\":\"token\",\"inject\":{\"kind\":\"dns_fail\"}}]}", "below .invalid"},
    {"{\"faults\":[{\"call\":\"token\",\"inject\":{\"kind\":\"redirect\",\"status\":305}}]}",
     "301, 302, 303, 307 or 308"},
    {"{\"faults\":[{\"call\":\"token\",\"inject\":{\"kind\":\"redirect\",\"location\":\"\"}}]}",
     "one line"},
    {"{\"faults\":[{\"call\":\"token\",\"inject\":{\"kind\":\"drip\",\"after_headers\":true}}]}",
     "belongs to the kind 'reset_after_apply', 'close_no_response', 'timeout_after_apply'"},
};

Test(script_parse, says_where_and_what_is_wrong)
{
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct mock_script *script = NULL;
        struct cog_error error = {0};

        enum cog_code code = parse(wrong[i].text, &script, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "%s: code %d", wrong[i].text, (int)code);
        cr_expect(strstr(error.message, wrong[i].expected) != NULL, "%s: '%s' lacks '%s'",
                  wrong[i].text, error.message, wrong[i].expected);
        cr_expect(strncmp(error.message, "f.json:", 7) == 0, "%s", error.message);
        cr_expect_null(script);
    }
}

Test(script_parse, reads_a_status_fault_with_all_its_members)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code =
        parse("{\"faults\":[{\"call\":\"promote\",\"nth\":[1,3],\"attempts\":[2],\"inject\":{"
              "\"status\":503,"
              "\"retry_after\":{\"form\":\"asctime\",\"after\":\"3s\"},\"applied\":true,"
              "\"body\":{\"raw\":\"<x>\"},\"delay\":\"2s\"}},"
              "{\"call\":\"status\",\"from\":4,\"inject\":\"truncated_body\"}]}",
              &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    const struct mock_fault *fault = &script->faults[0];
    EXPECT_STR(fault->name, "status 503");
    EXPECT_STR(fault->description, "promote call 1,3 attempt 2: status 503, applied");
    EXPECT_INT(fault->injection.retry_after.form, MOCK_RETRY_AFTER_ASCTIME);
    EXPECT_INT(fault->injection.retry_after.after_ms, 3000);
    EXPECT_STR(fault->injection.raw_body, "<x>");
    EXPECT_INT(fault->injection.delay_ms, 2000);
    cr_expect(fault->injection.applied);
    EXPECT_STR(script->faults[1].description, "status from call 4: truncated_body, applied");
    EXPECT_INT(script->faults[1].injection.after_bytes, -1);
}

Test(call_names, end_before_the_one_that_nobody_can_address)
{
    const char *const *names = mock_call_names();

    EXPECT_STR(names[MOCK_CALL_TOKEN], "token");
    EXPECT_STR(names[MOCK_CALL_WEBHOOK], "webhook");
    cr_expect_null(names[MOCK_CALL_UNKNOWN]);
    EXPECT_STR(mock_call_name(MOCK_CALL_UNKNOWN), "unknown");
}

static const char cases[] =
    "{\"server\":{\"api\":\"seed\",\"job\":{\"omit\":[\"flows\"]},\n"
    "\"rollback\":{\"restore\":\"half\"},\"oauth\":{\"revoke_at\":[\"30s\"]}},\n"
    "\"faults\":[{\"call\":\"token\"},{\"call\":\"promote\",\"inject\":\"not_json\"}],\n"
    "\"cases\":[\n"
    "{\"name\":\"same\",\"inject\":\"html_body\"},\n"
    "{\"name\":\"other\",\"server\":{\"job\":{\"omit\":[\"intents\"]},\"rollback\":{\"reversible\":"
    "false},\n"
    "  \"oauth\":{\"revoke_at\":[\"40s\"]}},\"faults\":[]},\n"
    "\"nulls\"]}";

Test(script_parse_case, gives_its_injection_to_the_faults_that_bring_none)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code = parse_case(cases, "same", &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(script->fault_count, 2);
    EXPECT_INT(script->faults[0].injection.kind, MOCK_FAULT_HTML_BODY);
    EXPECT_INT(script->faults[1].injection.kind, MOCK_FAULT_NOT_JSON);
}

Test(script_parse_case, is_by_its_word_alone_what_it_injects)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code = parse_case(cases, "nulls", &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(script->faults[0].injection.kind, MOCK_FAULT_NULLS);
    EXPECT_STR(script->faults[0].source, "{\"call\":\"token\",\"inject\":\"nulls\"}");
}

Test(script_parse_case, gives_its_call_to_the_faults_that_name_none)
{
    static const char text[] = "{\"calls\":[\"health\",\"sessions\"],\"cases\":[\"nulls\",\"nan\"],"
                               "\"faults\":[{\"nth\":2},{\"call\":\"token\",\"inject\":\"nan\"},"
                               "{\"from\":\"9s\",\"inject\":\"refused\"}]}";
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code = parse_case(text, "sessions.nan", &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(script->faults[0].call, MOCK_CALL_SESSIONS);
    EXPECT_INT(script->faults[1].call, MOCK_CALL_TOKEN);
    EXPECT_INT(script->faults[2].call, MOCK_CALL_UNKNOWN);
    EXPECT_STR(script->faults[0].source, "{\"nth\":2,\"call\":\"sessions\",\"inject\":\"nan\"}");
}

Test(script_parse_case, changes_what_it_says_of_the_world_and_nothing_else)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code = parse_case(cases, "other", &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(script->fault_count, 0);
    cr_expect(script->behaviour.seed_only);
    cr_expect(script->setup.job.omitted[MOCK_KIND_INTENT]);
    cr_expect(!script->setup.job.omitted[MOCK_KIND_FLOW]);
    cr_expect(!script->setup.rollback.reversible);
    EXPECT_INT(script->setup.rollback.restore, MOCK_RESTORE_HALF);
    EXPECT_INT(script->setup.oauth.revoke_count, 1);
    EXPECT_INT(script->setup.oauth.revoke_at_ms[0], 40000);
}

Test(script_parse_case, has_to_be_chosen_by_a_name_that_exists)
{
    const struct {
        const char *name;
        const char *message;
    } rows[] = {
        {NULL, "f.json:4:9: the scenario has cases: choose one by its name"},
        {"sam", "there is no case 'sam', did you mean 'same'?"},
        {"quite different", "there is no case 'quite different'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(script_finish) struct mock_script *script = NULL;
        struct cog_error error = {0};

        enum cog_code code = parse_case(cases, rows[i].name, &script, &error);

        EXPECT_INT(code, COG_ERROR_SYNTAX);
        EXPECT_CONTAINS(error.message, rows[i].message);
    }
}

/* A scenario, or the default world, with two changes that came later. */
static enum cog_code parse_patched(const char *text, const char *first, const char *second,
                                   struct mock_script **out_script, struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    COG_CLEANUP(cog_document_finish) struct cog_document one = {0};
    COG_CLEANUP(cog_document_finish) struct cog_document two = {0};
    if (text != NULL) {
        cr_assert(cog_document_parse("f.json", text, strlen(text), &document, error) == COG_OK);
    }
    cr_assert(cog_document_parse("first", first, strlen(first), &one, error) == COG_OK);
    cr_assert(cog_document_parse("second", second, strlen(second), &two, error) == COG_OK);
    const struct cog_document *const patches[] = {&one, &two, NULL};
    const struct mock_case none = {0};
    return mock_script_parse_patched(text == NULL ? NULL : &document, &none, patches, out_script,
                                     error);
}

Test(script_parse_patched, changes_what_was_there_before_one_after_the_other)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code =
        parse_patched("{\"server\":{\"api\":\"seed\",\"health\":[{\"at\":\"0s\",\"status\":503}]},"
                      "\"faults\":[{\"call\":\"status\",\"inject\":\"not_json\"}]}",
                      "{\"job\":{\"omit\":[\"flows\"]},\"rollback\":{\"reversible\":false}}",
                      "{\"job\":{\"omit\":[]},\"health\":[]}", &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    cr_expect(script->behaviour.seed_only);
    cr_expect_not(script->setup.rollback.reversible);
    cr_expect_not(script->setup.job.omitted[MOCK_KIND_FLOW]);
    EXPECT_INT(script->setup.health.step_count, 0);
    EXPECT_INT(script->fault_count, 1);
}

Test(script_parse_patched, changes_the_default_world_without_a_scenario)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code = parse_patched(
        NULL, "{\"environments\":{\"env-new\":{}}}",
        "{\"sessions\":{\"env-new\":[{\"at\":\"1s\",\"active\":3}]}}", &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(script->setup.environment_count, 3);
    EXPECT_INT(mock_level_at(&script->setup.environments[2].sessions, 1000, 0), 3);
}

Test(script_parse_patched, complains_of_the_change_that_is_to_blame)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code =
        parse_patched("{}", "{\"api\":\"full\"}", "{\n \"rolback\":{}}", &script, &error);

    ASSERT_CODE(code, COG_ERROR_SYNTAX, error);
    EXPECT_CONTAINS(error.message, "second:2:2: ");
    EXPECT_CONTAINS(error.message, "did you mean 'rollback'");
}

Test(script_hold, keeps_the_script_until_the_last_holder_lets_go)
{
    struct mock_script *script = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(mock_script_create_default(&script, &error), COG_OK, error);

    struct mock_script *held = mock_script_hold(script);
    mock_script_destroy(script);

    EXPECT_STR(held->setup.environments[0].id, "env-source");
    mock_script_destroy(held);
}
