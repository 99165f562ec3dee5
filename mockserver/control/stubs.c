/* Answers for paths that the API does not have. */
#include "control/call.h"

#include "server_private.h"

#include <cogbase/text.h>

static void add_headers(struct mock_body *body, const struct mock_plan *answer)
{
    COG_CLEANUP(mock_body_finish) struct mock_body headers = {0};
    for (size_t i = 0; i < answer->header_count; i++) {
        mock_body_string(&headers, answer->headers[i].name, answer->headers[i].value);
    }
    mock_body_object(body, "headers", &headers);
}

static void add_stub(struct mock_body *body, const struct mock_stub *stub)
{
    COG_CLEANUP(mock_body_finish) struct mock_body answer = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text path = {0};
    char id[MOCK_STUB_ID_SIZE];
    cog_text_append_format(&path, "%s%s", stub->path, stub->is_prefix ? "*" : "");
    body->failed |= path.failed;
    mock_body_string(body, "id", mock_stub_id(stub, id));
    mock_body_string(body, "method", stub->method[0] == '\0' ? NULL : stub->method);
    mock_body_string(body, "path", cog_text_string(&path));
    mock_body_integer(&answer, "status", stub->answer.status);
    add_headers(&answer, &stub->answer);
    mock_body_string(&answer, "body", stub->answer.body == NULL ? "" : stub->answer.body);
    mock_body_integer(&answer, "delay_ms", stub->answer.delay_ms);
    mock_body_object(body, "answer", &answer);
    if (stub->times < 0) {
        mock_body_string(body, "remaining", NULL);
    } else {
        mock_body_integer(body, "remaining", stub->times);
    }
    mock_body_integer(body, "struck", stub->struck_count);
}

static enum cog_code list(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    const struct mock_stubs *stubs = &mock_control_server(call)->api.stubs;
    mock_body_array(&body, "stubs");
    for (size_t i = 0; i < stubs->count; i++) {
        COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
        add_stub(&item, &stubs->items[i]);
        mock_body_array_append(&body, &item);
    }
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code add(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    COG_CLEANUP(mock_stub_finish) struct mock_stub stub = {0};
    const struct mock_stub *added = NULL;
    struct cog_error error = {0};
    struct mock_stubs *stubs = &mock_control_server(call)->api.stubs;
    enum cog_code code = mock_script_read_stub(&call->document, call->document.root, &stub, &error);
    if (code == COG_OK) {
        code = mock_stubs_append(stubs, &stub, &added, &error);
    }
    if (code == COG_ERROR_REFUSED) {
        return mock_control_refuse(plan, MOCK_STATUS_INSUFFICIENT_STORAGE, &error);
    }
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    add_stub(&body, added);
    return mock_answer_json(plan, MOCK_STATUS_CREATED, &body);
}

static enum cog_code remove_all(struct mock_control_call *call, struct mock_plan *plan)
{
    (void)mock_stubs_remove(&mock_control_server(call)->api.stubs, NULL);
    return mock_control_answer_nothing(plan);
}

static enum cog_code get(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    const struct mock_stub *stub = mock_stubs_find(&mock_control_server(call)->api.stubs, call->id);
    if (stub == NULL) {
        return mock_answer_missing(plan, "stub", call->id);
    }
    add_stub(&body, stub);
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code remove_one(struct mock_control_call *call, struct mock_plan *plan)
{
    return mock_stubs_remove(&mock_control_server(call)->api.stubs, call->id)
               ? mock_control_answer_nothing(plan)
               : mock_answer_missing(plan, "stub", call->id);
}

const struct mock_control_route mock_control_stubs_routes[] = {
    {.method = "GET",
     .pattern = "/tenants/{tenant}/stubs",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = list},
    {.method = "POST",
     .pattern = "/tenants/{tenant}/stubs",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .takes_body = true,
     .handle = add},
    {.method = "DELETE",
     .pattern = "/tenants/{tenant}/stubs",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = remove_all},
    {.method = "GET",
     .pattern = "/tenants/{tenant}/stubs/{id}",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = get},
    {.method = "DELETE",
     .pattern = "/tenants/{tenant}/stubs/{id}",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = remove_one},
    {.method = NULL},
};
