#include "program/reload.h"

#include "program/script_file.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

static void report(const struct mock_service *service, enum cog_log_level level, const char *name,
                   const struct cog_error *error)
{
    char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];
    const struct cog_log_field fields[] = {
        {"file", service->options->scenario},
        {"error", error != NULL ? cog_error_text(error, text, sizeof text) : NULL},
        {"in_force", error != NULL ? "the one before" : NULL},
    };
    cog_log_write(service->log, level, name, fields, sizeof fields / sizeof fields[0]);
}

static enum cog_code replace(struct mock_service *service, struct mock_script *script, char **text,
                             struct cog_error *error)
{
    enum cog_code code = mock_tenants_replace_script(service->tenants, script, error);
    if (code == COG_OK) {
        free(service->scenario_text);
        service->scenario_text = *text;
        *text = NULL;
        mock_http_turn_clocks(service->http);
    }
    return code;
}

static void read_again(struct mock_service *service)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    struct mock_script *script = NULL;
    struct cog_error error = {0};
    enum cog_code code = mock_script_file_read(service->options, &script, &text, &error);
    /* Some editors write twice, and who works on comments has not changed it: tenants would lose
     * what they have done for nothing. */
    if (code == COG_OK && strcmp(text, service->scenario_text) == 0) {
        mock_script_destroy(script);
        report(service, COG_LOG_INFO, "scenario-unchanged", NULL);
        return;
    }
    if (code == COG_OK) {
        code = replace(service, script, &text, &error);
    }
    if (code == COG_OK) {
        report(service, COG_LOG_INFO, "scenario-reloaded", NULL);
    } else {
        report(service, COG_LOG_WARNING, "scenario-rejected", &error);
    }
}

void mock_service_reload(struct mock_service *service)
{
    switch (mock_watching_look(&service->watching)) {
    case MOCK_SIGHT_NOTHING:
        break;
    case MOCK_SIGHT_CHANGE:
        read_again(service);
        break;
    case MOCK_SIGHT_LOST:
        mock_watching_finish(&service->watching);
        report(service, COG_LOG_WARNING, "scenario-unwatched",
               &(struct cog_error){.message = "its folder is gone"});
        break;
    }
}
