/* Faults that are armed, listed and removed while the server runs. */
#include "control/call.h"

#include <cogbase/text.h>
#include <cogmock/faults.h>

#include <string.h>

#define LOCATION_FORMAT MOCK_CONTROL_BASE "/v1/tenants/%s/faults/%s"

/* What has no end, or no count, is null. */
static void add_bound(struct mock_body *body, const char *name, bool is_bound, int64_t value)
{
    if (is_bound) {
        mock_body_integer(body, name, value);
    } else {
        mock_body_string(body, name, NULL);
    }
}

static void describe(struct mock_body *body, const struct mock_fault_state *fault)
{
    mock_body_string(body, "id", fault->id);
    mock_body_raw(body, "fault", fault->source);
    mock_body_string(body, "name", fault->name);
    mock_body_string(body, "description", fault->description);
    mock_body_string(body, "phase", fault->phase);
    mock_body_boolean(body, "applied", fault->applied);
    mock_body_string(body, "origin", fault->is_scripted ? "scenario" : "control");
    mock_body_integer(body, "armed_ms", fault->armed_ms);
    mock_body_integer(body, "from_ms", fault->from_ms);
    add_bound(body, "until_ms", fault->until_ms != INT64_MAX, fault->until_ms);
    mock_body_integer(body, "struck", fault->struck_count);
    mock_body_integer(body, "lost", fault->lost_count);
    add_bound(body, "remaining", fault->remaining_count >= 0, fault->remaining_count);
}

static struct mock_server *server_of(const struct mock_control_call *call)
{
    return mock_tenant_server(call->tenant);
}

/* @param first index of the first one that is told */
static enum cog_code answer_list(const struct mock_control_call *call, int status, size_t first,
                                 struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body list = {0};
    const struct mock_server *server = server_of(call);
    mock_body_array(&list, "faults");
    for (size_t i = first; i < mock_server_fault_count(server); i++) {
        const struct mock_fault_state fault = mock_server_fault(server, i);
        COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
        describe(&item, &fault);
        mock_body_array_append(&list, &item);
    }
    return mock_answer_json(plan, status, &list);
}

static enum cog_code answer_one(int status, const struct mock_fault_state *fault,
                                struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    describe(&body, fault);
    return mock_answer_json(plan, status, &body);
}

static enum cog_code list(struct mock_control_call *call, struct mock_plan *plan)
{
    return answer_list(call, MOCK_STATUS_OK, 0, plan);
}

/* The list of a body that has one; else the body is itself a fault. */
static enum cog_code find_nodes(const struct cog_document *document, const cJSON **out_node,
                                struct cog_error *error)
{
    static const char *const keys[] = {"faults", NULL};
    *out_node = document->root;
    if (!cJSON_HasObjectItem(document->root, "faults")) {
        return COG_OK;
    }
    enum cog_code code = cog_document_check_keys(document, document->root, keys, error);
    return code == COG_OK ? cog_document_array(document, document->root, "faults", out_node, error)
                          : code;
}

static enum cog_code answer_new(const struct mock_control_call *call, const cJSON *node,
                                size_t count, struct mock_plan *plan)
{
    const struct mock_server *server = server_of(call);
    const size_t first = mock_server_fault_count(server) - count;
    if (cJSON_IsArray(node)) {
        return answer_list(call, MOCK_STATUS_CREATED, first, plan);
    }
    const struct mock_fault_state fault = mock_server_fault(server, first);
    COG_CLEANUP(cog_text_finish) struct cog_text location = {0};
    cog_text_append_format(&location, LOCATION_FORMAT, mock_tenant_name(call->tenant), fault.id);
    enum cog_code code = location.failed ? COG_ERROR_MEMORY : COG_OK;
    if (code == COG_OK) {
        code = answer_one(MOCK_STATUS_CREATED, &fault, plan);
    }
    return code == COG_OK ? mock_plan_header_append(plan, "Location", cog_text_string(&location))
                          : code;
}

static enum cog_code arm(struct mock_control_call *call, struct mock_plan *plan)
{
    const struct mock_arming arming = {
        .is_remote = true,
        .has_port = strcmp(mock_tenant_name(call->tenant), MOCK_TENANT_DEFAULT) == 0,
    };
    const cJSON *node = NULL;
    size_t count = 0;
    struct cog_error error = {0};
    enum cog_code code = find_nodes(&call->document, &node, &error);
    if (code == COG_OK) {
        code =
            mock_server_faults_arm(server_of(call), &call->document, node, arming, &count, &error);
    }
    switch ((int)code) {
    case COG_OK:
        return answer_new(call, node, count, plan);
    case COG_ERROR_SYNTAX:
        return mock_control_refuse(plan, MOCK_STATUS_BAD_REQUEST, &error);
    case COG_ERROR_CONFIGURATION:
        return mock_control_refuse(plan, MOCK_STATUS_INSUFFICIENT_STORAGE, &error);
    default:
        return code;
    }
}

static enum cog_code clear(struct mock_control_call *call, struct mock_plan *plan)
{
    mock_server_faults_clear(server_of(call));
    mock_answer_empty(plan, MOCK_STATUS_NO_CONTENT);
    return COG_OK;
}

static enum cog_code get(struct mock_control_call *call, struct mock_plan *plan)
{
    struct mock_fault_state fault;
    return mock_server_fault_find(server_of(call), call->id, &fault)
               ? answer_one(MOCK_STATUS_OK, &fault, plan)
               : mock_answer_missing(plan, "fault", call->id);
}

static enum cog_code remove_one(struct mock_control_call *call, struct mock_plan *plan)
{
    if (!mock_server_fault_remove(server_of(call), call->id)) {
        return mock_answer_missing(plan, "fault", call->id);
    }
    mock_answer_empty(plan, MOCK_STATUS_NO_CONTENT);
    return COG_OK;
}

const struct mock_control_route mock_control_faults_routes[] = {
    {
        .method = "GET",
        .pattern = "/tenants/{tenant}/faults",
        .tenant = MOCK_CONTROL_TENANT_MADE,
        .handle = list,
    },
    {
        .method = "POST",
        .pattern = "/tenants/{tenant}/faults",
        .tenant = MOCK_CONTROL_TENANT_MADE,
        .takes_body = true,
        .handle = arm,
    },
    {
        .method = "DELETE",
        .pattern = "/tenants/{tenant}/faults",
        .tenant = MOCK_CONTROL_TENANT_KNOWN,
        .handle = clear,
    },
    {
        .method = "GET",
        .pattern = "/tenants/{tenant}/faults/{id}",
        .tenant = MOCK_CONTROL_TENANT_KNOWN,
        .handle = get,
    },
    {
        .method = "DELETE",
        .pattern = "/tenants/{tenant}/faults/{id}",
        .tenant = MOCK_CONTROL_TENANT_KNOWN,
        .handle = remove_one,
    },
    {.method = NULL},
};
