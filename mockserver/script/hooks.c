/* The member `hooks` of `server`: how receivers of webhooks answer. */
#include "script/scenario.h"

#include "script/member.h"

#include <cogbase/text.h>

#include <string.h>

static enum cog_code read_secret(const struct cog_document *document, const cJSON *object,
                                 struct mock_hook_setup *setup, struct cog_error *error)
{
    const char *secret = NULL;
    enum cog_code code = cog_document_string(document, object, "secret", &secret, error);
    if (code != COG_OK || secret == NULL) {
        return code;
    }
    if (!mock_signature_secret_is_valid(secret) ||
        !cog_string_copy(setup->secret, sizeof setup->secret, secret)) {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "secret");
        return cog_document_fail(document, node, error,
                                 "'secret' is \"whsec_\" and base64 of 24 to 64 bytes");
    }
    return COG_OK;
}

enum cog_code mock_script_read_hook(const struct cog_document *document, const cJSON *object,
                                    const char *id, struct mock_hook_setup *out_setup,
                                    struct cog_error *error)
{
    static const char *const keys[] = {"secret", "status", "times", "delay", NULL};
    static const struct cog_document_range statuses = {200, 599};
    static const struct cog_document_range times = {1, MOCK_HOOK_TIMES_MAX};
    struct mock_hook_setup setup;
    mock_hook_setup_init(&setup, id);
    int64_t status = setup.status;
    enum cog_code code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = read_secret(document, object, &setup, error);
    }
    if (code == COG_OK) {
        code = cog_document_integer(document, object, "status", statuses, &status, error);
    }
    if (code == COG_OK) {
        code = cog_document_integer(document, object, "times", times, &setup.times, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, object, "delay", &setup.delay_ms, error);
    }
    if (code == COG_OK) {
        setup.status = (int)status;
        *out_setup = setup;
    }
    return code;
}

static enum cog_code read_member(const struct cog_document *document, const cJSON *member,
                                 struct mock_hook_setups *setups, struct cog_error *error)
{
    struct mock_hook_setup setup;
    const size_t length = strlen(member->string);
    if (length == 0 || length >= MOCK_ID_SIZE) {
        return cog_document_fail(document, member, error, "a receiver's id has 1 to %d bytes",
                                 MOCK_ID_SIZE - 1);
    }
    enum cog_code code = mock_script_read_hook(document, member, member->string, &setup, error);
    if (code != COG_OK) {
        return code;
    }
    return mock_hook_setups_put(setups, &setup) == COG_OK
               ? COG_OK
               : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

enum cog_code mock_script_read_hooks(const struct cog_document *document, const cJSON *server,
                                     struct mock_hook_setups *setups, struct cog_error *error)
{
    const cJSON *object = NULL;
    enum cog_code code = cog_document_object(document, server, "hooks", &object, error);
    if (code == COG_OK) {
        code = mock_member_check_count(document, object, MOCK_HOOKS_MAX, error);
    }
    if (code != COG_OK || object == NULL) {
        return code;
    }
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, object)
    {
        code = read_member(document, member, setups, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}
