#include "world/tokens_state.h"

#include "support/expect.h"

#include <cogbase/json.h>

#include <stdio.h>

TestSuite(tokens_state, .timeout = 5.0);

static const struct mock_oauth_setup setup = {
    .client_id = "dev-client",
    .client_secret = "dev-secret",
    .expires_in_ms = 60000,
    .scopes = MOCK_SCOPE_ALL,
};

static const struct mock_token *issue(struct mock_tokens *tokens, unsigned scopes)
{
    const struct mock_token *token = NULL;
    cr_assert(mock_tokens_issue(tokens, tokens->clients.items[0], scopes, 1000, &token) == COG_OK);
    return token;
}

/* Three tokens: a valid one, one with a single scope, one that was revoked; and two secrets. */
static void populate(struct mock_tokens *tokens)
{
    struct cog_error error = {0};
    const struct mock_client_secret secret = {(char *)"second", 500, 90000};
    cr_assert(mock_tokens_init(tokens, &setup, 5) == COG_OK);
    cr_assert(mock_tokens_secret_add(tokens, "dev-client", &secret, &error) == COG_OK);
    (void)issue(tokens, MOCK_SCOPE_ALL);
    (void)issue(tokens, MOCK_SCOPE_BOT_DEPLOY);
    (void)issue(tokens, MOCK_SCOPE_ALL);
    cr_assert(mock_tokens_revoke(tokens, "t-3", 2000));
}

static char *print_state(const struct mock_tokens *tokens)
{
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    cr_assert(mock_tokens_append_state(tokens, object) == COG_OK);
    return cJSON_PrintUnformatted(object);
}

Test(tokens_state, keeps_tokens_and_secrets_working)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens other = {0};
    populate(&tokens);
    cr_assert(mock_tokens_init(&other, &setup, 6) == COG_OK);
    (void)issue(&other, MOCK_SCOPE_ALL);
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    struct cog_error error = {0};

    cr_assert(mock_tokens_append_state(&tokens, object) == COG_OK);
    ASSERT_CODE(mock_tokens_read_state(&other, object, &error), COG_OK, error);

    const struct mock_token *token = mock_tokens_next(&tokens, NULL);
    const struct mock_token *found = mock_tokens_find(&other, token->text, 60999);
    cr_assert_not_null(found);
    EXPECT_STR(found->client->id, "dev-client");
    EXPECT_INT(found->expires_ms, 61000);
    EXPECT_INT(mock_tokens_find_id(&other, "t-2")->scopes, MOCK_SCOPE_BOT_DEPLOY);
    EXPECT_INT(mock_tokens_find_id(&other, "t-3")->revoked_ms, 2000);
    cr_expect(mock_client_accepts(other.clients.items[0], "second", 89999));
    cr_expect_not(mock_client_accepts(other.clients.items[0], "second", 90000));
    EXPECT_INT(other.count, 3);
    EXPECT_STR(mock_tokens_secrets(&other)[1], "second");
}

Test(tokens_state, is_the_same_after_it_was_read_and_draws_the_same_next_token)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens other = {0};
    populate(&tokens);
    cr_assert(mock_tokens_init(&other, &setup, 6) == COG_OK);
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    struct cog_error error = {0};
    cr_assert(mock_tokens_append_state(&tokens, object) == COG_OK);

    ASSERT_CODE(mock_tokens_read_state(&other, object, &error), COG_OK, error);

    char *first = print_state(&tokens);
    char *second = print_state(&other);
    EXPECT_STR(first, second);
    cJSON_free(first);
    cJSON_free(second);
    EXPECT_STR(issue(&tokens, MOCK_SCOPE_ALL)->text, issue(&other, MOCK_SCOPE_ALL)->text);
    cr_expect_not_null(mock_tokens_find_id(&other, "t-4"));
}

#define TEXT  "\"text\":\"ab\",\"client_id\":\"a\",\"scopes\":[],\"issued_ms\":0,\"expires_ms\":1"
#define START "{\"since_ms\":0,\"issued\":2,\"random\":\"00000000000000ff\","
#define CLIENT                                                                                     \
    START "\"clients\":[{\"id\":\"a\",\"scopes\":[],\"gone\":false,\"secrets\":["                  \
          "{\"secret\":\"x\",\"from_ms\":0}]}],"

Test(tokens_state, is_refused_whole_when_a_member_is_wrong)
{
    static const struct {
        const char *text;
        const char *expected;
    } rows[] = {
        {"{}", "since_ms"},
        {"{\"since_ms\":-1}", "since_ms"},
        {"{\"since_ms\":0}", "issued"},
        {"{\"since_ms\":0,\"issued\":0}", "random"},
        {"{\"since_ms\":0,\"issued\":0,\"random\":\"xyz\"}", "16 hexadecimal"},
        {START "\"clients\":{}}", "'clients' must be an array"},
        {START "\"clients\":[{}]}", "clients[0]"},
        {START "\"clients\":[{\"id\":\"a\",\"scopes\":[\"root\"]}]}", "unknown scope"},
        {CLIENT "\"tokens\":[{\"id\":\"x\"}]}", "such as 't-1'"},
        {CLIENT "\"tokens\":[{\"id\":\"t-1\",\"text\":\"ab\",\"client_id\":\"b\"}]}",
         "no client 'b'"},
        {CLIENT "\"tokens\":[{\"id\":\"t-1\"," TEXT "},{\"id\":\"t-2\"," TEXT "}]}", "twice"},
        {CLIENT "\"tokens\":[{\"id\":\"t-3\"," TEXT "}]}", "newest token"},
    };
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    populate(&tokens);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_Parse(rows[i].text);
        struct cog_error error = {0};
        char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];

        enum cog_code code = mock_tokens_read_state(&tokens, object, &error);

        cr_expect(code == COG_ERROR_PROTOCOL, "row %zu: %d", i, (int)code);
        EXPECT_CONTAINS(cog_error_text(&error, text, sizeof text), rows[i].expected);
        EXPECT_INT(tokens.count, 3);
    }
}
