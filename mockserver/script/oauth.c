/* The member `oauth` of `server`. */
#include "script/member.h"
#include "script/scenario.h"

static enum cog_code read_scopes(const struct cog_document *document, const cJSON *object,
                                 struct mock_oauth_setup *oauth, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, object, "scopes", &array, error);
    if (code != COG_OK || array == NULL) {
        return code;
    }
    oauth->scopes = MOCK_SCOPE_NONE;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        int index = 0;
        code = mock_member_word(document, entry, mock_scope_names(), &index, error);
        if (code != COG_OK) {
            return code;
        }
        oauth->scopes |= 1U << index;
    }
    return COG_OK;
}

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

enum cog_code mock_script_read_oauth(const struct cog_document *document, const cJSON *server,
                                     struct mock_script *script, struct cog_error *error)
{
    static const char *const keys[] = {
        "client_id",       "client_secret", "expires_in", "scopes",
        "scope_in_answer", "introspection", "revoke_at",  NULL,
    };
    const cJSON *object = NULL;
    enum cog_code code = cog_document_object(document, server, "oauth", &object, error);
    if (code != COG_OK || object == NULL) {
        return code;
    }
    struct mock_oauth_setup *oauth = &script->setup.oauth;
    struct mock_behaviour *behaviour = &script->behaviour;
    code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = read_client(document, object, oauth, error);
    }
    if (code == COG_OK) {
        code = read_scopes(document, object, oauth, error);
    }
    if (code == COG_OK) {
        code = read_revocations(document, object, oauth, error);
    }
    if (code == COG_OK) {
        code = cog_document_boolean(document, object, "scope_in_answer",
                                    &behaviour->scope_in_answer, error);
    }
    if (code == COG_OK) {
        code = cog_document_boolean(document, object, "introspection",
                                    &behaviour->has_introspection, error);
    }
    return code;
}
