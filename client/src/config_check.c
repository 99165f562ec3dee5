#include <cogpromote/config.h>
#include <cogpromote/platform.h>

#include "loopback.h"
#include "webhook_signature.h"

#include <assert.h>
#include <curl/curl.h>
#include <string.h>

/** For COG_CLEANUP. */
static void url_finish(CURLU **url)
{
    curl_url_cleanup(*url);
}

struct required {
    unsigned need; /**< Whose it is. */
    const char *value;
    const char *flag; /**< How to set it, beside the variable; NULL: only the variable. */
    const char *variable;
};

static enum cog_code check_required(const struct cog_config *config, unsigned needs,
                                    struct cog_error *error)
{
    const struct required rows[] = {
        {COG_NEED_API, config->api_base, "--api-base", "COGNIGY_API_BASE"},
        {COG_NEED_API, config->client_id, "--client-id", "COGNIGY_CLIENT_ID"},
        {COG_NEED_API, config->client_secret, "--client-secret-file", "COGNIGY_CLIENT_SECRET"},
        {COG_NEED_SOURCE, config->source_environment_id, "--source", "SOURCE_ENV_ID"},
        {COG_NEED_TARGET, config->target_environment_id, "--target", "TARGET_ENV_ID"},
        {COG_NEED_WEBHOOK, config->webhook_url, "--webhook-url", "DEPLOYMENT_WEBHOOK_URL"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if ((rows[i].need & needs) != 0 && rows[i].value == NULL) {
            return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s is not set; set it or use %s",
                                 rows[i].variable, rows[i].flag);
        }
    }
    return COG_OK;
}

/* What a setting's URL is made of. */
struct location {
    char *scheme;
    char *host;
};

static void location_finish(struct location *location)
{
    curl_free(location->scheme);
    curl_free(location->host);
}

/* Credentials in a URL end up in messages, logs and lists of processes. `location` is to be
 * finished in any case. */
static enum cog_code parse_location(const char *variable, const char *text, const char *example,
                                    struct location *location, struct cog_error *error)
{
    COG_CLEANUP(url_finish) CURLU *url = curl_url();
    if (url == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const CURLUcode parsed =
        curl_url_set(url, CURLUPART_URL, text, CURLU_DISALLOW_USER | CURLU_NON_SUPPORT_SCHEME);
    if (parsed == CURLUE_USER_NOT_ALLOWED) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s must not hold a user or password",
                             variable);
    }
    if (parsed != CURLUE_OK ||
        curl_url_get(url, CURLUPART_SCHEME, &location->scheme, 0) != CURLUE_OK ||
        curl_url_get(url, CURLUPART_HOST, &location->host, 0) != CURLUE_OK) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s is not a URL such as %s", variable,
                             example);
    }
    return COG_OK;
}

static enum cog_code check_url(const char *variable, const char *text, bool allow_insecure,
                               struct cog_error *error)
{
    COG_CLEANUP(location_finish) struct location location = {0};
    const enum cog_code code =
        parse_location(variable, text, "https://host/api/v1", &location, error);
    if (code != COG_OK) {
        return code;
    }
    assert(location.scheme != NULL && location.host != NULL);
    if (strcmp(location.scheme, "https") == 0) {
        return COG_OK;
    }
    if (strcmp(location.scheme, "http") != 0) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "%s must begin with https://, not %s://", variable, location.scheme);
    }
    if (!cog_loopback_is_host(location.host) && !allow_insecure) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "%s uses http, which sends secrets in clear; use https, or"
                             " --allow-insecure",
                             variable);
    }
    return COG_OK;
}

/** socks5h: names that only the proxy can resolve. */
static bool scheme_is_of_proxy(const char *scheme)
{
    static const char *const SCHEMES[] = {"http", "https", "socks5", "socks5h"};
    for (size_t i = 0; i < sizeof SCHEMES / sizeof SCHEMES[0]; i++) {
        if (strcmp(scheme, SCHEMES[i]) == 0) {
            return true;
        }
    }
    return false;
}

static enum cog_code check_proxy(const struct cog_config *config, struct cog_error *error)
{
    if (config->proxy == NULL) {
        return COG_OK;
    }
    COG_CLEANUP(location_finish) struct location location = {0};
    const enum cog_code code =
        parse_location("COGPROMOTE_PROXY", config->proxy, "http://host:3128", &location, error);
    if (code != COG_OK) {
        return code;
    }
    assert(location.scheme != NULL);
    if (scheme_is_of_proxy(location.scheme)) {
        return COG_OK;
    }
    return cog_error_set(error, COG_ERROR_CONFIGURATION,
                         "COGPROMOTE_PROXY must begin with http://, https:// or socks5://, not"
                         " %s://",
                         location.scheme);
}

static enum cog_code check_certificate(const struct cog_config *config, struct cog_error *error)
{
    if (config->client_key_file != NULL && config->client_certificate_file == NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "COGPROMOTE_CLIENT_KEY is of no use without its certificate; set"
                             " COGPROMOTE_CLIENT_CERT or use --client-cert");
    }
    return COG_OK;
}

/** Paths are made of base and call: a query or fragment in the base would swallow the call. */
static enum cog_code check_base(const struct cog_config *config, struct cog_error *error)
{
    if (strpbrk(config->api_base, "?#") != NULL) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "COGNIGY_API_BASE must not have a query or a fragment");
    }
    return check_url("COGNIGY_API_BASE", config->api_base, config->allow_insecure, error);
}

static enum cog_code check_id(const char *name, const char *id, struct cog_error *error)
{
    /* Such an id is a mistake: a path, two words, or a variable that was put together wrongly. */
    bool is_odd = strcmp(id, ".") == 0 || strcmp(id, "..") == 0 || strpbrk(id, " /\\?#") != NULL;
    if (is_odd || id[0] == '\0' || strlen(id) >= COG_ID_SIZE) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "%s is not an identifier: expected 1 to %d bytes without spaces and"
                             " without any of / \\ ? #, and not '.' or '..'",
                             name, COG_ID_SIZE - 1);
    }
    return COG_OK;
}

static enum cog_code check_environments(const struct cog_config *config, unsigned needs,
                                        struct cog_error *error)
{
    bool needs_source = (needs & COG_NEED_SOURCE) != 0;
    bool needs_target = (needs & COG_NEED_TARGET) != 0;
    enum cog_code code = COG_OK;
    if (needs_source) {
        code = check_id("the source (SOURCE_ENV_ID)", config->source_environment_id, error);
    }
    if (code == COG_OK && needs_target) {
        code = check_id("the target (TARGET_ENV_ID)", config->target_environment_id, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (needs_source && needs_target &&
        strcmp(config->source_environment_id, config->target_environment_id) == 0) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "source and target are the same environment '%s'",
                             config->source_environment_id);
    }
    return COG_OK;
}

static enum cog_code check_webhook(const struct cog_config *config, struct cog_error *error)
{
    if (config->webhook_secret != NULL && !cog_webhook_secret_is_valid(config->webhook_secret)) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "DEPLOYMENT_WEBHOOK_SECRET is not 'whsec_' and base64");
    }
    if (config->webhook_url == NULL) {
        return COG_OK;
    }
    return check_url("DEPLOYMENT_WEBHOOK_URL", config->webhook_url, config->allow_insecure, error);
}

/** What goes for every connection. */
static enum cog_code check_wire(const struct cog_config *config, struct cog_error *error)
{
    enum cog_code code = check_webhook(config, error);
    if (code == COG_OK) {
        code = check_certificate(config, error);
    }
    return code == COG_OK ? check_proxy(config, error) : code;
}

enum cog_code cog_config_check_needs(const struct cog_config *config, unsigned needs,
                                     struct cog_error *error)
{
    enum cog_code code = check_required(config, needs, error);
    if (code == COG_OK && (needs & COG_NEED_API) != 0) {
        code = check_base(config, error);
    }
    if (code == COG_OK) {
        code = check_environments(config, needs, error);
    }
    if (code == COG_OK && (needs & (COG_NEED_API | COG_NEED_WEBHOOK)) != 0) {
        code = check_wire(config, error);
    }
    return code;
}

enum cog_code cog_config_check(const struct cog_config *config, struct cog_error *error)
{
    return cog_config_check_needs(config, COG_NEED_API | COG_NEED_SOURCE | COG_NEED_TARGET, error);
}
