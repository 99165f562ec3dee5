#include "world/tokens.h"

#include "support/expect.h"

TestSuite(tokens_issue, .timeout = 5.0);
TestSuite(tokens_find, .timeout = 5.0);
TestSuite(scopes_parse, .timeout = 5.0);

static const struct mock_oauth_setup setup = {
    .client_secret = "dev-secret",
    .expires_in_ms = 60000,
    .scopes = MOCK_SCOPE_ALL,
    .revoke_at_ms = {30000},
    .revoke_count = 1,
};

static const struct mock_token *issue(struct mock_tokens *tokens, int64_t now_ms)
{
    const struct mock_token *token = NULL;
    cr_assert(mock_tokens_issue(tokens, MOCK_SCOPE_ALL, now_ms, &token) == COG_OK);
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

    EXPECT_INT(tokens.secret_count, 41);
    EXPECT_STR(tokens.secrets[0], "dev-secret");
    EXPECT_STR(tokens.secrets[40], mock_tokens_find(&tokens, tokens.secrets[40], 0)->text);
    cr_expect_null(tokens.secrets[41]);
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

Test(tokens_issue, ends_at_its_limit)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens tokens = {0};
    cr_assert(mock_tokens_init(&tokens, &setup, 5) == COG_OK);
    for (int i = 0; i < MOCK_TOKENS_MAX - 1; i++) {
        (void)issue(&tokens, 0);
    }
    cr_expect_not(mock_tokens_are_exhausted(&tokens));

    (void)issue(&tokens, 0);

    cr_expect(mock_tokens_are_exhausted(&tokens));
}

Test(scopes_parse, takes_names_separated_by_spaces_and_refuses_unknown_ones)
{
    unsigned scopes = MOCK_SCOPE_ALL;

    cr_expect(mock_scopes_parse(" bot:deploy  environment:write", &scopes));
    EXPECT_INT(scopes, MOCK_SCOPE_BOT_DEPLOY | MOCK_SCOPE_ENVIRONMENT_WRITE);
    cr_expect_not(mock_scopes_parse("bot:deploy bot:destroy", &scopes));
    EXPECT_INT(scopes, MOCK_SCOPE_BOT_DEPLOY | MOCK_SCOPE_ENVIRONMENT_WRITE);
}
