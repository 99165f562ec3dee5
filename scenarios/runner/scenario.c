#include "scenario.h"

#include "option.h"
#include "variant.h"

#include <cogbase/text.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* `server` and `faults` are the fake's to read. */
static const char *const scenario_keys[] = {"name",   "description", "tags",     "server", "faults",
                                            "client", "expect",      "variants", NULL};

static bool is_one_line(const char *text)
{
    return text[0] != '\0' && strpbrk(text, "\r\n\t") == NULL;
}

/* What reports call it: "the file's name: the variant's". */
static enum cog_code compose_name(const char *name, struct scn_scenario *inout_scenario,
                                  struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text, name);
    if (inout_scenario->variant != NULL) {
        cog_text_append_format(&text, ": %s", inout_scenario->variant->string);
    }
    inout_scenario->name = cog_text_take(&text);
    return inout_scenario->name != NULL ? COG_OK
                                        : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code parse_name(const struct cog_document *document,
                                struct scn_scenario *inout_scenario, struct cog_error *error)
{
    const cJSON *node = NULL;
    const char *name = NULL;
    enum cog_code code = cog_document_require(document, document->root, "name", &node, error);
    if (code == COG_OK) {
        code = cog_document_string(document, document->root, "name", &name, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, document->root, "description",
                                   &inout_scenario->description, error);
    }
    if (code != COG_OK) {
        return code;
    }
    assert(name != NULL);
    if (!is_one_line(name) || strlen(name) > SCN_NAME_LENGTH_MAX) {
        return cog_document_fail(document, node, error, "'name' must be one line of 1 to %d bytes",
                                 SCN_NAME_LENGTH_MAX);
    }
    return compose_name(name, inout_scenario, error);
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

/* @param out_options the layer's own, NULL for none */
static enum cog_code parse_client_layer(const struct cog_document *document, const cJSON *layer,
                                        const cJSON **out_options,
                                        struct scn_scenario *inout_scenario,
                                        struct cog_error *error)
{
    static const char *const keys[] = {"command", "options", "webhook", "events",
                                       "kills",   "then",    NULL};
    static const char *const commands[] = {"promote", NULL};
    const cJSON *node = NULL;
    enum cog_code code = cog_document_object(document, layer, "client", &node, error);
    if (code != COG_OK || node == NULL) {
        return code;
    }
    code = cog_document_check_keys(document, node, keys, error);
    int command = 0;
    if (code == COG_OK) {
        code = cog_document_word(document, node, "command", commands, &command, error);
    }
    if (code == COG_OK) {
        code = cog_document_object(document, node, "options", out_options, error);
    }
    if (code == COG_OK) {
        code = cog_document_boolean(document, node, "webhook", &inout_scenario->has_webhook, error);
    }
    if (code == COG_OK) {
        code = scn_client_events_parse(document, node, &inout_scenario->events, error);
    }
    if (code == COG_OK) {
        code = scn_undertaking_parse(document, node, &inout_scenario->undertaking, error);
    }
    return code;
}

static enum cog_code parse_client(const struct cog_document *document,
                                  struct scn_scenario *inout_scenario, struct cog_error *error)
{
    enum cog_code code = parse_client_layer(document, document->root, &inout_scenario->options,
                                            inout_scenario, error);
    if (code == COG_OK && inout_scenario->variant != NULL) {
        code = parse_client_layer(document, inout_scenario->variant,
                                  &inout_scenario->variant_options, inout_scenario, error);
    }
    return code;
}

/* The file's expectation, then what the variant changes in it. One of them must have the exit. */
static enum cog_code parse_expect(const struct cog_document *document,
                                  struct scn_scenario *inout_scenario, struct cog_error *error)
{
    const cJSON *change = cJSON_GetObjectItemCaseSensitive(inout_scenario->variant, "expect");
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(document->root, "expect");
    enum cog_code code = COG_OK;
    if (change == NULL || node == NULL) {
        const cJSON *layer = change == NULL ? document->root : inout_scenario->variant;
        code = cog_document_require(document, layer, "expect", &node, error);
        return code == COG_OK
                   ? scn_expectation_parse(document, node, &inout_scenario->expectation, error)
                   : code;
    }
    const cJSON *unused = NULL;
    if (cJSON_GetObjectItemCaseSensitive(change, "exit") == NULL) {
        code = cog_document_require(document, node, "exit", &unused, error);
    }
    if (code == COG_OK) {
        code = scn_expectation_apply(document, node, &inout_scenario->expectation, error);
    }
    if (code == COG_OK) {
        code = scn_expectation_apply(document, change, &inout_scenario->expectation, error);
    }
    return code;
}

/* The judges need to know it; the fake has checked that it is a word that it knows. */
static void read_api(const cJSON *layer, bool *inout_seed_only)
{
    const cJSON *server = cJSON_GetObjectItemCaseSensitive(layer, "server");
    const cJSON *api = cJSON_GetObjectItemCaseSensitive(server, "api");
    if (cJSON_IsString(api)) {
        *inout_seed_only = strcmp(api->valuestring, "seed") == 0;
    }
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
        code = mock_script_parse_variant(document, inout_scenario->variant, &inout_scenario->script,
                                         error);
    }
    if (code == COG_OK) {
        code = parse_client(document, inout_scenario, error);
    }
    if (code == COG_OK) {
        code = parse_expect(document, inout_scenario, error);
    }
    read_api(document->root, &inout_scenario->seed_only);
    read_api(inout_scenario->variant, &inout_scenario->seed_only);
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
    return scn_scenario_take_variant(inout_document, 0, out_scenario, error);
}

enum cog_code scn_scenario_take_variant(struct cog_document *inout_document, size_t index,
                                        struct scn_scenario *out_scenario, struct cog_error *error)
{
    COG_CLEANUP(scn_scenario_finish)
    struct scn_scenario scenario = {
        .document = *inout_document,
        .description = "",
        .has_webhook = true,
    };
    *inout_document = (struct cog_document){0};
    enum cog_code code = scn_variants_check(&scenario.document, error);
    if (code == COG_OK) {
        scenario.variant = scn_variant_at(&scenario.document, index);
        code = parse_members(&scenario, error);
    }
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
    if (code == COG_OK && scenario->variant_options != NULL) {
        code = scn_options_apply(&scenario->document, scenario->variant_options, &config, error);
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
    free(scenario->name);
    *scenario = (struct scn_scenario){0};
}
