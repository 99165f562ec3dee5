/* Reading a saved state, which somebody may have edited. */
#include "world/state.h"

#include "world/state_part.h"

#include <stdlib.h>
#include <string.h>

enum { VERSIONS_MAX = 2 * MOCK_DEPLOYMENTS_MAX + MOCK_ENVIRONMENTS_MAX };

const struct mock_state_field *mock_state_world_fields(void)
{
    static const struct mock_state_field fields[] = {
        {"now_ms",
         MOCK_STATE_INT64,
         offsetof(struct mock_world, now_ms),
         {0, MOCK_STATE_INTEGER_MAX},
         NULL},
        {"rollback_count",
         MOCK_STATE_INT,
         offsetof(struct mock_world, rollback_count),
         {0, MOCK_DEPLOYMENTS_MAX},
         NULL},
        {0},
    };
    return fields;
}

const struct mock_state_field *mock_state_version_fields(void)
{
    static const struct mock_state_field fields[] = {
        {"number",
         MOCK_STATE_INT,
         offsetof(struct mock_version, number),
         {1, MOCK_VERSION_MAX},
         NULL},
        {"created_ms",
         MOCK_STATE_INT64,
         offsetof(struct mock_version, created_ms),
         {0, MOCK_STATE_INTEGER_MAX},
         NULL},
        {0},
    };
    return fields;
}

cJSON *mock_state_object_append(cJSON *array)
{
    cJSON *object = cJSON_CreateObject();
    if (object != NULL && !cJSON_AddItemToArray(array, object)) {
        cJSON_Delete(object);
        return NULL;
    }
    return object;
}

enum cog_code mock_state_fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

enum cog_code mock_state_list(const struct cog_document *document, const cJSON *object,
                              const char *key, int maximum, const cJSON **out_array,
                              struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_require(document, object, key, &array, error);
    if (code == COG_OK) {
        code = cog_document_array(document, object, key, &array, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (cJSON_GetArraySize(array) > maximum) {
        return cog_document_fail(document, array, error, "more than %d entries", maximum);
    }
    *out_array = array;
    return COG_OK;
}

enum cog_code mock_state_check_past(const struct cog_document *document, const cJSON *object,
                                    const char *key, int64_t at_ms, int64_t now_ms,
                                    struct cog_error *error)
{
    if (at_ms > now_ms) {
        return cog_document_fail(document, cJSON_GetObjectItemCaseSensitive(object, key), error,
                                 "'%s' must not be after 'now_ms' of the state", key);
    }
    return COG_OK;
}

static enum cog_code check_digest(const struct cog_document *document, const cJSON *state,
                                  struct cog_error *error)
{
    const char *said = NULL;
    char digest[COG_DIGEST_SIZE];
    enum cog_code code = cog_document_string(document, state, "digest", &said, error);
    if (code != COG_OK || said == NULL) {
        return code;
    }
    code = mock_state_digest(state, digest);
    if (code != COG_OK) {
        return cog_error_set(error, code, "cannot make the digest of the state");
    }
    if (strcmp(said, digest) != 0) {
        return cog_document_fail(document, cJSON_GetObjectItemCaseSensitive(state, "digest"), error,
                                 "'digest' does not fit: the state was changed after it was "
                                 "written; leave 'digest' out to load it all the same");
    }
    return COG_OK;
}

static enum cog_code read_head(const struct cog_document *document, const cJSON *state,
                               struct mock_world *world, struct cog_error *error)
{
    static const char *const others[] = {
        "format", "health", "environments", "versions",      "deployments",
        "tokens", "rate",   "digest",       "start_unix_ms", NULL,
    };
    const struct cog_document_range formats = {MOCK_STATE_FORMAT, MOCK_STATE_FORMAT};
    const struct mock_state_field *fields = mock_state_world_fields();
    int64_t format = 0;
    const cJSON *node = NULL;
    enum cog_code code = mock_state_check_keys(document, state, fields, others, error);
    if (code == COG_OK) {
        code = cog_document_require(document, state, "format", &node, error);
    }
    if (code == COG_OK) {
        code = cog_document_integer(document, state, "format", formats, &format, error);
    }
    if (code == COG_OK) {
        code = check_digest(document, state, error);
    }
    if (code == COG_OK) {
        code = mock_state_fields_read(document, state, fields, world, error);
    }
    return code;
}

static enum cog_code read_health(const struct cog_document *document, const cJSON *state,
                                 struct mock_world *world, struct cog_error *error)
{
    const struct mock_state_level_form form = {{200, 599}, MOCK_HEALTHY_STATUS, world->now_ms};
    struct mock_gauge health = {0};
    enum cog_code code = mock_state_gauge_read(document, state, "health", &form, &health, error);
    if (code == COG_OK) {
        mock_world_gauge_replace(world, NULL, &health);
    }
    return code;
}

static enum cog_code read_environments(const struct cog_document *document, const cJSON *state,
                                       struct mock_world *world, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code =
        mock_state_list(document, state, "environments", MOCK_ENVIRONMENTS_MAX, &array, error);
    if (code != COG_OK) {
        return code;
    }
    if (mock_world_environments_reserve(world, (size_t)cJSON_GetArraySize(array)) != COG_OK) {
        return mock_state_fail_memory(error);
    }
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, array)
    {
        code = mock_state_environment_read(document, node, world, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

static enum cog_code read_version(const struct cog_document *document, const cJSON *node,
                                  struct mock_world *world, struct cog_error *error)
{
    static const char *const others[] = {"environment", NULL};
    const struct mock_state_field *fields = mock_state_version_fields();
    struct mock_version version = {0};
    struct mock_environment *environment = NULL;
    enum cog_code code = mock_state_check_keys(document, node, fields, others, error);
    if (code == COG_OK) {
        code =
            mock_state_environment_named(document, node, "environment", world, &environment, error);
    }
    if (code == COG_OK) {
        code = mock_state_fields_read(document, node, fields, &version, error);
    }
    if (code == COG_OK) {
        code = mock_state_check_past(document, node, "created_ms", version.created_ms,
                                     world->now_ms, error);
    }
    if (code == COG_OK) {
        version.environment = environment;
        world->versions[world->version_count++] = version;
    }
    return code;
}

static enum cog_code read_versions(const struct cog_document *document, const cJSON *state,
                                   struct mock_world *world, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = mock_state_list(document, state, "versions", VERSIONS_MAX, &array, error);
    if (code != COG_OK) {
        return code;
    }
    if (mock_world_versions_reserve(world, (size_t)cJSON_GetArraySize(array)) != COG_OK) {
        return mock_state_fail_memory(error);
    }
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, array)
    {
        code = read_version(document, node, world, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

static enum cog_code read_deployments(const struct cog_document *document, const cJSON *state,
                                      struct mock_world *world, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code =
        mock_state_list(document, state, "deployments", MOCK_DEPLOYMENTS_MAX, &array, error);
    const cJSON *node = NULL;
    if (code != COG_OK) {
        return code;
    }
    cJSON_ArrayForEach(node, array)
    {
        code = mock_state_deployment_read(document, node, world, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

static enum cog_code read_world(const struct cog_document *document, const cJSON *state,
                                struct mock_world *world, struct cog_error *error)
{
    static enum cog_code (*const readers[])(const struct cog_document *, const cJSON *,
                                            struct mock_world *, struct cog_error *) = {
        read_head, read_health, read_environments, read_versions, read_deployments,
    };
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < sizeof readers / sizeof readers[0]; i++) {
        code = readers[i](document, state, world, error);
    }
    return code;
}

enum cog_code mock_state_read(const struct cog_document *document, const cJSON *state,
                              const struct mock_setup *setup, uint64_t seed,
                              struct mock_world **out_world, struct cog_error *error)
{
    struct mock_world *world = NULL;
    if (mock_world_create_empty(setup, seed, &world) != COG_OK) {
        return mock_state_fail_memory(error);
    }
    enum cog_code code = read_world(document, state, world, error);
    if (code != COG_OK) {
        mock_world_destroy(world);
        return code;
    }
    mock_world_settle(world);
    *out_world = world;
    return COG_OK;
}
