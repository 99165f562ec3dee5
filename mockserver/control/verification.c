/*
 * Whether the calls were as they had to be.
 *
 * POST /tenants/{tenant}/verify, with one expectation or `{"expectations": […], "in_order": true}`:
 * 200 `{"verified": true, "count": n, "expectations": […]}`; 422 with the same members, and those
 * of a problem. An expectation has any of call, method, path, client, query, headers, body,
 * body_match, status, nth, attempt, fault, applied, since, count, intervals.
 */
#include "verification/verification.h"

#include "control/call.h"

static enum cog_code answer(struct mock_plan *plan, const struct mock_verdict *verdict,
                            struct mock_body *body)
{
    mock_body_boolean(body, "verified", verdict->verified);
    mock_body_integer(body, "count", (int64_t)verdict->count);
    if (verdict->verified) {
        return mock_answer_json(plan, MOCK_STATUS_OK, body);
    }
    mock_body_string(body, "type", "urn:cogmock:not-verified");
    mock_body_string(body, "title", mock_status_phrase(MOCK_STATUS_UNPROCESSABLE));
    mock_body_integer(body, "status", MOCK_STATUS_UNPROCESSABLE);
    mock_body_string(body, "detail", verdict->problem);
    return mock_answer_typed(plan, MOCK_STATUS_UNPROCESSABLE, MOCK_TYPE_PROBLEM, body);
}

static enum cog_code verify(struct mock_control_call *call, struct mock_plan *plan)
{
    struct cog_error error = {0};
    COG_CLEANUP(mock_verification_finish) struct mock_verification verification = {0};
    enum cog_code code = mock_verification_read(&call->document, &verification, &error);
    if (code == COG_ERROR_SYNTAX) {
        return mock_control_refuse(plan, MOCK_STATUS_BAD_REQUEST, &error);
    }
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    struct mock_verdict verdict = {0};
    code = mock_verification_run(&verification, mock_tenant_server(call->tenant), &body, &verdict);
    return code == COG_OK ? answer(plan, &verdict, &body) : code;
}

const struct mock_control_route mock_control_verification_routes[] = {
    {.method = "POST",
     .pattern = "/tenants/{tenant}/verify",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .takes_body = true,
     .handle = verify},
    {.method = NULL},
};
