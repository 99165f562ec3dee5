#include "v1/credentials.h"

#include "v1/encoding.h"
#include "v1/routes.h"

#include <cogbase/text.h>

#include <string.h>

/* What follows the scheme, which ends with a blank, in the header Authorization; NULL without it.
 */
static const char *behind_scheme(const struct mock_request *request, const char *scheme)
{
    char start[sizeof "Bearer "] = "";
    const char *value = mock_request_header(request, "Authorization");
    size_t length = strlen(scheme);
    if (value == NULL || strlen(value) <= length || length >= sizeof start) {
        return NULL;
    }
    memcpy(start, value, length);
    return cog_string_equals_ignoring_case(start, scheme) ? value + length : NULL;
}

/* RFC 6749 2.3.1 wants both form-encoded before base64; many clients send them raw. */
static enum cog_code decode_part(const char *part, char **out_decoded)
{
    *out_decoded = NULL;
    enum cog_code code = mock_percent_decode(MOCK_ENCODING_FORM, part, strlen(part), out_decoded);
    return code == COG_ERROR_SYNTAX ? COG_OK : code;
}

static void prove(const struct mock_visit *visit, const char *secret,
                  struct mock_credentials *credentials)
{
    if (secret != NULL && credentials->client != NULL) {
        credentials->is_proven |=
            mock_client_accepts(credentials->client, secret, visit->api->world->now_ms);
    }
}

static const struct mock_client *find_client(const struct mock_visit *visit, const char *id)
{
    return id == NULL ? NULL : mock_clients_find(&visit->api->world->tokens.clients, id);
}

/* `pair` is "id:secret"; an id has no colon, a secret may. */
static enum cog_code read_pair(const struct mock_visit *visit, char *pair,
                               struct mock_credentials *credentials)
{
    char *colon = strchr(pair, ':');
    if (colon == NULL) {
        return COG_OK;
    }
    *colon = '\0';
    COG_CLEANUP(cog_string_finish) char *id = NULL;
    COG_CLEANUP(cog_string_finish) char *secret = NULL;
    enum cog_code code = decode_part(pair, &id);
    if (code == COG_OK) {
        code = decode_part(colon + 1, &secret);
    }
    if (code != COG_OK) {
        return code;
    }
    const struct mock_client *client = find_client(visit, pair);
    credentials->client = client != NULL ? client : find_client(visit, id);
    prove(visit, colon + 1, credentials);
    prove(visit, secret, credentials);
    return COG_OK;
}

static enum cog_code read_basic(const struct mock_visit *visit,
                                struct mock_credentials *credentials)
{
    const char *encoded = behind_scheme(visit->request, "Basic ");
    if (encoded == NULL) {
        return COG_OK;
    }
    credentials->has_basic = true;
    COG_CLEANUP(cog_string_finish) char *pair = NULL;
    enum cog_code code = mock_base64_decode(encoded, &pair);
    if (code != COG_OK) {
        return code == COG_ERROR_SYNTAX ? COG_OK : code;
    }
    return read_pair(visit, pair, credentials);
}

static void take_post(const struct mock_visit *visit, const char *id, const char *secret,
                      struct mock_credentials *credentials)
{
    credentials->has_post = secret != NULL && *secret != '\0';
    const struct mock_client *client = find_client(visit, id);
    if (credentials->has_basic) {
        credentials->names_two = id != NULL && *id != '\0' && client != credentials->client;
        return;
    }
    credentials->client = client;
    prove(visit, secret, credentials);
}

static enum cog_code read_post(const struct mock_visit *visit, struct mock_credentials *credentials)
{
    COG_CLEANUP(cog_string_finish) char *id = NULL;
    COG_CLEANUP(cog_string_finish) char *secret = NULL;
    enum cog_code code = mock_form_find(visit->request->body, "client_id", &id);
    if (code == COG_OK) {
        code = mock_form_find(visit->request->body, "client_secret", &secret);
    }
    if (code == COG_ERROR_SYNTAX) {
        credentials->is_malformed = true;
        return COG_OK;
    }
    if (code == COG_OK) {
        take_post(visit, id, secret, credentials);
    }
    return code;
}

enum cog_code mock_credentials_read(const struct mock_visit *visit,
                                    struct mock_credentials *out_credentials)
{
    struct mock_credentials credentials = {0};
    enum cog_code code = read_basic(visit, &credentials);
    if (code == COG_OK) {
        code = read_post(visit, &credentials);
    }
    if (code == COG_OK) {
        *out_credentials = credentials;
    }
    return code;
}

const char *mock_bearer_token(const struct mock_request *request)
{
    return behind_scheme(request, "Bearer ");
}

/* The token may be forgotten before the request is answered; its client is not. */
void mock_visit_note_token(struct mock_visit *visit)
{
    const char *text = mock_bearer_token(visit->request);
    const struct mock_token *token =
        text == NULL ? NULL : mock_tokens_find_ever(&visit->api->world->tokens, text);
    if (token != NULL) {
        visit->token_number = token->number;
        visit->token_client_id = token->client->id;
    }
}

enum cog_code mock_visit_client(const struct mock_visit *visit, const char **out_client_id)
{
    if (visit->token_client_id != NULL) {
        *out_client_id = visit->token_client_id;
        return COG_OK;
    }
    if (visit->route == NULL || visit->route->access != MOCK_ACCESS_CLIENT) {
        return COG_OK;
    }
    struct mock_credentials credentials = {0};
    enum cog_code code = mock_credentials_read(visit, &credentials);
    if (code == COG_OK && credentials.client != NULL) {
        *out_client_id = credentials.client->id;
    }
    return code;
}
