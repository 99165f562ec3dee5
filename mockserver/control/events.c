/* The live stream of what happens. */
#include "control/call.h"

#include "v1/visit.h"

#include <cogbase/number.h>
#include <cogbase/text.h>

static enum cog_code read_last(const struct mock_control_call *call, uint64_t *out_number,
                               struct cog_error *error)
{
    const char *text = mock_request_header(call->request, "Last-Event-ID");
    int64_t number = 0;
    *out_number = UINT64_MAX;
    if (text == NULL) {
        return COG_OK;
    }
    struct cog_error cause = {0};
    if (cog_number_parse_integer(text, 0, INT64_MAX, &number, &cause) != COG_OK) {
        return cog_error_set(error, COG_ERROR_SYNTAX, "the header 'Last-Event-ID': %s",
                             cause.message);
    }
    *out_number = (uint64_t)number;
    return COG_OK;
}

static enum cog_code listen_to(struct mock_control_call *call, const char *tenant,
                               struct mock_plan *plan)
{
    struct cog_error error = {0};
    uint64_t last_number = 0;
    enum cog_code code = read_last(call, &last_number, &error);
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    const bool is_observer = mock_control_view(call) == MOCK_VIEW_OBSERVER;
    struct mock_hub *hub = is_observer ? &call->control->observers_hub : &call->control->hub;
    code = mock_hub_listen(hub, tenant, last_number, &plan->stream, &error);
    if (code == COG_ERROR_REFUSED) {
        return mock_control_refuse(plan, MOCK_STATUS_THROTTLED, &error);
    }
    if (code == COG_OK) {
        mock_answer_empty(plan, MOCK_STATUS_OK);
        code = mock_plan_header_append(plan, "Content-Type", "text/event-stream");
    }
    return code == COG_OK ? mock_plan_header_append(plan, "Cache-Control", "no-store") : code;
}

static enum cog_code stream(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(cog_string_finish) char *tenant = NULL;
    struct cog_error error = {0};
    enum cog_code code = mock_control_query(call, "tenant", &tenant, &error);
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    if (tenant != NULL && !mock_tenant_name_is_valid(tenant)) {
        return mock_control_refuse_text(plan, MOCK_STATUS_BAD_REQUEST,
                                        "the query's 'tenant' is no tenant's name");
    }
    return listen_to(call, tenant, plan);
}

const struct mock_control_route mock_control_events_routes[] = {
    {.method = "GET", .pattern = "/events", .is_for_observers = true, .handle = stream},
    {.method = NULL},
};
