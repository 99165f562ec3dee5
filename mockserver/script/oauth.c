/* The member `oauth` of `server`. */
#include "script/member.h"
#include "script/oauth_clients.h"
#include "script/scenario.h"

#include <cogbase/duration.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>

static enum cog_code read_revocations(const struct cog_document *document, const cJSON *object,
                                      struct mock_oauth_setup *oauth, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, object, "revoke_at", &array, error);
    if (code == COG_OK && array != NULL) {
        oauth->revoke_count = 0;
        code = mock_member_check_count(document, array, MOCK_STEPS_MAX, error);
    }
    if (code != COG_OK) {
        return code;
    }
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        int64_t *at_ms = &oauth->revoke_at_ms[oauth->revoke_count];
        code = mock_member_duration(document, entry, at_ms, error);
        if (code != COG_OK) {
            return code;
        }
        oauth->revoke_count++;
    }
    return COG_OK;
}

static enum cog_code read_client(const struct cog_document *document, const cJSON *object,
                                 struct mock_oauth_setup *oauth, struct cog_error *error)
{
    const struct mock_member_buffer id = {oauth->client_id, sizeof oauth->client_id};
    const struct mock_member_buffer secret = {oauth->client_secret, sizeof oauth->client_secret};
    enum cog_code code = mock_member_text(document, object, "client_id", id, error);
    if (code == COG_OK) {
        code = mock_member_text(document, object, "client_secret", secret, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, object, "expires_in", &oauth->expires_in_ms, error);
    }
    return code;
}

/* The client without a list must not say something else than its entry on the list. */
static enum cog_code check_first_client(const struct cog_document *document, const cJSON *object,
                                        struct mock_oauth_setup *oauth, struct cog_error *error)
{
    static const char *const keys[] = {"client_secret", "scopes", NULL};
    const struct mock_client *client = mock_clients_find(&oauth->clients, oauth->client_id);
    if (client == NULL) {
        return COG_OK;
    }
    for (size_t i = 0; keys[i] != NULL; i++) {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, keys[i]);
        if (node != NULL) {
            return cog_document_fail(
                document, node, error, "the client '%s' is in 'clients': its '%s' belong there",
                client->id, strcmp(keys[i], "scopes") == 0 ? keys[i] : "secrets");
        }
    }
    /* What the program tells its user. */
    (void)snprintf(oauth->client_secret, sizeof oauth->client_secret, "%s",
                   client->secrets[0].text);
    oauth->scopes = client->scopes;
    return COG_OK;
}

static enum cog_code read_clients(const struct cog_document *document, const cJSON *object,
                                  struct mock_oauth_setup *oauth, struct cog_error *error)
{
    enum cog_code code = read_client(document, object, oauth, error);
    if (code == COG_OK) {
        code = mock_script_read_scopes(document, object, &oauth->scopes, error);
    }
    if (code == COG_OK) {
        code = mock_script_read_clients(document, object, &oauth->clients, error);
    }
    if (code == COG_OK) {
        code = check_first_client(document, object, oauth, error);
    }
    return code;
}

static enum cog_code read_authentication(const struct cog_document *document, const cJSON *object,
                                         struct mock_oauth_policy *policy, struct cog_error *error)
{
    static const char *const words[] = {"basic", "post", NULL};
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, object, "authentication", &array, error);
    if (code != COG_OK || array == NULL) {
        return code;
    }
    if (cJSON_GetArraySize(array) == 0) {
        return cog_document_fail(document, array, error,
                                 "no client could authenticate: name 'basic', 'post' or both");
    }
    bool takes[] = {false, false};
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        int index = 0;
        code = mock_member_word(document, entry, words, &index, error);
        if (code != COG_OK) {
            return code;
        }
        takes[index] = true;
    }
    policy->takes_basic = takes[0];
    policy->takes_post = takes[1];
    return COG_OK;
}

/* One of the words, or a duration. */
static enum cog_code read_expiry(const struct cog_document *document, const cJSON *object,
                                 struct mock_oauth_policy *policy, struct cog_error *error)
{
    static const char *const words[] = {
        [MOCK_EXPIRY_AS_IS] = "as_is",       [MOCK_EXPIRY_MISSING] = "missing",
        [MOCK_EXPIRY_ZERO] = "zero",         [MOCK_EXPIRY_STRING] = "string",
        [MOCK_EXPIRY_ONE] = "one",           [MOCK_EXPIRY_HUGE] = "huge",
        [MOCK_EXPIRY_NEGATIVE] = "negative", [MOCK_EXPIRY_NULL] = "null",
        [MOCK_EXPIRY_FLOAT] = "float",       [MOCK_EXPIRY_DURATION] = NULL,
    };
    const char *text = NULL;
    enum cog_code code = cog_document_string(document, object, "expires_in_said", &text, error);
    if (code != COG_OK || text == NULL) {
        return code;
    }
    if (cog_duration_parse(text, &policy->expires_in_said_ms, NULL) == COG_OK) {
        policy->expires_in_said = MOCK_EXPIRY_DURATION;
        return COG_OK;
    }
    int index = 0;
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "expires_in_said");
    if (mock_member_word(document, node, words, &index, error) != COG_OK) {
        const char *nearest = cog_string_nearest(text, words);
        return cog_document_fail(document, node, error,
                                 "'%s' is neither a duration nor a word for one such as '%s'", text,
                                 nearest != NULL ? nearest : "missing");
    }
    policy->expires_in_said = (enum mock_expiry)index;
    return COG_OK;
}

/* true, false, or "inactive". */
static enum cog_code read_introspection(const struct cog_document *document, const cJSON *object,
                                        struct mock_behaviour *behaviour, struct cog_error *error)
{
    static const char *const words[] = {"inactive", NULL};
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "introspection");
    if (node == NULL) {
        return COG_OK;
    }
    int index = 0;
    bool is_word = cJSON_IsString(node);
    enum cog_code code = is_word ? mock_member_word(document, node, words, &index, error)
                                 : cog_document_boolean(document, object, "introspection",
                                                        &behaviour->has_introspection, error);
    if (code == COG_OK) {
        behaviour->oauth.introspects_inactive = is_word;
        behaviour->has_introspection |= is_word;
    }
    return code;
}

static enum cog_code read_policy(const struct cog_document *document, const cJSON *object,
                                 struct mock_oauth_policy *policy, struct cog_error *error)
{
    static const char *const words[] = {"refuse", "narrow", NULL};
    const struct mock_member_buffer type = {policy->token_type, sizeof policy->token_type};
    int index = policy->narrows_scope ? 1 : 0;
    enum cog_code code = cog_document_word(document, object, "scope_policy", words, &index, error);
    policy->narrows_scope = index == 1;
    if (code == COG_OK) {
        code = mock_member_text(document, object, "token_type", type, error);
    }
    if (code == COG_OK) {
        code = read_authentication(document, object, policy, error);
    }
    if (code == COG_OK) {
        code = read_expiry(document, object, policy, error);
    }
    return code;
}

static enum cog_code read_behaviour(const struct cog_document *document, const cJSON *object,
                                    struct mock_behaviour *behaviour, struct cog_error *error)
{
    enum cog_code code = cog_document_boolean(document, object, "scope_in_answer",
                                              &behaviour->scope_in_answer, error);
    if (code == COG_OK) {
        code = read_introspection(document, object, behaviour, error);
    }
    if (code == COG_OK) {
        code = read_policy(document, object, &behaviour->oauth, error);
    }
    return code;
}

enum cog_code mock_script_read_oauth(const struct cog_document *document, const cJSON *server,
                                     struct mock_script *script, struct cog_error *error)
{
    static const char *const keys[] = {
        "client_id",      "client_secret", "clients",    "expires_in",      "expires_in_said",
        "scopes",         "scope_policy",  "token_type", "scope_in_answer", "introspection",
        "authentication", "revoke_at",     NULL,
    };
    const cJSON *object = NULL;
    enum cog_code code = cog_document_object(document, server, "oauth", &object, error);
    if (code != COG_OK || object == NULL) {
        return code;
    }
    code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = read_clients(document, object, &script->setup.oauth, error);
    }
    if (code == COG_OK) {
        code = read_revocations(document, object, &script->setup.oauth, error);
    }
    if (code == COG_OK) {
        code = read_behaviour(document, object, &script->behaviour, error);
    }
    return code;
}
