#include "lock_file.h"

#include <cogbase/digest.h>
#include <cogbase/json.h>
#include <cogbase/number.h>
#include <cogbase/stamp.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { VERSION = 1 };

static const char SUFFIX[] = ".json";

enum cog_code cog_lock_file_name(const char *target_environment_id,
                                 char out_name[LOCK_FILE_NAME_SIZE], struct cog_error *error)
{
    char digest[COG_DIGEST_SIZE];
    const enum cog_code code =
        cog_digest_sha256(target_environment_id, strlen(target_environment_id), digest);
    if (code != COG_OK) {
        return cog_error_set(error, code, "cannot compute a SHA-256");
    }
    (void)snprintf(out_name, LOCK_FILE_NAME_SIZE, "%s/%s%s", LOCK_FILE_FOLDER, digest, SUFFIX);
    return COG_OK;
}

bool cog_lock_file_is_named(const char *base_name)
{
    const size_t length = strspn(base_name, "0123456789abcdef");
    return length == COG_DIGEST_SIZE - 1 && strcmp(base_name + length, SUFFIX) == 0;
}

static enum cog_code read_since(const cJSON *json, int64_t *out_unix_ms, struct cog_error *error)
{
    const char *since = NULL;
    enum cog_code code = cog_json_string(json, "since", &since, error);
    if (code == COG_OK) {
        code = cog_stamp_parse_rfc3339(since, out_unix_ms, error);
    }
    return code;
}

static enum cog_code read_holder(const cJSON *json, struct cog_holder *holder,
                                 struct cog_error *error)
{
    enum cog_code code =
        cog_json_string_copy(json, "host", holder->host, sizeof holder->host, error);
    if (code == COG_OK) {
        code =
            cog_json_string_copy(json, "boot_id", holder->boot_id, sizeof holder->boot_id, error);
    }
    if (code == COG_OK) {
        code = cog_json_integer(json, "pid", 0, COG_NUMBER_INTEGER_MAX, &holder->pid, error);
    }
    if (code == COG_OK) {
        code = cog_json_integer(json, "start_ticks", 0, COG_NUMBER_INTEGER_MAX,
                                &holder->start_ticks, error);
    }
    return code;
}

static enum cog_code read_members(const cJSON *json, struct cog_lock *lock, struct cog_error *error)
{
    int64_t version = 0;
    enum cog_code code = cog_json_integer(json, "version", VERSION, VERSION, &version, error);
    if (code == COG_OK) {
        code = cog_json_string_copy(json, "target_env_id", lock->target_environment_id,
                                    sizeof lock->target_environment_id, error);
    }
    if (code == COG_OK) {
        code = cog_json_string_copy(json, "run_id", lock->run_id, sizeof lock->run_id, error);
    }
    if (code == COG_OK) {
        code = cog_json_string_copy(json, "actor", lock->actor, sizeof lock->actor, error);
    }
    if (code == COG_OK) {
        code = read_holder(json, &lock->holder, error);
    }
    return code == COG_OK ? read_since(json, &lock->since_unix_ms, error) : code;
}

/* A file that was copied or renamed would lock another target than the one it tells of. */
static enum cog_code check_name(const char *name, const struct cog_lock *lock,
                                struct cog_error *error)
{
    char expected[LOCK_FILE_NAME_SIZE];
    const enum cog_code code = cog_lock_file_name(lock->target_environment_id, expected, error);
    if (code == COG_OK && strcmp(name, expected) != 0) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "it is the lock of another target, '%s'",
                             lock->target_environment_id);
    }
    return code;
}

static enum cog_code read_object(const char *name, const char *bytes, size_t length,
                                 struct cog_lock *lock, struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    enum cog_code code = cog_json_parse_object(bytes, length, &json, error);
    if (code == COG_OK) {
        code = read_members(json, lock, error);
    }
    return code == COG_OK ? check_name(name, lock, error) : code;
}

static enum cog_lock_state state_of(struct cog_storage storage, const struct cog_holder *holder)
{
    switch (cog_storage_ask_life(storage, holder)) {
    case COG_HOLDER_ALIVE:
        return COG_LOCK_HELD;
    case COG_HOLDER_DEAD:
        return COG_LOCK_ABANDONED;
    case COG_HOLDER_ELSEWHERE:
        break;
    }
    return COG_LOCK_ELSEWHERE;
}

enum cog_code cog_lock_file_parse(struct cog_storage storage, const char *name, const char *bytes,
                                  size_t length, struct cog_lock *out_lock, struct cog_error *error)
{
    struct cog_lock lock = {0};
    if (length > 0) {
        const enum cog_code code = read_object(name, bytes, length, &lock, error);
        if (code == COG_ERROR_INTERNAL) {
            return code;
        }
        if (code != COG_OK) {
            return cog_error_wrap(error, COG_ERROR_SYNTAX,
                                  "the lock file '%s' is damaged: make sure that no promotion "
                                  "into its target runs, then remove it with "
                                  "'cogpromote lock release'",
                                  name);
        }
        lock.state = state_of(storage, &lock.holder);
    }
    *out_lock = lock;
    return COG_OK;
}

static bool add_string(cJSON *json, const char *name, const char *value)
{
    return cJSON_AddStringToObject(json, name, value) != NULL;
}

static bool add_integer(cJSON *json, const char *name, int64_t value)
{
    return cJSON_AddNumberToObject(json, name, (double)value) != NULL;
}

static bool add_members(cJSON *json, const struct cog_lock *lock)
{
    char since[COG_STAMP_RFC3339_SIZE];
    (void)cog_stamp_format_rfc3339(lock->since_unix_ms, since);
    return add_string(json, "actor", lock->actor) &&
           add_string(json, "boot_id", lock->holder.boot_id) &&
           add_string(json, "host", lock->holder.host) &&
           add_integer(json, "pid", lock->holder.pid) && add_string(json, "run_id", lock->run_id) &&
           add_string(json, "since", since) &&
           add_integer(json, "start_ticks", lock->holder.start_ticks) &&
           add_string(json, "target_env_id", lock->target_environment_id) &&
           add_integer(json, "version", VERSION);
}

enum cog_code cog_lock_file_print(const struct cog_lock *lock, char **out_text,
                                  struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = cJSON_CreateObject();
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    if (json != NULL && add_members(json, lock)) {
        line = cJSON_PrintUnformatted(json);
    }
    struct cog_text text = {0};
    cog_text_append_format(&text, "%s\n", line != NULL ? line : "");
    char *printed = cog_text_take(&text);
    if (line == NULL || printed == NULL) {
        cog_string_finish(&printed);
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_text = printed;
    return COG_OK;
}
