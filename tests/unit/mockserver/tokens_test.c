#include "world/tokens.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(tokens_issue, .timeout = 5.0);
TestSuite(tokens_find, .timeout = 5.0);
TestSuite(tokens_change, .timeout = 5.0);
TestSuite(tokens_use_setup, .timeout = 5.0);
TestSuite(scopes_parse, .timeout = 5.0);
TestSuite(scopes_parse_known, .timeout = 5.0);

static const struct mock_oauth_setup setup = {
    .client_id = "dev-client",
    .client_secret = "dev-secret",
    .expires_in_ms = 60000,
    .scopes = MOCK_SCOPE_ALL,
    .revoke_at_ms = {30000},
    .revoke_count = 1,
};

static const struct mock_token *issue(struct mock_tokens *tokens, int64_t now_ms)
{
    const struct mock_token *token = NULL;
    const struct mock_client *client = tokens->clients.items[0];
    cr_assert(mock_tokens_issue(tokens, client, MOCK_SCOPE_ALL, now_ms, &token) == COG_OK);
    return token;
}

Test(tokens_issue, is_the_same_for_the_same_seed_and_another_one_each_time)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens first = {0};
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens second = {0};
    cr_assert(mock_tokens_init(&first, &setup, 5) == COG_OK);
    cr_assert(mock_tokens_init(&second, &setup, 5) == COG_OK);

    const char *token = issue(&first, 0)->text;
    const char *next = issue(&first, 0)->text;

    EXPECT_STR(token, issue(&second, 0)->text);
    cr_expect(strcmp(token, next) != 0);
}

Test(tokens_issue, lists_the_secret_and_every_token_as_secrets)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);

    for (int i = 0; i < 40; i++) {
        (void)issue(&tokens, 0);
    }

    const char *const *secrets = mock_tokens_secrets(&tokens);
    EXPECT_STR(secrets[0], "dev-secret");
    EXPECT_STR(secrets[40], mock_tokens_find(&tokens, secrets[40], 0)->text);
    cr_expect_null(secrets[41]);
}

Test(tokens_find, knows_a_token_until_the_millisecond_of_its_expiry)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);
    const char *token = issue(&tokens, 40000)->text;

    cr_expect_not_null(mock_tokens_find(&tokens, token, 99999));
    cr_expect_null(mock_tokens_find(&tokens, token, 100000));
    cr_expect_null(mock_tokens_find(&tokens, "another", 40000));
}

Test(tokens_find, forgets_at_a_revocation_what_was_issued_before_it)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);
    const char *before = issue(&tokens, 29999)->text;
    const char *after = issue(&tokens, 30000)->text;

    cr_expect_not_null(mock_tokens_find(&tokens, before, 29999));
    cr_expect_null(mock_tokens_find(&tokens, before, 30000));
    cr_expect_not_null(mock_tokens_find(&tokens, after, 30000));
}

static void fill(struct mock_tokens *tokens, int64_t now_ms)
{
    while (tokens->count < MOCK_TOKENS_MAX) {
        (void)issue(tokens, now_ms);
    }
}

Test(tokens_issue, forgets_the_oldest_expired_ones_at_its_limit)
{
    static const struct mock_oauth_setup lasting = {.expires_in_ms = 60000};
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &lasting, 5) == COG_OK);
    struct cog_error error = {0};
    (void)issue(&tokens, 0);
    (void)issue(&tokens, 0);
    fill(&tokens, 0);
    cr_assert(mock_tokens_shorten(&tokens, "t-2", 1000, &error) == COG_OK);

    (void)issue(&tokens, 1000);

    EXPECT_INT(tokens.count, MOCK_TOKENS_MAX);
    cr_expect_not_null(mock_tokens_find_id(&tokens, "t-1"));
    cr_expect_null(mock_tokens_find_id(&tokens, "t-2"));
}

Test(tokens_issue, forgets_the_oldest_one_when_all_are_valid)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);
    fill(&tokens, 40000);

    const struct mock_token *token = issue(&tokens, 40000);

    EXPECT_INT(tokens.count, MOCK_TOKENS_MAX);
    EXPECT_INT(token->number, MOCK_TOKENS_MAX + 1);
    cr_expect_null(mock_tokens_find_id(&tokens, "t-1"));
    cr_expect_not_null(mock_tokens_find_id(&tokens, "t-2"));
}

Test(tokens_issue, forgets_what_the_timeline_revoked_before_what_is_valid)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);
    fill(&tokens, 29000);

    (void)issue(&tokens, 30000);

    char id[MOCK_TOKEN_ID_SIZE];
    (void)snprintf(id, sizeof id, "t-%d", MOCK_TOKENS_MAX + 1);
    cr_expect(tokens.count < MOCK_TOKENS_MAX);
    EXPECT_STR(mock_token_state_name(
                   mock_token_state_at(&tokens, mock_tokens_find_id(&tokens, id), 30000)),
               "valid");
}

Test(tokens_change, lists_tokens_oldest_first_with_their_state)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);
    for (int64_t now_ms = 0; now_ms < 90000; now_ms += 35000) {
        (void)issue(&tokens, now_ms);
    }
    static const char *const states[] = {"revoked", "expired", "valid"};
    char id[MOCK_TOKEN_ID_SIZE];
    int count = 0;

    const struct mock_token *token = mock_tokens_next(&tokens, NULL);
    for (; token != NULL && count < 3; token = mock_tokens_next(&tokens, token)) {
        EXPECT_STR(mock_token_state_name(mock_token_state_at(&tokens, token, 95000)),
                   states[count]);
        EXPECT_INT(token->number, ++count);
        EXPECT_STR(token->client->id, "dev-client");
    }

    EXPECT_INT(count, 3);
    cr_expect_null(token);
    EXPECT_STR(mock_token_id(mock_tokens_find_id(&tokens, "t-3"), id), "t-3");
    cr_expect_null(mock_tokens_find_id(&tokens, "t-4"));
}

Test(tokens_change, revokes_one_those_of_a_client_or_all)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);
    struct mock_client *other = NULL;
    cr_assert(mock_clients_append(&tokens.clients, "other", &other) == COG_OK);
    const char *first = issue(&tokens, 40000)->text;
    const struct mock_token *second = NULL;
    cr_assert(mock_tokens_issue(&tokens, other, MOCK_SCOPE_ALL, 40000, &second) == COG_OK);
    const char *third = issue(&tokens, 40000)->text;

    cr_expect(mock_tokens_revoke(&tokens, "t-1", 40000));
    cr_expect_not(mock_tokens_revoke(&tokens, "t-9", 40000));
    cr_expect_null(mock_tokens_find(&tokens, first, 40000));

    EXPECT_INT(mock_tokens_revoke_all(&tokens, "other", 40000), 1);
    cr_expect_null(mock_tokens_find(&tokens, second->text, 40000));
    cr_expect_not_null(mock_tokens_find(&tokens, third, 40000));

    EXPECT_INT(mock_tokens_revoke_all(&tokens, NULL, 40000), 1);
    cr_expect_null(mock_tokens_find(&tokens, third, 40000));
}

Test(tokens_change, makes_scopes_fewer_and_life_shorter_but_never_more)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);
    const struct mock_token *token = issue(&tokens, 40000);
    struct cog_error error = {0};

    EXPECT_INT(mock_tokens_narrow(&tokens, "t-1", MOCK_SCOPE_BOT_DEPLOY, &error), COG_OK);
    EXPECT_INT(mock_tokens_narrow(&tokens, "t-1", MOCK_SCOPE_ALL, &error), COG_ERROR_CONFLICT);
    EXPECT_INT(token->scopes, MOCK_SCOPE_BOT_DEPLOY);
    EXPECT_INT(mock_tokens_shorten(&tokens, "t-1", 45000, &error), COG_OK);
    EXPECT_INT(mock_tokens_shorten(&tokens, "t-1", 45001, &error), COG_ERROR_CONFLICT);
    cr_expect_not_null(mock_tokens_find(&tokens, token->text, 44999));
    cr_expect_null(mock_tokens_find(&tokens, token->text, 45000));

    EXPECT_INT(mock_tokens_narrow(&tokens, "t-2", 0, &error), COG_ERROR_NOT_FOUND);
    EXPECT_INT(mock_tokens_shorten(&tokens, "t-2", 0, &error), COG_ERROR_NOT_FOUND);
}

Test(tokens_change, rotates_the_secrets_of_a_client_and_keeps_them_secret)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);
    const struct mock_client *client = tokens.clients.items[0];
    struct cog_error error = {0};
    const struct mock_client_secret secret = {(char *)"new-secret", 1000, INT64_MAX};
    const struct mock_client_secret never = {(char *)"new-secret", 1000, 1000};

    EXPECT_INT(mock_tokens_secret_add(&tokens, "dev-client", &secret, &error), COG_OK);
    EXPECT_INT(mock_tokens_secret_remove(&tokens, "dev-client", "dev-secret", 2000, &error),
               COG_OK);

    cr_expect(mock_client_accepts(client, "dev-secret", 1999));
    cr_expect_not(mock_client_accepts(client, "new-secret", 999));
    cr_expect(mock_client_accepts(client, "new-secret", 1000));
    cr_expect_not(mock_client_accepts(client, "dev-secret", 2000));
    EXPECT_STR(mock_tokens_secrets(&tokens)[0], "dev-secret");
    EXPECT_STR(mock_tokens_secrets(&tokens)[1], "new-secret");
    EXPECT_INT(mock_tokens_secret_add(&tokens, "x", &secret, &error), COG_ERROR_NOT_FOUND);
    EXPECT_INT(mock_tokens_secret_add(&tokens, "dev-client", &never, &error), COG_ERROR_ARGUMENT);
    EXPECT_INT(mock_tokens_secret_remove(&tokens, "dev-client", "dev-secret", 2000, &error),
               COG_ERROR_NOT_FOUND);
    EXPECT_LACKS(error.message, "dev-secret");
}

Test(tokens_change, bounds_the_secrets_of_a_client)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);
    struct cog_error error = {0};
    char text[16] = "";
    const struct mock_client_secret secret = {text, 0, INT64_MAX};
    for (int i = 1; i < MOCK_CLIENT_SECRETS_MAX; i++) {
        (void)snprintf(text, sizeof text, "secret-%d", i);
        cr_assert(mock_tokens_secret_add(&tokens, "dev-client", &secret, &error) == COG_OK);
    }

    EXPECT_INT(mock_tokens_secret_add(&tokens, "dev-client", &secret, &error), COG_OK);
    (void)snprintf(text, sizeof text, "one-more");
    EXPECT_INT(mock_tokens_secret_add(&tokens, "dev-client", &secret, &error), COG_ERROR_REFUSED);
    EXPECT_LACKS(error.message, "one-more");
}

Test(tokens_use_setup, counts_its_times_from_now_and_keeps_what_was_revoked)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);
    struct mock_oauth_setup other = setup;
    other.revoke_at_ms[0] = 10000;
    const char *old = issue(&tokens, 0)->text;
    const char *young = issue(&tokens, 30000)->text;

    EXPECT_INT(mock_tokens_use_setup(&tokens, &other, 35000), COG_OK);

    cr_expect_null(mock_tokens_find(&tokens, old, 35000));
    cr_expect_not_null(mock_tokens_find(&tokens, young, 44999));
    cr_expect_null(mock_tokens_find(&tokens, young, 45000));
}

Test(tokens_use_setup, leaves_revocations_where_they_were_that_are_the_same)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);
    struct mock_oauth_setup same = setup;
    same.expires_in_ms = 50000;
    const char *token = issue(&tokens, 0)->text;

    EXPECT_INT(mock_tokens_use_setup(&tokens, &same, 20000), COG_OK);

    cr_expect_not_null(mock_tokens_find(&tokens, token, 29999));
    cr_expect_null(mock_tokens_find(&tokens, token, 30000));
}

Test(tokens_use_setup, keeps_added_secrets_unless_the_clients_differ)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);
    const struct mock_client *client = tokens.clients.items[0];
    const struct mock_client_secret secret = {(char *)"added", 0, INT64_MAX};
    struct cog_error error = {0};
    cr_assert(mock_tokens_secret_add(&tokens, "dev-client", &secret, &error) == COG_OK);
    struct mock_oauth_setup same = setup;
    same.expires_in_ms = 5;
    struct mock_oauth_setup other = setup;
    (void)snprintf(other.client_id, sizeof other.client_id, "other");
    const char *token = issue(&tokens, 40000)->text;

    EXPECT_INT(mock_tokens_use_setup(&tokens, &same, 40000), COG_OK);
    cr_expect(mock_client_accepts(client, "added", 40000));
    EXPECT_INT(mock_tokens_use_setup(&tokens, &other, 41000), COG_OK);

    cr_expect_null(mock_clients_find(&tokens.clients, "dev-client"));
    cr_expect_not_null(mock_clients_find(&tokens.clients, "other"));
    cr_expect_not(mock_client_accepts(client, "added", 41000));
    cr_expect_not_null(mock_tokens_find(&tokens, token, 41000));
    EXPECT_STR(mock_tokens_secrets(&tokens)[1], "added");

    EXPECT_INT(mock_tokens_use_setup(&tokens, &setup, 42000), COG_OK);
    cr_expect(mock_clients_find(&tokens.clients, "dev-client") == client);
    cr_expect(mock_client_accepts(client, "dev-secret", 42000));
    cr_expect_not(mock_client_accepts(client, "added", 42000));
}

Test(scopes_parse, takes_names_separated_by_spaces_and_refuses_unknown_ones)
{
    unsigned scopes = MOCK_SCOPE_ALL;

    cr_expect(mock_scopes_parse(" bot:deploy  environment:write", &scopes));
    EXPECT_INT(scopes, MOCK_SCOPE_BOT_DEPLOY | MOCK_SCOPE_ENVIRONMENT_WRITE);
    cr_expect_not(mock_scopes_parse("bot:deploy bot:destroy", &scopes));
    EXPECT_INT(scopes, MOCK_SCOPE_BOT_DEPLOY | MOCK_SCOPE_ENVIRONMENT_WRITE);
}

Test(scopes_parse_known, takes_what_it_knows)
{
    unsigned scopes = MOCK_SCOPE_ALL;

    cr_expect_not(mock_scopes_parse_known("root bot:deploy", &scopes));
    EXPECT_INT(scopes, MOCK_SCOPE_BOT_DEPLOY);
    cr_expect(mock_scopes_parse_known("", &scopes));
    EXPECT_INT(scopes, MOCK_SCOPE_NONE);
}
