#include "language/option.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdio.h>
#include <string.h>

enum {
    URL_SIZE = 128,
    OPTIONS_MAX = 64,
    NAME_SIZE = 64,
    NUMBER_SIZE = 32,
};

/* Where the requests go and what becomes of the output is the runner's, or it would be no
 * simulation. */
static const char *const reserved_options[] = {
    "api_base", "webhook_url", "state_dir",  "output", "proxy",
    "ca_file",  "client_cert", "client_key", NULL,
};

/* The founding document's variables, which every client of this API knows. */
struct variables {
    char api_base[URL_SIZE];
    char webhook_url[URL_SIZE]; /* Empty for none. */
};

static const char *look_up(void *context, const char *name)
{
    const struct variables *variables = context;
    const struct {
        const char *name;
        const char *value;
    } rows[] = {
        {"COGNIGY_API_BASE", variables->api_base},
        {"COGNIGY_CLIENT_ID", "dev-client"},
        {"COGNIGY_CLIENT_SECRET", "dev-secret"},
        {"SOURCE_ENV_ID", "env-source"},
        {"TARGET_ENV_ID", "env-target"},
        {"DEPLOYMENT_WEBHOOK_URL", variables->webhook_url},
        {"COGPROMOTE_STATE_DIR", "memory"},
        {"COGPROMOTE_ACTOR", "cogdrill"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            return rows[i].value;
        }
    }
    return NULL;
}

enum cog_code scn_options_default(const char *host, bool has_webhook, struct cog_config *out_config,
                                  struct cog_error *error)
{
    struct variables variables = {0};
    (void)snprintf(variables.api_base, sizeof variables.api_base, "http://%s/api/v1", host);
    if (has_webhook) {
        (void)snprintf(variables.webhook_url, sizeof variables.webhook_url, "http://%s/hooks/ci",
                       host);
    }
    COG_CLEANUP(cog_config_finish) struct cog_config config = {0};
    enum cog_code code = cog_config_init(&config, error);
    if (code == COG_OK) {
        code = cog_config_read_variables(&config, look_up, &variables, error);
    }
    if (code != COG_OK) {
        return code;
    }
    *out_config = config;
    config = (struct cog_config){0};
    return COG_OK;
}

/* The options' names with '_' for '-', as scenarios write them. */
struct names {
    char texts[OPTIONS_MAX][NAME_SIZE];
    const char *list[OPTIONS_MAX + 1]; /* Ends with NULL. */
};

static bool is_listed(const char *const *list, const char *name)
{
    for (size_t i = 0; list[i] != NULL; i++) {
        if (strcmp(list[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void collect_names(struct names *out_names)
{
    size_t count = 0;
    const struct cog_option *option = NULL;
    for (size_t i = 0; (option = cog_config_option(i)) != NULL && count < OPTIONS_MAX; i++) {
        char *text = out_names->texts[count];
        (void)snprintf(text, NAME_SIZE, "%s", option->name);
        for (char *dash = strchr(text, '-'); dash != NULL; dash = strchr(dash, '-')) {
            *dash = '_';
        }
        if (!is_listed(reserved_options, text)) {
            out_names->list[count++] = text;
        }
    }
    out_names->list[count] = NULL;
}

static enum cog_code check_name(const struct cog_document *document, const cJSON *member,
                                const struct names *names, struct cog_error *error)
{
    if (is_listed(names->list, member->string)) {
        return COG_OK;
    }
    if (is_listed(reserved_options, member->string)) {
        return cog_document_fail(document, member, error, "option '%s' is the runner's to set",
                                 member->string);
    }
    const char *nearest = cog_string_nearest(member->string, names->list);
    return cog_document_fail(document, member, error, "unknown option '%s'%s%s%s", member->string,
                             nearest != NULL ? ", did you mean '" : "",
                             nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
}

/* The value as it would be typed. NULL when it is neither text, number nor boolean. */
static const char *format_value(const cJSON *member, char buffer[NUMBER_SIZE])
{
    if (cJSON_IsString(member)) {
        return member->valuestring;
    }
    if (cJSON_IsBool(member)) {
        return cJSON_IsTrue(member) ? "yes" : "no";
    }
    if (cJSON_IsNumber(member)) {
        (void)snprintf(buffer, NUMBER_SIZE, "%.15g", member->valuedouble);
        return buffer;
    }
    return NULL;
}

static enum cog_code apply(const struct cog_document *document, const cJSON *member,
                           struct cog_config *config, struct cog_error *error)
{
    char buffer[NUMBER_SIZE];
    const char *value = format_value(member, buffer);
    if (value == NULL) {
        return cog_document_fail(document, member, error,
                                 "'%s' must be a string, a number or a boolean, not %s",
                                 member->string, cog_json_type_name(member));
    }
    return cog_config_set(config, member->string, value, error);
}

enum cog_code scn_options_apply(const struct cog_document *document, const cJSON *options,
                                struct cog_config *config, const cJSON **out_refused,
                                struct cog_error *error)
{
    struct names names;
    collect_names(&names);
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, options)
    {
        enum cog_code code = check_name(document, member, &names, error);
        if (code == COG_OK) {
            code = apply(document, member, config, error);
        }
        if (code == COG_ERROR_CONFIGURATION) {
            *out_refused = member;
        }
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}
