#include "auth.h"

#include "exchange.h"
#include "secret.h"

#include <cogbase/text.h>

/*
 * A token that could not be had means that the request itself was never sent. The token request
 * was repeated already, so the code is none that the retry layer would repeat, or that somebody
 * would take for the fate of the request: a 409 of the token is not one of the rollback.
 */
static enum cog_code code_for_caller(enum cog_code code)
{
    switch ((int)code) {
    case COG_ERROR_UNREACHABLE:
    case COG_ERROR_TIMEOUT:
    case COG_ERROR_NETWORK:
    case COG_ERROR_PROTOCOL:
    case COG_ERROR_NOT_FOUND:
    case COG_ERROR_CONFLICT:
        return COG_ERROR_UNAVAILABLE;
    case COG_ERROR_FORBIDDEN:
    case COG_ERROR_REFUSED:
        return COG_ERROR_UNAUTHORIZED;
    default:
        return code;
    }
}

static enum cog_code fetch_token(struct cog_auth *auth, const struct cog_request *request,
                                 char **out_token, struct cog_error *error)
{
    const struct cog_limits limits = {request->deadline_ms, request->cancel};
    const enum cog_code code = cog_token_fetch(auth->tokens, limits, out_token, error);
    return code == COG_OK
               ? code
               : cog_error_wrap(error, code_for_caller(code), "no token for '%s'", request->call);
}

static enum cog_code send_with(struct cog_auth *auth, const struct cog_request *request,
                               const char *token, struct cog_response *out_response,
                               struct cog_error *error)
{
    struct cog_text text = {0};
    cog_text_append(&text, "Bearer ");
    cog_text_append(&text, token);
    COG_CLEANUP(cog_secret_finish) char *value = cog_text_take(&text);
    if (value == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const struct cog_header additional = {"Authorization", value};
    COG_CLEANUP(cog_request_headers_finish) struct cog_header *headers = NULL;
    const enum cog_code code = cog_request_headers_extend(request, &additional, 1, &headers, error);
    if (code != COG_OK) {
        return code;
    }
    struct cog_request authenticated = *request;
    authenticated.headers = headers;
    authenticated.header_count = request->header_count + 1;
    return cog_transport_send(auth->inner, &authenticated, out_response, error);
}

/* Sends with the present token, and says which one that was. */
static enum cog_code send_once(struct cog_auth *auth, const struct cog_request *request,
                               char **out_token, struct cog_response *out_response,
                               struct cog_error *error)
{
    const enum cog_code code = fetch_token(auth, request, out_token, error);
    return code == COG_OK ? send_with(auth, request, *out_token, out_response, error) : code;
}

static enum cog_code send_renewed(struct cog_auth *auth, const struct cog_request *request,
                                  struct cog_response *out_response, struct cog_error *error)
{
    const struct cog_log_field field = {"call", request->call};
    cog_log_write(auth->log, COG_LOG_INFO, "token-refreshed", &field, 1);
    COG_CLEANUP(cog_secret_finish) char *token = NULL;
    return send_once(auth, request, &token, out_response, error);
}

static enum cog_code auth_send(void *context, const struct cog_request *request,
                               struct cog_response *out_response, struct cog_error *error)
{
    struct cog_auth *auth = context;
    if (request->authentication == COG_AUTHENTICATION_NONE) {
        return cog_transport_send(auth->inner, request, out_response, error);
    }
    COG_CLEANUP(cog_response_finish) struct cog_response first = {0};
    COG_CLEANUP(cog_secret_finish) char *token = NULL;
    const enum cog_code code = send_once(auth, request, &token, &first, error);
    if (code != COG_OK) {
        return code;
    }
    if (first.status == 401) {
        cog_token_drop(auth->tokens, token);
        return send_renewed(auth, request, out_response, error);
    }
    *out_response = first;
    first = (struct cog_response){0};
    return COG_OK;
}

struct cog_transport cog_auth_transport(struct cog_auth *auth)
{
    static const struct cog_transport_ops ops = {.send = auth_send};
    return (struct cog_transport){&ops, auth};
}
