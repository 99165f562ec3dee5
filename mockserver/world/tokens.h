/** Access tokens: issued, expired, revoked, forgotten. Nothing of HTTP here. */
#ifndef MOCK_WORLD_TOKENS_H
#define MOCK_WORLD_TOKENS_H

#include "world/setup.h"

#include <cogpromote/random.h>

enum {
    MOCK_TOKEN_SIZE = 65,
    MOCK_TOKEN_ID_SIZE = 24, /**< Of "t-1". */
    MOCK_TOKENS_MAX = 20000, /**< Kept of one world; for more the oldest are forgotten. */
};

enum mock_token_state {
    MOCK_TOKEN_VALID,
    MOCK_TOKEN_EXPIRED,
    MOCK_TOKEN_REVOKED, /**< Also when it has expired since. */
};

struct mock_token {
    char text[MOCK_TOKEN_SIZE];
    int64_t number; /**< From 1, in the order of issue: the token "t-1". */
    const struct mock_client *client;
    int64_t issued_ms;
    int64_t expires_ms;
    int64_t revoked_ms; /**< -1 unless it was revoked by hand; see `mock_token_state_at`. */
    unsigned scopes;
};

struct mock_token_entry;

struct mock_tokens {
    const struct mock_oauth_setup *setup; /**< Borrowed. */
    int64_t since_ms;                     /**< The times of the setup count from here. */
    struct cog_random_seeded random;
    struct mock_clients clients;      /**< As they are now. Add and remove secrets there. */
    struct mock_token_entry *entries; /**< Owned: a hash table, oldest first. */
    size_t count;
    int64_t issued_count;
    int64_t sweep_ms;     /**< Before that time no token becomes useless. */
    const char **secrets; /**< Owned array; there is always room for all and the NULL. */
    size_t secret_capacity;
};

/**
 * @param setup must outlive the tokens
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_REFUSED (more clients than MOCK_CLIENTS_MAX)
 */
enum cog_code mock_tokens_init(struct mock_tokens *tokens, const struct mock_oauth_setup *setup,
                               uint64_t seed) COG_CHECK;

void mock_tokens_finish(struct mock_tokens *tokens);

/**
 * Goes on with another setup. Tokens stay as they are. Clients stay, with what was changed of them,
 * unless the setups differ in theirs: then those of the new setup are all, the secrets of the
 * others end, and the times of the new ones count from `now_ms`. So do those of revocations, unless
 * they are the same as before: then they stay where they were.
 *
 * @param setup must outlive the tokens; the one before must still be there
 * @return COG_OK; COG_ERROR_MEMORY, COG_ERROR_REFUSED (too many clients or secrets in all): the
 * setup is the one before, but the clients may be partly changed
 */
enum cog_code mock_tokens_use_setup(struct mock_tokens *tokens,
                                    const struct mock_oauth_setup *setup, int64_t now_ms) COG_CHECK;

/**
 * Issues a token that is valid from `now_ms` on. Where MOCK_TOKENS_MAX are kept already, it first
 * forgets the oldest of those that expired or were revoked; without any, the oldest one.
 *
 * @param client one of `tokens->clients`
 * @param out_token borrowed from `tokens`
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_tokens_issue(struct mock_tokens *tokens, const struct mock_client *client,
                                unsigned scopes, int64_t now_ms,
                                const struct mock_token **out_token) COG_CHECK;

/** The token if it is valid at `now_ms`; NULL for an unknown, expired or revoked one. */
const struct mock_token *mock_tokens_find(const struct mock_tokens *tokens, const char *text,
                                          int64_t now_ms);

/** The token, valid or not; NULL when none of that text is kept. */
const struct mock_token *mock_tokens_find_ever(const struct mock_tokens *tokens, const char *text);

/** All tokens, oldest first. @param token NULL: the first one @return NULL behind the last one */
const struct mock_token *mock_tokens_next(const struct mock_tokens *tokens,
                                          const struct mock_token *token);

/** The token of an id such as "t-1"; NULL when none is kept. */
const struct mock_token *mock_tokens_find_id(const struct mock_tokens *tokens, const char *id);

/** "t-1". Returns `buffer`. */
const char *mock_token_id(const struct mock_token *token, char buffer[MOCK_TOKEN_ID_SIZE]);

enum mock_token_state mock_token_state_at(const struct mock_tokens *tokens,
                                          const struct mock_token *token, int64_t now_ms);

/** "valid", "expired", "revoked". */
const char *mock_token_state_name(enum mock_token_state state);

/** @return false when no token of that id is kept */
bool mock_tokens_revoke(struct mock_tokens *tokens, const char *id, int64_t now_ms);

/** Revokes all that are valid. @param client_id of one client; NULL for all @return how many */
size_t mock_tokens_revoke_all(struct mock_tokens *tokens, const char *client_id, int64_t now_ms);

/**
 * Takes scopes from a token.
 *
 * @param scopes those that are left
 * @return COG_OK, COG_ERROR_NOT_FOUND (no such token), COG_ERROR_CONFLICT (one of them is not the
 * token's: nothing is changed)
 */
enum cog_code mock_tokens_narrow(struct mock_tokens *tokens, const char *id, unsigned scopes,
                                 struct cog_error *error) COG_CHECK;

/**
 * Makes a token expire earlier; its owner was told otherwise.
 *
 * @param expires_ms the world's time
 * @return COG_OK, COG_ERROR_NOT_FOUND, COG_ERROR_CONFLICT (it expires before that anyway)
 */
enum cog_code mock_tokens_shorten(struct mock_tokens *tokens, const char *id, int64_t expires_ms,
                                  struct cog_error *error) COG_CHECK;

/**
 * The clients' secrets, those that ended too, and all tokens that are kept; ends with NULL.
 *
 * @return borrowed until the next change
 */
const char *const *mock_tokens_secrets(struct mock_tokens *tokens);

/**
 * Gives a client another secret, or the one that it has another time.
 *
 * @param until_ms INT64_MAX for ever
 * @return COG_OK, COG_ERROR_NOT_FOUND (no such client), COG_ERROR_ARGUMENT (an empty secret, or
 * one that never counts), COG_ERROR_REFUSED (MOCK_CLIENT_SECRETS_MAX), COG_ERROR_MEMORY
 */
enum cog_code mock_tokens_secret_add(struct mock_tokens *tokens, const char *client_id,
                                     const struct mock_client_secret *secret,
                                     struct cog_error *error) COG_CHECK;

/** Ends a client's secret now. @return COG_OK, COG_ERROR_NOT_FOUND (no such client or secret) */
enum cog_code mock_tokens_secret_remove(struct mock_tokens *tokens, const char *client_id,
                                        const char *secret, int64_t now_ms,
                                        struct cog_error *error) COG_CHECK;

/** Makes room in `mock_tokens_secrets` for what will be added. @return COG_OK, COG_ERROR_MEMORY */
enum cog_code mock_tokens_reserve(struct mock_tokens *tokens, size_t count) COG_CHECK;

/**
 * Keeps a token that was issued elsewhere, newer than all that are kept.
 *
 * @param token copied; its text must be new, its client one of `tokens->clients`
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_tokens_restore(struct mock_tokens *tokens,
                                  const struct mock_token *token) COG_CHECK;

#endif
