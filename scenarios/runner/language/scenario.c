#include "language/scenario.h"

#include "language/contradiction.h"
#include "language/option.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* `server` and `faults` are the fake's to read. */
static const char *const scenario_keys[] = {
    "name",  "description", "tags",      "server",           "faults",  "client", "seed", "expect",
    "cases", "calls",       "transport", "transport_reason", "injects", "drill",  NULL,
};

static bool is_one_line(const char *text)
{
    return text[0] != '\0' && strpbrk(text, "\r\n\t") == NULL;
}

/* What reports call it: "the file's name: the case's". */
static enum cog_code compose_name(const char *name, struct scn_scenario *inout_scenario,
                                  struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append(&text, name);
    if (inout_scenario->chosen.name[0] != '\0') {
        cog_text_append_format(&text, ": %s", inout_scenario->chosen.name);
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

/* A scenario may need sockets, and then it says why. */
static enum cog_code parse_transport(const struct cog_document *document,
                                     struct scn_scenario *inout_scenario, struct cog_error *error)
{
    static const char *const transports[] = {"wire", NULL};
    int transport = -1;
    const char *reason = NULL;
    enum cog_code code =
        cog_document_word(document, document->root, "transport", transports, &transport, error);
    if (code == COG_OK) {
        code = cog_document_string(document, document->root, "transport_reason", &reason, error);
    }
    if (code == COG_OK && (transport >= 0) != (reason != NULL && reason[0] != '\0')) {
        return cog_document_fail(document, document->root, error,
                                 "'transport' and 'transport_reason' stand together: what does"
                                 " memory not show?");
    }
    inout_scenario->wire_reason = reason;
    return code;
}

/* A run that was found with a seed is the same run only with that one. */
static enum cog_code parse_seed(const struct cog_document *document,
                                struct scn_scenario *inout_scenario, struct cog_error *error)
{
    static const struct cog_document_range range = {0, COG_NUMBER_INTEGER_MAX};
    int64_t seed = -1;
    enum cog_code code =
        cog_document_integer(document, document->root, "seed", range, &seed, error);
    if (code == COG_OK && seed >= 0) {
        inout_scenario->has_seed = true;
        inout_scenario->seed = (uint64_t)seed;
    }
    return code;
}

/* @param out_options the layer's own, NULL for none */
static enum cog_code parse_client_layer(const struct cog_document *document, const cJSON *layer,
                                        const cJSON **out_options,
                                        struct scn_scenario *inout_scenario,
                                        struct cog_error *error)
{
    static const char *const keys[] = {"command", "options", "webhook", "events",  "kills",  "then",
                                       "storage", "clock",   "lock",    "journal", "second", NULL};
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
    if (code == COG_OK) {
        code = scn_surroundings_parse(document, node, &inout_scenario->surroundings, error);
    }
    if (code == COG_OK) {
        code = scn_second_parse(document, node, &inout_scenario->second, error);
    }
    return code;
}

static enum cog_code parse_client(const struct cog_document *document,
                                  struct scn_scenario *inout_scenario, struct cog_error *error)
{
    enum cog_code code = parse_client_layer(document, document->root, &inout_scenario->options,
                                            inout_scenario, error);
    if (code == COG_OK && cJSON_IsObject(inout_scenario->chosen.node)) {
        code = parse_client_layer(document, inout_scenario->chosen.node,
                                  &inout_scenario->case_options, inout_scenario, error);
    }
    return code;
}

/* The file's expectation, then what the case changes in it. One of them must have the exit. */
static enum cog_code parse_expect(const struct cog_document *document,
                                  struct scn_scenario *inout_scenario, struct cog_error *error)
{
    const cJSON *change = cJSON_GetObjectItemCaseSensitive(inout_scenario->chosen.node, "expect");
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(document->root, "expect");
    enum cog_code code = COG_OK;
    if (change == NULL || node == NULL) {
        const cJSON *layer = change == NULL ? document->root : inout_scenario->chosen.node;
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

/* Of the file and of the case: what one of them changes is read twice, to the client's favour.
 */
static void read_timetable(struct scn_scenario *inout_scenario)
{
    const cJSON *root = inout_scenario->file->document.root;
    const cJSON *chosen = inout_scenario->chosen.node;
    const cJSON *changed = cJSON_GetObjectItemCaseSensitive(chosen, "faults");
    const struct scn_other_holder *other = &inout_scenario->surroundings.other_holder;
    struct scn_timetable *timetable = &inout_scenario->timetable;
    scn_timetable_read(timetable, cJSON_GetObjectItemCaseSensitive(root, "server"),
                       changed == NULL ? cJSON_GetObjectItemCaseSensitive(root, "faults") : NULL);
    scn_timetable_read(timetable, cJSON_GetObjectItemCaseSensitive(chosen, "server"), changed);
    if (other->is_there && other->holder != SCN_LOCK_HOLDER_DEAD) {
        scn_timetable_add(timetable, other->from_ms, other->until_ms);
    }
}

static enum cog_code parse_members(struct scn_scenario *inout_scenario, struct cog_error *error)
{
    const struct cog_document *document = &inout_scenario->file->document;
    enum cog_code code = cog_document_check_keys(document, document->root, scenario_keys, error);
    if (code == COG_OK) {
        code = parse_name(document, inout_scenario, error);
    }
    if (code == COG_OK) {
        code = parse_tags(document, inout_scenario, error);
    }
    if (code == COG_OK) {
        code = parse_transport(document, inout_scenario, error);
    }
    if (code == COG_OK) {
        code = parse_seed(document, inout_scenario, error);
    }
    if (code == COG_OK) {
        code = mock_script_parse_case(document, &inout_scenario->chosen, &inout_scenario->script,
                                      error);
    }
    if (code == COG_OK) {
        code = parse_client(document, inout_scenario, error);
    }
    if (code == COG_OK) {
        code = parse_expect(document, inout_scenario, error);
    }
    read_api(document->root, &inout_scenario->seed_only);
    read_api(inout_scenario->chosen.node, &inout_scenario->seed_only);
    read_timetable(inout_scenario);
    return code;
}

/* @param out_refused what the client refuses; written with COG_ERROR_CONFIGURATION only */
static enum cog_code configure(const struct scn_scenario *scenario, const char *host,
                               bool is_second, struct cog_config *out_config,
                               const cJSON **out_refused, struct cog_error *error)
{
    const cJSON *const layers[] = {scenario->options, scenario->case_options,
                                   is_second ? scenario->second.options : NULL};
    const cJSON *refused = scenario->file->document.root;
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    enum cog_code code = scn_options_default(host, scenario->has_webhook, &config, error);
    for (size_t i = 0; code == COG_OK && i < sizeof layers / sizeof layers[0]; i++) {
        if (layers[i] != NULL) {
            refused = layers[i];
            code =
                scn_options_apply(&scenario->file->document, layers[i], &config, &refused, error);
        }
    }
    if (code == COG_OK) {
        code = cog_config_check(&config, error);
    }
    if (code == COG_ERROR_CONFIGURATION) {
        *out_refused = refused;
    }
    if (code != COG_OK) {
        return code;
    }
    *out_config = config;
    config = (struct cog_config){0};
    return COG_OK;
}

/* @param allows_refusal what the client says to its settings is the scenario's subject */
static enum cog_code check_options_of(const struct scn_scenario *scenario, bool is_second,
                                      bool allows_refusal, struct cog_error *error)
{
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    const cJSON *refused = NULL;
    struct cog_error inner = {0};
    enum cog_code code = configure(scenario, "127.0.0.1:1", is_second, &config, &refused, &inner);
    if (code == COG_ERROR_CONFIGURATION) {
        char text[COG_ERROR_CAUSE_SIZE];
        return allows_refusal ? COG_OK
                              : cog_document_fail(&scenario->file->document, refused, error, "%s",
                                                  cog_error_text(&inner, text, sizeof text));
    }
    if (code != COG_OK && error != NULL) {
        *error = inner;
    }
    return code;
}

/* So that a bad option is found when the file is read, not when it is run. */
static enum cog_code check_options(const struct scn_scenario *scenario, struct cog_error *error)
{
    const bool allows_refusal =
        scenario->expectation.exit_code == cog_outcome_exit_code(COG_OUTCOME_USAGE, 0);
    enum cog_code code = check_options_of(scenario, false, allows_refusal, error);
    return code == COG_OK && scenario->second.is_there
               ? check_options_of(scenario, true, false, error)
               : code;
}

enum cog_code scn_scenario_take(struct cog_document *inout_document,
                                struct scn_scenario *out_scenario, struct cog_error *error)
{
    COG_CLEANUP(scn_file_finish) struct scn_file *file = NULL;
    enum cog_code code = scn_file_create(inout_document, &file, error);
    return code == COG_OK ? scn_scenario_parse(file, 0, out_scenario, error) : code;
}

enum cog_code scn_scenario_parse(struct scn_file *file, size_t index,
                                 struct scn_scenario *out_scenario, struct cog_error *error)
{
    COG_CLEANUP(scn_scenario_finish)
    struct scn_scenario scenario = {
        .file = scn_file_hold(file),
        .description = "",
        .has_webhook = true,
    };
    mock_cases_at(&file->document, index, &scenario.chosen);
    enum cog_code code = parse_members(&scenario, error);
    if (code == COG_OK) {
        code = check_options(&scenario, error);
    }
    if (code == COG_OK) {
        code = scn_contradictions_check(&scenario, error);
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
    COG_CLEANUP(scn_file_finish) struct scn_file *file = NULL;
    enum cog_code code = scn_file_read(path, &file, error);
    return code == COG_OK ? scn_scenario_parse(file, 0, out_scenario, error) : code;
}

enum cog_code scn_scenario_configure(const struct scn_scenario *scenario, const char *host,
                                     struct cog_config *out_config, struct cog_error *error)
{
    const cJSON *refused = NULL;
    return configure(scenario, host, false, out_config, &refused, error);
}

enum cog_code scn_scenario_configure_second(const struct scn_scenario *scenario, const char *host,
                                            struct cog_config *out_config, struct cog_error *error)
{
    const cJSON *refused = NULL;
    return configure(scenario, host, true, out_config, &refused, error);
}

void scn_scenario_finish(struct scn_scenario *scenario)
{
    mock_script_destroy(scenario->script);
    scn_file_release(scenario->file);
    free(scenario->name);
    *scenario = (struct scn_scenario){0};
}
