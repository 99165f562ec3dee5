#include "lock_command.h"

#include "lock_text.h"
#include "output.h"

#include <cogpromote/outcome.h>

#include <stdio.h>
#include <stdlib.h>

static int fail(const struct cog_command *command, enum cog_code code, struct cog_error *error)
{
    /* The one who can free a damaged lock is told how. */
    if (code == COG_ERROR_SYNTAX) {
        code = cog_error_wrap(error, code,
                              "a lock is damaged; 'cogpromote lock release --target ENVIRONMENT'"
                              " removes it");
    }
    return cog_command_fail(command, code, error);
}

static int fail_memory(const struct cog_command *command)
{
    struct cog_error error = {0};
    return cog_command_fail(command, cog_error_set(&error, COG_ERROR_MEMORY, "out of memory"),
                            &error);
}

/** The one lock of a target, free or not. */
static enum cog_code target_read(struct cog_storage storage, const char *target,
                                 struct cog_lock_list *out_list, struct cog_error *error)
{
    struct cog_lock *lock = calloc(1, sizeof *lock);
    if (lock == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = cog_lock_read(storage, target, lock, error);
    if (code != COG_OK) {
        free(lock);
        return code;
    }
    (void)snprintf(lock->target_environment_id, sizeof lock->target_environment_id, "%s", target);
    *out_list = (struct cog_lock_list){.items = lock, .count = 1};
    return COG_OK;
}

static char *format_text(const struct cog_lock_list *list)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    if (list->count == 0) {
        cog_text_append(&text, "no target is locked\n");
    }
    for (size_t i = 0; i < list->count; i++) {
        cog_lock_text_append(&text, &list->items[i]);
    }
    return cog_text_take(&text);
}

static char *format_json(const struct cog_lock_list *list)
{
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    cJSON *locks = object == NULL ? NULL : cJSON_AddArrayToObject(object, "locks");
    if (locks == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < list->count; i++) {
        if (!cJSON_AddItemToArray(locks, cog_lock_text_json(&list->items[i]))) {
            return NULL;
        }
    }
    return cJSON_PrintUnformatted(object);
}

static bool is_free(const struct cog_lock_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].state != COG_LOCK_FREE) {
            return false;
        }
    }
    return true;
}

int cog_lock_status_command(const struct cog_command *command)
{
    struct cog_storage_posix storage = {.directory = command->config.state_directory};
    const char *target = command->config.target_environment_id;
    COG_CLEANUP(cog_lock_list_finish) struct cog_lock_list list = {0};
    struct cog_error error = {0};
    enum cog_code code = target == NULL
                             ? cog_lock_list_read(cog_storage_posix(&storage), &list, &error)
                             : target_read(cog_storage_posix(&storage), target, &list, &error);
    if (code != COG_OK) {
        return fail(command, code, &error);
    }
    COG_CLEANUP(cog_string_finish)
    char *text =
        command->config.output == COG_OUTPUT_JSON ? format_json(&list) : format_text(&list);
    if (text == NULL) {
        return fail_memory(command);
    }
    /* The exit code is the answer as well, whether or not the text could be written. */
    (void)cog_output_write(text);
    return cog_outcome_exit_code(is_free(&list) ? COG_OUTCOME_PROMOTED : COG_OUTCOME_LOCKED, 0);
}

/** @param was NULL: nobody knows, the file was damaged */
static char *format_release(const struct cog_command *command, const struct cog_lock *was)
{
    if (command->config.output == COG_OUTPUT_JSON) {
        COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
        cJSON *member = was == NULL ? cJSON_CreateNull() : cog_lock_text_json(was);
        return object != NULL && cJSON_AddItemToObject(object, "was", member)
                   ? cJSON_PrintUnformatted(object)
                   : NULL;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    if (was == NULL) {
        cog_text_append(&text, "released; the lock was damaged\n");
        return cog_text_take(&text);
    }
    cog_text_append(&text, was->state == COG_LOCK_FREE ? "nothing to release; " : "released; was ");
    cog_lock_text_append(&text, was);
    return cog_text_take(&text);
}

static void warn_when_held(const struct cog_lock *was)
{
    if (was != NULL && was->state == COG_LOCK_HELD) {
        (void)fputs("cogpromote lock release: the process that held the lock still runs; end it"
                    " before anybody promotes\n",
                    stderr);
    }
}

int cog_lock_release_command(const struct cog_command *command)
{
    struct cog_storage_posix storage = {.directory = command->config.state_directory};
    const char *target = command->config.target_environment_id;
    COG_CLEANUP(cog_lock_list_finish) struct cog_lock_list list = {0};
    struct cog_error error = {0};
    enum cog_code code = target_read(cog_storage_posix(&storage), target, &list, &error);
    if (code == COG_OK || code == COG_ERROR_SYNTAX) {
        code = cog_lock_release(cog_storage_posix(&storage), target, NULL, &error);
    }
    if (code != COG_OK) {
        return cog_command_fail(command, code, &error);
    }
    const struct cog_lock *was = list.count > 0 ? list.items : NULL;
    COG_CLEANUP(cog_string_finish) char *text = format_release(command, was);
    if (text == NULL) {
        return fail_memory(command);
    }
    warn_when_held(was);
    (void)cog_output_write(text);
    return cog_outcome_exit_code(COG_OUTCOME_PROMOTED, 0);
}
