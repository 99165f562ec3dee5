/* Lines of name=value: settings as a person may write them. */
#include "input.h"

#include <cogbase/text.h>
#include <cogpromote/config.h>

#include <string.h>

static void expect_texts(enum cog_code code, const struct cog_error *error)
{
    if (code == COG_OK) {
        return;
    }
    fuzz_expect(code == COG_ERROR_CONFIGURATION, "a bad setting is a setting to mend");
    fuzz_expect(error->code == code && error->message[0] != '\0', "it is said what is wrong");
    fuzz_expect_plain(error->message, "an error's message is plain text");
    fuzz_expect_plain(error->cause, "an error's cause is plain text");
}

/** Shorter ones occur in any text. */
static bool is_telling(const char *value)
{
    return strlen(value) >= 8 && strstr(value, "expected") == NULL;
}

static void set_line(struct cog_config *config, char *line)
{
    char *equals = strchr(line, '=');
    if (equals == NULL) {
        return;
    }
    *equals = '\0';
    const char *value = equals + 1;
    struct cog_error error = {0};
    const enum cog_code code = cog_config_set(config, line, value, &error);
    expect_texts(code, &error);
    const bool is_secret =
        strcmp(line, "client-secret") == 0 || strcmp(line, "webhook-secret") == 0;
    fuzz_expect(code == COG_OK || !is_secret || !is_telling(value) ||
                    strstr(error.message, value) == NULL,
                "a secret's value is not repeated");
}

/** What holds of every configuration that was called good. */
static void expect_good(const struct cog_config *config)
{
    const char *const required[] = {
        config->api_base,
        config->client_id,
        config->client_secret,
        config->source_environment_id,
        config->target_environment_id,
    };
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++) {
        if (required[i] == NULL) {
            fuzz_expect(false, "what is required is there");
            return;
        }
    }
    fuzz_expect(strcmp(required[3], required[4]) != 0, "source and target differ");
    fuzz_expect(strncmp(required[0], "http", 4) == 0, "the base is an http or https URL");
    fuzz_expect(config->timeout_ms > 0 && config->poll_interval_ms > 0 &&
                    config->request_timeout_ms > 0 && config->max_attempts > 0,
                "limits are positive");
    fuzz_expect(config->parity_threshold >= 0 && config->parity_threshold <= 1,
                "the threshold is a share");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = {bytes, length};
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    fuzz_expect(cog_config_init(&config, NULL) == COG_OK, "there are defaults");
    while (input.length > 0) {
        size_t line_length = 0;
        COG_CLEANUP(cog_string_finish) char *line = fuzz_text_take(&input, '\n', &line_length);
        set_line(&config, line);
    }
    struct cog_error error = {0};
    const enum cog_code code = cog_config_check(&config, &error);
    expect_texts(code, &error);
    if (code == COG_OK) {
        expect_good(&config);
    }
    return 0;
}
