#include "script/call.h"

#include <cogmock/script.h>

static const char *const names[] = {
    [MOCK_CALL_TOKEN] = "token",
    [MOCK_CALL_INTROSPECT] = "introspect",
    [MOCK_CALL_HEALTH] = "health",
    [MOCK_CALL_SESSIONS] = "sessions",
    [MOCK_CALL_SIMULATE] = "simulate",
    [MOCK_CALL_PROMOTE] = "promote",
    [MOCK_CALL_STATUS] = "status",
    [MOCK_CALL_ROLLBACK] = "rollback",
    [MOCK_CALL_CANCEL] = "cancel",
    [MOCK_CALL_DEPLOYMENTS] = "deployments",
    [MOCK_CALL_ENVIRONMENT] = "environment",
    [MOCK_CALL_METRICS] = "metrics",
    [MOCK_CALL_VERSIONS] = "versions",
    [MOCK_CALL_WEBHOOK] = "webhook",
    [MOCK_CALL_STUB] = "stub",
    [MOCK_CALL_UNKNOWN] = NULL, /* Nobody can address it; the NULL ends the list. */
};

const char *mock_call_name(enum mock_call call)
{
    return call == MOCK_CALL_UNKNOWN ? "unknown" : names[call];
}

const char *const *mock_call_names(void)
{
    return names;
}
