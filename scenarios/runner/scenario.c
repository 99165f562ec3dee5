#include "scenario.h"

#include "option.h"

#include <assert.h>
#include <string.h>

/* `server` and `faults` are the fake's to read. */
static const char *const scenario_keys[] = {"name",   "description", "tags",   "server",
                                            "faults", "client",      "expect", NULL};

static bool is_one_line(const char *text)
{
    return text[0] != '\0' && strpbrk(text, "\r\n\t") == NULL;
}

static enum cog_code parse_name(const struct cog_document *document,
                                struct scn_scenario *inout_scenario, struct cog_error *error)
{
    const cJSON *node = NULL;
    enum cog_code code = cog_document_require(document, document->root, "name", &node, error);
    if (code == COG_OK) {
        code = cog_document_string(document, document->root, "name", &inout_scenario->name, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, document->root, "description",
                                   &inout_scenario->description, error);
    }
    if (code != COG_OK) {
        return code;
    }
    assert(inout_scenario->name != NULL);
    if (!is_one_line(inout_scenario->name) || strlen(inout_scenario->name) > SCN_NAME_LENGTH_MAX) {
        return cog_document_fail(document, node, error, "'name' must be one line of 1 to %d bytes",
                                 SCN_NAME_LENGTH_MAX);
    }
    return COG_OK;
}

static enum cog_code parse_tags(const struct cog_document *document,
                                struct scn_scenario *inout_scenario, struct cog_error *error)
{
    const cJSON *tags = NULL;
    enum cog_code code = cog_document_array(document, document->root, "tags", &tags, error);
    if (code != COG_OK || tags == NULL) {
        return code;
    }
    const cJSON *tag = NULL;
    cJSON_ArrayForEach(tag, tags)
    {
        if (!cJSON_IsString(tag) || !is_one_line(tag->valuestring) ||
            strchr(tag->valuestring, ' ') != NULL) {
            return cog_document_fail(document, tag, error, "a tag must be one word");
        }
    }
    inout_scenario->tags = tags;
    return COG_OK;
}

static enum cog_code parse_client(const struct cog_document *document,
                                  struct scn_scenario *inout_scenario, struct cog_error *error)
{
    static const char *const keys[] = {"command", "options", "webhook", NULL};
    static const char *const commands[] = {"promote", NULL};
    const cJSON *node = NULL;
    enum cog_code code = cog_document_object(document, document->root, "client", &node, error);
    if (code != COG_OK || node == NULL) {
        return code;
    }
    code = cog_document_check_keys(document, node, keys, error);
    int command = 0;
    if (code == COG_OK) {
        code = cog_document_word(document, node, "command", commands, &command, error);
    }
    if (code == COG_OK) {
        code = cog_document_object(document, node, "options", &inout_scenario->options, error);
    }
    if (code == COG_OK) {
        code = cog_document_boolean(document, node, "webhook", &inout_scenario->has_webhook, error);
    }
    return code;
}

static enum cog_code parse_expect(const struct cog_document *document,
                                  struct scn_scenario *inout_scenario, struct cog_error *error)
{
    const cJSON *node = NULL;
    enum cog_code code = cog_document_require(document, document->root, "expect", &node, error);
    if (code == COG_OK) {
        code = scn_expectation_parse(document, node, &inout_scenario->expectation, error);
    }
    return code;
}

/* The judges need to know it; the fake has checked that it is a word that it knows. */
static bool is_seed_only(const cJSON *root)
{
    const cJSON *server = cJSON_GetObjectItemCaseSensitive(root, "server");
    const cJSON *api = cJSON_GetObjectItemCaseSensitive(server, "api");
    return cJSON_IsString(api) && strcmp(api->valuestring, "seed") == 0;
}

static enum cog_code parse_members(struct scn_scenario *inout_scenario, struct cog_error *error)
{
    const struct cog_document *document = &inout_scenario->document;
    enum cog_code code = cog_document_check_keys(document, document->root, scenario_keys, error);
    if (code == COG_OK) {
        code = parse_name(document, inout_scenario, error);
    }
    if (code == COG_OK) {
        code = parse_tags(document, inout_scenario, error);
    }
    if (code == COG_OK) {
        code = mock_script_parse(document, &inout_scenario->script, error);
    }
    if (code == COG_OK) {
        code = parse_client(document, inout_scenario, error);
    }
    if (code == COG_OK) {
        code = parse_expect(document, inout_scenario, error);
    }
    inout_scenario->seed_only = is_seed_only(document->root);
    return code;
}

/* So that a bad option is found when the file is read, not when it is run. */
static enum cog_code check_options(const struct scn_scenario *scenario, struct cog_error *error)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    return scn_scenario_configure(scenario, "127.0.0.1:1", &config, error);
}

enum cog_code scn_scenario_take(struct cog_document *inout_document,
                                struct scn_scenario *out_scenario, struct cog_error *error)
{
    COG_CLEANUP(scn_scenario_finish)
    struct scn_scenario scenario = {
        .document = *inout_document,
        .description = "",
        .has_webhook = true,
    };
    *inout_document = (struct cog_document){0};
    enum cog_code code = parse_members(&scenario, error);
    if (code == COG_OK) {
        code = check_options(&scenario, error);
    }
    if (code != COG_OK) {
        return code;
    }
    *out_scenario = scenario;
    scenario = (struct scn_scenario){0};
    return COG_OK;
}

enum cog_code scn_scenario_read(const char *path, struct scn_scenario *out_scenario,
                                struct cog_error *error)
{
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    enum cog_code code = cog_document_read(path, &document, error);
    if (code == COG_OK) {
        code = scn_scenario_take(&document, out_scenario, error);
    }
    return code;
}

enum cog_code scn_scenario_configure(const struct scn_scenario *scenario, const char *host,
                                     struct cog_config *out_config, struct cog_error *error)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    enum cog_code code = scn_options_default(host, scenario->has_webhook, &config, error);
    if (code == COG_OK && scenario->options != NULL) {
        code = scn_options_apply(&scenario->document, scenario->options, &config, error);
    }
    if (code != COG_OK) {
        return code;
    }
    struct cog_error inner = {0};
    code = cog_config_check(&config, &inner);
    if (code != COG_OK) {
        const cJSON *place =
            scenario->options != NULL ? scenario->options : scenario->document.root;
        char text[COG_ERROR_CAUSE_SIZE];
        return cog_document_fail(&scenario->document, place, error, "%s",
                                 cog_error_text(&inner, text, sizeof text));
    }
    *out_config = config;
    config = (struct cog_config){0};
    return COG_OK;
}

void scn_scenario_finish(struct scn_scenario *scenario)
{
    mock_script_destroy(scenario->script);
    cog_document_finish(&scenario->document);
    *scenario = (struct scn_scenario){0};
}
