#include "calls.h"

#include "../escape.h"
#include "call.h"
#include "job_json.h"

#include <cogbase/json.h>

#include <stdio.h>
#include <string.h>

/* Which deployments are asked for. */
struct query {
    const char *source_id;
    const char *target_id;
};

static enum cog_code format_path(const struct query *query, char **out_path,
                                 struct cog_error *error)
{
    struct cog_text text = {0};
    cog_text_append(&text, "/deployments?source_environment_id=");
    cog_escape_append(&text, query->source_id);
    cog_text_append(&text, "&target_environment_id=");
    cog_escape_append(&text, query->target_id);
    char *path = cog_text_take(&text);
    if (path == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_path = path;
    return COG_OK;
}

/* A server may not know the query's parameters, and list everything. */
static bool is_asked_for(const cJSON *entry, const struct query *query)
{
    return cog_v1_is_echo_sound(entry, "source_id", query->source_id) &&
           cog_v1_is_echo_sound(entry, "target_id", query->target_id);
}

/**
 * None is the answer of a server that tells no keys. One that is no text says nothing: neither that
 * the job is ours, which would be followed, nor that it is not, which would be promoted again.
 */
static enum cog_code read_key(const cJSON *entry, char out_key[COG_KEY_SIZE],
                              struct cog_error *error)
{
    const cJSON *key = cJSON_GetObjectItemCaseSensitive(entry, "idempotency_key");
    if (key != NULL && !cJSON_IsNull(key) && !cJSON_IsString(key)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field 'idempotency_key' is not a string");
    }
    const char *text = cJSON_GetStringValue(key);
    (void)snprintf(out_key, COG_KEY_SIZE, "%s", text == NULL ? "" : text);
    return COG_OK;
}

static enum cog_code read_entry(const cJSON *entry, struct cog_deployments *deployments,
                                struct cog_error *error)
{
    const size_t i = deployments->count;
    enum cog_code code = cog_v1_id_read(entry, "job_id", deployments->job_ids[i], error);
    if (code == COG_OK) {
        code = read_key(entry, deployments->keys[i], error);
    }
    deployments->count += code == COG_OK ? 1 : 0;
    return code;
}

static enum cog_code read_list(const cJSON *json, const struct query *query,
                               struct cog_deployments *out_deployments, struct cog_error *error)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(json, "deployments");
    if (!cJSON_IsArray(list)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field 'deployments' is not an array");
    }
    struct cog_deployments deployments;
    deployments.is_listed = true;
    deployments.count = 0;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, list)
    {
        if (deployments.count == COG_DEPLOYMENTS_MAX) {
            break;
        }
        if (!is_asked_for(entry, query)) {
            continue;
        }
        const enum cog_code code = read_entry(entry, &deployments, error);
        if (code != COG_OK) {
            return code;
        }
    }
    /* There is room for far more of them than there are. */
    out_deployments->is_listed = true;
    out_deployments->count = deployments.count;
    memcpy(out_deployments->job_ids, deployments.job_ids,
           deployments.count * sizeof deployments.job_ids[0]);
    memcpy(out_deployments->keys, deployments.keys, deployments.count * sizeof deployments.keys[0]);
    return COG_OK;
}

static enum cog_code fetch_list(const struct cog_v1 *v1, const struct query *query,
                                struct cog_limits limits, struct cog_deployments *out_deployments,
                                struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    enum cog_code code = format_path(query, &path, error);
    if (code == COG_OK) {
        const struct cog_v1_call call = {.name = "deployments", .path = path};
        code = cog_v1_object_fetch(v1, &call, limits, &json, error);
    }
    return code == COG_OK ? read_list(json, query, out_deployments, error) : code;
}

enum cog_code cog_v1_list_deployments(void *context, const char *source_environment_id,
                                      const char *target_environment_id, struct cog_limits limits,
                                      struct cog_deployments *out_deployments,
                                      struct cog_error *error)
{
    const struct query query = {source_environment_id, target_environment_id};
    struct cog_error failure = {0};
    const enum cog_code code = fetch_list(context, &query, limits, out_deployments, &failure);
    if (code == COG_OK) {
        return COG_OK;
    }
    if (code == COG_ERROR_NOT_FOUND) {
        *out_deployments = (struct cog_deployments){.is_listed = false};
        return COG_OK;
    }
    (void)cog_error_wrap(&failure, code, "list the deployments from '%s' to '%s'",
                         source_environment_id, target_environment_id);
    if (error != NULL) {
        *error = failure;
    }
    return code;
}
