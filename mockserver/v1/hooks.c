/* The receiver of the client's webhooks. What it answered with 2xx is in the journal. */
#include "v1/answer.h"
#include "v1/routes.h"
#include "v1/status.h"

enum cog_code mock_v1_webhook(struct mock_visit *visit, struct mock_plan *plan)
{
    (void)visit;
    mock_answer_empty(plan, MOCK_STATUS_NO_CONTENT);
    return COG_OK;
}
