/* Access tokens: listed, revoked, narrowed, shortened. Their texts are told to nobody. */
#include "control/call.h"

#include "script/member.h"
#include "server_private.h"

#include <cogbase/text.h>

static struct mock_tokens *tokens_of(const struct mock_control_call *call)
{
    return &mock_control_server(call)->api.world->tokens;
}

static void add_scopes(struct mock_body *body, unsigned scopes)
{
    const char *const *names = mock_scope_names();
    mock_body_array(body, "scopes");
    for (size_t i = 0; names[i] != NULL; i++) {
        if ((scopes & 1U << i) != 0) {
            mock_body_array_string(body, names[i]);
        }
    }
}

static void add_token(struct mock_body *body, const struct mock_tokens *tokens,
                      const struct mock_token *token, int64_t now_ms)
{
    char id[MOCK_TOKEN_ID_SIZE];
    mock_body_string(body, "id", mock_token_id(token, id));
    mock_body_string(body, "client_id", token->client->id);
    add_scopes(body, token->scopes);
    mock_body_integer(body, "issued_ms", token->issued_ms);
    mock_body_integer(body, "expires_ms", token->expires_ms);
    mock_body_string(body, "state",
                     mock_token_state_name(mock_token_state_at(tokens, token, now_ms)));
}

static enum cog_code list(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    const struct mock_tokens *tokens = tokens_of(call);
    const int64_t now_ms = mock_tenant_server(call->tenant)->api.world->now_ms;
    mock_body_array(&body, "tokens");
    const struct mock_token *token = mock_tokens_next(tokens, NULL);
    for (; token != NULL; token = mock_tokens_next(tokens, token)) {
        COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
        add_token(&item, tokens, token, now_ms);
        mock_body_array_append(&body, &item);
    }
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code revoke_all(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(cog_string_finish) char *client_id = NULL;
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    struct cog_error error = {0};
    struct mock_tokens *tokens = tokens_of(call);
    const int64_t now_ms = mock_tenant_server(call->tenant)->api.world->now_ms;
    enum cog_code code = mock_control_query(call, "client_id", &client_id, &error);
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    mock_body_integer(&body, "revoked", (int64_t)mock_tokens_revoke_all(tokens, client_id, now_ms));
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code revoke(struct mock_control_call *call, struct mock_plan *plan)
{
    struct mock_tokens *tokens = tokens_of(call);
    const int64_t now_ms = mock_tenant_server(call->tenant)->api.world->now_ms;
    return mock_tokens_revoke(tokens, call->id, now_ms)
               ? mock_control_answer_nothing(plan)
               : mock_answer_missing(plan, "token", call->id);
}

static enum cog_code read_scopes(const struct cog_document *document, unsigned *out_scopes,
                                 bool *out_has_scopes, struct cog_error *error)
{
    const cJSON *array = NULL;
    unsigned scopes = MOCK_SCOPE_NONE;
    enum cog_code code = cog_document_array(document, document->root, "scopes", &array, error);
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, array)
    {
        int index = 0;
        if (code == COG_OK) {
            code = mock_member_word(document, node, mock_scope_names(), &index, error);
            scopes |= 1U << index;
        }
    }
    *out_scopes = scopes;
    *out_has_scopes = array != NULL;
    return code;
}

struct change {
    bool has_scopes;
    unsigned scopes;
    int64_t expires_in_ms; /**< -1: as it is. */
};

static enum cog_code read_change(const struct cog_document *document, struct change *out_change,
                                 struct cog_error *error)
{
    static const char *const keys[] = {"scopes", "expires_in", NULL};
    struct change change = {.expires_in_ms = -1};
    enum cog_code code = cog_document_check_keys(document, document->root, keys, error);
    if (code == COG_OK) {
        code = read_scopes(document, &change.scopes, &change.has_scopes, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, document->root, "expires_in", &change.expires_in_ms,
                                     error);
    }
    if (code == COG_OK && !change.has_scopes && change.expires_in_ms < 0) {
        return cog_document_fail(document, document->root, error,
                                 "expected 'scopes', 'expires_in', or both");
    }
    *out_change = change;
    return code;
}

/* Both are allowed before the first is done, so that a refusal leaves the token as it was. */
static enum cog_code apply(struct mock_tokens *tokens, const struct mock_token *token,
                           const struct change *change, int64_t now_ms, struct cog_error *error)
{
    char id[MOCK_TOKEN_ID_SIZE];
    enum cog_code code = COG_OK;
    (void)mock_token_id(token, id);
    if (change->has_scopes && (change->scopes & ~token->scopes) != 0) {
        return cog_error_set(error, COG_ERROR_CONFLICT,
                             "the token '%s' does not have all of these scopes", id);
    }
    if (change->expires_in_ms >= 0) {
        code = mock_tokens_shorten(tokens, id, now_ms + change->expires_in_ms, error);
    }
    if (code == COG_OK && change->has_scopes) {
        code = mock_tokens_narrow(tokens, id, change->scopes, error);
    }
    return code;
}

static enum cog_code patch(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    struct change change = {0};
    struct cog_error error = {0};
    struct mock_tokens *tokens = tokens_of(call);
    const int64_t now_ms = mock_tenant_server(call->tenant)->api.world->now_ms;
    const struct mock_token *token = mock_tokens_find_id(tokens, call->id);
    if (token == NULL) {
        return mock_answer_missing(plan, "token", call->id);
    }
    enum cog_code code = read_change(&call->document, &change, &error);
    if (code == COG_OK) {
        code = apply(tokens, token, &change, now_ms, &error);
    }
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    add_token(&body, tokens, token, now_ms);
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

const struct mock_control_route mock_control_tokens_routes[] = {
    {.method = "GET",
     .pattern = "/tenants/{tenant}/tokens",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = list},
    {.method = "DELETE",
     .pattern = "/tenants/{tenant}/tokens",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = revoke_all},
    {.method = "DELETE",
     .pattern = "/tenants/{tenant}/tokens/{id}",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = revoke},
    {.method = "PATCH",
     .pattern = "/tenants/{tenant}/tokens/{id}",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .takes_body = true,
     .handle = patch},
    {.method = NULL},
};
