/* Paths that the API does not have, answered as somebody said. */
#include "stubs/stub.h"

#include "v1/problem.h"
#include "v1/routes.h"

const struct mock_route *mock_v1_stub_find(const struct mock_api *api,
                                           const struct mock_request *request)
{
    static const struct mock_route route = {
        .call = MOCK_CALL_STUB,
        .access = MOCK_ACCESS_OPEN,
        .handle = mock_v1_stub,
    };
    return mock_stubs_match(&api->stubs, request->method, request->target) == NULL ? NULL : &route;
}

/* Found anew: the stub may have gone since the request's head was there. */
enum cog_code mock_v1_stub(struct mock_visit *visit, struct mock_plan *plan)
{
    struct mock_stub *stub =
        mock_stubs_match(&visit->api->stubs, visit->request->method, visit->request->target);
    if (stub == NULL) {
        const struct mock_problem problem = {.status = MOCK_STATUS_NOT_FOUND, .name = "not-found"};
        return mock_answer_problem(plan, &problem, "the stub of this path has gone");
    }
    enum cog_code code = mock_plan_copy(&stub->answer, plan);
    if (code == COG_OK) {
        stub->struck_count++;
        stub->times -= stub->times > 0 ? 1 : 0;
    }
    return code;
}
