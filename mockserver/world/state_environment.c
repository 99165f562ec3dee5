/* Environments in a saved state. */
#include "world/state_part.h"

#include <string.h>

static const struct mock_state_field setup_fields[] = {
    {"id",
     MOCK_STATE_TEXT,
     offsetof(struct mock_environment_setup, id),
     {1, MOCK_ID_SIZE - 1},
     NULL},
    {"name",
     MOCK_STATE_TEXT,
     offsetof(struct mock_environment_setup, name),
     {1, MOCK_ID_SIZE - 1},
     NULL},
    {"platform_version",
     MOCK_STATE_TEXT,
     offsetof(struct mock_environment_setup, platform_version),
     {1, MOCK_ID_SIZE - 1},
     NULL},
    {"bot_id",
     MOCK_STATE_TEXT,
     offsetof(struct mock_environment_setup, bot_id),
     {1, MOCK_ID_SIZE - 1},
     NULL},
    {0},
};

static const struct mock_state_field environment_fields[] = {
    {"version",
     MOCK_STATE_INT,
     offsetof(struct mock_environment, version),
     {1, MOCK_VERSION_MAX},
     NULL},
    {"start_digest",
     MOCK_STATE_TEXT,
     offsetof(struct mock_environment, digest_at_start),
     {COG_DIGEST_SIZE - 1, COG_DIGEST_SIZE - 1},
     NULL},
    {0},
};

bool mock_state_environment_write(cJSON *array, const struct mock_environment *environment)
{
    struct mock_environment told = *environment;
    cJSON *object = mock_state_object_append(array);
    return object != NULL &&
           mock_environment_start_digest(environment, told.digest_at_start) == COG_OK &&
           mock_state_fields_write(setup_fields, environment->setup, object) &&
           mock_state_fields_write(environment_fields, &told, object) &&
           mock_state_gauge_write(object, "sessions", &environment->sessions) &&
           mock_state_content_write(object, "content", &environment->content);
}

static enum cog_code check_setup(const struct cog_document *document, const cJSON *node,
                                 const struct mock_environment_setup *setup,
                                 const struct mock_world *world, struct cog_error *error)
{
    struct mock_platform platform = {0};
    if (mock_world_environment_find(world, setup->id) != NULL) {
        return cog_document_fail(document, cJSON_GetObjectItemCaseSensitive(node, "id"), error,
                                 "there are two environments '%s'", setup->id);
    }
    if (!mock_platform_parse(setup->platform_version, &platform)) {
        const cJSON *text = cJSON_GetObjectItemCaseSensitive(node, "platform_version");
        return cog_document_fail(document, text, error,
                                 "expected a platform version such as \"v1.18.0\"");
    }
    return COG_OK;
}

static enum cog_code read_setup(const struct cog_document *document, const cJSON *node,
                                const struct mock_world *world,
                                struct mock_environment_setup *setup, struct cog_error *error)
{
    static const char *const others[] = {
        "id", "name", "platform_version", "bot_id", "sessions", "content", NULL};
    enum cog_code code = mock_state_check_keys(document, node, environment_fields, others, error);
    if (code == COG_OK) {
        code = mock_state_fields_read(document, node, setup_fields, setup, error);
    }
    if (code == COG_OK) {
        code = check_setup(document, node, setup, world, error);
    }
    return code;
}

static enum cog_code check_digest(const struct cog_document *document, const cJSON *node,
                                  const char *digest, struct cog_error *error)
{
    if (strspn(digest, "0123456789abcdef") != COG_DIGEST_SIZE - 1) {
        return cog_document_fail(document, cJSON_GetObjectItemCaseSensitive(node, "start_digest"),
                                 error, "expected a SHA-256 in lower-case hex");
    }
    return COG_OK;
}

static enum cog_code read_rest(const struct cog_document *document, const cJSON *node,
                               int64_t now_ms, struct mock_environment *environment,
                               struct cog_error *error)
{
    const struct mock_state_level_form form = {{0, MOCK_SESSIONS_MAX}, 0, now_ms};
    enum cog_code code =
        mock_state_fields_read(document, node, environment_fields, environment, error);
    if (code == COG_OK) {
        code = check_digest(document, node, environment->digest_at_start, error);
    }
    if (code == COG_OK) {
        code =
            mock_state_gauge_read(document, node, "sessions", &form, &environment->sessions, error);
    }
    if (code == COG_OK) {
        code = mock_state_content_read(document, node, "content", &environment->content, error);
    }
    return code;
}

enum cog_code mock_state_environment_read(const struct cog_document *document, const cJSON *node,
                                          struct mock_world *world, struct cog_error *error)
{
    struct mock_environment_setup setup = {0};
    struct mock_environment *environment = NULL;
    enum cog_code code = read_setup(document, node, world, &setup, error);
    if (code != COG_OK) {
        return code;
    }
    if (mock_environment_create_empty(&setup, &environment) != COG_OK) {
        return mock_state_fail_memory(error);
    }
    /* From here on it is the world's, finished or not. */
    world->environments[world->environment_count++] = environment;
    return read_rest(document, node, world->now_ms, environment, error);
}

enum cog_code mock_state_environment_named(const struct cog_document *document, const cJSON *node,
                                           const char *key, const struct mock_world *world,
                                           struct mock_environment **out_environment,
                                           struct cog_error *error)
{
    const cJSON *member = NULL;
    const char *id = NULL;
    enum cog_code code = cog_document_require(document, node, key, &member, error);
    if (code == COG_OK) {
        code = cog_document_string(document, node, key, &id, error);
    }
    if (code != COG_OK) {
        return code;
    }
    struct mock_environment *environment = mock_world_environment_find(world, id);
    if (environment == NULL) {
        return cog_document_fail(document, member, error, "there is no environment '%s'", id);
    }
    *out_environment = environment;
    return COG_OK;
}
