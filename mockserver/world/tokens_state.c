#include "world/tokens_state.h"

#include <cogbase/json.h>
#include <cogbase/number.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    RANDOM_SIZE = 17, /* 16 hexadecimal digits: a double does not hold 64 bits. */
    HEX_BASE = 16,
};

static bool add_number(cJSON *object, const char *name, int64_t number)
{
    return cJSON_AddNumberToObject(object, name, (double)number) != NULL;
}

static bool add_scopes(cJSON *object, unsigned scopes)
{
    cJSON *array = cJSON_AddArrayToObject(object, "scopes");
    const char *const *names = mock_scope_names();
    bool is_good = array != NULL;
    for (size_t i = 0; is_good && names[i] != NULL; i++) {
        if ((scopes & 1U << i) != 0) {
            is_good = cJSON_AddItemToArray(array, cJSON_CreateString(names[i]));
        }
    }
    return is_good;
}

/* Adds an empty object to the end of an array; NULL for no memory. */
static cJSON *append_object(cJSON *array)
{
    cJSON *object = cJSON_CreateObject();
    if (!cJSON_AddItemToArray(array, object)) {
        cJSON_Delete(object);
        return NULL;
    }
    return object;
}

static bool append_secret(cJSON *array, const struct mock_client_secret *secret)
{
    cJSON *object = append_object(array);
    bool is_good = object != NULL && cog_json_add_text(object, "secret", secret->text) &&
                   add_number(object, "from_ms", secret->from_ms);
    if (is_good && secret->until_ms != INT64_MAX) {
        is_good = add_number(object, "until_ms", secret->until_ms);
    }
    return is_good;
}

static bool append_client(cJSON *array, const struct mock_client *client)
{
    cJSON *object = append_object(array);
    bool is_good = object != NULL && cog_json_add_text(object, "id", client->id) &&
                   add_scopes(object, client->scopes) &&
                   cJSON_AddBoolToObject(object, "gone", client->is_gone) != NULL;
    cJSON *secrets = is_good ? cJSON_AddArrayToObject(object, "secrets") : NULL;
    is_good = secrets != NULL;
    for (size_t i = 0; is_good && i < client->secret_count; i++) {
        is_good = append_secret(secrets, &client->secrets[i]);
    }
    return is_good;
}

static bool append_token(cJSON *array, const struct mock_token *token)
{
    char id[MOCK_TOKEN_ID_SIZE];
    cJSON *object = append_object(array);
    bool is_good = object != NULL && cog_json_add_text(object, "id", mock_token_id(token, id)) &&
                   cog_json_add_text(object, "text", token->text) &&
                   cog_json_add_text(object, "client_id", token->client->id) &&
                   add_scopes(object, token->scopes) &&
                   add_number(object, "issued_ms", token->issued_ms) &&
                   add_number(object, "expires_ms", token->expires_ms);
    if (is_good && token->revoked_ms >= 0) {
        is_good = add_number(object, "revoked_ms", token->revoked_ms);
    }
    return is_good;
}

static bool append_lists(const struct mock_tokens *tokens, cJSON *object)
{
    cJSON *clients = cJSON_AddArrayToObject(object, "clients");
    bool is_good = clients != NULL;
    for (size_t i = 0; is_good && i < tokens->clients.count; i++) {
        is_good = append_client(clients, tokens->clients.items[i]);
    }
    cJSON *list = is_good ? cJSON_AddArrayToObject(object, "tokens") : NULL;
    is_good = list != NULL;
    const struct mock_token *token = mock_tokens_next(tokens, NULL);
    for (; is_good && token != NULL; token = mock_tokens_next(tokens, token)) {
        is_good = append_token(list, token);
    }
    return is_good;
}

enum cog_code mock_tokens_append_state(const struct mock_tokens *tokens, cJSON *object)
{
    char random[RANDOM_SIZE];
    (void)snprintf(random, sizeof random, "%016" PRIx64, tokens->random.state);
    bool is_good = add_number(object, "since_ms", tokens->since_ms) &&
                   add_number(object, "issued", tokens->issued_count) &&
                   cog_json_add_text(object, "random", random) && append_lists(tokens, object);
    return is_good ? COG_OK : COG_ERROR_MEMORY;
}

/* The member, an array. */
static enum cog_code read_array(const cJSON *object, const char *name, const cJSON **out_array,
                                struct cog_error *error)
{
    const cJSON *array = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!cJSON_IsArray(array)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field '%s' must be an array", name);
    }
    *out_array = array;
    return COG_OK;
}

static enum cog_code read_time(const cJSON *object, const char *name, int64_t *out_ms,
                               struct cog_error *error)
{
    return cog_json_integer(object, name, 0, COG_NUMBER_INTEGER_MAX, out_ms, error);
}

/* As above; absent leaves the output as it is. */
static enum cog_code read_time_optional(const cJSON *object, const char *name, int64_t *inout_ms,
                                        struct cog_error *error)
{
    bool is_there = cJSON_GetObjectItemCaseSensitive(object, name) != NULL;
    return is_there ? read_time(object, name, inout_ms, error) : COG_OK;
}

static enum cog_code read_scopes(const cJSON *object, unsigned *out_scopes, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = read_array(object, "scopes", &array, error);
    unsigned scopes = MOCK_SCOPE_NONE;
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, array)
    {
        unsigned scope = MOCK_SCOPE_NONE;
        if (!cJSON_IsString(item) || !mock_scopes_parse(item->valuestring, &scope)) {
            return cog_error_set(error, COG_ERROR_PROTOCOL, "field 'scopes' has an unknown scope");
        }
        scopes |= scope;
    }
    if (code == COG_OK) {
        *out_scopes = scopes;
    }
    return code;
}

static enum cog_code fail(enum cog_code code, struct cog_error *error)
{
    return code == COG_ERROR_REFUSED
               ? cog_error_set(error, COG_ERROR_PROTOCOL, "more clients or secrets than are kept")
               : cog_error_set(error, code, "out of memory");
}

static enum cog_code read_secret(const cJSON *object, struct mock_client *client,
                                 struct cog_error *error)
{
    const char *text = NULL;
    int64_t from_ms = 0;
    int64_t until_ms = INT64_MAX;
    enum cog_code code = cog_json_string(object, "secret", &text, error);
    if (code == COG_OK) {
        code = read_time(object, "from_ms", &from_ms, error);
    }
    if (code == COG_OK) {
        code = read_time_optional(object, "until_ms", &until_ms, error);
    }
    if (code != COG_OK) {
        return code;
    }
    code = mock_client_secret_add(client, text, from_ms, until_ms);
    return code == COG_OK ? code : fail(code, error);
}

static enum cog_code read_secrets(const cJSON *object, struct mock_client *client,
                                  struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = read_array(object, "secrets", &array, error);
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, array)
    {
        code = read_secret(item, client, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return code;
}

static enum cog_code read_client(const cJSON *object, struct mock_tokens *tokens,
                                 struct cog_error *error)
{
    const char *id = NULL;
    struct mock_client *client = NULL;
    enum cog_code code = cog_json_string(object, "id", &id, error);
    if (code != COG_OK) {
        return code;
    }
    if (mock_clients_find_ever(&tokens->clients, id) != NULL) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "the client '%s' stands twice", id);
    }
    code = mock_clients_append(&tokens->clients, id, &client);
    if (code != COG_OK) {
        return fail(code, error);
    }
    code = read_scopes(object, &client->scopes, error);
    if (code == COG_OK) {
        code = cog_json_boolean(object, "gone", &client->is_gone, error);
    }
    return code == COG_OK ? read_secrets(object, client, error) : code;
}

/* "t-7" */
static enum cog_code read_id(const cJSON *object, int64_t *out_number, struct cog_error *error)
{
    const char *id = NULL;
    enum cog_code code = cog_json_string(object, "id", &id, error);
    if (code != COG_OK) {
        return code;
    }
    if (strncmp(id, "t-", 2) != 0 ||
        cog_number_parse_integer(id + 2, 1, COG_NUMBER_INTEGER_MAX, out_number, error) != COG_OK) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field 'id' must be one such as 't-1'");
    }
    return COG_OK;
}

static enum cog_code read_owner(const cJSON *object, const struct mock_tokens *tokens,
                                const struct mock_client **out_client, struct cog_error *error)
{
    const char *id = NULL;
    enum cog_code code = cog_json_string(object, "client_id", &id, error);
    if (code != COG_OK) {
        return code;
    }
    *out_client = mock_clients_find_ever(&tokens->clients, id);
    return *out_client == NULL
               ? cog_error_set(error, COG_ERROR_PROTOCOL, "there is no client '%s'", id)
               : COG_OK;
}

static enum cog_code read_times(const cJSON *object, struct mock_token *token,
                                struct cog_error *error)
{
    enum cog_code code = read_time(object, "issued_ms", &token->issued_ms, error);
    if (code == COG_OK) {
        code = read_time(object, "expires_ms", &token->expires_ms, error);
    }
    if (code == COG_OK) {
        code = read_time_optional(object, "revoked_ms", &token->revoked_ms, error);
    }
    return code;
}

static enum cog_code read_token(const cJSON *object, struct mock_tokens *tokens,
                                struct cog_error *error)
{
    struct mock_token token = {.revoked_ms = -1};
    enum cog_code code = read_id(object, &token.number, error);
    if (code == COG_OK) {
        code = cog_json_string_copy(object, "text", token.text, sizeof token.text, error);
    }
    if (code == COG_OK) {
        code = read_owner(object, tokens, &token.client, error);
    }
    if (code == COG_OK) {
        code = read_scopes(object, &token.scopes, error);
    }
    if (code == COG_OK) {
        code = read_times(object, &token, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (token.number <= tokens->issued_count || mock_tokens_find_ever(tokens, token.text) != NULL) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "a token stands twice, or out of order");
    }
    tokens->issued_count = token.number;
    code = mock_tokens_restore(tokens, &token);
    return code == COG_OK ? code : fail(code, error);
}

/* Each element of an array, by one of the readers above. */
static enum cog_code read_list(const cJSON *object, const char *name, struct mock_tokens *tokens,
                               enum cog_code (*read)(const cJSON *item, struct mock_tokens *tokens,
                                                     struct cog_error *error),
                               struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = read_array(object, name, &array, error);
    if (code == COG_OK && cJSON_GetArraySize(array) > MOCK_TOKENS_MAX) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field '%s' has more than %d entries", name,
                             MOCK_TOKENS_MAX);
    }
    int index = 0;
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, array)
    {
        code = read(item, tokens, error);
        if (code != COG_OK) {
            return cog_error_wrap(error, code, "%s[%d]", name, index);
        }
        index++;
    }
    return code;
}

static enum cog_code read_random(const cJSON *object, uint64_t *out_state, struct cog_error *error)
{
    const char *text = NULL;
    enum cog_code code = cog_json_string(object, "random", &text, error);
    if (code != COG_OK) {
        return code;
    }
    static const char digits[] = "0123456789abcdef";
    if (strlen(text) != RANDOM_SIZE - 1 || strspn(text, digits) != RANDOM_SIZE - 1) {
        return cog_error_set(error, COG_ERROR_PROTOCOL,
                             "field 'random' must be 16 hexadecimal digits in lower case");
    }
    uint64_t state = 0;
    for (; *text != '\0'; text++) {
        state = state * HEX_BASE + (uint64_t)(strchr(digits, *text) - digits);
    }
    *out_state = state;
    return COG_OK;
}

static enum cog_code read_all(const cJSON *object, struct mock_tokens *tokens,
                              struct cog_error *error)
{
    int64_t issued_count = 0;
    enum cog_code code = read_time(object, "since_ms", &tokens->since_ms, error);
    if (code == COG_OK) {
        code = read_time(object, "issued", &issued_count, error);
    }
    if (code == COG_OK) {
        code = read_random(object, &tokens->random.state, error);
    }
    if (code == COG_OK) {
        code = read_list(object, "clients", tokens, read_client, error);
    }
    if (code == COG_OK) {
        code = read_list(object, "tokens", tokens, read_token, error);
    }
    if (code == COG_OK && issued_count < tokens->issued_count) {
        return cog_error_set(error, COG_ERROR_PROTOCOL,
                             "field 'issued' is less than the newest token's number");
    }
    tokens->issued_count = issued_count;
    return code;
}

enum cog_code mock_tokens_read_state(struct mock_tokens *tokens, const cJSON *object,
                                     struct cog_error *error)
{
    COG_CLEANUP(mock_tokens_finish) struct mock_tokens state = {.setup = tokens->setup};
    enum cog_code code = read_all(object, &state, error);
    if (code == COG_OK && mock_tokens_reserve(&state, 0) != COG_OK) {
        code = cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    if (code != COG_OK) {
        return code;
    }
    const struct mock_tokens before = *tokens;
    *tokens = state; /* Its first sweep finds out when the next one is due. */
    state = before;
    return COG_OK;
}
