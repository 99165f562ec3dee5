#include "v1/api.h"

#include "v1/encoding.h"
#include "v1/gate.h"
#include "v1/idempotency.h"
#include "v1/problem.h"
#include "v1/rate_answer.h"

#include <stdlib.h>
#include <string.h>

enum cog_code mock_api_init(struct mock_api *api, struct mock_world *world,
                            const struct mock_behaviour *behaviour, int64_t start_unix_ms,
                            const char *prefix)
{
    *api = (struct mock_api){
        .world = world,
        .behaviour = behaviour,
        .start_unix_ms = start_unix_ms,
        .prefix = strdup(prefix == NULL ? "" : prefix),
    };
    return api->prefix == NULL ? COG_ERROR_MEMORY : COG_OK;
}

void mock_api_finish(struct mock_api *api)
{
    mock_idempotency_finish(&api->first_answers);
    mock_rate_finish(&api->rate);
    mock_hooks_finish(&api->hooks);
    mock_stubs_finish(&api->stubs);
    mock_world_destroy(api->world);
    free(api->prefix);
    *api = (struct mock_api){0};
}

static enum cog_code refuse_path(struct mock_plan *plan)
{
    const struct mock_problem problem = {.status = MOCK_STATUS_NOT_FOUND, .name = "not-found"};
    return mock_answer_problem(plan, &problem, "there is no such path");
}

static enum cog_code refuse_method(struct mock_plan *plan, const char *allowed)
{
    const struct mock_problem problem = {
        .status = MOCK_STATUS_METHOD_NOT_ALLOWED,
        .name = "method-not-allowed",
    };
    enum cog_code code = mock_answer_problem(plan, &problem, "this path knows only %s", allowed);
    return code == COG_OK ? mock_plan_header_append(plan, "Allow", allowed) : code;
}

static enum cog_code refuse_encoding(struct mock_plan *plan)
{
    const struct mock_problem problem = {
        .status = MOCK_STATUS_BAD_REQUEST,
        .name = "malformed-path",
    };
    return mock_answer_problem(plan, &problem, "the path's percent-encoding is malformed");
}

/* Whether the script makes it a server that does not have this call. */
static bool lacks_route(const struct mock_api *api, const struct mock_route *route)
{
    return route->is_decided && api->behaviour->seed_only;
}

/* The path behind the API's base; all of it where there is no such base. */
static const char *path_behind_base(const char *target)
{
    const size_t base_length = sizeof MOCK_API_BASE - 1;
    return strncmp(target, MOCK_API_BASE "/", base_length + 1) == 0 ? target + base_length : target;
}

static enum cog_code route(struct mock_api *api, const struct mock_request *request,
                           struct mock_visit *out_visit, struct mock_plan *plan)
{
    const struct mock_route_match match = mock_route_find(request->method, request->target);
    const char *query = strchr(request->target, '?');
    *out_visit = (struct mock_visit){
        .api = api,
        .request = request,
        .route = match.route,
        .path = path_behind_base(request->target),
        .query = query == NULL ? "" : query + 1,
    };
    if (match.route == NULL && match.other == NULL) {
        out_visit->route = mock_v1_stub_find(api, request);
        return out_visit->route == NULL ? refuse_path(plan) : COG_OK;
    }
    if (match.route == NULL) {
        bool has_path = !lacks_route(api, match.other);
        return has_path ? refuse_method(plan, match.other->method) : refuse_path(plan);
    }
    if (match.id == NULL) {
        return COG_OK;
    }
    enum cog_code code =
        mock_percent_decode(MOCK_ENCODING_PATH, match.id, match.id_length, &out_visit->id);
    return code == COG_ERROR_SYNTAX ? refuse_encoding(plan) : code;
}

enum cog_code mock_api_route(struct mock_api *api, const struct mock_request *request,
                             struct mock_visit *out_visit, struct mock_plan *plan)
{
    enum cog_code code = route(api, request, out_visit, plan);
    if (code == COG_OK && plan->status != 0) {
        mock_visit_decide(out_visit, "route", plan);
    }
    return code;
}

static enum cog_code apply(struct mock_visit *visit, struct mock_plan *plan)
{
    visit->applied = true;
    enum cog_code code = visit->route->handle(visit, plan);
    if (code != COG_OK) {
        return code;
    }
    mock_visit_decide(visit, "world", plan);
    return mock_idempotency_keep(visit, plan);
}

static enum cog_code answer_route(struct mock_visit *visit, struct mock_plan *plan)
{
    enum cog_code code = mock_gate_pass(visit, plan);
    if (code != COG_OK || plan->status != 0) {
        return code;
    }
    code = mock_idempotency_replay(visit, plan);
    if (code != COG_OK) {
        return code;
    }
    if (plan->status != 0) {
        mock_visit_decide(visit, "idempotency_key", plan);
        return COG_OK;
    }
    return apply(visit, plan);
}

enum cog_code mock_api_answer(struct mock_visit *visit, struct mock_plan *plan)
{
    if (lacks_route(visit->api, visit->route)) {
        enum cog_code code = refuse_path(plan);
        mock_visit_decide(visit, "route", plan);
        return code;
    }
    enum cog_code code = answer_route(visit, plan);
    return code == COG_OK ? mock_rate_tell(visit, plan) : code;
}
