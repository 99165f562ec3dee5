#include <cogpromote/config.h>
#include <cogpromote/platform.h>

#include "webhook_signature.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>

/** For COG_CLEANUP. */
static void url_finish(CURLU **url)
{
    curl_url_cleanup(*url);
}

static void curl_string_finish(char **string)
{
    curl_free(*string);
}

struct required {
    const char *value;
    const char *flag; /**< How to set it, beside the variable; NULL: only the variable. */
    const char *variable;
};

static enum cog_code check_required(const struct cog_config *config, struct cog_error *error)
{
    const struct required rows[] = {
        {config->api_base, "--api-base", "COGNIGY_API_BASE"},
        {config->client_id, "--client-id", "COGNIGY_CLIENT_ID"},
        {config->client_secret, "--client-secret-file", "COGNIGY_CLIENT_SECRET"},
        {config->source_environment_id, "--source", "SOURCE_ENV_ID"},
        {config->target_environment_id, "--target", "TARGET_ENV_ID"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].value == NULL) {
            return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s is not set; set it or use %s",
                                 rows[i].variable, rows[i].flag);
        }
    }
    return COG_OK;
}

/** By address, not by how the text begins: 127.0.0.1.example is somebody else's host. */
static bool host_is_loopback(const char *host)
{
    unsigned char address[4];
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           (inet_pton(AF_INET, host, address) == 1 && address[0] == 127);
}

static enum cog_code check_url(const char *variable, const char *text, bool allow_insecure,
                               struct cog_error *error)
{
    COG_CLEANUP(url_finish) CURLU *url = curl_url();
    COG_CLEANUP(curl_string_finish) char *scheme = NULL;
    COG_CLEANUP(curl_string_finish) char *host = NULL;
    if (url == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    /* Credentials in a URL end up in messages and logs, and would compete with ours. */
    CURLUcode parsed = curl_url_set(url, CURLUPART_URL, text, CURLU_DISALLOW_USER);
    if (parsed == CURLUE_USER_NOT_ALLOWED) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION, "%s must not hold a user or password",
                             variable);
    }
    if (parsed != CURLUE_OK || curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(url, CURLUPART_HOST, &host, 0) != CURLUE_OK) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "%s is not a URL such as https://host/api/v1", variable);
    }
    if (strcmp(scheme, "https") == 0) {
        return COG_OK;
    }
    if (strcmp(scheme, "http") != 0) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "%s must begin with https://, not %s://", variable, scheme);
    }
    if (!host_is_loopback(host) && !allow_insecure) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "%s uses http, which sends secrets in clear; use https, or"
                             " --allow-insecure",
                             variable);
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

static enum cog_code check_id(const char *variable, const char *id, struct cog_error *error)
{
    if (strcmp(id, ".") == 0 || strcmp(id, "..") == 0 || strlen(id) >= COG_ID_SIZE) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "%s is not an identifier: expected 1 to %d bytes, not '.' or '..'",
                             variable, COG_ID_SIZE - 1);
    }
    return COG_OK;
}

static enum cog_code check_environments(const struct cog_config *config, struct cog_error *error)
{
    enum cog_code code = check_id("SOURCE_ENV_ID", config->source_environment_id, error);
    if (code != COG_OK) {
        return code;
    }
    code = check_id("TARGET_ENV_ID", config->target_environment_id, error);
    if (code != COG_OK) {
        return code;
    }
    if (strcmp(config->source_environment_id, config->target_environment_id) == 0) {
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

enum cog_code cog_config_check(const struct cog_config *config, struct cog_error *error)
{
    enum cog_code code = check_required(config, error);
    if (code != COG_OK) {
        return code;
    }
    code = check_base(config, error);
    if (code != COG_OK) {
        return code;
    }
    code = check_environments(config, error);
    if (code != COG_OK) {
        return code;
    }
    return check_webhook(config, error);
}
