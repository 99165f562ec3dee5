#include "status_command.h"

#include "output.h"

#include <cogpromote/outcome.h>
#include <cogpromote/run.h>

#include <cogbase/text.h>

#include <string.h>

/** @return one of the list's, as a list that is not to be finished; empty when it is not there */
static struct cog_run_list run_find(const struct cog_run_list *list, const char *run_id)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i].report.run_id, run_id) == 0) {
            return (struct cog_run_list){.items = &list->items[i], .count = 1};
        }
    }
    return (struct cog_run_list){0};
}

int cog_status_command(const struct cog_command *command)
{
    struct cog_storage_posix storage = {.directory = command->config.state_directory};
    COG_CLEANUP(cog_run_list_finish) struct cog_run_list list = {0};
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct cog_error error = {0};
    enum cog_code code = cog_run_list_read(cog_storage_posix(&storage), &list, &error);
    if (code != COG_OK) {
        return cog_command_fail(command, code, &error);
    }
    const char *run_id = command->operands[0];
    struct cog_run_list shown = run_id == NULL ? list : run_find(&list, run_id);
    if (run_id != NULL && shown.count == 0) {
        code = cog_error_set(&error, COG_ERROR_CONFIGURATION,
                             "there is no run '%s' in '%s'; 'cogpromote status' lists them", run_id,
                             command->config.state_directory);
        return cog_command_fail(command, code, &error);
    }
    code = command->config.output == COG_OUTPUT_JSON
               ? cog_run_list_format_json(&shown, &text, &error)
               : cog_run_list_format_text(&shown, &text, &error);
    if (code != COG_OK) {
        return cog_command_fail(command, code, &error);
    }
    return cog_outcome_exit_code(
        cog_output_write(text) ? COG_OUTCOME_PROMOTED : COG_OUTCOME_INTERNAL, 0);
}
