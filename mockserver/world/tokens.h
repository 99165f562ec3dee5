/** Access tokens: issued, expired, revoked. Nothing of HTTP here. */
#ifndef MOCK_WORLD_TOKENS_H
#define MOCK_WORLD_TOKENS_H

#include "world/setup.h"
#include "world/table.h"

#include <cogpromote/random.h>

enum {
    MOCK_TOKEN_SIZE = 65,
    MOCK_TOKENS_MAX = 100000, /**< Issued by one server; expired ones count. */
};

struct mock_token {
    char text[MOCK_TOKEN_SIZE];
    int64_t issued_ms;
    int64_t expires_ms;
    unsigned scopes;
};

struct mock_tokens {
    const struct mock_oauth_setup *setup; /**< Borrowed. */
    struct cog_random_seeded random;
    struct mock_table table;
    const char **secrets; /**< Owned array of borrowed texts: the client's secret, all tokens. */
    size_t secret_count;
    size_t secret_capacity; /**< There is always room for the NULL at the end. */
};

/** @param setup must outlive the tokens @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_tokens_init(struct mock_tokens *tokens, const struct mock_oauth_setup *setup,
                               uint64_t seed) COG_CHECK;

void mock_tokens_finish(struct mock_tokens *tokens);

/** Whether `MOCK_TOKENS_MAX` have been issued. */
bool mock_tokens_are_exhausted(const struct mock_tokens *tokens);

/**
 * Issues a token that is valid from `now_ms` on.
 *
 * @param out_token borrowed from `tokens`
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_tokens_issue(struct mock_tokens *tokens, unsigned scopes, int64_t now_ms,
                                const struct mock_token **out_token) COG_CHECK;

/** The token if it is valid at `now_ms`; NULL for an unknown, expired or revoked one. */
const struct mock_token *mock_tokens_find(const struct mock_tokens *tokens, const char *text,
                                          int64_t now_ms);

#endif
