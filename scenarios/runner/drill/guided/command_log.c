#include "drill/guided/command_log.h"

#include "drill/guided/folder_layout.h"
#include "drill/guided/shell_text.h"

#include <cogbase/json.h>
#include <cogbase/number.h>
#include <cogbase/quote.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char program_name[] = "cogpromote";

/* Where the secret of a word begins, which no flag of ours takes and people type all the same: in
 * the word itself, or, at its end, in the next one. NULL for none. */
static const char *find_secret(const char *word)
{
    static const char *const kinds[] = {"-secret", "-password", "-token", NULL};
    for (size_t i = 0; strncmp(word, "--", 2) == 0 && kinds[i] != NULL; i++) {
        const char *kind = strstr(word, kinds[i]);
        const char *end = kind != NULL ? kind + strlen(kinds[i]) : "-";
        if (*end == '=' || *end == '\0') {
            return end + (*end == '=' ? 1 : 0);
        }
    }
    return NULL;
}

void scn_command_log_append_line(struct cog_text *text, char *const *words)
{
    bool is_secret = false;
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "-_=./:,%+@";
    cog_text_append(text, program_name);
    for (size_t i = 0; words[i] != NULL; i++) {
        const bool is_plain = words[i][0] != '\0' && words[i][strspn(words[i], plain)] == '\0';
        const char *secret = find_secret(words[i]);
        cog_text_append(text, " ");
        if (is_secret) {
            cog_text_append(text, "***");
        } else if (secret != NULL && *secret != '\0') {
            cog_text_append_bytes(text, words[i], (size_t)(secret - words[i]));
            cog_text_append(text, "***");
        } else if (is_plain) {
            cog_text_append(text, words[i]);
        } else {
            scn_shell_append_word(text, words[i]);
        }
        is_secret = secret != NULL && *secret == '\0' && secret[-1] != '=';
    }
}

void scn_command_log_append_start(struct cog_text *text, const struct scn_recorded *command)
{
    const struct cog_holder *process = &command->process;
    cog_text_append(text, "{\"event\":\"start\",\"id\":");
    cog_quote_append(text, command->id);
    cog_text_append_format(text, ",\"at_unix_ms\":%" PRId64 ",\"line\":", command->at_unix_ms);
    cog_quote_append(text, command->line);
    cog_text_append_format(text, ",\"pid\":%" PRId64 ",\"start_ticks\":%" PRId64 ",\"host\":",
                           process->pid, process->start_ticks);
    cog_quote_append(text, process->host);
    cog_text_append(text, ",\"boot_id\":");
    cog_quote_append(text, process->boot_id);
    cog_text_append(text, "}\n");
}

void scn_command_log_append_end(struct cog_text *text, const char *id, int exit_code,
                                int64_t at_unix_ms)
{
    cog_text_append(text, "{\"event\":\"end\",\"id\":");
    cog_quote_append(text, id);
    cog_text_append_format(text, ",\"at_unix_ms\":%" PRId64 ",\"exit\":%d}\n", at_unix_ms,
                           exit_code);
}

enum cog_code scn_command_log_write(struct scn_workplace *workplace, const struct cog_text *entry)
{
    return entry->failed
               ? COG_ERROR_MEMORY
               : scn_workplace_append(workplace, SCN_LAYOUT_COMMANDS, cog_text_string(entry), NULL);
}

static bool read_integer(const cJSON *json, const char *name, int64_t *out_integer)
{
    return cog_json_integer(json, name, 0, COG_NUMBER_INTEGER_MAX, out_integer, NULL) == COG_OK;
}

static enum cog_code add_start(const cJSON *json, const char *id, struct scn_command_list *list)
{
    const char *line = NULL;
    struct scn_recorded command = {.until_unix_ms = -1, .exit_code = -1};
    struct cog_holder *process = &command.process;
    if (cog_json_string(json, "line", &line, NULL) != COG_OK ||
        !read_integer(json, "at_unix_ms", &command.at_unix_ms) ||
        !read_integer(json, "pid", &process->pid) ||
        !read_integer(json, "start_ticks", &process->start_ticks) ||
        cog_json_string_copy(json, "host", process->host, sizeof process->host, NULL) != COG_OK ||
        cog_json_string_copy(json, "boot_id", process->boot_id, sizeof process->boot_id, NULL) !=
            COG_OK) {
        return COG_OK;
    }
    struct scn_recorded *items = realloc(list->items, (list->count + 1) * sizeof *items);
    if (items == NULL) {
        return COG_ERROR_MEMORY;
    }
    list->items = items;
    command.id = strdup(id);
    command.line = strdup(line);
    items[list->count++] = command;
    return command.id != NULL && command.line != NULL ? COG_OK : COG_ERROR_MEMORY;
}

static void end_command(const cJSON *json, const char *id, struct scn_command_list *list)
{
    int64_t at_unix_ms = 0;
    int64_t exit_code = 0;
    if (!read_integer(json, "at_unix_ms", &at_unix_ms) || !read_integer(json, "exit", &exit_code)) {
        return;
    }
    for (size_t i = list->count; i > 0; i--) {
        struct scn_recorded *command = &list->items[i - 1];
        if (command->exit_code < 0 && strcmp(command->id, id) == 0) {
            command->until_unix_ms = at_unix_ms;
            command->exit_code = (int)exit_code;
            return;
        }
    }
}

static enum cog_code read_entry(const char *line, size_t length, struct scn_command_list *list)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    const char *event = NULL;
    const char *id = NULL;
    if (cog_json_parse_object(line, length, &json, NULL) != COG_OK ||
        cog_json_string(json, "event", &event, NULL) != COG_OK ||
        cog_json_string(json, "id", &id, NULL) != COG_OK) {
        return COG_OK;
    }
    if (strcmp(event, "start") == 0) {
        return add_start(json, id, list);
    }
    end_command(json, id, list);
    return COG_OK;
}

enum cog_code scn_command_log_parse(const char *text, struct scn_command_list *out_list,
                                    struct cog_error *error)
{
    COG_CLEANUP(scn_command_list_finish) struct scn_command_list list = {0};
    enum cog_code code = COG_OK;
    while (code == COG_OK && *text != '\0') {
        const size_t length = strcspn(text, "\n");
        code = read_entry(text, length, &list);
        text += length + (text[length] == '\n' ? 1 : 0);
    }
    if (code != COG_OK) {
        return cog_error_set(error, code, "out of memory");
    }
    *out_list = list;
    list = (struct scn_command_list){0};
    return COG_OK;
}

enum cog_code scn_command_log_read(struct scn_workplace *workplace,
                                   struct scn_command_list *out_list, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    size_t length = 0;
    const enum cog_code code = cog_storage_read(scn_workplace_storage(workplace),
                                                SCN_LAYOUT_COMMANDS, &text, &length, error);
    return code == COG_OK ? scn_command_log_parse(text, out_list, error) : code;
}

const char *scn_recorded_verb(const struct scn_recorded *command, size_t *out_length)
{
    const char *word = command->line + strlen(program_name);
    *out_length = 0;
    if (strncmp(command->line, program_name, strlen(program_name)) != 0 || *word != ' ') {
        return "";
    }
    word++;
    *out_length = strcspn(word, " ");
    return word;
}

void scn_command_list_finish(struct scn_command_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].id);
        free(list->items[i].line);
    }
    free(list->items);
    *list = (struct scn_command_list){0};
}
