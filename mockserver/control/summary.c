#include "control/summary.h"

#include "server_private.h"

#include <cogbase/stamp.h>
#include <cogmock/faults.h>

static const char *mode_name(double scale)
{
    if (scale <= 0) {
        return "stopped";
    }
    return scale < 1 || scale > 1 ? "scaled" : "real";
}

void mock_control_add_clock(struct mock_body *body, const struct mock_server *server)
{
    char stamp[COG_STAMP_RFC3339_SIZE];
    const int64_t now_ms = mock_clock_now_ms(&server->clock);
    mock_body_integer(body, "now_ms", now_ms);
    mock_body_string(body, "now",
                     cog_stamp_format_rfc3339(mock_clock_unix_ms(&server->clock, now_ms), stamp));
    mock_body_string(body, "mode", mode_name(server->clock.scale));
    mock_body_number(body, "scale", server->clock.scale);
}

void mock_control_append_url(const struct mock_control_call *call, const struct mock_tenant *tenant,
                             const char *path, struct cog_text *text)
{
    const char *host = mock_request_header(call->request, "Host");
    if (host != NULL) {
        cog_text_append(text, call->control->is_tls ? "https://" : "http://");
        cog_text_append(text, host);
    }
    cog_text_append(text, mock_tenant_prefix(tenant));
    cog_text_append(text, path);
}

static void add_url(struct mock_body *body, const char *name, const struct mock_control_call *call,
                    const struct mock_tenant *tenant, const char *path)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    mock_control_append_url(call, tenant, path, &text);
    body->failed |= text.failed;
    mock_body_string(body, name, cog_text_string(&text));
}

void mock_control_add_summary(struct mock_body *body, const struct mock_control_call *call,
                              const struct mock_tenant *tenant)
{
    COG_CLEANUP(mock_body_finish) struct mock_body clock = {0};
    struct mock_server *server = mock_tenant_server(tenant);
    mock_server_advance(server);
    mock_body_string(body, "name", mock_tenant_name(tenant));
    add_url(body, "base_url", call, tenant, MOCK_API_BASE);
    add_url(body, "webhook_url", call, tenant, MOCK_HOOKS_BASE "/ci");
    mock_body_integer(body, "now_ms", mock_clock_now_ms(&server->clock));
    mock_body_integer(body, "requests", (int64_t)server->journal.exchanges.newest);
    mock_body_integer(body, "jobs", (int64_t)server->api.world->deployment_count);
    if (mock_control_view(call) == MOCK_VIEW_ALL) {
        mock_body_integer(body, "faults", (int64_t)mock_server_fault_count(server));
    }
    mock_control_add_clock(&clock, server);
    mock_body_object(body, "clock", &clock);
}

enum cog_code mock_control_answer_summary(const struct mock_control_call *call,
                                          struct mock_plan *plan, int status)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_control_add_summary(&body, call, call->tenant);
    return mock_answer_json(plan, status, &body);
}
