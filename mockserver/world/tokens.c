#include "world/tokens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TOKEN_BYTES = 32,
    SECRETS_CAPACITY_START = 16,
};

/* Makes room for one more secret and the NULL behind it. */
static enum cog_code reserve_secret(struct mock_tokens *tokens)
{
    if (tokens->secret_count + 1 < tokens->secret_capacity) {
        return COG_OK;
    }
    size_t capacity =
        tokens->secret_capacity == 0 ? SECRETS_CAPACITY_START : tokens->secret_capacity * 2;
    const char **secrets = realloc(tokens->secrets, capacity * sizeof *secrets);
    if (secrets == NULL) {
        return COG_ERROR_MEMORY;
    }
    tokens->secrets = secrets;
    tokens->secret_capacity = capacity;
    return COG_OK;
}

static void add_secret(struct mock_tokens *tokens, const char *secret)
{
    tokens->secrets[tokens->secret_count++] = secret;
    tokens->secrets[tokens->secret_count] = NULL;
}

enum cog_code mock_tokens_init(struct mock_tokens *tokens, const struct mock_oauth_setup *setup,
                               uint64_t seed)
{
    *tokens = (struct mock_tokens){.setup = setup};
    cog_random_seeded_init(&tokens->random, seed);
    enum cog_code code = reserve_secret(tokens);
    if (code == COG_OK) {
        add_secret(tokens, setup->client_secret);
    }
    return code;
}

void mock_tokens_finish(struct mock_tokens *tokens)
{
    mock_table_finish(&tokens->table, free);
    free(tokens->secrets);
    *tokens = (struct mock_tokens){0};
}

bool mock_tokens_are_exhausted(const struct mock_tokens *tokens)
{
    return tokens->secret_count > MOCK_TOKENS_MAX;
}

static enum cog_code draw_text(struct mock_tokens *tokens, char text[MOCK_TOKEN_SIZE])
{
    unsigned char bytes[TOKEN_BYTES];
    struct cog_random random = cog_random_seeded(&tokens->random);
    enum cog_code code = random.ops->fill(random.context, bytes, sizeof bytes);
    if (code != COG_OK) {
        return code;
    }
    for (size_t i = 0; i < TOKEN_BYTES; i++) {
        (void)snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    }
    return COG_OK;
}

enum cog_code mock_tokens_issue(struct mock_tokens *tokens, unsigned scopes, int64_t now_ms,
                                const struct mock_token **out_token)
{
    enum cog_code code = reserve_secret(tokens);
    if (code != COG_OK) {
        return code;
    }
    struct mock_token *token = calloc(1, sizeof *token);
    if (token == NULL) {
        return COG_ERROR_MEMORY;
    }
    token->issued_ms = now_ms;
    token->expires_ms = now_ms + tokens->setup->expires_in_ms;
    token->scopes = scopes;
    code = draw_text(tokens, token->text);
    if (code == COG_OK) {
        code = mock_table_insert(&tokens->table, token->text, token);
    }
    if (code != COG_OK) {
        free(token);
        return code;
    }
    add_secret(tokens, token->text);
    *out_token = token;
    return COG_OK;
}

static bool is_revoked(const struct mock_tokens *tokens, const struct mock_token *token,
                       int64_t now_ms)
{
    for (size_t i = 0; i < tokens->setup->revoke_count; i++) {
        int64_t revoke_at_ms = tokens->setup->revoke_at_ms[i];
        if (token->issued_ms < revoke_at_ms && revoke_at_ms <= now_ms) {
            return true;
        }
    }
    return false;
}

const struct mock_token *mock_tokens_find(const struct mock_tokens *tokens, const char *text,
                                          int64_t now_ms)
{
    const struct mock_token *token = mock_table_find(&tokens->table, text);
    if (token == NULL || now_ms >= token->expires_ms || is_revoked(tokens, token, now_ms)) {
        return NULL;
    }
    return token;
}
