/* Figures for Prometheus, in its text format. */
#include "control/call.h"

#include "server_private.h"

#include <inttypes.h>

/* The counts of all tenants together: a label for each would let anybody grow the answer. */
static void append_head(struct cog_text *text, const char *name, const char *type, const char *help)
{
    cog_text_append_format(text, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void append_number(struct cog_text *text, const char *name, const char *type,
                          const char *help, uint64_t value)
{
    append_head(text, name, type, help);
    cog_text_append_format(text, "%s %" PRIu64 "\n", name, value);
}

/* Backslash, quote and line feed are escaped in a label's value. */
static void append_label(struct cog_text *text, const char *value)
{
    for (; *value != '\0'; value++) {
        if (*value == '\n') {
            cog_text_append(text, "\\n");
        } else {
            if (*value == '\\' || *value == '"') {
                cog_text_append(text, "\\");
            }
            cog_text_append_bytes(text, value, 1);
        }
    }
}

static const char *class_name(int status_class)
{
    static const char *const names[] = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};
    return names[status_class];
}

static void append_answers(struct cog_text *text, const struct mock_metrics *metrics)
{
    append_head(text, "cogmock_requests_total", "counter",
                "Requests that were answered, by call and class of status; none: without one.");
    for (int call = 0; call < MOCK_CALL_COUNT; call++) {
        for (int i = 0; i < MOCK_METRICS_CLASS_COUNT; i++) {
            if (metrics->answers[call][i] > 0) {
                cog_text_append_format(
                    text, "cogmock_requests_total{call=\"%s\",status=\"%s\"} %" PRIu64 "\n",
                    mock_call_name((enum mock_call)call), class_name(i), metrics->answers[call][i]);
            }
        }
    }
}

static void append_faults(struct cog_text *text, const struct mock_metrics *metrics)
{
    append_head(text, "cogmock_faults_struck_total", "counter", "Requests that a fault struck.");
    for (int call = 0; call < MOCK_CALL_COUNT; call++) {
        if (metrics->faults[call] > 0) {
            cog_text_append_format(text, "cogmock_faults_struck_total{call=\"%s\"} %" PRIu64 "\n",
                                   mock_call_name((enum mock_call)call), metrics->faults[call]);
        }
    }
}

static void append_injects(struct cog_text *text, const struct mock_metrics *metrics)
{
    append_number(text, "cogmock_injects_struck_total", "counter",
                  "Injects of scenarios that struck, to some purpose.", metrics->injects);
}

static void append_control(struct cog_text *text, const struct mock_metrics *metrics)
{
    append_head(text, "cogmock_control_requests_total", "counter",
                "Requests to the control plane, by class of status.");
    for (int i = 0; i < MOCK_METRICS_CLASS_COUNT; i++) {
        if (metrics->control_answers[i] > 0) {
            cog_text_append_format(text,
                                   "cogmock_control_requests_total{status=\"%s\"} %" PRIu64 "\n",
                                   class_name(i), metrics->control_answers[i]);
        }
    }
}

/* What the tenants hold now. */
struct holdings {
    uint64_t open_jobs;
    uint64_t journal_entries;
    uint64_t journal_size;
};

static void count(struct mock_server *server, struct holdings *holdings)
{
    const struct mock_world *world = server->api.world;
    mock_server_advance(server);
    for (size_t i = 0; i < world->deployment_count; i++) {
        holdings->open_jobs += mock_job_status_is_busy(world->deployments[i]->status);
    }
    holdings->journal_entries += mock_truth_exchange_count(server);
    holdings->journal_size += server->journal.exchanges.size;
}

static void append_holdings(struct cog_text *text, struct mock_tenants *tenants)
{
    struct holdings holdings = {0};
    struct mock_tenant *tenant = mock_tenants_first(tenants);
    for (; tenant != NULL; tenant = mock_tenants_next(tenant)) {
        count(mock_tenant_server(tenant), &holdings);
    }
    append_number(text, "cogmock_tenants", "gauge", "Tenants that there are.",
                  mock_tenants_count(tenants));
    append_number(text, "cogmock_jobs_open", "gauge", "Jobs and rollbacks that run.",
                  holdings.open_jobs);
    append_number(text, "cogmock_journal_entries", "gauge", "Requests that the journals keep.",
                  holdings.journal_entries);
    append_number(text, "cogmock_journal_bytes", "gauge", "What the journals hold.",
                  holdings.journal_size);
}

static void append_process(struct cog_text *text, const struct mock_control *control)
{
    const int64_t uptime_ms = cog_clock_monotonic_ms(control->clock) - control->start_ms;
    append_head(text, "cogmock_build_info", "gauge", "1, with the version.");
    cog_text_append(text, "cogmock_build_info{version=\"");
    append_label(text, control->version);
    cog_text_append(text, "\"} 1\n");
    append_head(text, "cogmock_uptime_seconds", "gauge", "Since the start of the program.");
    cog_text_append_format(text, "cogmock_uptime_seconds %" PRId64 ".%03d\n", uptime_ms / 1000,
                           (int)(uptime_ms % 1000));
    append_number(text, "cogmock_event_listeners", "gauge", "Clients of the stream of events.",
                  control->hub.listener_count + control->observers_hub.listener_count);
    append_number(text, "cogmock_events_lost_total", "counter",
                  "Events that such clients were too slow for.",
                  control->hub.lost_count + control->observers_hub.lost_count);
}

static enum cog_code metrics(struct mock_control_call *call, struct mock_plan *plan)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    append_process(&text, call->control);
    append_holdings(&text, call->control->tenants);
    append_answers(&text, call->control->metrics);
    append_faults(&text, call->control->metrics);
    append_injects(&text, call->control->metrics);
    append_control(&text, call->control->metrics);
    const size_t length = text.length;
    mock_answer_empty(plan, MOCK_STATUS_OK);
    enum cog_code code = mock_plan_body_set(plan, cog_text_take(&text), length);
    return code == COG_OK ? mock_plan_header_append(plan, "Content-Type",
                                                    "text/plain; version=0.0.4; charset=utf-8")
                          : code;
}

const struct mock_control_route mock_control_metrics_routes[] = {
    {.method = "GET", .pattern = "/metrics", .handle = metrics},
    {.method = NULL},
};
