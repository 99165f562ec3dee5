/* What a scenario says of OAuth and of rate limits. */
#include "script/scenario.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(script_oauth, .timeout = 5.0);
TestSuite(script_rate_limit, .timeout = 5.0);

/* Reads a scenario with one member of `server`. */
static enum cog_code parse(const char *member, struct mock_script **out_script,
                           struct cog_error *error)
{
    char text[600];
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    int length = snprintf(text, sizeof text, "{\"server\":{%s}}", member);
    cr_assert(length < (int)sizeof text);
    cr_assert(cog_document_parse("f.json", text, (size_t)length, &document, error) == COG_OK, "%s",
              error->message);
    return mock_script_parse(&document, out_script, error);
}

static void script_finish(struct mock_script **script)
{
    mock_script_destroy(*script);
}

struct wrong {
    const char *member;
    const char *expected;
};

static void expect_refusals(const struct wrong *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct mock_script *script = NULL;
        struct cog_error error = {0};

        enum cog_code code = parse(rows[i].member, &script, &error);

        cr_expect(code == COG_ERROR_SYNTAX, "%s: code %d", rows[i].member, (int)code);
        cr_expect(strstr(error.message, rows[i].expected) != NULL, "%s: '%s' lacks '%s'",
                  rows[i].member, error.message, rows[i].expected);
        cr_expect(strncmp(error.message, "f.json:1:", 9) == 0, "%s", error.message);
        cr_expect_null(script);
    }
}

Test(script_oauth, reads_clients_beside_the_first_one)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code =
        parse("\"oauth\":{\"clients\":[{\"id\":\"a\",\"secrets\":[\"old\",{\"secret\":\"new\","
              "\"from\":\"5m\",\"until\":\"10m\"}],\"scopes\":[\"bot:deploy\"]},"
              "{\"id\":\"b\",\"secrets\":[\"x\"]}]}",
              &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    const struct mock_oauth_setup *oauth = &script->setup.oauth;
    EXPECT_STR(oauth->client_id, "dev-client");
    EXPECT_STR(oauth->client_secret, "dev-secret");
    EXPECT_INT(oauth->clients.count, 2);
    const struct mock_client *client = mock_clients_find(&oauth->clients, "a");
    EXPECT_INT(client->scopes, MOCK_SCOPE_BOT_DEPLOY);
    EXPECT_STR(client->secrets[0].text, "old");
    EXPECT_INT(client->secrets[0].until_ms, INT64_MAX);
    EXPECT_INT(client->secrets[1].from_ms, 300000);
    EXPECT_INT(client->secrets[1].until_ms, 600000);
    EXPECT_INT(mock_clients_find(&oauth->clients, "b")->scopes, MOCK_SCOPE_ALL);
}

Test(script_oauth, lets_the_list_say_what_the_first_client_is)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code = parse("\"oauth\":{\"clients\":[{\"id\":\"dev-client\",\"secrets\":["
                               "\"old\",\"new\"],\"scopes\":[\"bot:deploy\"]}]}",
                               &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_STR(script->setup.oauth.client_secret, "old");
    EXPECT_INT(script->setup.oauth.scopes, MOCK_SCOPE_BOT_DEPLOY);
}

Test(script_oauth, reads_how_clients_are_treated)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code =
        parse("\"oauth\":{\"authentication\":[\"post\"],\"scope_policy\":\"narrow\","
              "\"token_type\":\"BEARER\",\"introspection\":\"inactive\","
              "\"expires_in_said\":\"90s\"}",
              &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    const struct mock_oauth_policy *policy = &script->behaviour.oauth;
    cr_expect_not(policy->takes_basic);
    cr_expect(policy->takes_post);
    cr_expect(policy->narrows_scope);
    EXPECT_STR(policy->token_type, "BEARER");
    cr_expect(policy->introspects_inactive);
    cr_expect(script->behaviour.has_introspection);
    EXPECT_INT(policy->expires_in_said, MOCK_EXPIRY_DURATION);
    EXPECT_INT(policy->expires_in_said_ms, 90000);
}

Test(script_oauth, says_where_and_what_is_wrong)
{
    static const struct wrong rows[] = {
        {"\"oauth\":{\"clients\":{}}", "f.json:1:31: "},
        {"\"oauth\":{\"clients\":[{\"secrets\":[\"a\"]}]}", "'id'"},
        {"\"oauth\":{\"clients\":[{\"id\":\"a\"}]}", "'secrets'"},
        {"\"oauth\":{\"clients\":[{\"id\":\"a\",\"secrets\":[]}]}", "at least one secret"},
        {"\"oauth\":{\"clients\":[{\"id\":\"a\",\"secrets\":[\"\"]}]}", "1 to 128 bytes"},
        {"\"oauth\":{\"clients\":[{\"id\":\"a\",\"secrets\":[7]}]}", "f.json:1:"},
        {"\"oauth\":{\"clients\":[{\"id\":\"a\",\"secrets\":[{\"from\":\"1s\"}]}]}", "'secret'"},
        {"\"oauth\":{\"clients\":[{\"id\":\"a\",\"secrets\":[{\"secret\":\"x\",\"from\":\"2s\","
         "\"until\":\"2s\"}]}]}",
         "'until' must be later than 'from'"},
        {"\"oauth\":{\"clients\":[{\"id\":\"a\",\"secrets\":[\"x\",\"x\"]}]}",
         "this secret stands twice"},
        {"\"oauth\":{\"clients\":[{\"id\":\"a\",\"secret\":\"x\"}]}", "did you mean 'secrets'"},
        {"\"oauth\":{\"clients\":[{\"id\":\"a:b\",\"secrets\":[\"x\"]}]}", "an id has no ':'"},
        {"\"oauth\":{\"clients\":[{\"id\":\"a\",\"secrets\":[\"x\"]},{\"id\":\"a\",\"secrets\":["
         "\"y\"]}]}",
         "the client 'a' stands twice"},
        {"\"oauth\":{\"client_id\":\"a\",\"client_secret\":\"x\",\"clients\":[{\"id\":\"a\","
         "\"secrets\":[\"y\"]}]}",
         "f.json:1:53: the client 'a' is in 'clients': its 'secrets' belong there"},
        {"\"oauth\":{\"scopes\":[],\"clients\":[{\"id\":\"dev-client\",\"secrets\":[\"y\"]}]}",
         "its 'scopes' belong there"},
        {"\"oauth\":{\"authentication\":[]}", "no client could authenticate"},
        {"\"oauth\":{\"authentication\":[\"Basic\"]}", "did you mean 'basic'"},
        {"\"oauth\":{\"authentication\":\"basic\"}", "f.json:1:38: "},
        {"\"oauth\":{\"scope_policy\":\"narow\"}", "did you mean 'narrow'"},
        {"\"oauth\":{\"expires_in_said\":\"nul\"}", "one such as 'null'"},
        {"\"oauth\":{\"expires_in_said\":\"5 seconds\"}", "neither a duration nor a word"},
        {"\"oauth\":{\"expires_in_said\":5}", "f.json:1:39: "},
        {"\"oauth\":{\"introspection\":\"inactiv\"}", "did you mean 'inactive'"},
        {"\"oauth\":{\"introspection\":1}", "f.json:1:37: "},
        {"\"oauth\":{\"token_type\":\"\"}", "must not be empty"},
    };
    expect_refusals(rows, sizeof rows / sizeof rows[0]);
}

Test(script_rate_limit, reads_one_or_a_list)
{
    COG_CLEANUP(script_finish) struct mock_script *script = NULL;
    struct cog_error error = {0};

    enum cog_code code =
        parse("\"rate_limit\":[{\"requests\":4,\"per\":\"10s\"},{\"name\":\"burst\",\"policy\":"
              "\"token_bucket\",\"requests\":1,\"per\":\"2s\",\"burst\":5,\"scope\":\"call\","
              "\"calls\":[\"token\",\"status\"],\"headers\":\"both\",\"retry_after\":\"none\"},"
              "{\"policy\":\"token_bucket\",\"requests\":6,\"per\":\"1m\"}]",
              &script, &error);

    ASSERT_CODE(code, COG_OK, error);
    const struct mock_rate_limits *limits = &script->behaviour.rate_limits;
    EXPECT_INT(limits->count, 3);
    EXPECT_STR(limits->items[0].name, "default");
    EXPECT_INT(limits->items[0].policy, MOCK_RATE_FIXED_WINDOW);
    EXPECT_INT(limits->items[0].calls, mock_rate_bearer_calls());
    EXPECT_INT(limits->items[0].headers, MOCK_RATE_HEADERS_NONE);
    EXPECT_STR(limits->items[1].name, "burst");
    EXPECT_INT(limits->items[1].policy, MOCK_RATE_TOKEN_BUCKET);
    EXPECT_INT(limits->items[1].burst, 5);
    EXPECT_INT(limits->items[1].scope, MOCK_RATE_CALL);
    EXPECT_INT(limits->items[1].calls, 1U << MOCK_CALL_TOKEN | 1U << MOCK_CALL_STATUS);
    EXPECT_INT(limits->items[1].headers, MOCK_RATE_HEADERS_BOTH);
    EXPECT_INT(limits->items[1].retry_after, MOCK_RATE_NONE);
    EXPECT_STR(limits->items[2].name, "limit-3");
    EXPECT_INT(limits->items[2].burst, 6);
}

Test(script_rate_limit, counts_every_call_with_a_token_unless_told)
{
    const unsigned calls = mock_rate_bearer_calls();

    for (int call = 0; call <= MOCK_CALL_UNKNOWN; call++) {
        bool is_bearer = call != MOCK_CALL_TOKEN && call != MOCK_CALL_INTROSPECT &&
                         call != MOCK_CALL_WEBHOOK && call != MOCK_CALL_STUB &&
                         call != MOCK_CALL_UNKNOWN;
        cr_expect(((calls & 1U << call) != 0) == is_bearer, "%d", call);
    }
}

Test(script_rate_limit, says_where_and_what_is_wrong)
{
    static const struct wrong rows[] = {
        {"\"rate_limit\":7", "f.json:1:25: expected a limit or a list of limits"},
        {"\"rate_limit\":[7]", "f.json:1:26: "},
        {"\"rate_limit\":{}", "'requests'"},
        {"\"rate_limit\":[{\"requests\":1}]", "'per'"},
        {"\"rate_limit\":{\"requests\":1,\"per\":\"1s\",\"policy\":\"bucket\"}", "f.json:1:"},
        {"\"rate_limit\":{\"requests\":1,\"per\":\"1s\",\"burst\":2}",
         "'burst' belongs to the policy 'token_bucket'"},
        {"\"rate_limit\":{\"requests\":1,\"per\":\"1s\",\"policy\":\"token_bucket\",\"burst\":0}",
         "f.json:1:"},
        {"\"rate_limit\":{\"requests\":1,\"per\":\"1s\",\"calls\":[]}", "at least one call"},
        {"\"rate_limit\":{\"requests\":1,\"per\":\"1s\",\"calls\":[\"statos\"]}",
         "did you mean 'status'"},
        {"\"rate_limit\":{\"requests\":1,\"per\":\"1s\",\"calls\":[\"webhook\"]}", "use a fault"},
        {"\"rate_limit\":{\"requests\":1,\"per\":\"1s\",\"name\":\"a b\"}", "letters, digits"},
        {"\"rate_limit\":[{\"requests\":1,\"per\":\"1s\",\"name\":\"x\"},"
         "{\"requests\":2,\"per\":\"1s\",\"name\":\"x\"}]",
         "there is a limit 'x' already"},
        {"\"rate_limit\":{\"requests\":1,\"per\":\"1s\",\"headers\":\"rate-limit\"}",
         "did you mean 'ratelimit'"},
        {"\"rate_limit\":{\"requests\":1,\"per\":\"1s\",\"scope\":\"tennant\"}",
         "did you mean 'tenant'"},
        {"\"rate_limit\":[{},{},{},{},{},{},{},{},{}]", "more than 8 entries"},
    };
    expect_refusals(rows, sizeof rows / sizeof rows[0]);
}
