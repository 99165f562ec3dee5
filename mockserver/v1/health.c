#include "v1/problem.h"
#include "v1/routes.h"

enum cog_code mock_v1_health(struct mock_visit *visit, struct mock_plan *plan)
{
    int status = mock_world_health(visit->api->world);
    if (status / 100 != 2) {
        const struct mock_problem problem = {.status = status, .name = "unhealthy"};
        return mock_answer_problem(plan, &problem, "the platform is not healthy");
    }
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_body_string(&body, "status", "ok");
    return mock_answer_json(plan, status, &body);
}
