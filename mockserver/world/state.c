#include "world/state.h"

#include "world/canonical.h"
#include "world/state_part.h"

#include <cogbase/json.h>

static bool write_environments(const struct mock_world *world, cJSON *state)
{
    cJSON *array = cJSON_AddArrayToObject(state, "environments");
    bool is_written = array != NULL;
    for (size_t i = 0; is_written && i < world->environment_count; i++) {
        is_written = mock_state_environment_write(array, world->environments[i]);
    }
    return is_written;
}

static bool write_versions(const struct mock_world *world, cJSON *state)
{
    cJSON *array = cJSON_AddArrayToObject(state, "versions");
    bool is_written = array != NULL;
    for (size_t i = 0; is_written && i < world->version_count; i++) {
        const struct mock_version *version = &world->versions[i];
        cJSON *object = mock_state_object_append(array);
        is_written = object != NULL &&
                     cJSON_AddStringToObject(object, "environment",
                                             version->environment->setup->id) != NULL &&
                     mock_state_fields_write(mock_state_version_fields(), version, object);
    }
    return is_written;
}

static bool write_deployments(const struct mock_world *world, cJSON *state)
{
    cJSON *array = cJSON_AddArrayToObject(state, "deployments");
    bool is_written = array != NULL;
    for (size_t i = 0; is_written && i < world->deployment_count; i++) {
        is_written = mock_state_deployment_write(array, world->deployments[i]);
    }
    return is_written;
}

enum cog_code mock_state_write(const struct mock_world *world, cJSON **out_state)
{
    COG_CLEANUP(cog_json_finish) cJSON *state = cJSON_CreateObject();
    if (state == NULL || cJSON_AddNumberToObject(state, "format", MOCK_STATE_FORMAT) == NULL ||
        !mock_state_fields_write(mock_state_world_fields(), world, state) ||
        !mock_state_gauge_write(state, "health", &world->health) ||
        !write_environments(world, state) || !write_versions(world, state) ||
        !write_deployments(world, state)) {
        return COG_ERROR_MEMORY;
    }
    *out_state = state;
    state = NULL;
    return COG_OK;
}

enum cog_code mock_state_digest(const cJSON *state, char out_digest[COG_DIGEST_SIZE])
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    mock_canonical_append(state, "digest", &text);
    if (text.failed) {
        return COG_ERROR_MEMORY;
    }
    return cog_digest_sha256(text.bytes, text.length, out_digest);
}

enum cog_code mock_state_seal(cJSON *state)
{
    char digest[COG_DIGEST_SIZE];
    enum cog_code code = mock_state_digest(state, digest);
    if (code == COG_OK && cJSON_AddStringToObject(state, "digest", digest) == NULL) {
        code = COG_ERROR_MEMORY;
    }
    return code;
}
