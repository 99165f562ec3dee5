/* What the scenario will do to its server: looked at, and let loose by hand. */
#include "control/call.h"

#include "server_private.h"

#include <cogmock/injects.h>

#include <string.h>

/* What is not known yet is null. */
static void add_time(struct mock_body *body, const char *name, int64_t time_ms)
{
    if (time_ms >= 0) {
        mock_body_integer(body, name, time_ms);
    } else {
        mock_body_string(body, name, NULL);
    }
}

static void describe(struct mock_body *body, const struct mock_inject_state *inject)
{
    mock_body_string(body, "name", inject->name);
    mock_body_string(body, "text", inject->text);
    mock_body_string(body, "description", inject->description);
    mock_body_string(body, "after", inject->after);
    mock_body_integer(body, "earliest_ms", inject->earliest_ms);
    mock_body_integer(body, "latest_ms", inject->latest_ms);
    mock_body_string(body, "status", mock_inject_status_name(inject->status));
    add_time(body, "due_ms", inject->due_ms);
    add_time(body, "struck_ms", inject->struck_ms);
    mock_body_string(body, "failure", inject->failure[0] == '\0' ? NULL : inject->failure);
    mock_body_boolean(body, "is_by_hand", inject->is_by_hand);
}

static enum cog_code list(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    const struct mock_server *server = mock_control_server(call);
    mock_body_array(&body, "injects");
    for (size_t i = 0; i < mock_server_inject_count(server); i++) {
        const struct mock_inject_state inject = mock_server_inject(server, i);
        COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
        describe(&item, &inject);
        mock_body_array_append(&body, &item);
    }
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code answer_named(const struct mock_server *server, const char *name,
                                  struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    for (size_t i = 0; i < mock_server_inject_count(server); i++) {
        const struct mock_inject_state inject = mock_server_inject(server, i);
        if (strcmp(inject.name, name) == 0) {
            describe(&body, &inject);
        }
    }
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code strike(struct mock_control_call *call, struct mock_plan *plan)
{
    struct mock_server *server = mock_control_server(call);
    struct cog_error error = {0};
    const enum cog_code code = mock_server_inject_strike(server, call->id, &error);
    switch ((int)code) {
    case COG_OK:
        plan->turns_clock = true;
        return answer_named(server, call->id, plan);
    case COG_ERROR_NOT_FOUND:
        return mock_answer_missing(plan, "inject", call->id);
    case COG_ERROR_REFUSED:
        return mock_control_refuse(plan, MOCK_STATUS_CONFLICT, &error);
    default:
        return code;
    }
}

const struct mock_control_route mock_control_injects_routes[] = {
    {.method = "GET",
     .pattern = "/tenants/{tenant}/injects",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = list},
    {.method = "POST",
     .pattern = "/tenants/{tenant}/injects/{id}/strike",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = strike},
    {.method = NULL},
};
