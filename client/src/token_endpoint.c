#include "token_endpoint.h"

#include "basic.h"
#include "escape.h"
#include "http_status.h"
#include "problem.h"
#include "secret.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <openssl/crypto.h>
#include <string.h>

/* A form for one of the two endpoints. */
struct form {
    const char *call;
    const char *path;
    const char *body;
};

static bool contains(const char *text, const char *part)
{
    return part != NULL && part[0] != '\0' && strstr(text, part) != NULL;
}

/* Of "id:secret" in base64, which no encoding as a form makes shorter. */
static size_t basic_length_min(const struct cog_token_options *options)
{
    return (strlen(options->client_id) + 1 + strlen(options->client_secret) + 2) / 3 * 4;
}

static bool basic_appears_in(const struct cog_token_options *options, const char *text)
{
    /* Nearly every text of an answer is too short to repeat it. */
    if (strlen(text) < basic_length_min(options)) {
        return false;
    }
    COG_CLEANUP(cog_secret_finish) char *basic = NULL;
    return cog_basic_format(options->client_id, options->client_secret, options->basic_encoding,
                            &basic, NULL) != COG_OK ||
           contains(text, basic + strlen("Basic "));
}

bool cog_token_secret_appears_in(const struct cog_token_options *options, const char *token,
                                 const char *text)
{
    return contains(text, options->client_secret) || contains(text, token) ||
           basic_appears_in(options, text);
}

/* The body of a token answer holds the token. */
static void wipe_response(struct cog_response *response)
{
    if (response->body != NULL) {
        OPENSSL_cleanse(response->body, response->body_length);
    }
    cog_response_finish(response);
}

static enum cog_code send_form(const struct cog_token_options *options, const struct form *form,
                               struct cog_limits limits, struct cog_response *out_response,
                               struct cog_error *error)
{
    COG_CLEANUP(cog_secret_finish) char *basic = NULL;
    const enum cog_code code = cog_basic_format(options->client_id, options->client_secret,
                                                options->basic_encoding, &basic, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_text text = {0};
    cog_text_append(&text, options->api_base);
    cog_text_append(&text, form->path);
    COG_CLEANUP(cog_string_finish) char *url = cog_text_take(&text);
    if (url == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const struct cog_header headers[] = {
        {"Authorization", basic},
        {"Content-Type", "application/x-www-form-urlencoded"},
        {"Accept", "application/json"},
    };
    const struct cog_request request = {
        .call = form->call,
        .method = "POST",
        .url = url,
        .headers = headers,
        .header_count = sizeof headers / sizeof headers[0],
        .body = form->body,
        .body_length = strlen(form->body),
        .authentication = COG_AUTHENTICATION_NONE,
        .timeout_ms = options->request_timeout_ms,
        .deadline_ms = limits.deadline_ms,
        .cancel = limits.cancel,
    };
    return cog_transport_send(options->transport, &request, out_response, error);
}

/* RFC 6749 5.2 has 400 for most refusals of the client, 401 for some. */
static enum cog_code code_of_status(int status)
{
    return status == 400 ? COG_ERROR_UNAUTHORIZED : cog_http_status_code(status);
}

static enum cog_code fail_status(const struct cog_token_options *options, const char *token,
                                 const struct cog_response *response, struct cog_error *error)
{
    enum cog_code code = code_of_status(response->status);
    if (code == COG_OK) {
        code = COG_ERROR_PROTOCOL;
    }
    char reason[COG_REASON_SIZE];
    cog_problem_format(response, reason);
    if (cog_token_secret_appears_in(options, token, reason)) {
        (void)cog_error_set(error, code, "%d, with a reason that repeats a secret",
                            response->status);
    } else {
        (void)cog_error_set(error, code, "%s", reason);
    }
    if (error != NULL) {
        error->http_status = response->status;
    }
    return code;
}

enum cog_code cog_token_request(const struct cog_token_options *options, struct cog_limits limits,
                                struct cog_token_answer *out_answer, struct cog_error *error)
{
    const struct form form = {"token", "/oauth/token", "grant_type=client_credentials"};
    COG_CLEANUP(wipe_response) struct cog_response response = {0};
    const enum cog_code code = send_form(options, &form, limits, &response, error);
    if (code != COG_OK) {
        return code;
    }
    return response.status == 200 ? cog_token_answer_parse(&response, out_answer, error)
                                  : fail_status(options, NULL, &response, error);
}

static enum cog_code read_introspection(const struct cog_response *response,
                                        char out_scopes[COG_SCOPES_SIZE], struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    enum cog_code code = cog_json_parse_object(response->body, response->body_length, &json, error);
    bool is_active = false;
    const char *scope = NULL;
    if (code == COG_OK) {
        code = cog_json_boolean(json, "active", &is_active, error);
    }
    if (code == COG_OK && !is_active) {
        code = cog_error_set(error, COG_ERROR_UNAUTHORIZED, "the fresh token is not active");
    }
    if (code == COG_OK) {
        code = cog_json_string_optional(json, "scope", &scope, error);
    }
    if (code != COG_OK) {
        return code;
    }
    if (!cog_string_copy(out_scopes, COG_SCOPES_SIZE, scope != NULL ? scope : "")) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field 'scope' is too long");
    }
    return COG_OK;
}

enum cog_code cog_token_introspect(const struct cog_token_options *options, const char *token,
                                   struct cog_limits limits, char out_scopes[COG_SCOPES_SIZE],
                                   struct cog_error *error)
{
    struct cog_text text = {0};
    cog_text_append(&text, "token=");
    cog_escape_append_form(&text, token);
    COG_CLEANUP(cog_secret_finish) char *body = cog_text_take(&text);
    if (body == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const struct form form = {"introspect", "/oauth/introspect", body};
    COG_CLEANUP(wipe_response) struct cog_response response = {0};
    const enum cog_code code = send_form(options, &form, limits, &response, error);
    if (code != COG_OK) {
        return code;
    }
    if (cog_http_status_code(response.status) == COG_ERROR_NOT_FOUND) {
        out_scopes[0] = '\0';
        return COG_OK;
    }
    return response.status == 200 ? read_introspection(&response, out_scopes, error)
                                  : fail_status(options, token, &response, error);
}
