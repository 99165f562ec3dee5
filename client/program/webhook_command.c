#include "webhook_command.h"

#include "output.h"
#include "session.h"

#include <cogpromote/outcome.h>
#include <cogpromote/webhook.h>

#include <cogbase/json.h>
#include <cogbase/text.h>

static char *format_text(const struct cog_flush *flush)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "delivered %zu, still in the outbox %zu\n",
                           flush->delivered_count, flush->kept_count);
    if (flush->reason[0] != '\0') {
        cog_text_append(&text, "  reason     ");
        cog_text_append_shown(&text, flush->reason);
        cog_text_append(&text, "\n");
    }
    return cog_text_take(&text);
}

static char *format_json(const struct cog_flush *flush)
{
    COG_CLEANUP(cog_json_finish) cJSON *object = cJSON_CreateObject();
    if (object == NULL ||
        cJSON_AddNumberToObject(object, "delivered", (double)flush->delivered_count) == NULL ||
        cJSON_AddNumberToObject(object, "kept", (double)flush->kept_count) == NULL) {
        return NULL;
    }
    return cog_json_add_text(object, "reason", flush->reason) ? cJSON_PrintUnformatted(object)
                                                              : NULL;
}

static int print(const struct cog_command *command, const struct cog_flush *flush)
{
    COG_CLEANUP(cog_string_finish)
    char *text =
        command->config.output == COG_OUTPUT_JSON ? format_json(flush) : format_text(flush);
    if (text == NULL) {
        struct cog_error error = {0};
        return cog_command_fail(command, cog_error_set(&error, COG_ERROR_MEMORY, "out of memory"),
                                &error);
    }
    (void)cog_output_write(text);
    return cog_outcome_exit_code(
        flush->kept_count == 0 ? COG_OUTCOME_PROMOTED : COG_OUTCOME_UNDELIVERED, 0);
}

int cog_webhook_flush_command(const struct cog_command *command)
{
    COG_CLEANUP(cog_session_end) struct cog_session session = {0};
    struct cog_flush flush = {0};
    struct cog_error error = {0};
    enum cog_code code = cog_session_start(&session, command, &error);
    if (code == COG_OK) {
        code = cog_client_flush(session.client, session.cancel, &flush, &error);
    }
    cog_session_hush(&session);
    return code == COG_OK ? print(command, &flush) : cog_command_fail(command, code, &error);
}
