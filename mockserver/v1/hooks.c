/* The receiver of the client's webhooks. What it answered with 2xx is in the journal. */
#include "hooks/hooks.h"

#include "v1/answer.h"
#include "v1/routes.h"
#include "v1/status.h"

enum cog_code mock_v1_webhook(struct mock_visit *visit, struct mock_plan *plan)
{
    const struct mock_hook_setup setup = mock_hooks_take(&visit->api->hooks, visit->id);
    mock_answer_empty(plan, setup.status);
    plan->delay_ms = setup.delay_ms;
    return COG_OK;
}
