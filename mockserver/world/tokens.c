/* Running out of memory must come back as an error; by default uthash ends the process. */
#define HASH_NONFATAL_OOM          1
#define uthash_nonfatal_oom(entry) ((entry)->lost = true)

#include "world/tokens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

enum {
    TOKEN_BYTES = 32,
    SECRETS_CAPACITY_START = 4,
    SWEEP_MAX = 256, /* Looked at when one was found: who waits for the answer hardly notices. */
};

struct mock_token_entry {
    struct mock_token token; /* First: a token's address is its entry's. */
    bool lost;               /* uthash found no memory to insert it. */
    UT_hash_handle hh;
};

static size_t secret_count(const struct mock_tokens *tokens)
{
    size_t count = tokens->count;
    for (size_t i = 0; i < tokens->clients.count; i++) {
        count += tokens->clients.items[i]->secret_count;
    }
    return count;
}

enum cog_code mock_tokens_reserve(struct mock_tokens *tokens, size_t count)
{
    size_t needed = secret_count(tokens) + count + 1;
    if (needed <= tokens->secret_capacity) {
        return COG_OK;
    }
    size_t capacity = needed < SECRETS_CAPACITY_START ? SECRETS_CAPACITY_START : needed * 2;
    const char **secrets = realloc(tokens->secrets, capacity * sizeof *secrets);
    if (secrets == NULL) {
        return COG_ERROR_MEMORY;
    }
    tokens->secrets = secrets;
    tokens->secret_capacity = capacity;
    return COG_OK;
}

/* A setup's time as one of the world; for ever stays for ever. */
static int64_t world_ms(int64_t setup_ms, int64_t since_ms)
{
    return setup_ms == INT64_MAX ? INT64_MAX : setup_ms + since_ms;
}

/* The client of that id, which may have been one before. */
static enum cog_code welcome(struct mock_tokens *tokens, const char *id, unsigned scopes,
                             struct mock_client **out_client)
{
    struct mock_client *client = mock_clients_find_ever(&tokens->clients, id);
    enum cog_code code = COG_OK;
    if (client == NULL) {
        code = mock_clients_append(&tokens->clients, id, &client);
    }
    if (code == COG_OK) {
        client->is_gone = false;
        client->scopes = scopes;
        *out_client = client;
    }
    return code;
}

static enum cog_code add_client(struct mock_tokens *tokens, const struct mock_client *source,
                                int64_t since_ms)
{
    struct mock_client *client = NULL;
    enum cog_code code = welcome(tokens, source->id, source->scopes, &client);
    for (size_t i = 0; code == COG_OK && i < source->secret_count; i++) {
        const struct mock_client_secret *secret = &source->secrets[i];
        code = mock_client_secret_add(client, secret->text, world_ms(secret->from_ms, since_ms),
                                      world_ms(secret->until_ms, since_ms));
    }
    return code;
}

/* The one that the setup tells of without a list. */
static enum cog_code add_first_client(struct mock_tokens *tokens,
                                      const struct mock_oauth_setup *setup, int64_t since_ms)
{
    struct mock_client *client = NULL;
    if (mock_clients_find(&setup->clients, setup->client_id) != NULL) {
        return COG_OK; /* It is on the list. */
    }
    enum cog_code code = welcome(tokens, setup->client_id, setup->scopes, &client);
    if (code == COG_OK) {
        code = mock_client_secret_add(client, setup->client_secret, since_ms, INT64_MAX);
    }
    return code;
}

static enum cog_code add_clients(struct mock_tokens *tokens, const struct mock_oauth_setup *setup,
                                 int64_t since_ms)
{
    enum cog_code code = add_first_client(tokens, setup, since_ms);
    for (size_t i = 0; code == COG_OK && i < setup->clients.count; i++) {
        code = add_client(tokens, setup->clients.items[i], since_ms);
    }
    return code == COG_OK ? mock_tokens_reserve(tokens, 0) : code;
}

/* The next time at which the timeline revokes something; INT64_MAX for never. */
static int64_t next_revocation_ms(const struct mock_tokens *tokens, int64_t now_ms)
{
    int64_t next_ms = INT64_MAX;
    for (size_t i = 0; i < tokens->setup->revoke_count; i++) {
        int64_t revoke_at_ms = tokens->setup->revoke_at_ms[i] + tokens->since_ms;
        if (revoke_at_ms > now_ms && revoke_at_ms < next_ms) {
            next_ms = revoke_at_ms;
        }
    }
    return next_ms;
}

enum cog_code mock_tokens_init(struct mock_tokens *tokens, const struct mock_oauth_setup *setup,
                               uint64_t seed)
{
    *tokens = (struct mock_tokens){.setup = setup};
    tokens->sweep_ms = next_revocation_ms(tokens, -1);
    cog_random_seeded_init(&tokens->random, seed);
    return add_clients(tokens, setup, 0);
}

/*
 * NOLINTBEGIN(readability-function-size, clang-analyzer-core.NullDereference): uthash's macros nest
 * deeper than they look, and an entry that is deleted is in the table.
 */
static void forget(struct mock_tokens *tokens, struct mock_token_entry *entry)
{
    HASH_DEL(tokens->entries, entry);
    tokens->count--;
    free(entry);
}

void mock_tokens_finish(struct mock_tokens *tokens)
{
    struct mock_token_entry *entry = NULL;
    struct mock_token_entry *next = NULL;
    HASH_ITER(hh, tokens->entries, entry, next)
    {
        forget(tokens, entry);
    }
    mock_clients_finish(&tokens->clients);
    free(tokens->secrets);
    *tokens = (struct mock_tokens){0};
}

static enum cog_code insert(struct mock_tokens *tokens, struct mock_token_entry *entry)
{
    HASH_ADD_KEYPTR(hh, tokens->entries, entry->token.text, strlen(entry->token.text), entry);
    if (entry->lost) {
        return COG_ERROR_MEMORY;
    }
    tokens->count++;
    if (entry->token.expires_ms < tokens->sweep_ms) {
        tokens->sweep_ms = entry->token.expires_ms;
    }
    return COG_OK;
}

static struct mock_token_entry *find_entry(const struct mock_tokens *tokens, const char *text)
{
    struct mock_token_entry *entry = NULL;
    HASH_FIND(hh, tokens->entries, text, strlen(text), entry);
    return entry;
}
/* NOLINTEND(readability-function-size, clang-analyzer-core.NullDereference) */

static bool has_same_first_client(const struct mock_oauth_setup *left,
                                  const struct mock_oauth_setup *right)
{
    return strcmp(left->client_id, right->client_id) == 0 &&
           strcmp(left->client_secret, right->client_secret) == 0 && left->scopes == right->scopes;
}

static enum cog_code change_clients(struct mock_tokens *tokens,
                                    const struct mock_oauth_setup *setup, int64_t now_ms)
{
    if (has_same_first_client(tokens->setup, setup) &&
        mock_clients_are_equal(&tokens->setup->clients, &setup->clients)) {
        return COG_OK;
    }
    for (size_t i = 0; i < tokens->clients.count; i++) {
        mock_client_retire(tokens->clients.items[i], now_ms);
    }
    return add_clients(tokens, setup, now_ms);
}

/* When the setup's timeline revoked a token; -1 for not until now. */
static int64_t scheduled_ms(const struct mock_tokens *tokens, const struct mock_token *token,
                            int64_t now_ms)
{
    const struct mock_oauth_setup *setup = tokens->setup;
    for (size_t i = 0; i < setup->revoke_count; i++) {
        int64_t revoke_at_ms = setup->revoke_at_ms[i] + tokens->since_ms;
        if (token->issued_ms < revoke_at_ms && revoke_at_ms <= now_ms) {
            return revoke_at_ms;
        }
    }
    return -1;
}

static bool has_same_revocations(const struct mock_oauth_setup *left,
                                 const struct mock_oauth_setup *right)
{
    return left->revoke_count == right->revoke_count &&
           memcmp(left->revoke_at_ms, right->revoke_at_ms,
                  left->revoke_count * sizeof left->revoke_at_ms[0]) == 0;
}

/* What the present timeline revoked stays revoked; another one counts from now. */
static void change_revocations(struct mock_tokens *tokens, const struct mock_oauth_setup *setup,
                               int64_t now_ms)
{
    if (has_same_revocations(tokens->setup, setup)) {
        return;
    }
    for (struct mock_token_entry *entry = tokens->entries; entry != NULL; entry = entry->hh.next) {
        if (entry->token.revoked_ms < 0) {
            entry->token.revoked_ms = scheduled_ms(tokens, &entry->token, now_ms);
        }
    }
    tokens->since_ms = now_ms;
}

enum cog_code mock_tokens_use_setup(struct mock_tokens *tokens,
                                    const struct mock_oauth_setup *setup, int64_t now_ms)
{
    enum cog_code code = change_clients(tokens, setup, now_ms);
    if (code != COG_OK) {
        return code;
    }
    change_revocations(tokens, setup, now_ms);
    tokens->setup = setup;
    tokens->sweep_ms = now_ms;
    return COG_OK;
}

/* Forgets the oldest of those that are of no use any more, and notes when the next one will be. */
static void sweep(struct mock_tokens *tokens, int64_t now_ms)
{
    bool has_found = false;
    size_t seen_count = 0;
    int64_t next_ms = next_revocation_ms(tokens, now_ms);
    struct mock_token_entry *entry = tokens->entries;
    while (entry != NULL && (!has_found || seen_count < SWEEP_MAX)) {
        struct mock_token_entry *next = entry->hh.next;
        if (mock_token_state_at(tokens, &entry->token, now_ms) != MOCK_TOKEN_VALID) {
            forget(tokens, entry);
            has_found = true;
        } else if (entry->token.expires_ms < next_ms) {
            next_ms = entry->token.expires_ms;
        }
        entry = next;
        seen_count++;
    }
    tokens->sweep_ms = entry == NULL ? next_ms : now_ms;
}

static void make_room(struct mock_tokens *tokens, int64_t now_ms)
{
    if (tokens->count < MOCK_TOKENS_MAX) {
        return;
    }
    if (now_ms >= tokens->sweep_ms) {
        sweep(tokens, now_ms);
    }
    if (tokens->count >= MOCK_TOKENS_MAX) {
        forget(tokens, tokens->entries);
    }
}

static enum cog_code draw_text(struct mock_tokens *tokens, char text[MOCK_TOKEN_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[TOKEN_BYTES];
    struct cog_random random = cog_random_seeded(&tokens->random);
    enum cog_code code = random.ops->fill(random.context, bytes, sizeof bytes);
    if (code != COG_OK) {
        return code;
    }
    for (size_t i = 0; i < TOKEN_BYTES; i++) {
        text[2 * i] = digits[bytes[i] >> 4U];
        text[2 * i + 1] = digits[bytes[i] & 15U];
    }
    text[MOCK_TOKEN_SIZE - 1] = '\0';
    return COG_OK;
}

static enum cog_code keep(struct mock_tokens *tokens, const struct mock_token *token,
                          const struct mock_token **out_token)
{
    enum cog_code code = mock_tokens_reserve(tokens, 1);
    if (code != COG_OK) {
        return code;
    }
    struct mock_token_entry *entry = calloc(1, sizeof *entry);
    if (entry == NULL) {
        return COG_ERROR_MEMORY;
    }
    entry->token = *token;
    code = insert(tokens, entry);
    if (code != COG_OK) {
        free(entry);
        return code;
    }
    *out_token = &entry->token;
    return COG_OK;
}

enum cog_code mock_tokens_issue(struct mock_tokens *tokens, const struct mock_client *client,
                                unsigned scopes, int64_t now_ms,
                                const struct mock_token **out_token)
{
    struct mock_token token = {
        .number = tokens->issued_count + 1,
        .client = client,
        .issued_ms = now_ms,
        .expires_ms = now_ms + tokens->setup->expires_in_ms,
        .revoked_ms = -1,
        .scopes = scopes,
    };
    enum cog_code code = draw_text(tokens, token.text);
    if (code != COG_OK) {
        return code;
    }
    make_room(tokens, now_ms);
    code = keep(tokens, &token, out_token);
    if (code == COG_OK) {
        tokens->issued_count++;
    }
    return code;
}

enum cog_code mock_tokens_restore(struct mock_tokens *tokens, const struct mock_token *token)
{
    const struct mock_token *kept = NULL;
    return keep(tokens, token, &kept);
}

const struct mock_token *mock_tokens_find(const struct mock_tokens *tokens, const char *text,
                                          int64_t now_ms)
{
    const struct mock_token *token = mock_tokens_find_ever(tokens, text);
    bool is_valid = token != NULL && mock_token_state_at(tokens, token, now_ms) == MOCK_TOKEN_VALID;
    return is_valid ? token : NULL;
}

const struct mock_token *mock_tokens_find_ever(const struct mock_tokens *tokens, const char *text)
{
    const struct mock_token_entry *entry = find_entry(tokens, text);
    return entry == NULL ? NULL : &entry->token;
}

const struct mock_token *mock_tokens_next(const struct mock_tokens *tokens,
                                          const struct mock_token *token)
{
    const struct mock_token_entry *entry = tokens->entries;
    if (token != NULL) {
        entry = ((const struct mock_token_entry *)token)->hh.next;
    }
    return entry == NULL ? NULL : &entry->token;
}

static struct mock_token *find_id(const struct mock_tokens *tokens, const char *id)
{
    char buffer[MOCK_TOKEN_ID_SIZE];
    for (struct mock_token_entry *entry = tokens->entries; entry != NULL; entry = entry->hh.next) {
        if (strcmp(mock_token_id(&entry->token, buffer), id) == 0) {
            return &entry->token;
        }
    }
    return NULL;
}

const struct mock_token *mock_tokens_find_id(const struct mock_tokens *tokens, const char *id)
{
    return find_id(tokens, id);
}

const char *mock_token_id(const struct mock_token *token, char buffer[MOCK_TOKEN_ID_SIZE])
{
    (void)snprintf(buffer, MOCK_TOKEN_ID_SIZE, "t-%lld", (long long)token->number);
    return buffer;
}

enum mock_token_state mock_token_state_at(const struct mock_tokens *tokens,
                                          const struct mock_token *token, int64_t now_ms)
{
    if (token->revoked_ms >= 0 || scheduled_ms(tokens, token, now_ms) >= 0) {
        return MOCK_TOKEN_REVOKED;
    }
    return now_ms >= token->expires_ms ? MOCK_TOKEN_EXPIRED : MOCK_TOKEN_VALID;
}

const char *mock_token_state_name(enum mock_token_state state)
{
    static const char *const names[] = {
        [MOCK_TOKEN_VALID] = "valid",
        [MOCK_TOKEN_EXPIRED] = "expired",
        [MOCK_TOKEN_REVOKED] = "revoked",
    };
    return names[state];
}

bool mock_tokens_revoke(struct mock_tokens *tokens, const char *id, int64_t now_ms)
{
    struct mock_token *token = find_id(tokens, id);
    if (token == NULL) {
        return false;
    }
    if (mock_token_state_at(tokens, token, now_ms) == MOCK_TOKEN_VALID) {
        token->revoked_ms = now_ms;
        tokens->sweep_ms = now_ms;
    }
    return true;
}

size_t mock_tokens_revoke_all(struct mock_tokens *tokens, const char *client_id, int64_t now_ms)
{
    size_t count = 0;
    for (struct mock_token_entry *entry = tokens->entries; entry != NULL; entry = entry->hh.next) {
        struct mock_token *token = &entry->token;
        bool is_meant = client_id == NULL || strcmp(token->client->id, client_id) == 0;
        if (is_meant && mock_token_state_at(tokens, token, now_ms) == MOCK_TOKEN_VALID) {
            token->revoked_ms = now_ms;
            count++;
        }
    }
    tokens->sweep_ms = now_ms;
    return count;
}

enum cog_code mock_tokens_narrow(struct mock_tokens *tokens, const char *id, unsigned scopes,
                                 struct cog_error *error)
{
    struct mock_token *token = find_id(tokens, id);
    if (token == NULL) {
        return cog_error_set(error, COG_ERROR_NOT_FOUND, "there is no token '%s'", id);
    }
    if ((scopes & ~token->scopes) != 0) {
        return cog_error_set(error, COG_ERROR_CONFLICT,
                             "the token '%s' lacks one of these scopes: they can only become fewer",
                             id);
    }
    token->scopes = scopes;
    return COG_OK;
}

enum cog_code mock_tokens_shorten(struct mock_tokens *tokens, const char *id, int64_t expires_ms,
                                  struct cog_error *error)
{
    struct mock_token *token = find_id(tokens, id);
    if (token == NULL) {
        return cog_error_set(error, COG_ERROR_NOT_FOUND, "there is no token '%s'", id);
    }
    if (expires_ms > token->expires_ms) {
        return cog_error_set(error, COG_ERROR_CONFLICT,
                             "the token '%s' expires before that: its life can only become shorter",
                             id);
    }
    token->expires_ms = expires_ms;
    if (expires_ms < tokens->sweep_ms) {
        tokens->sweep_ms = expires_ms;
    }
    return COG_OK;
}

const char *const *mock_tokens_secrets(struct mock_tokens *tokens)
{
    size_t count = 0;
    for (size_t i = 0; i < tokens->clients.count; i++) {
        const struct mock_client *client = tokens->clients.items[i];
        for (size_t j = 0; j < client->secret_count; j++) {
            tokens->secrets[count++] = client->secrets[j].text;
        }
    }
    for (const struct mock_token_entry *entry = tokens->entries; entry != NULL;
         entry = entry->hh.next) {
        tokens->secrets[count++] = entry->token.text;
    }
    tokens->secrets[count] = NULL;
    return tokens->secrets;
}

static enum cog_code refuse_client(const char *client_id, struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_NOT_FOUND, "there is no client '%s'", client_id);
}

enum cog_code mock_tokens_secret_add(struct mock_tokens *tokens, const char *client_id,
                                     const struct mock_client_secret *secret,
                                     struct cog_error *error)
{
    struct mock_client *client = mock_clients_find(&tokens->clients, client_id);
    if (client == NULL) {
        return refuse_client(client_id, error);
    }
    if (*secret->text == '\0' || secret->until_ms <= secret->from_ms) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "a secret must not be empty, and must end after it begins");
    }
    enum cog_code code = mock_tokens_reserve(tokens, 1);
    if (code == COG_OK) {
        code = mock_client_secret_add(client, secret->text, secret->from_ms, secret->until_ms);
    }
    if (code == COG_ERROR_REFUSED) {
        return cog_error_set(error, code, "the client '%s' has had %d secrets: no more are kept",
                             client_id, MOCK_CLIENT_SECRETS_MAX);
    }
    return code == COG_OK ? code : cog_error_set(error, code, "out of memory");
}

enum cog_code mock_tokens_secret_remove(struct mock_tokens *tokens, const char *client_id,
                                        const char *secret, int64_t now_ms, struct cog_error *error)
{
    struct mock_client *client = mock_clients_find(&tokens->clients, client_id);
    if (client == NULL) {
        return refuse_client(client_id, error);
    }
    if (!mock_client_secret_remove(client, secret, now_ms)) {
        return cog_error_set(error, COG_ERROR_NOT_FOUND, "the client '%s' has no such secret",
                             client_id);
    }
    return COG_OK;
}
