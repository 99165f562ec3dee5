#include "calls.h"

#include "../plain_text.h"
#include "call.h"
#include "job_json.h"

#include <cogbase/json.h>
#include <cogbase/number.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static enum cog_code read_counts(const cJSON *json, struct cog_metrics *metrics,
                                 struct cog_error *error)
{
    const struct {
        const char *name;
        int64_t *count;
    } members[] = {
        {"intents", &metrics->intents},
        {"entities", &metrics->entities},
        {"flows", &metrics->flows},
        {"webhooks", &metrics->webhooks},
        {"integrations", &metrics->integrations},
        {"variables", &metrics->variables},
    };
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        const enum cog_code code = cog_json_integer(
            json, members[i].name, 0, COG_NUMBER_INTEGER_MAX, members[i].count, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

static enum cog_code read_metrics(const cJSON *json, const char *environment_id,
                                  struct cog_metrics *out_metrics, struct cog_error *error)
{
    struct cog_metrics metrics = {.is_measured = true};
    if (!cog_v1_is_echo_sound(json, "environment_id", environment_id)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "the answer is about another environment");
    }
    enum cog_code code = read_counts(json, &metrics, error);
    const char *digest = NULL;
    if (code == COG_OK) {
        code = cog_json_string_optional(json, "content_digest", &digest, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (digest != NULL &&
        !cog_string_copy(metrics.content_digest, sizeof metrics.content_digest, digest)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field 'content_digest' is too long");
    }
    if (!cog_plain_text_is_plain(metrics.content_digest)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field 'content_digest' is not plain text");
    }
    *out_metrics = metrics;
    return COG_OK;
}

static enum cog_code fetch_metrics(const struct cog_v1 *v1, const char *environment_id,
                                   struct cog_limits limits, struct cog_metrics *out_metrics,
                                   struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    enum cog_code code =
        cog_v1_path_format("/environments/", environment_id, "/metrics", &path, error);
    if (code == COG_OK) {
        const struct cog_v1_call call = {.name = "metrics", .path = path};
        code = cog_v1_object_fetch(v1, &call, limits, &json, error);
    }
    return code == COG_OK ? read_metrics(json, environment_id, out_metrics, error) : code;
}

/* What of an environment is told; the rest stays empty. */
static enum cog_code read_environment(const cJSON *json, struct cog_environment *environment,
                                      struct cog_error *error)
{
    const char *name = NULL;
    const char *platform_version = NULL;
    enum cog_code code = cog_json_string_optional(json, "name", &name, error);
    if (code == COG_OK) {
        code = cog_json_string_optional(json, "platform_version", &platform_version, error);
    }
    if (code != COG_OK) {
        return code;
    }
    cog_plain_text_copy(environment->name, sizeof environment->name, name != NULL ? name : "");
    cog_plain_text_copy(environment->platform_version, sizeof environment->platform_version,
                        platform_version != NULL ? platform_version : "");
    const cJSON *bot_id = cJSON_GetObjectItemCaseSensitive(json, "bot_id");
    const bool is_absent = bot_id == NULL || cJSON_IsNull(bot_id);
    return is_absent ? COG_OK : cog_v1_id_read(json, "bot_id", environment->bot_id, error);
}

static enum cog_code fetch_environment(const struct cog_v1 *v1, const char *environment_id,
                                       struct cog_limits limits,
                                       struct cog_environment *environment, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    enum cog_code code = cog_v1_path_format("/environments/", environment_id, "", &path, error);
    if (code == COG_OK) {
        const struct cog_v1_call call = {.name = "environment", .path = path};
        code = cog_v1_object_fetch(v1, &call, limits, &json, error);
    }
    return code == COG_OK ? read_environment(json, environment, error) : code;
}

/* Newest first: the first one of this environment, or the first where none names any. */
static const cJSON *find_newest(const cJSON *versions, const char *environment_id)
{
    const cJSON *newest = NULL;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, versions)
    {
        const cJSON *owner = cJSON_GetObjectItemCaseSensitive(entry, "environment_id");
        const char *owner_id = cJSON_GetStringValue(owner);
        if (owner_id != NULL && strcmp(owner_id, environment_id) == 0) {
            return entry;
        }
        if (owner_id == NULL && newest == NULL) {
            newest = entry;
        }
    }
    return newest;
}

/* A version may be "v7", or just the number 7. */
static enum cog_code read_version(const cJSON *entry, char version[COG_VERSION_SIZE],
                                  struct cog_error *error)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(entry, "version");
    int64_t number = 0;
    if (cJSON_IsNumber(field) &&
        cog_number_to_integer(field->valuedouble, 0, COG_NUMBER_INTEGER_MAX, &number)) {
        (void)snprintf(version, COG_VERSION_SIZE, "%" PRId64, number);
        return COG_OK;
    }
    const char *word = NULL;
    const enum cog_code code = cog_json_string(entry, "version", &word, error);
    if (code == COG_OK) {
        cog_plain_text_copy(version, COG_VERSION_SIZE, word);
    }
    return code;
}

static enum cog_code read_versions(const cJSON *json, const char *environment_id,
                                   char version[COG_VERSION_SIZE], struct cog_error *error)
{
    const cJSON *versions = cJSON_GetObjectItemCaseSensitive(json, "versions");
    if (!cJSON_IsArray(versions)) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field 'versions' is not an array");
    }
    const cJSON *newest = find_newest(versions, environment_id);
    return newest != NULL ? read_version(newest, version, error) : COG_OK;
}

static enum cog_code fetch_version(const struct cog_v1 *v1, const char *environment_id,
                                   struct cog_limits limits, char version[COG_VERSION_SIZE],
                                   struct cog_error *error)
{
    struct cog_environment environment = {0};
    enum cog_code code = fetch_environment(v1, environment_id, limits, &environment, error);
    if (code != COG_OK || environment.bot_id[0] == '\0') {
        return code;
    }
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    code = cog_v1_path_format("/bots/", environment.bot_id, "/versions", &path, error);
    if (code == COG_OK) {
        const struct cog_v1_call call = {.name = "versions", .path = path};
        code = cog_v1_object_fetch(v1, &call, limits, &json, error);
    }
    return code == COG_OK ? read_versions(json, environment_id, version, error) : code;
}

enum cog_code cog_v1_measure(void *context, const char *environment_id, struct cog_limits limits,
                             struct cog_metrics *out_metrics, struct cog_error *error)
{
    const struct cog_v1 *v1 = context;
    struct cog_metrics metrics = {0};
    /* Aside, so that a call which the server lacks leaves no trace in the caller's error. */
    struct cog_error failure = {0};
    enum cog_code code = fetch_metrics(v1, environment_id, limits, &metrics, &failure);
    if (code == COG_OK) {
        code = fetch_version(v1, environment_id, limits, metrics.version, &failure);
    }
    if (code != COG_OK && code != COG_ERROR_NOT_FOUND) {
        (void)cog_error_wrap(&failure, code, "measure '%s'", environment_id);
        if (error != NULL) {
            *error = failure;
        }
        return code;
    }
    *out_metrics = metrics;
    return COG_OK;
}

enum cog_code cog_v1_describe(void *context, const char *environment_id, struct cog_limits limits,
                              struct cog_environment *out_environment, struct cog_error *error)
{
    const struct cog_v1 *v1 = context;
    struct cog_environment environment = {0};
    enum cog_code code = fetch_environment(v1, environment_id, limits, &environment, error);
    if (code == COG_OK) {
        *out_environment = environment;
        return COG_OK;
    }
    return cog_error_wrap(error, code, "look at environment '%s'", environment_id);
}
