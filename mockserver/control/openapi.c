#include "control/openapi.h"

#include "control/call.h"

#include <cogbase/text.h>

static enum cog_code openapi(struct mock_control_call *call, struct mock_plan *plan)
{
    (void)call;
    mock_answer_empty(plan, MOCK_STATUS_OK);
    enum cog_code code = mock_plan_body_set(
        plan, cog_string_clone((const char *)mock_control_openapi, mock_control_openapi_length),
        mock_control_openapi_length);
    return code == COG_OK ? mock_plan_header_append(plan, "Content-Type", MOCK_TYPE_JSON) : code;
}

const struct mock_control_route mock_control_openapi_routes[] = {
    {.method = "GET", .pattern = "/openapi.json", .handle = openapi},
    {.method = NULL},
};
