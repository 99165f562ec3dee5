#include "client_private.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

/** The base without the slashes that people leave at its end. */
static char *api_base_trim(const char *api_base)
{
    /* Who only delivers notices has no API. */
    size_t length = api_base == NULL ? 0 : strlen(api_base);
    while (length > 0 && api_base[length - 1] == '/') {
        length--;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_bytes(&text, api_base, length);
    return cog_text_take(&text);
}

static struct cog_retry retry_around(struct cog_client *client, struct cog_transport inner)
{
    return (struct cog_retry){
        .inner = inner,
        .clock = client->seams.clock,
        .random = client->seams.random,
        .log = client->seams.log,
        .budget = &client->retry_budget,
        .attempts_max = client->config->max_attempts,
        .retry_after_ms_max = client->config->retry_after_ms_max,
    };
}

static enum cog_code tokens_create(struct cog_client *client, struct cog_error *error)
{
    const struct cog_token_options options = {
        .transport = cog_retry_transport(&client->token_retry),
        .clock = client->seams.clock,
        .log = client->seams.log,
        .api_base = client->api_base,
        .client_id = client->config->client_id,
        .client_secret = client->config->client_secret,
        .basic_encoding = client->config->basic_encoding,
        .request_timeout_ms = client->config->request_timeout_ms,
    };
    return cog_token_manager_create(&options, &client->tokens, error);
}

/** @param client stays where it is: the layers point at each other */
static enum cog_code layers_init(struct cog_client *client, struct cog_error *error)
{
    const struct cog_seams *seams = &client->seams;
    client->api_base = api_base_trim(client->config->api_base);
    if (client->api_base == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    client->record = (struct cog_record){
        .inner = seams->transport,
        .clock = seams->clock,
        .random = seams->random,
        .log = seams->log,
        .traceparent = client->config->traceparent,
    };
    const struct cog_transport wire = cog_record_transport(&client->record);
    client->token_retry = retry_around(client, wire);
    enum cog_code code = tokens_create(client, error);
    if (code != COG_OK) {
        return code;
    }
    client->auth = (struct cog_auth){.inner = wire, .tokens = client->tokens, .log = seams->log};
    client->api_retry = retry_around(client, cog_auth_transport(&client->auth));
    client->v1 = (struct cog_v1){
        .transport = cog_retry_transport(&client->api_retry),
        .tokens = client->tokens,
        .clock = seams->clock,
        .log = seams->log,
        .api_base = client->api_base,
        .request_timeout_ms = client->config->request_timeout_ms,
    };
    client->signer = (struct cog_webhook_signer){
        .inner = wire,
        .clock = seams->clock,
        .secret = client->config->webhook_secret,
    };
    client->webhook_retry = retry_around(client, cog_webhook_signer_transport(&client->signer));
    return COG_OK;
}

enum cog_code cog_client_create(const struct cog_config *config, const struct cog_seams *seams,
                                struct cog_client **out_client, struct cog_error *error)
{
    struct cog_client *client = calloc(1, sizeof *client);
    if (client == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    if (cog_random_ahead_init(&client->random_ahead, seams->random) != COG_OK) {
        free(client);
        return cog_error_set(error, COG_ERROR_INTERNAL, "no mutex for the random source");
    }
    client->config = config;
    client->seams = *seams;
    client->seams.random = cog_random_ahead(&client->random_ahead);
    enum cog_code code = layers_init(client, error);
    if (code != COG_OK) {
        cog_client_destroy(client);
        return code;
    }
    *out_client = client;
    return COG_OK;
}

void cog_client_destroy(struct cog_client *client)
{
    if (client == NULL) {
        return;
    }
    cog_token_manager_destroy(client->tokens);
    cog_string_finish(&client->api_base);
    cog_random_ahead_finish(&client->random_ahead);
    free(client);
}

struct cog_platform cog_client_platform(struct cog_client *client)
{
    return cog_v1_platform(&client->v1);
}

struct cog_promotion_request cog_client_request(const struct cog_client *client)
{
    const struct cog_config *config = client->config;
    return (struct cog_promotion_request){
        .source_environment_id = config->source_environment_id,
        .target_environment_id = config->target_environment_id,
        .platform_version = config->platform_version,
        .resolve_dependencies = config->resolve_dependencies,
        .sync_configuration = config->sync_configuration,
        .override_active_sessions = config->override_active_sessions,
        .include_webhooks = config->include_webhooks,
        .include_integrations = config->include_integrations,
    };
}

static enum cog_code check_call(const struct cog_client_call *call, struct cog_error *error)
{
    bool is_get = strcmp(call->method, "GET") == 0;
    if (!is_get && strcmp(call->method, "POST") != 0) {
        return cog_error_set(error, COG_ERROR_ARGUMENT, "method '%s' is neither GET nor POST",
                             call->method);
    }
    if (call->path[0] != '/' || (is_get && (call->body != NULL || call->acting))) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "expected a path that begins with '/', and a body only with POST");
    }
    return COG_OK;
}

enum cog_code cog_client_send(struct cog_client *client, const struct cog_client_call *call,
                              struct cog_limits limits, struct cog_response *out_response,
                              struct cog_error *error)
{
    enum cog_code code = check_call(call, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_text text = {0};
    cog_text_append_format(&text, "%s%s", client->api_base, call->path);
    COG_CLEANUP(cog_string_finish) char *url = cog_text_take(&text);
    if (url == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const struct cog_header headers[] = {
        {"Accept", "application/json"},
        {"Content-Type", "application/json"},
    };
    const struct cog_request request = {
        .call = "request",
        .method = call->method,
        .url = url,
        .headers = headers,
        .header_count = call->body != NULL ? 2 : 1,
        .body = call->body,
        .body_length = call->body != NULL ? strlen(call->body) : 0,
        .authentication = COG_AUTHENTICATION_BEARER,
        .acting = call->acting,
        .timeout_ms = client->config->request_timeout_ms,
        .deadline_ms = limits.deadline_ms,
        .cancel = limits.cancel,
    };
    return cog_transport_send(cog_retry_transport(&client->api_retry), &request, out_response,
                              error);
}
