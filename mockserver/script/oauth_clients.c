/* The member `clients` of `server.oauth`. */
#include "script/oauth_clients.h"

#include "script/member.h"

#include <string.h>

enum cog_code mock_script_read_scopes(const struct cog_document *document, const cJSON *object,
                                      unsigned *inout_scopes, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, object, "scopes", &array, error);
    if (code != COG_OK || array == NULL) {
        return code;
    }
    unsigned scopes = MOCK_SCOPE_NONE;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        int index = 0;
        code = mock_member_word(document, entry, mock_scope_names(), &index, error);
        if (code != COG_OK) {
            return code;
        }
        scopes |= 1U << index;
    }
    *inout_scopes = scopes;
    return COG_OK;
}

/* "old", or {"secret": "old", "from": "0s", "until": "10m"} */
static enum cog_code read_secret_text(const struct cog_document *document, const cJSON *node,
                                      const char **out_text, struct cog_error *error)
{
    static const char *const keys[] = {"secret", "from", "until", NULL};
    const cJSON *member = node;
    if (!cJSON_IsString(node)) {
        enum cog_code code = cog_document_check_keys(document, node, keys, error);
        if (code == COG_OK) {
            code = cog_document_require(document, node, "secret", &member, error);
        }
        if (code != COG_OK) {
            return code;
        }
    }
    if (!cJSON_IsString(member)) {
        return cog_document_fail(document, member, error, "expected a string");
    }
    size_t length = strlen(member->valuestring);
    if (length == 0 || length >= MOCK_ID_SIZE) {
        return cog_document_fail(document, member, error, "a secret has 1 to %d bytes",
                                 MOCK_ID_SIZE - 1);
    }
    *out_text = member->valuestring;
    return COG_OK;
}

static enum cog_code read_secret_times(const struct cog_document *document, const cJSON *node,
                                       struct mock_client_secret *secret, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    if (cJSON_IsObject(node)) {
        code = cog_document_duration(document, node, "from", &secret->from_ms, error);
    }
    if (code == COG_OK && cJSON_IsObject(node)) {
        code = cog_document_duration(document, node, "until", &secret->until_ms, error);
    }
    if (code == COG_OK && secret->until_ms <= secret->from_ms) {
        return cog_document_fail(document, node, error,
                                 "the secret never counts: 'until' must be later than 'from'");
    }
    return code;
}

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code read_secret(const struct cog_document *document, const cJSON *node,
                                 struct mock_client *client, struct cog_error *error)
{
    struct mock_client_secret secret = {.until_ms = INT64_MAX};
    const char *text = NULL;
    enum cog_code code = read_secret_text(document, node, &text, error);
    if (code == COG_OK) {
        code = read_secret_times(document, node, &secret, error);
    }
    if (code != COG_OK) {
        return code;
    }
    size_t count = client->secret_count;
    code = mock_client_secret_add(client, text, secret.from_ms, secret.until_ms);
    if (code == COG_OK && client->secret_count == count) {
        return cog_document_fail(document, node, error, "this secret stands twice");
    }
    return code == COG_OK ? code : fail_memory(error);
}

static enum cog_code read_secrets(const struct cog_document *document, const cJSON *object,
                                  struct mock_client *client, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_require(document, object, "secrets", &array, error);
    if (code == COG_OK) {
        code = cog_document_array(document, object, "secrets", &array, error);
    }
    if (code == COG_OK) {
        code = mock_member_check_count(document, array, MOCK_CLIENT_SECRETS_MAX, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (cJSON_GetArraySize(array) == 0) {
        return cog_document_fail(document, array, error, "a client needs at least one secret");
    }
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        code = read_secret(document, entry, client, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return code;
}

static enum cog_code append_client(const struct cog_document *document, const cJSON *object,
                                   struct mock_clients *clients, struct mock_client **out_client,
                                   struct cog_error *error)
{
    char id[MOCK_ID_SIZE] = "";
    const struct mock_member_buffer buffer = {id, sizeof id};
    const cJSON *node = NULL;
    enum cog_code code = cog_document_require(document, object, "id", &node, error);
    if (code == COG_OK) {
        code = mock_member_text(document, object, "id", buffer, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (strchr(id, ':') != NULL) {
        return cog_document_fail(document, node, error,
                                 "an id has no ':': Basic authentication ends it there");
    }
    if (mock_clients_find(clients, id) != NULL) {
        return cog_document_fail(document, node, error, "the client '%s' stands twice", id);
    }
    code = mock_clients_append(clients, id, out_client);
    return code == COG_OK ? code : fail_memory(error);
}

static enum cog_code read_client(const struct cog_document *document, const cJSON *object,
                                 struct mock_clients *clients, struct cog_error *error)
{
    static const char *const keys[] = {"id", "secrets", "scopes", NULL};
    struct mock_client *client = NULL;
    enum cog_code code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = append_client(document, object, clients, &client, error);
    }
    if (code != COG_OK || client == NULL) {
        return code;
    }
    client->scopes = MOCK_SCOPE_ALL;
    code = mock_script_read_scopes(document, object, &client->scopes, error);
    return code == COG_OK ? read_secrets(document, object, client, error) : code;
}

enum cog_code mock_script_read_clients(const struct cog_document *document, const cJSON *object,
                                       struct mock_clients *clients, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, object, "clients", &array, error);
    if (code == COG_OK && array != NULL) {
        code = mock_member_check_count(document, array, MOCK_CLIENTS_MAX - 1, error);
    }
    if (code != COG_OK || array == NULL) {
        return code;
    }
    mock_clients_finish(clients);
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        code = read_client(document, entry, clients, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}
