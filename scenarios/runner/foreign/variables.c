#include "foreign/variables.h"

#include <cogbase/duration.h>
#include <cogbase/text.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static bool begins_with(const char *string, const char *start)
{
    return strncmp(string, start, strlen(start)) == 0;
}

/* What could lead the client to another server, or tell it to do something else there. */
static bool is_withheld(const char *entry)
{
    static const char *const starts[] = {
        "COGNIGY_",       "COGPROMOTE_",    "COGDRILL_",    "DEPLOYMENT_WEBHOOK_",
        "SOURCE_ENV_ID=", "TARGET_ENV_ID=", "http_proxy=",  "https_proxy=",
        "all_proxy=",     "HTTP_PROXY=",    "HTTPS_PROXY=", "ALL_PROXY=",
        "no_proxy=",      "NO_PROXY=",      "TMPDIR=",      "XDG_STATE_HOME=",
        "TRACEPARENT=",   "PWD=",           NULL,
    };
    for (size_t i = 0; starts[i] != NULL; i++) {
        if (begins_with(entry, starts[i])) {
            return true;
        }
    }
    return false;
}

/* The place of a variable that is there already; NULL for none. */
static char **find(const struct scn_variables *variables, const char *name)
{
    const size_t length = strlen(name);
    for (size_t i = 0; i < variables->count; i++) {
        if (begins_with(variables->list[i], name) && variables->list[i][length] == '=') {
            return &variables->list[i];
        }
    }
    return NULL;
}

/* Takes `entry` over. */
static void add(struct scn_variables *variables, char *entry)
{
    if (variables->count + 1 >= variables->capacity && !variables->has_failed) {
        const size_t capacity = variables->capacity > 0 ? 2 * variables->capacity : 64;
        char **list = realloc(variables->list, capacity * sizeof *list);
        variables->has_failed = list == NULL;
        variables->list = list != NULL ? list : variables->list;
        variables->capacity = list != NULL ? capacity : variables->capacity;
    }
    if (entry == NULL || variables->has_failed) {
        variables->has_failed = true;
        free(entry);
        return;
    }
    variables->list[variables->count++] = entry;
    variables->list[variables->count] = NULL;
}

/* Who comes later wins. */
static void add_pair(struct scn_variables *variables, const char *name, const char *value)
{
    if (value == NULL) {
        return;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s=%s", name, value);
    char *entry = cog_text_take(&text);
    char **place = find(variables, name);
    if (place == NULL || entry == NULL) {
        add(variables, entry);
        return;
    }
    free(*place);
    *place = entry;
}

static void add_inherited(struct scn_variables *variables, char *const *inherited)
{
    for (size_t i = 0; inherited[i] != NULL; i++) {
        if (!is_withheld(inherited[i])) {
            add(variables, strdup(inherited[i]));
        }
    }
}

static void add_duration(struct scn_variables *variables, const char *name, int64_t virtual_ms,
                         double scale)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const int64_t real_ms = (int64_t)((double)virtual_ms / scale);
    cog_text_append_format(&text, "%" PRId64 "ms", real_ms > 0 || virtual_ms == 0 ? real_ms : 1);
    add_pair(variables, name, cog_text_string(&text));
}

static const char *find_variable(const char *option_name)
{
    const struct cog_option *option = NULL;
    for (size_t i = 0; (option = cog_config_option(i)) != NULL; i++) {
        size_t k = 0;
        while (option_name[k] != '\0' &&
               option->name[k] == (option_name[k] == '_' ? '-' : option_name[k])) {
            k++;
        }
        if (option_name[k] == '\0' && option->name[k] == '\0') {
            return option->variable;
        }
    }
    return NULL;
}

/* Numbers, switches and words as they are; a text that is a duration in the client's time. */
static void add_option(struct scn_variables *variables, const cJSON *member, double scale)
{
    const char *name = find_variable(member->string);
    int64_t duration_ms = 0;
    if (name == NULL) {
        return;
    }
    if (cJSON_IsBool(member)) {
        add_pair(variables, name, cJSON_IsTrue(member) ? "yes" : "no");
    } else if (cJSON_IsNumber(member)) {
        COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
        cog_text_append_format(&text, "%.15g", member->valuedouble);
        add_pair(variables, name, cog_text_string(&text));
    } else if (cog_duration_parse(member->valuestring, &duration_ms, NULL) == COG_OK) {
        add_duration(variables, name, duration_ms, scale);
    } else {
        add_pair(variables, name, member->valuestring);
    }
}

static void add_options(struct scn_variables *variables, const cJSON *options, double scale)
{
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, options)
    {
        add_option(variables, member, scale);
    }
}

static void add_founding(struct scn_variables *variables, const struct cog_config *config)
{
    add_pair(variables, "COGNIGY_API_BASE", config->api_base);
    add_pair(variables, "COGNIGY_CLIENT_ID", config->client_id);
    add_pair(variables, "COGNIGY_CLIENT_SECRET", config->client_secret);
    add_pair(variables, "SOURCE_ENV_ID", config->source_environment_id);
    add_pair(variables, "TARGET_ENV_ID", config->target_environment_id);
    add_pair(variables, "DEPLOYMENT_WEBHOOK_URL", config->webhook_url);
    add_pair(variables, "DEPLOYMENT_WEBHOOK_SECRET", config->webhook_secret);
}

static void add_run(struct scn_variables *variables, const struct scn_variables_source *source)
{
    COG_CLEANUP(cog_text_finish) struct cog_text scale = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text state = {0};
    cog_text_append_format(&scale, "%.15g", source->scale);
    cog_text_append_format(&state, "%s/state", source->folder);
    add_pair(variables, "COGDRILL_TIME_SCALE", cog_text_string(&scale));
    add_pair(variables, "COGDRILL_SCENARIO", source->scenario->name);
    add_pair(variables, "COGDRILL_DIRECTORY", source->directory);
    add_pair(variables, "COGPROMOTE_STATE_DIR", cog_text_string(&state));
    add_pair(variables, "XDG_STATE_HOME", cog_text_string(&state));
    add_pair(variables, "TMPDIR", source->folder);
    add_pair(variables, "PWD", source->folder);
    /* The fake is on loopback. */
    add_pair(variables, "no_proxy", "*");
    add_pair(variables, "NO_PROXY", "*");
}

/* So that a client which reads them waits and gives up by the fake's time. Of single requests it is
 * left to decide by itself: a machine that is busy takes no account of the scale. */
static void add_pace(struct scn_variables *variables, const struct scn_variables_source *source)
{
    const struct cog_config *config = source->config;
    const double scale = source->scale;
    add_duration(variables, "COGPROMOTE_POLL_INTERVAL", config->poll_interval_ms, scale);
    add_duration(variables, "COGPROMOTE_TIMEOUT", config->timeout_ms, scale);
    add_duration(variables, "COGPROMOTE_ROLLBACK_TIMEOUT", config->rollback_timeout_ms, scale);
}

enum cog_code scn_variables_make(const struct scn_variables_source *source,
                                 struct scn_variables *out_variables, struct cog_error *error)
{
    COG_CLEANUP(scn_variables_finish) struct scn_variables variables = {0};
    const struct scn_scenario *scenario = source->scenario;
    add_inherited(&variables, source->inherited);
    add_founding(&variables, source->config);
    add_run(&variables, source);
    add_pace(&variables, source);
    add_options(&variables, scenario->options, source->scale);
    add_options(&variables, scenario->case_options, source->scale);
    if (variables.has_failed) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_variables = variables;
    variables = (struct scn_variables){0};
    return COG_OK;
}

void scn_variables_finish(struct scn_variables *variables)
{
    for (size_t i = 0; i < variables->count; i++) {
        free(variables->list[i]);
    }
    free(variables->list);
    *variables = (struct scn_variables){0};
}
