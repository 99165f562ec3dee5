/* The client credentials grant (RFC 6749 4.4) and introspection (RFC 7662). */
#include "v1/encoding.h"
#include "v1/problem.h"
#include "v1/routes.h"

#include <cogbase/text.h>

#include <string.h>

enum { SECOND_MS = 1000 };

/* RFC 6749 2.3.1 wants both form-encoded before base64; many clients send them raw. */
static enum cog_code part_equals(const char *part, const char *expected, bool *out_equal)
{
    if (strcmp(part, expected) == 0) {
        *out_equal = true;
        return COG_OK;
    }
    COG_CLEANUP(cog_string_finish) char *decoded = NULL;
    enum cog_code code = mock_percent_decode(MOCK_ENCODING_FORM, part, strlen(part), &decoded);
    if (code == COG_OK) {
        *out_equal = strcmp(decoded, expected) == 0;
    }
    return code == COG_ERROR_SYNTAX ? COG_OK : code;
}

/* `credentials` is "id:secret"; an id has no colon, a secret may. */
static enum cog_code credentials_match(const struct mock_oauth_setup *oauth, char *credentials,
                                       bool *out_match)
{
    char *colon = strchr(credentials, ':');
    if (colon == NULL) {
        return COG_OK;
    }
    *colon = '\0';
    bool has_id = false;
    bool has_secret = false;
    enum cog_code code = part_equals(credentials, oauth->client_id, &has_id);
    if (code == COG_OK) {
        code = part_equals(colon + 1, oauth->client_secret, &has_secret);
    }
    *out_match = has_id && has_secret;
    return code;
}

static enum cog_code is_client(const struct mock_visit *visit, bool *out_match)
{
    static const char scheme[] = "basic ";
    const char *value = mock_request_header(visit->request, "Authorization");
    char start[sizeof scheme] = "";
    if (value == NULL || strlen(value) < sizeof scheme) {
        return COG_OK;
    }
    memcpy(start, value, sizeof scheme - 1);
    if (!cog_string_equals_ignoring_case(start, scheme)) {
        return COG_OK;
    }
    COG_CLEANUP(cog_string_finish) char *credentials = NULL;
    enum cog_code code = mock_base64_decode(value + sizeof scheme - 1, &credentials);
    if (code != COG_OK) {
        return code == COG_ERROR_SYNTAX ? COG_OK : code;
    }
    return credentials_match(&visit->api->world->setup->oauth, credentials, out_match);
}

/* Leaves the plan empty for the right client. */
static enum cog_code check_client(const struct mock_visit *visit, struct mock_plan *plan)
{
    bool matches = false;
    enum cog_code code = is_client(visit, &matches);
    if (code != COG_OK || matches) {
        return code;
    }
    return mock_answer_oauth_error(plan, MOCK_STATUS_UNAUTHORIZED, "invalid_client",
                                   "unknown client, wrong secret, or no Basic authentication");
}

/* A field of the form; one without a value counts as left out (RFC 6749 3.2). */
static enum cog_code find_field(const struct mock_visit *visit, struct mock_plan *plan,
                                const char *name, char **out_value)
{
    COG_CLEANUP(cog_string_finish) char *value = NULL;
    enum cog_code code = mock_form_find(visit->request->body, name, &value);
    if (code == COG_ERROR_SYNTAX) {
        return mock_answer_oauth_error(plan, MOCK_STATUS_BAD_REQUEST, "invalid_request",
                                       "the form's percent-encoding is malformed");
    }
    if (code == COG_OK && value != NULL && *value != '\0') {
        *out_value = value;
        value = NULL;
    }
    return code;
}

static enum cog_code refuse_grant(struct mock_plan *plan, const char *grant_type)
{
    if (grant_type == NULL) {
        return mock_answer_oauth_error(plan, MOCK_STATUS_BAD_REQUEST, "invalid_request",
                                       "grant_type is missing");
    }
    return mock_answer_oauth_error(plan, MOCK_STATUS_BAD_REQUEST, "unsupported_grant_type",
                                   "the only grant_type is client_credentials");
}

static enum cog_code check_grant(const struct mock_visit *visit, struct mock_plan *plan)
{
    COG_CLEANUP(cog_string_finish) char *grant_type = NULL;
    enum cog_code code = find_field(visit, plan, "grant_type", &grant_type);
    if (code != COG_OK || plan->status != 0) {
        return code;
    }
    if (grant_type != NULL && strcmp(grant_type, "client_credentials") == 0) {
        return COG_OK;
    }
    return refuse_grant(plan, grant_type);
}

/* All scopes of the client, or those that it asks for. */
static enum cog_code check_scope(const struct mock_visit *visit, struct mock_plan *plan,
                                 unsigned *out_scopes)
{
    unsigned granted = visit->api->world->setup->oauth.scopes;
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    enum cog_code code = find_field(visit, plan, "scope", &text);
    if (code != COG_OK || plan->status != 0) {
        return code;
    }
    unsigned asked = granted;
    if (text != NULL && (!mock_scopes_parse(text, &asked) || (asked & ~granted) != 0)) {
        return mock_answer_oauth_error(plan, MOCK_STATUS_BAD_REQUEST, "invalid_scope",
                                       "the client does not have that scope");
    }
    *out_scopes = asked;
    return COG_OK;
}

static enum cog_code check_request(const struct mock_visit *visit, struct mock_plan *plan,
                                   unsigned *out_scopes)
{
    enum cog_code code = check_client(visit, plan);
    if (code == COG_OK && plan->status == 0) {
        code = check_grant(visit, plan);
    }
    if (code == COG_OK && plan->status == 0) {
        code = check_scope(visit, plan, out_scopes);
    }
    if (code == COG_OK && plan->status == 0 &&
        mock_tokens_are_exhausted(&visit->api->world->tokens)) {
        code = mock_answer_oauth_error(plan, MOCK_STATUS_UNAVAILABLE, "temporarily_unavailable",
                                       "too many tokens were issued");
    }
    return code;
}

/* The names of the scopes; NULL when out of memory. */
static char *scope_text(unsigned scopes)
{
    struct cog_text text = {0};
    mock_scopes_append(scopes, &text);
    return cog_text_take(&text);
}

static enum cog_code answer_token(const struct mock_visit *visit, struct mock_plan *plan,
                                  const struct mock_token *token)
{
    const struct mock_behaviour *behaviour = visit->api->behaviour;
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    COG_CLEANUP(cog_string_finish) char *scope = scope_text(token->scopes);
    if (scope == NULL) {
        return COG_ERROR_MEMORY;
    }
    mock_body_string(&body, "access_token", token->text);
    mock_body_string(&body, "token_type", "Bearer");
    mock_body_integer(&body, "expires_in", (token->expires_ms - token->issued_ms) / SECOND_MS);
    if (behaviour->scope_in_answer && !behaviour->seed_only) {
        mock_body_string(&body, "scope", scope);
    }
    enum cog_code code = mock_answer_json(plan, MOCK_STATUS_OK, &body);
    return code == COG_OK ? mock_plan_header_append(plan, "Cache-Control", "no-store") : code;
}

enum cog_code mock_v1_token(struct mock_visit *visit, struct mock_plan *plan)
{
    unsigned scopes = MOCK_SCOPE_NONE;
    enum cog_code code = check_request(visit, plan, &scopes);
    if (code != COG_OK || plan->status != 0) {
        return code;
    }
    struct mock_world *world = visit->api->world;
    const struct mock_token *token = NULL;
    code = mock_tokens_issue(&world->tokens, scopes, world->now_ms, &token);
    return code == COG_OK ? answer_token(visit, plan, token) : code;
}

static enum cog_code answer_introspection(const struct mock_visit *visit, struct mock_plan *plan,
                                          const struct mock_token *token)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_body_boolean(&body, "active", token != NULL);
    if (token != NULL) {
        COG_CLEANUP(cog_string_finish) char *scope = scope_text(token->scopes);
        if (scope == NULL) {
            return COG_ERROR_MEMORY;
        }
        mock_body_string(&body, "scope", scope);
        mock_body_integer(&body, "exp",
                          mock_api_unix_ms(visit->api, token->expires_ms) / SECOND_MS);
        mock_body_string(&body, "client_id", visit->api->world->setup->oauth.client_id);
    }
    enum cog_code code = mock_answer_json(plan, MOCK_STATUS_OK, &body);
    return code == COG_OK ? mock_plan_header_append(plan, "Cache-Control", "no-store") : code;
}

enum cog_code mock_v1_introspect(struct mock_visit *visit, struct mock_plan *plan)
{
    if (!visit->api->behaviour->has_introspection) {
        return mock_answer_missing(plan, "call", "introspect");
    }
    enum cog_code code = check_client(visit, plan);
    if (code != COG_OK || plan->status != 0) {
        return code;
    }
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    code = find_field(visit, plan, "token", &text);
    if (code != COG_OK || plan->status != 0) {
        return code;
    }
    if (text == NULL) {
        return mock_answer_oauth_error(plan, MOCK_STATUS_BAD_REQUEST, "invalid_request",
                                       "token is missing");
    }
    const struct mock_world *world = visit->api->world;
    return answer_introspection(visit, plan, mock_tokens_find(&world->tokens, text, world->now_ms));
}
