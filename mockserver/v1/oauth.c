/* The client credentials grant (RFC 6749 4.4) and introspection (RFC 7662). */
#include "v1/credentials.h"
#include "v1/encoding.h"
#include "v1/problem.h"
#include "v1/routes.h"

#include <cogbase/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    SECOND_MS = 1000,
    NUMBER_SIZE = 24,
};

/* One way to authenticate, not two (RFC 6749 2.3). */
static const char *find_ambiguity(const struct mock_credentials *credentials)
{
    if (credentials->is_malformed) {
        return "the form's percent-encoding is malformed";
    }
    if (credentials->has_basic && credentials->has_post) {
        return "the secret is both in the Basic header and in the form: send it once";
    }
    return credentials->names_two ? "the form's client_id is not the Basic header's" : NULL;
}

static const char *find_refusal(const struct mock_credentials *credentials,
                                const struct mock_oauth_policy *policy)
{
    if (credentials->has_basic && !policy->takes_basic) {
        return "this server takes client_id and client_secret in the form only";
    }
    if (credentials->has_post && !policy->takes_post) {
        return "this server takes Basic authentication only";
    }
    return credentials->is_proven ? NULL : "unknown client, wrong secret, or no authentication";
}

/* Leaves the plan empty for a client that has proven itself. */
static enum cog_code check_client(const struct mock_visit *visit, struct mock_plan *plan,
                                  const struct mock_client **out_client)
{
    struct mock_credentials credentials = {0};
    enum cog_code code = mock_credentials_read(visit, &credentials);
    if (code != COG_OK) {
        return code;
    }
    const char *reason = find_ambiguity(&credentials);
    if (reason != NULL) {
        return mock_answer_oauth_error(plan, MOCK_STATUS_BAD_REQUEST, "invalid_request", reason);
    }
    reason = find_refusal(&credentials, &visit->api->behaviour->oauth);
    if (reason != NULL) {
        return mock_answer_oauth_error(plan, MOCK_STATUS_UNAUTHORIZED, "invalid_client", reason);
    }
    *out_client = credentials.client;
    return COG_OK;
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

/* Narrows what was asked for to what the client has; false when it must be refused. */
static bool grant(const struct mock_oauth_policy *policy, const char *text, unsigned allowed,
                  unsigned *inout_scopes)
{
    unsigned asked = MOCK_SCOPE_NONE;
    bool is_known = mock_scopes_parse_known(text, &asked);
    if (!policy->narrows_scope && (!is_known || (asked & ~allowed) != 0)) {
        return false;
    }
    *inout_scopes = asked & allowed;
    return *inout_scopes != MOCK_SCOPE_NONE;
}

/* All scopes of the client, or those that it asks for. */
static enum cog_code check_scope(const struct mock_visit *visit, struct mock_plan *plan,
                                 const struct mock_client *client, unsigned *out_scopes)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    enum cog_code code = find_field(visit, plan, "scope", &text);
    if (code != COG_OK || plan->status != 0) {
        return code;
    }
    unsigned scopes = client->scopes;
    if (text != NULL && !grant(&visit->api->behaviour->oauth, text, client->scopes, &scopes)) {
        return mock_answer_oauth_error(plan, MOCK_STATUS_BAD_REQUEST, "invalid_scope",
                                       "the client does not have that scope");
    }
    *out_scopes = scopes;
    return COG_OK;
}

/* What a token is asked for. */
struct demand {
    const struct mock_client *client;
    unsigned scopes;
};

static enum cog_code check_request(const struct mock_visit *visit, struct mock_plan *plan,
                                   struct demand *demand)
{
    enum cog_code code = check_client(visit, plan, &demand->client);
    if (code != COG_OK || demand->client == NULL) {
        return code;
    }
    code = check_grant(visit, plan);
    if (code == COG_OK && plan->status == 0) {
        code = check_scope(visit, plan, demand->client, &demand->scopes);
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

/* A little less than the truth, so that it is no whole number. */
static void add_fraction(struct mock_body *body, int64_t seconds)
{
    char text[NUMBER_SIZE];
    (void)snprintf(text, sizeof text, "%" PRId64 ".5", seconds > 0 ? seconds - 1 : 0);
    mock_body_raw(body, "expires_in", text);
}

/* What is said of the token's life; true it is in the world alone. */
static void add_expiry(struct mock_body *body, const struct mock_oauth_policy *policy,
                       int64_t seconds)
{
    static const char *const words[] = {
        [MOCK_EXPIRY_ZERO] = "0",
        [MOCK_EXPIRY_ONE] = "1",
        [MOCK_EXPIRY_HUGE] = "9223372036854775807",
        [MOCK_EXPIRY_NEGATIVE] = "-1",
        [MOCK_EXPIRY_NULL] = "null",
    };
    char text[NUMBER_SIZE];
    switch (policy->expires_in_said) {
    case MOCK_EXPIRY_MISSING:
        break;
    case MOCK_EXPIRY_AS_IS:
        mock_body_integer(body, "expires_in", seconds);
        break;
    case MOCK_EXPIRY_DURATION:
        mock_body_integer(body, "expires_in", policy->expires_in_said_ms / SECOND_MS);
        break;
    case MOCK_EXPIRY_STRING:
        (void)snprintf(text, sizeof text, "%" PRId64, seconds);
        mock_body_string(body, "expires_in", text);
        break;
    case MOCK_EXPIRY_FLOAT:
        add_fraction(body, seconds);
        break;
    case MOCK_EXPIRY_ZERO:
    case MOCK_EXPIRY_ONE:
    case MOCK_EXPIRY_HUGE:
    case MOCK_EXPIRY_NEGATIVE:
    case MOCK_EXPIRY_NULL:
        mock_body_raw(body, "expires_in", words[policy->expires_in_said]);
        break;
    }
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
    mock_body_string(&body, "token_type", behaviour->oauth.token_type);
    add_expiry(&body, &behaviour->oauth, (token->expires_ms - token->issued_ms) / SECOND_MS);
    if (behaviour->scope_in_answer && !behaviour->seed_only) {
        mock_body_string(&body, "scope", scope);
    }
    enum cog_code code = mock_answer_json(plan, MOCK_STATUS_OK, &body);
    return code == COG_OK ? mock_plan_header_append(plan, "Cache-Control", "no-store") : code;
}

enum cog_code mock_v1_token(struct mock_visit *visit, struct mock_plan *plan)
{
    struct demand demand = {0};
    enum cog_code code = check_request(visit, plan, &demand);
    if (code != COG_OK || plan->status != 0) {
        return code;
    }
    struct mock_world *world = visit->api->world;
    const struct mock_token *token = NULL;
    code = mock_tokens_issue(&world->tokens, demand.client, demand.scopes, world->now_ms, &token);
    if (code != COG_OK) {
        return code;
    }
    visit->issued_token = token->number;
    return answer_token(visit, plan, token);
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
        mock_body_string(&body, "client_id", token->client->id);
    }
    enum cog_code code = mock_answer_json(plan, MOCK_STATUS_OK, &body);
    return code == COG_OK ? mock_plan_header_append(plan, "Cache-Control", "no-store") : code;
}

enum cog_code mock_v1_introspect(struct mock_visit *visit, struct mock_plan *plan)
{
    if (!visit->api->behaviour->has_introspection) {
        return mock_answer_missing(plan, "call", "introspect");
    }
    const struct mock_client *client = NULL; /* Any may ask about any token. */
    enum cog_code code = check_client(visit, plan, &client);
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
    const struct mock_token *token = mock_tokens_find(&world->tokens, text, world->now_ms);
    bool is_denied = visit->api->behaviour->oauth.introspects_inactive;
    return answer_introspection(visit, plan, is_denied ? NULL : token);
}
