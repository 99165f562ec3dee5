/* Receivers of webhooks: what was delivered, and how they answer. */
#include "control/summary.h"

#include "server_private.h"

#include <string.h>

static void add_setup(struct mock_body *body, const struct mock_control_call *call,
                      const struct mock_hook_setup *setup, const char *id)
{
    COG_CLEANUP(cog_text_finish) struct cog_text url = {0};
    mock_control_append_url(call, call->tenant, MOCK_HOOKS_BASE "/", &url);
    cog_text_append(&url, id);
    body->failed |= url.failed;
    mock_body_string(body, "id", id);
    mock_body_string(body, "url", cog_text_string(&url));
    mock_body_boolean(body, "has_secret", setup->secret[0] != '\0');
    mock_body_integer(body, "status", setup->status);
    if (setup->times < 0) {
        mock_body_string(body, "times", NULL);
    } else {
        mock_body_integer(body, "times", setup->times);
    }
    mock_body_integer(body, "delay_ms", setup->delay_ms);
}

static void add_delivery(struct mock_body *body, const struct mock_hook_delivery *delivery)
{
    COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
    mock_body_integer(&item, "request", (int64_t)delivery->request_number);
    mock_body_integer(&item, "at_ms", delivery->at_ms);
    mock_body_string(&item, "webhook_id", delivery->webhook_id);
    mock_body_string(&item, "webhook_timestamp", delivery->webhook_timestamp);
    mock_body_string(&item, "verified", mock_signature_name(delivery->signature));
    mock_body_integer(&item, "status", delivery->status);
    mock_body_boolean(&item, "broken_off", delivery->is_broken_off);
    mock_body_string(&item, "body", delivery->body);
    mock_body_integer(&item, "body_length", (int64_t)delivery->body_length);
    mock_body_array_append(body, &item);
}

static size_t count_deliveries(const struct mock_hooks *hooks, const char *id)
{
    size_t count = 0;
    for (size_t i = 0; i < hooks->delivery_count; i++) {
        count += strcmp(hooks->deliveries[i]->hook_id, id) == 0;
    }
    return count;
}

static bool is_known(const struct mock_hooks *hooks, const char *id)
{
    return mock_hook_setups_find(&hooks->setups, id) != NULL || count_deliveries(hooks, id) > 0;
}

static void add_receiver(struct mock_body *body, const struct mock_control_call *call,
                         const char *id)
{
    COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
    const struct mock_hooks *hooks = &mock_tenant_server(call->tenant)->api.hooks;
    const struct mock_hook_setup setup = mock_hooks_setup(hooks, id);
    add_setup(&item, call, &setup, id);
    mock_body_integer(&item, "count", (int64_t)count_deliveries(hooks, id));
    mock_body_array_append(body, &item);
}

/* Whether it is the first delivery to a receiver that was told nothing. */
static bool is_first_of_its_kind(const struct mock_hooks *hooks, size_t index)
{
    const char *id = hooks->deliveries[index]->hook_id;
    bool is_new = mock_hook_setups_find(&hooks->setups, id) == NULL;
    for (size_t i = 0; is_new && i < index; i++) {
        is_new = strcmp(hooks->deliveries[i]->hook_id, id) != 0;
    }
    return is_new;
}

static enum cog_code list(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    const struct mock_hooks *hooks = &mock_control_server(call)->api.hooks;
    mock_body_array(&body, "hooks");
    for (size_t i = 0; i < hooks->setups.count; i++) {
        add_receiver(&body, call, hooks->setups.items[i].id);
    }
    for (size_t i = 0; i < hooks->delivery_count; i++) {
        if (is_first_of_its_kind(hooks, i)) {
            add_receiver(&body, call, hooks->deliveries[i]->hook_id);
        }
    }
    mock_body_integer(&body, "dropped", (int64_t)hooks->dropped_count);
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code answer_receiver(const struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    const struct mock_hooks *hooks = &mock_tenant_server(call->tenant)->api.hooks;
    const struct mock_hook_setup setup = mock_hooks_setup(hooks, call->id);
    add_setup(&body, call, &setup, call->id);
    mock_body_integer(&body, "count", (int64_t)count_deliveries(hooks, call->id));
    mock_body_array(&body, "deliveries");
    for (size_t i = 0; i < hooks->delivery_count; i++) {
        if (strcmp(hooks->deliveries[i]->hook_id, call->id) == 0) {
            add_delivery(&body, hooks->deliveries[i]);
        }
    }
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code get(struct mock_control_call *call, struct mock_plan *plan)
{
    const struct mock_hooks *hooks = &mock_control_server(call)->api.hooks;
    return is_known(hooks, call->id) ? answer_receiver(call, plan)
                                     : mock_answer_missing(plan, "webhook receiver", call->id);
}

static enum cog_code put(struct mock_control_call *call, struct mock_plan *plan)
{
    struct mock_hook_setup setup;
    struct cog_error error = {0};
    struct mock_hooks *hooks = &mock_control_server(call)->api.hooks;
    if (strlen(call->id) >= MOCK_ID_SIZE) {
        return mock_control_refuse_text(plan, MOCK_STATUS_BAD_REQUEST,
                                        "a receiver's id has 1 to %d bytes", MOCK_ID_SIZE - 1);
    }
    enum cog_code code =
        mock_script_read_hook(&call->document, call->document.root, call->id, &setup, &error);
    if (code != COG_OK) {
        return mock_control_refuse_code(plan, code, &error);
    }
    if (hooks->setups.count >= MOCK_HOOKS_MAX &&
        mock_hook_setups_find(&hooks->setups, call->id) == NULL) {
        return mock_control_refuse_text(plan, MOCK_STATUS_INSUFFICIENT_STORAGE,
                                        "there are %d receivers already: delete one",
                                        MOCK_HOOKS_MAX);
    }
    code = mock_hook_setups_put(&hooks->setups, &setup);
    return code == COG_OK ? answer_receiver(call, plan) : code;
}

static enum cog_code forget(struct mock_control_call *call, struct mock_plan *plan)
{
    return mock_hooks_forget(&mock_control_server(call)->api.hooks, call->id)
               ? mock_control_answer_nothing(plan)
               : mock_answer_missing(plan, "webhook receiver", call->id);
}

const struct mock_control_route mock_control_hooks_routes[] = {
    {.method = "GET",
     .pattern = "/tenants/{tenant}/hooks",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = list},
    {.method = "GET",
     .pattern = "/tenants/{tenant}/hooks/{id}",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = get},
    {.method = "PUT",
     .pattern = "/tenants/{tenant}/hooks/{id}",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .takes_body = true,
     .handle = put},
    {.method = "DELETE",
     .pattern = "/tenants/{tenant}/hooks/{id}",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = forget},
    {.method = NULL},
};
