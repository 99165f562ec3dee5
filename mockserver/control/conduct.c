/*
 * The verdict on the client's conduct.
 *
 * GET /tenants/{tenant}/conduct?tolerance=50ms&poll_interval=0s&max_attempts=3&client=&since=
 *     {"verdict": "good"/"bad", "finding_count", "requests", "dropped", "findings": [{"rule",
 *     "severity": "bad"/"advice", "call", "requests": [n], "at_ms", "text", "source"}],
 *     "intervals": [{"call", "nth", "path", "requests": [n], "intervals_ms": [n]}]}
 */
#include "conduct/conduct.h"

#include "control/query.h"

#include <cogbase/number.h>
#include <cogbase/text.h>
#include <cogmock/truth.h>

enum { ATTEMPTS_MAX = 1000 };

static enum cog_code read_options(const struct mock_control_call *call, char **out_client,
                                  struct mock_conduct_options *options, struct cog_error *error)
{
    static const char *const names[] = {"tolerance", "poll_interval", "max_attempts",
                                        "client",    "since",         NULL};
    const struct cog_document_range attempts = {1, ATTEMPTS_MAX};
    const struct cog_document_range numbers = {0, COG_NUMBER_INTEGER_MAX};
    enum cog_code code = mock_query_check_names(call, names, error);
    if (code == COG_OK) {
        code = mock_query_duration(call, "tolerance", &options->tolerance_ms, error);
    }
    if (code == COG_OK) {
        code = mock_query_duration(call, "poll_interval", &options->poll_interval_ms, error);
    }
    if (code == COG_OK) {
        code = mock_query_integer(call, "max_attempts", attempts, &options->attempts_max, error);
    }
    if (code == COG_OK) {
        code = mock_query_integer(call, "since", numbers, &options->since, error);
    }
    return code == COG_OK ? mock_query_text(call, "client", out_client, error) : code;
}

static enum cog_code judge(struct mock_control_call *call, struct mock_plan *plan)
{
    struct cog_error error = {0};
    COG_CLEANUP(cog_string_finish) char *client = NULL;
    struct mock_conduct_options options = MOCK_CONDUCT_OPTIONS_DEFAULT;
    enum cog_code code = read_options(call, &client, &options, &error);
    if (code != COG_OK) {
        return mock_query_refuse(plan, code, &error);
    }
    const struct mock_server *server = mock_tenant_server(call->tenant);
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    options.client = client;
    code = mock_conduct_judge(server, &options, &body);
    mock_body_integer(&body, "dropped", (int64_t)mock_truth_exchange_dropped_count(server));
    return code == COG_OK ? mock_answer_json(plan, MOCK_STATUS_OK, &body) : code;
}

const struct mock_control_route mock_control_conduct_routes[] = {
    {.method = "GET",
     .pattern = "/tenants/{tenant}/conduct",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = judge},
    {.method = NULL},
};
