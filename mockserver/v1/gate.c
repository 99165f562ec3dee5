#include "v1/gate.h"

#include "v1/credentials.h"
#include "v1/problem.h"
#include "v1/rate_answer.h"
#include "v1/routes.h"

#include <cogbase/text.h>

static enum cog_code check_length(struct mock_visit *visit, struct mock_plan *plan)
{
    if (visit->request->body_length <= MOCK_BODY_LENGTH_MAX) {
        return COG_OK;
    }
    const struct mock_problem problem = {
        .status = MOCK_STATUS_CONTENT_TOO_LARGE,
        .name = "content-too-large",
    };
    return mock_answer_problem(plan, &problem, "the body is longer than %d bytes",
                               MOCK_BODY_LENGTH_MAX);
}

static enum cog_code refuse_token(struct mock_plan *plan, bool was_sent)
{
    const struct mock_problem problem = {
        .status = MOCK_STATUS_UNAUTHORIZED,
        .name = "unauthorized",
    };
    enum cog_code code = mock_answer_problem(plan, &problem, "%s",
                                             was_sent ? "the token is unknown, expired or revoked"
                                                      : "a bearer token is required");
    if (code != COG_OK) {
        return code;
    }
    return mock_plan_header_append(plan, "WWW-Authenticate",
                                   was_sent ? "Bearer realm=\"cogmock\", error=\"invalid_token\""
                                            : "Bearer realm=\"cogmock\"");
}

static enum cog_code refuse_scope(struct mock_plan *plan, unsigned missing)
{
    COG_CLEANUP(cog_text_finish) struct cog_text scopes = {0};
    mock_scopes_append(missing, &scopes);
    if (scopes.failed) {
        return COG_ERROR_MEMORY;
    }
    const struct mock_problem problem = {
        .status = MOCK_STATUS_FORBIDDEN,
        .name = "insufficient-scope",
        .missing_scope = cog_text_string(&scopes),
    };
    enum cog_code code = mock_answer_problem(plan, &problem, "the token lacks the scope '%s'",
                                             problem.missing_scope);
    if (code != COG_OK) {
        return code;
    }
    return mock_plan_header_append(plan, "WWW-Authenticate",
                                   "Bearer realm=\"cogmock\", error=\"insufficient_scope\"");
}

static enum cog_code check_token(struct mock_visit *visit, struct mock_plan *plan)
{
    if (visit->route->access != MOCK_ACCESS_BEARER) {
        return COG_OK;
    }
    const char *text = mock_bearer_token(visit->request);
    if (text == NULL) {
        return refuse_token(plan, false);
    }
    const struct mock_world *world = visit->api->world;
    const struct mock_token *token = mock_tokens_find(&world->tokens, text, world->now_ms);
    if (token == NULL) {
        return refuse_token(plan, true);
    }
    unsigned missing = visit->route->scopes & ~token->scopes;
    return missing == MOCK_SCOPE_NONE ? COG_OK : refuse_scope(plan, missing);
}

static enum cog_code check_type(struct mock_visit *visit, struct mock_plan *plan)
{
    const char *type = visit->route->type;
    if (type == NULL || mock_request_has_type(visit->request, type)) {
        return COG_OK;
    }
    const struct mock_problem problem = {
        .status = MOCK_STATUS_UNSUPPORTED_MEDIA_TYPE,
        .name = "unsupported-media-type",
    };
    return mock_answer_problem(plan, &problem, "the body must be %s", type);
}

enum cog_code mock_gate_pass(struct mock_visit *visit, struct mock_plan *plan)
{
    static const struct {
        enum cog_code (*pass)(struct mock_visit *visit, struct mock_plan *plan);
        const char *rule;
    } CHECKS[] = {
        {check_length, "length"},
        {mock_rate_check, "rate_limit"},
        {check_token, "token"},
        {check_type, "content_type"},
    };
    for (size_t i = 0; i < sizeof CHECKS / sizeof CHECKS[0]; i++) {
        enum cog_code code = CHECKS[i].pass(visit, plan);
        if (code != COG_OK) {
            return code;
        }
        if (plan->status != 0) {
            mock_visit_decide(visit, CHECKS[i].rule, plan);
            return COG_OK;
        }
    }
    return COG_OK;
}
