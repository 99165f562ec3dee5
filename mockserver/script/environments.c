/* The members `environments` and `sessions` of `server`. */
#include "script/member.h"
#include "script/scenario.h"
#include "world/platform.h"

#include <string.h>

static enum cog_code read_counts(const struct cog_document *document, const cJSON *content,
                                 int counts[MOCK_KIND_COUNT], struct cog_error *error)
{
    const struct cog_document_range range = {0, MOCK_ITEMS_MAX};
    const char *const *names = mock_kind_names();
    enum cog_code code = cog_document_check_keys(document, content, names, error);
    for (int kind = 0; code == COG_OK && kind < MOCK_KIND_COUNT; kind++) {
        int64_t count = counts[kind];
        code = cog_document_integer(document, content, names[kind], range, &count, error);
        counts[kind] = (int)count;
    }
    return code;
}

static enum cog_code read_texts(const struct cog_document *document, const cJSON *node,
                                struct mock_environment_setup *environment, struct cog_error *error)
{
    const struct {
        const char *key;
        char *bytes;
    } texts[] = {
        {"name", environment->name},
        {"platform_version", environment->platform_version},
        {"bot_id", environment->bot_id},
    };
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof texts / sizeof texts[0]; i++) {
        const struct mock_member_buffer buffer = {texts[i].bytes, MOCK_ID_SIZE};
        code = mock_member_text(document, node, texts[i].key, buffer, error);
    }
    return code;
}

static enum cog_code check_platform(const struct cog_document *document, const cJSON *node,
                                    const struct mock_environment_setup *environment,
                                    struct cog_error *error)
{
    struct mock_platform platform = {0};
    if (!mock_platform_parse(environment->platform_version, &platform)) {
        const cJSON *text = cJSON_GetObjectItemCaseSensitive(node, "platform_version");
        return cog_document_fail(document, text, error,
                                 "expected a platform version such as \"v1.18.0\"");
    }
    return COG_OK;
}

static enum cog_code read_environment(const struct cog_document *document, const cJSON *node,
                                      struct mock_environment_setup *environment,
                                      struct cog_error *error)
{
    static const char *const keys[] = {
        "name", "platform_version", "bot_id", "version", "content", NULL,
    };
    const struct cog_document_range versions = {1, MOCK_VERSION_MAX};
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = read_texts(document, node, environment, error);
    }
    if (code == COG_OK) {
        code = check_platform(document, node, environment, error);
    }
    int64_t version = environment->version;
    if (code == COG_OK) {
        code = cog_document_integer(document, node, "version", versions, &version, error);
        environment->version = (int)version;
    }
    const cJSON *content = NULL;
    if (code == COG_OK) {
        code = cog_document_object(document, node, "content", &content, error);
    }
    if (code == COG_OK && content != NULL) {
        code = read_counts(document, content, environment->counts, error);
    }
    return code;
}

/* The environment of that id, added to the setup when it is new. */
static enum cog_code claim_environment(const struct cog_document *document, const cJSON *node,
                                       struct mock_setup *setup,
                                       struct mock_environment_setup **out_environment,
                                       struct cog_error *error)
{
    struct mock_environment_setup *environment = mock_setup_environment_find(setup, node->string);
    if (environment != NULL) {
        *out_environment = environment;
        return COG_OK;
    }
    size_t length = strlen(node->string);
    if (length == 0 || length >= MOCK_ID_SIZE) {
        return cog_document_fail(document, node, error, "an environment's id has 1 to %d bytes",
                                 MOCK_ID_SIZE - 1);
    }
    if (setup->environment_count >= MOCK_ENVIRONMENTS_MAX) {
        return cog_document_fail(document, node, error, "more than %d environments",
                                 MOCK_ENVIRONMENTS_MAX);
    }
    if (mock_setup_environment_append(setup, node->string, out_environment) != COG_OK) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    return COG_OK;
}

static enum cog_code read_sessions(const struct cog_document *document, const cJSON *server,
                                   struct mock_setup *setup, struct cog_error *error)
{
    static const struct mock_level_form form = {"active", {0, MOCK_SESSIONS_MAX}};
    const cJSON *object = NULL;
    enum cog_code code = cog_document_object(document, server, "sessions", &object, error);
    if (code != COG_OK || object == NULL) {
        return code;
    }
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, object)
    {
        struct mock_environment_setup *environment =
            mock_setup_environment_find(setup, node->string);
        if (environment == NULL) {
            return cog_document_fail(document, node, error, "there is no environment '%s'",
                                     node->string);
        }
        const cJSON *timeline = NULL;
        code = cog_document_array(document, object, node->string, &timeline, error);
        if (code == COG_OK) {
            code = mock_member_level(document, timeline, &form, &environment->sessions, error);
        }
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

enum cog_code mock_script_read_environments(const struct cog_document *document,
                                            const cJSON *server, struct mock_setup *setup,
                                            struct cog_error *error)
{
    const cJSON *object = NULL;
    enum cog_code code = cog_document_object(document, server, "environments", &object, error);
    if (code != COG_OK) {
        return code;
    }
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, object)
    {
        struct mock_environment_setup *environment = NULL;
        code = claim_environment(document, node, setup, &environment, error);
        if (code != COG_OK || environment == NULL) {
            return code;
        }
        code = read_environment(document, node, environment, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return read_sessions(document, server, setup, error);
}
