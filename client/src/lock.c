#include <cogpromote/lock.h>

#include "lock_file.h"

#include <cogbase/stamp.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static enum cog_code check_text(const char *name, const char *text, size_t size,
                                struct cog_error *error)
{
    if (text == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "%s is required", name);
    }
    if (strlen(text) >= size) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "%s is longer than %zu bytes", name,
                             size - 1);
    }
    return COG_OK;
}

static enum cog_code check_id(const char *name, const char *id, size_t size,
                              struct cog_error *error)
{
    return check_text(name, id != NULL && id[0] == '\0' ? NULL : id, size, error);
}

/* The name of the target's file, when the id is one. */
static enum cog_code find_name(const char *target_environment_id,
                               char out_name[LOCK_FILE_NAME_SIZE], struct cog_error *error)
{
    const enum cog_code code =
        check_id("target_environment_id", target_environment_id, COG_ID_SIZE, error);
    return code == COG_OK ? cog_lock_file_name(target_environment_id, out_name, error) : code;
}

static enum cog_code read_named(struct cog_storage storage, const char *name,
                                struct cog_lock *out_lock, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *bytes = NULL;
    size_t length = 0;
    const enum cog_code code = cog_storage_read(storage, name, &bytes, &length, error);
    return code == COG_OK ? cog_lock_file_parse(storage, name, bytes, length, out_lock, error)
                          : code;
}

enum cog_code cog_lock_read(struct cog_storage storage, const char *target_environment_id,
                            struct cog_lock *out_lock, struct cog_error *error)
{
    if (out_lock == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "out_lock is required");
    }
    char name[LOCK_FILE_NAME_SIZE];
    const enum cog_code code = find_name(target_environment_id, name, error);
    return code == COG_OK ? read_named(storage, name, out_lock, error) : code;
}

/* What the composers need, and what they found. */
struct change {
    struct cog_storage storage;
    const char *name;
    const struct cog_lock_claim *claim; /* Of a take. */
    int64_t now_unix_ms;
    const char *run_id; /* Of a release. */
    struct cog_lock found;
};

static bool may_take(const struct change *change, const struct cog_holder *self)
{
    const struct cog_lock *found = &change->found;
    const struct cog_lock_claim *claim = change->claim;
    if (found->state == COG_LOCK_FREE) {
        return true;
    }
    if (strcmp(found->run_id, claim->run_id) == 0) {
        return found->state != COG_LOCK_HELD || cog_holder_is_same(&found->holder, self);
    }
    return claim->replaces_run_id != NULL && found->state != COG_LOCK_HELD &&
           strcmp(found->run_id, claim->replaces_run_id) == 0;
}

static const char *advice_for(enum cog_lock_state state)
{
    switch (state) {
    case COG_LOCK_HELD:
        return "it is at work: let it end ('--lock-wait' waits for that), or stop it";
    case COG_LOCK_ABANDONED:
        return "that process is dead, so the promotion may be half-way: take it up with "
               "'cogpromote resume', or look at the target and then let go of it with 'cogpromote "
               "lock release'";
    case COG_LOCK_ELSEWHERE:
        return "whether that process lives can only be seen on its host: let it end, or when it "
               "is dead take it up with 'cogpromote resume', or let go of it with 'cogpromote lock "
               "release'";
    case COG_LOCK_FREE:
        break;
    }
    return "";
}

/* The two in separate parts of the error, so that long ids never cut off what to do. */
static enum cog_code fail_taken(const struct cog_lock *found, struct cog_error *error)
{
    char since[COG_STAMP_RFC3339_SIZE];
    (void)cog_error_set(error, COG_ERROR_CONFLICT, "%s", advice_for(found->state));
    return cog_error_wrap(
        error, COG_ERROR_CONFLICT,
        "target '%s' is locked since %s by '%s', run '%s' (process %" PRId64 " on host '%s')",
        found->target_environment_id, cog_stamp_format_rfc3339(found->since_unix_ms, since),
        found->actor, found->run_id, found->holder.pid, found->holder.host);
}

/* Their lengths have been looked at. */
static enum cog_code print_claim(const struct change *change, const struct cog_holder *self,
                                 char **out_text, struct cog_error *error)
{
    const struct cog_lock_claim *claim = change->claim;
    struct cog_lock lock = {.holder = *self, .since_unix_ms = change->now_unix_ms};
    if (!cog_string_copy(lock.target_environment_id, sizeof lock.target_environment_id,
                         claim->target_environment_id) ||
        !cog_string_copy(lock.run_id, sizeof lock.run_id, claim->run_id) ||
        !cog_string_copy(lock.actor, sizeof lock.actor, claim->actor)) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "a lock's id is too long");
    }
    return cog_lock_file_print(&lock, out_text, error);
}

static enum cog_code compose_take(void *context, const char *existing, size_t existing_length,
                                  char **out_text, struct cog_error *error)
{
    struct change *change = context;
    const enum cog_code code = cog_lock_file_parse(change->storage, change->name, existing,
                                                   existing_length, &change->found, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_holder self = {0};
    cog_storage_identify(change->storage, &self);
    if (!may_take(change, &self)) {
        return fail_taken(&change->found, error);
    }
    return print_claim(change, &self, out_text, error);
}

static enum cog_code check_claim(const struct cog_lock_claim *claim, struct cog_error *error)
{
    if (claim == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "a claim is required");
    }
    const enum cog_code code = check_id("run_id", claim->run_id, COG_UUID_SIZE, error);
    return code == COG_OK ? check_text("actor", claim->actor, COG_ID_SIZE, error) : code;
}

enum cog_code cog_lock_take(struct cog_storage storage, struct cog_clock clock,
                            const struct cog_lock_claim *claim, struct cog_lock *out_found,
                            struct cog_error *error)
{
    if (out_found == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "out_found is required");
    }
    char name[LOCK_FILE_NAME_SIZE];
    enum cog_code code = check_claim(claim, error);
    if (code == COG_OK) {
        code = find_name(claim->target_environment_id, name, error);
    }
    if (code != COG_OK) {
        return code;
    }
    struct change change = {
        .storage = storage,
        .name = name,
        .claim = claim,
        .now_unix_ms = cog_clock_unix_ms(clock),
    };
    const struct cog_storage_composer composer = {.compose = compose_take, .context = &change};
    code = cog_storage_update(storage, name, composer, error);
    if (code == COG_OK || code == COG_ERROR_CONFLICT) {
        *out_found = change.found;
    }
    return code;
}

/* No text leaves the file as it is, an empty one removes it. */
static enum cog_code compose_release(void *context, const char *existing, size_t existing_length,
                                     char **out_text, struct cog_error *error)
{
    struct change *change = context;
    if (existing_length == 0) {
        return COG_OK;
    }
    if (change->run_id != NULL) {
        const enum cog_code code = cog_lock_file_parse(change->storage, change->name, existing,
                                                       existing_length, &change->found, error);
        if (code != COG_OK || strcmp(change->found.run_id, change->run_id) != 0) {
            return code;
        }
    }
    *out_text = cog_string_clone("", 0);
    return *out_text != NULL ? COG_OK : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

enum cog_code cog_lock_release(struct cog_storage storage, const char *target_environment_id,
                               const char *run_id, struct cog_error *error)
{
    char name[LOCK_FILE_NAME_SIZE];
    const enum cog_code code = find_name(target_environment_id, name, error);
    if (code != COG_OK) {
        return code;
    }
    struct change change = {.storage = storage, .name = name, .run_id = run_id};
    const struct cog_storage_composer composer = {.compose = compose_release, .context = &change};
    return cog_storage_update(storage, name, composer, error);
}

/* One that was given back since its name was read is free, and left out. */
static enum cog_code append_named(struct cog_storage storage, const char *base_name,
                                  struct cog_lock_list *list, struct cog_error *error)
{
    struct cog_text name = {0};
    cog_text_append_format(&name, "%s/%s", LOCK_FILE_FOLDER, base_name);
    COG_CLEANUP(cog_string_finish) char *file_name = cog_text_take(&name);
    if (file_name == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    struct cog_lock lock = {0};
    const enum cog_code code = read_named(storage, file_name, &lock, error);
    if (code == COG_OK && lock.state != COG_LOCK_FREE) {
        list->items[list->count++] = lock;
    }
    return code;
}

static enum cog_code read_all(struct cog_storage storage, const struct cog_storage_names *names,
                              struct cog_lock_list *list, struct cog_error *error)
{
    for (size_t i = 0; i < names->count; i++) {
        if (!cog_lock_file_is_named(names->items[i])) {
            continue;
        }
        const enum cog_code code = append_named(storage, names->items[i], list, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

enum cog_code cog_lock_list_read(struct cog_storage storage, struct cog_lock_list *out_list,
                                 struct cog_error *error)
{
    if (out_list == NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "out_list is required");
    }
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    enum cog_code code = cog_storage_list(storage, LOCK_FILE_FOLDER, &names, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_lock_list_finish)
    struct cog_lock_list list = {.items = calloc(names.count + 1, sizeof *list.items)};
    if (list.items == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    code = read_all(storage, &names, &list, error);
    if (code != COG_OK) {
        return code;
    }
    *out_list = list;
    list = (struct cog_lock_list){0};
    return COG_OK;
}

void cog_lock_list_finish(struct cog_lock_list *list)
{
    free(list->items);
    *list = (struct cog_lock_list){0};
}

const char *cog_lock_state_name(enum cog_lock_state state)
{
    switch (state) {
    case COG_LOCK_FREE:
        return "free";
    case COG_LOCK_HELD:
        return "held";
    case COG_LOCK_ABANDONED:
        return "abandoned";
    case COG_LOCK_ELSEWHERE:
        return "elsewhere";
    }
    return "unknown";
}
