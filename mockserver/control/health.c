/* Whether the fake is there, for who waits for it. */
#include "control/call.h"

/* What the asker may use: the console shows no more than that. */
static const char *access_name(enum mock_control_access access)
{
    static const char *const names[] = {
        [MOCK_CONTROL_ACCESS_NONE] = "none",
        [MOCK_CONTROL_ACCESS_OBSERVER] = "observer",
        [MOCK_CONTROL_ACCESS_ALL] = "all",
    };
    return names[access];
}

static enum cog_code health(struct mock_control_call *call, struct mock_plan *plan)
{
    const struct mock_control *control = call->control;
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_body_string(&body, "status", "ok");
    mock_body_string(&body, "version", control->version);
    mock_body_integer(&body, "uptime_ms",
                      cog_clock_monotonic_ms(control->clock) - control->start_ms);
    mock_body_integer(&body, "tenants", (int64_t)mock_tenants_count(control->tenants));
    mock_body_string(&body, "access", access_name(call->access));
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

const struct mock_control_route mock_control_health_routes[] = {
    {.method = "GET", .pattern = "/health", .is_open = true, .handle = health},
    {.method = NULL},
};
