#include "drill/guided/blow.h"

#include "drill/guided/folder_layout.h"
#include "drill/guided/shell_text.h"

#include <cogbase/json.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOCK_NAME_SIZE = 128 };

static bool is_running(struct scn_workplace *workplace, const struct scn_recorded *command)
{
    return command->exit_code < 0 && cog_storage_ask_life(scn_workplace_storage(workplace),
                                                          &command->process) == COG_HOLDER_ALIVE;
}

size_t scn_blow_signal_clients(struct scn_workplace *workplace, int signal_number)
{
    COG_CLEANUP(scn_command_list_finish) struct scn_command_list list = {0};
    size_t count = 0;
    if (scn_command_log_read(workplace, &list, NULL) != COG_OK) {
        return 0;
    }
    for (size_t i = 0; i < list.count; i++) {
        if (is_running(workplace, &list.items[i])) {
            /* The recorder made it a group. */
            const struct scn_child client = {.pid = (pid_t)list.items[i].process.pid};
            scn_child_signal(&client, signal_number);
            count++;
        }
    }
    return count;
}

bool scn_blow_has_client(struct scn_workplace *workplace)
{
    COG_CLEANUP(scn_command_list_finish) struct scn_command_list list = {0};
    bool has_client = false;
    if (scn_command_log_read(workplace, &list, NULL) == COG_OK) {
        for (size_t i = 0; !has_client && i < list.count; i++) {
            has_client = is_running(workplace, &list.items[i]);
        }
    }
    return has_client;
}

/* A lock's file with another machine's name in it. */
static enum cog_code compose_moved(void *context, const char *existing, size_t existing_length,
                                   char **out_text, struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *lock = NULL;
    COG_CLEANUP(cog_string_finish) char *line = NULL;
    COG_CLEANUP(cog_text_finish) struct cog_text host = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const char *name = NULL;
    (void)context;
    if (existing_length == 0 ||
        cog_json_parse_object(existing, existing_length, &lock, NULL) != COG_OK ||
        cog_json_string(lock, "host", &name, NULL) != COG_OK) {
        return COG_OK;
    }
    cog_text_append_format(&host, "%.*s-is-gone", COG_HOST_SIZE / 2, name);
    cJSON *moved = cJSON_CreateString(cog_text_string(&host));
    const bool is_set =
        moved != NULL && cJSON_ReplaceItemInObjectCaseSensitive(lock, "host", moved) != 0;
    enum cog_code code = cog_json_print(is_set ? lock : NULL, &line, error);
    if (code == COG_OK) {
        cog_text_append_format(&text, "%s\n", line);
        code = cog_text_give(&text, out_text, error);
    }
    return code;
}

enum cog_code scn_blow_move(struct scn_workplace *workplace, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text folder = {0};
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    const struct cog_storage_composer composer = {.compose = compose_moved};
    cog_text_append_format(&folder, "%s/%s", workplace->folder, SCN_LAYOUT_STATE);
    if (folder.failed) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    struct cog_storage_posix posix = {.directory = cog_text_string(&folder)};
    const struct cog_storage storage = cog_storage_posix(&posix);
    enum cog_code code = cog_storage_list(storage, "locks", &names, error);
    for (size_t i = 0; code == COG_OK && i < names.count; i++) {
        char name[LOCK_NAME_SIZE];
        (void)snprintf(name, sizeof name, "locks/%s", names.items[i]);
        code = cog_storage_update(storage, name, composer, error);
    }
    return code;
}

static void append_setting(struct cog_text *text, const char *name, const char *value)
{
    cog_text_append_format(text, "%s=", name);
    scn_shell_append_word(text, value);
    cog_text_append_format(text, "; export %s; ", name);
}

enum cog_code scn_blow_start_second(struct scn_workplace *workplace, const char *client_program,
                                    char *const *variables, struct scn_child *out_child,
                                    struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text state = {0};
    cog_text_append_format(&state, "%s/%s", workplace->folder, SCN_LAYOUT_SECOND);
    append_setting(&text, "COGPROMOTE_STATE_DIR", cog_text_string(&state));
    append_setting(&text, "COGPROMOTE_ACTOR", "second-operator");
    append_setting(&text, "TRACEPARENT", SCN_BLOW_SECOND_TRACE);
    /* What it is told by webhook would be taken for the person's. */
    cog_text_append(&text, "unset DEPLOYMENT_WEBHOOK_URL COGPROMOTE_EVENTS; exec ");
    scn_shell_append_word(&text, client_program);
    cog_text_append_format(&text, " promote >%s 2>&1", SCN_LAYOUT_SECOND_LOG);
    if (text.failed || state.failed) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const struct scn_child_command command = {
        .text = cog_text_string(&text),
        .folder = workplace->folder,
        .environment = variables,
    };
    return scn_child_start(&command, out_child, error);
}
