/*
 * The journal of requests, as JSON and as HAR.
 *
 * GET /tenants/{tenant}/requests?call=&method=&path=&status=&fault=&state=&client=&since=&limit=
 *     {"requests": [summary, …], "dropped": n, "next": n}: oldest first; `next` is the `since` that
 *     goes on behind this answer.
 * GET /tenants/{tenant}/requests/{number}: summary, and headers and bodies of both sides.
 * GET /tenants/{tenant}/requests.har: the same parameters without `limit`.
 * DELETE /tenants/{tenant}/requests: 204.
 */
#include "control/exchange.h"
#include "control/har.h"

#include <cogbase/number.h>

/* As the caller may see it: also what a filter looks at, for it would tell of what it finds. */
static struct mock_exchange seen_by(const struct mock_control_call *call,
                                    const struct mock_exchange *exchange)
{
    return mock_control_view(call) == MOCK_VIEW_OBSERVER ? mock_observed_exchange(exchange)
                                                         : *exchange;
}

/* @return the number of the last exchange that was looked at */
static uint64_t append_requests(const struct mock_control_call *call,
                                const struct mock_filter *filter, struct mock_body *body)
{
    struct mock_server *server = mock_tenant_server(call->tenant);
    const size_t count = mock_truth_exchange_count(server);
    int64_t taken_count = 0;
    mock_body_array(body, "requests");
    for (size_t i = 0; i < count; i++) {
        const struct mock_exchange exchange = seen_by(call, mock_truth_exchange(server, i));
        if (!mock_filter_takes(filter, &exchange)) {
            continue;
        }
        COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
        mock_exchange_summarize(&exchange, mock_server_clock(server), mock_control_view(call),
                                &item);
        mock_body_array_append(body, &item);
        if (++taken_count == filter->limit) {
            return exchange.number;
        }
    }
    return mock_truth_exchange_newest(server);
}

static enum cog_code list(struct mock_control_call *call, struct mock_plan *plan)
{
    struct cog_error error = {0};
    COG_CLEANUP(mock_filter_finish) struct mock_filter filter = {0};
    enum cog_code code = mock_filter_read(call, MOCK_FILTER_LIMIT_DEFAULT, &filter, &error);
    if (code != COG_OK) {
        return mock_query_refuse(plan, code, &error);
    }
    const struct mock_server *server = mock_tenant_server(call->tenant);
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    const uint64_t next = append_requests(call, &filter, &body);
    mock_body_integer(&body, "dropped", (int64_t)mock_truth_exchange_dropped_count(server));
    mock_body_integer(&body, "next", (int64_t)next);
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code archive(struct mock_control_call *call, struct mock_plan *plan)
{
    struct cog_error error = {0};
    COG_CLEANUP(mock_filter_finish) struct mock_filter filter = {0};
    enum cog_code code = mock_filter_read(call, 0, &filter, &error);
    if (code != COG_OK) {
        return mock_query_refuse(plan, code, &error);
    }
    const struct mock_har_options options = {
        .version = call->control->version,
        .prefix = mock_tenant_prefix(call->tenant),
    };
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    mock_har_write(mock_tenant_server(call->tenant), &filter, &options, &body);
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static const struct mock_exchange *find(const struct mock_control_call *call)
{
    int64_t number = 0;
    if (cog_number_parse_integer(call->id, 1, COG_NUMBER_INTEGER_MAX, &number, NULL) != COG_OK) {
        return NULL;
    }
    return mock_truth_exchange_find(mock_tenant_server(call->tenant), (uint64_t)number);
}

static enum cog_code get(struct mock_control_call *call, struct mock_plan *plan)
{
    const struct mock_exchange *exchange = find(call);
    if (exchange == NULL) {
        return mock_answer_missing(plan, "request", call->id);
    }
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    const struct mock_exchange seen = seen_by(call, exchange);
    mock_exchange_describe(&seen, mock_server_clock(mock_tenant_server(call->tenant)),
                           mock_control_view(call), &body);
    return mock_answer_json(plan, MOCK_STATUS_OK, &body);
}

static enum cog_code clear(struct mock_control_call *call, struct mock_plan *plan)
{
    mock_truth_exchanges_clear(mock_tenant_server(call->tenant));
    mock_answer_empty(plan, MOCK_STATUS_NO_CONTENT);
    return COG_OK;
}

const struct mock_control_route mock_control_requests_routes[] = {
    {.method = "GET",
     .pattern = "/tenants/{tenant}/requests",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .is_for_observers = true,
     .handle = list},
    {.method = "DELETE",
     .pattern = "/tenants/{tenant}/requests",
     .tenant = MOCK_CONTROL_TENANT_KNOWN,
     .handle = clear},
    {.method = "GET",
     .pattern = "/tenants/{tenant}/requests/{id}",
     .tenant = MOCK_CONTROL_TENANT_KNOWN,
     .is_for_observers = true,
     .handle = get},
    {.method = "GET",
     .pattern = "/tenants/{tenant}/requests.har",
     .tenant = MOCK_CONTROL_TENANT_MADE,
     .handle = archive},
    {.method = NULL},
};
