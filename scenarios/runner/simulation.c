#include "simulation.h"

#include "recorder.h"
#include "waiter.h"

#include <cogbase/text.h>
#include <cogmock/http.h>
#include <cogpromote/promote.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 2026-01-01T00:00:00Z */
#define START_UNIX_MS INT64_C(1767225600000)

enum {
    HOST_SIZE = 32,
    OUTPUTS_FIXED = 5,
};

struct scn_simulation {
    struct cog_clock_virtual clock;
    struct mock_server *server;
    struct mock_http *http;
    struct scn_waiter waiter;
    struct cog_transport_curl *transport;
    struct cog_random_seeded random;
    struct cog_storage_memory storage;
    struct scn_recorder recorder;
    struct cog_config config;
    char host[HOST_SIZE];

    struct cog_report report;
    char *report_text;
    char *report_json;
    char *audit;
    struct mock_exchange *exchanges;
    struct mock_deployment_truth *deployments;
    struct mock_delivery *deliveries;
    const char **unused_faults;
    struct scn_output *outputs;
    struct scn_facts facts;
};

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code start_server(struct scn_simulation *simulation,
                                  const struct scn_scenario *scenario, uint64_t seed,
                                  struct cog_error *error)
{
    cog_clock_virtual_init(&simulation->clock, START_UNIX_MS);
    const struct cog_clock clock = cog_clock_virtual(&simulation->clock);
    enum cog_code code =
        mock_server_create(scenario->script, clock, seed, &simulation->server, error);
    if (code != COG_OK) {
        return code;
    }
    const struct mock_http_options options = {.clock = clock};
    code = mock_http_create(simulation->server, &options, &simulation->http, error);
    if (code != COG_OK) {
        return code;
    }
    (void)snprintf(simulation->host, sizeof simulation->host, "127.0.0.1:%" PRIu16,
                   mock_http_port(simulation->http));
    return COG_OK;
}

static enum cog_code prepare_client(struct scn_simulation *simulation,
                                    const struct scn_scenario *scenario, uint64_t seed,
                                    struct cog_error *error)
{
    const struct cog_clock clock = cog_clock_virtual(&simulation->clock);
    simulation->waiter = (struct scn_waiter){
        .http = simulation->http,
        .clock = &simulation->clock,
        .stall_ms = SCN_WAITER_STALL_MS,
    };
    cog_random_seeded_init(&simulation->random, seed);
    enum cog_code code =
        scn_scenario_configure(scenario, simulation->host, &simulation->config, error);
    if (code != COG_OK) {
        return code;
    }
    code = scn_recorder_init(&simulation->recorder, simulation->server, clock, error);
    if (code != COG_OK) {
        return code;
    }
    const struct cog_transport_curl_options options = {
        .clock = clock,
        .waiter = scn_waiter_curl(&simulation->waiter),
        .connect_timeout_ms = simulation->config.connect_timeout_ms,
    };
    return cog_transport_curl_create(&options, &simulation->transport, error);
}

static void run_client(struct scn_simulation *simulation)
{
    const struct cog_seams seams = {
        .transport = cog_transport_curl(simulation->transport),
        .clock = cog_clock_virtual(&simulation->clock),
        .random = cog_random_seeded(&simulation->random),
        .storage = cog_storage_memory(&simulation->storage),
        .log = scn_recorder_log(&simulation->recorder),
    };
    cog_promote(&simulation->config, &seams, NULL, &simulation->report);
}

/* What the client would have written, printed and stored. */
static enum cog_code collect_texts(struct scn_simulation *simulation, struct cog_error *error)
{
    size_t audit_length = 0;
    enum cog_code code =
        cog_report_format_text(&simulation->report, &simulation->report_text, error);
    if (code == COG_OK) {
        code = cog_report_format_json(&simulation->report, &simulation->report_json, error);
    }
    if (code == COG_OK) {
        code = cog_storage_read(cog_storage_memory(&simulation->storage), "audit.jsonl",
                                &simulation->audit, &audit_length, error);
    }
    if (code == COG_OK) {
        code = scn_recorder_close(&simulation->recorder, error);
    }
    return code;
}

/* calloc() may answer NULL for nothing, which is no failure. */
static void *allocate(size_t count, size_t size)
{
    return calloc(count > 0 ? count : 1, size);
}

static enum cog_code collect_truth(struct scn_simulation *simulation, struct cog_error *error)
{
    struct mock_server *server = simulation->server;
    struct scn_facts *facts = &simulation->facts;
    mock_truth_advance(server);
    facts->exchange_count = mock_truth_exchange_count(server);
    facts->dropped_exchange_count = mock_truth_exchange_dropped_count(server);
    facts->deployment_count = mock_truth_deployment_count(server);
    facts->delivery_count = mock_truth_delivery_count(server);
    facts->unused_fault_count = mock_truth_unused_fault_count(server);
    simulation->exchanges = allocate(facts->exchange_count, sizeof *simulation->exchanges);
    simulation->deployments = allocate(facts->deployment_count, sizeof *simulation->deployments);
    simulation->deliveries = allocate(facts->delivery_count, sizeof *simulation->deliveries);
    simulation->unused_faults =
        allocate(facts->unused_fault_count, sizeof *simulation->unused_faults);
    if (simulation->exchanges == NULL || simulation->deployments == NULL ||
        simulation->deliveries == NULL || simulation->unused_faults == NULL) {
        return fail_memory(error);
    }
    for (size_t i = 0; i < facts->exchange_count; i++) {
        simulation->exchanges[i] = *mock_truth_exchange(server, i);
    }
    for (size_t i = 0; i < facts->deployment_count; i++) {
        simulation->deployments[i] = mock_truth_deployment(server, i);
    }
    for (size_t i = 0; i < facts->delivery_count; i++) {
        simulation->deliveries[i] = *mock_truth_delivery(server, i);
    }
    for (size_t i = 0; i < facts->unused_fault_count; i++) {
        simulation->unused_faults[i] = mock_truth_unused_fault(server, i);
    }
    return COG_OK;
}

static enum cog_code collect_outputs(struct scn_simulation *simulation, struct cog_error *error)
{
    struct scn_facts *facts = &simulation->facts;
    const struct scn_output fixed[OUTPUTS_FIXED] = {
        {.name = "the report as text", .text = simulation->report_text},
        {.name = "the report as JSON", .text = simulation->report_json},
        {.name = "the log as text", .text = simulation->recorder.text, .is_log = true},
        {.name = "the log as JSON", .text = simulation->recorder.json, .is_log = true},
        {.name = "the audit file", .text = simulation->audit},
    };
    const size_t count = OUTPUTS_FIXED + facts->delivery_count;
    simulation->outputs = allocate(count, sizeof *simulation->outputs);
    if (simulation->outputs == NULL) {
        return fail_memory(error);
    }
    memcpy(simulation->outputs, fixed, sizeof fixed);
    for (size_t i = OUTPUTS_FIXED; i < count; i++) {
        simulation->outputs[i].name = "the webhook's body";
        simulation->outputs[i].text = simulation->deliveries[i - OUTPUTS_FIXED].body;
    }
    facts->output_count = count;
    return COG_OK;
}

static struct scn_content read_content(const struct mock_server *server, const char *environment_id)
{
    struct scn_content content = {0};
    content.is_known = mock_truth_digest(server, environment_id, content.now, content.start);
    return content;
}

static void fill_facts(struct scn_simulation *simulation, const struct scn_scenario *scenario)
{
    struct scn_facts *facts = &simulation->facts;
    facts->stop = simulation->waiter.is_stalled ? "the exchange stalled" : NULL;
    facts->host = simulation->host;
    facts->config = &simulation->config;
    facts->seed_only = scenario->seed_only;
    facts->elapsed_ms = simulation->clock.now_ms;
    facts->exit_code = cog_outcome_exit_code(simulation->report.outcome, 0);
    facts->report = &simulation->report;
    facts->exchanges = simulation->exchanges;
    facts->deployments = simulation->deployments;
    facts->deliveries = simulation->deliveries;
    facts->source = read_content(simulation->server, simulation->config.source_environment_id);
    facts->target = read_content(simulation->server, simulation->config.target_environment_id);
    facts->events = simulation->recorder.events;
    facts->event_count = simulation->recorder.event_count;
    facts->audit = simulation->audit;
    facts->outputs = simulation->outputs;
    facts->secrets = mock_truth_secrets(simulation->server);
    facts->unused_faults = simulation->unused_faults;
}

enum cog_code scn_simulation_run(const struct scn_scenario *scenario, uint64_t seed,
                                 struct scn_simulation **out_simulation, struct cog_error *error)
{
    COG_CLEANUP(scn_simulation_finish)
    struct scn_simulation *simulation = calloc(1, sizeof *simulation);
    if (simulation == NULL) {
        return fail_memory(error);
    }
    enum cog_code code = start_server(simulation, scenario, seed, error);
    if (code == COG_OK) {
        code = prepare_client(simulation, scenario, seed, error);
    }
    if (code != COG_OK) {
        return code;
    }
    run_client(simulation);
    code = collect_texts(simulation, error);
    if (code == COG_OK) {
        code = collect_truth(simulation, error);
    }
    if (code == COG_OK) {
        code = collect_outputs(simulation, error);
    }
    if (code != COG_OK) {
        return code;
    }
    fill_facts(simulation, scenario);
    *out_simulation = simulation;
    simulation = NULL;
    return COG_OK;
}

const struct scn_facts *scn_simulation_facts(const struct scn_simulation *simulation)
{
    return &simulation->facts;
}

void scn_simulation_destroy(struct scn_simulation *simulation)
{
    if (simulation == NULL) {
        return;
    }
    cog_transport_curl_destroy(simulation->transport);
    mock_http_destroy(simulation->http);
    free(simulation->exchanges);
    free(simulation->deployments);
    free(simulation->deliveries);
    free(simulation->unused_faults);
    free(simulation->outputs);
    free(simulation->report_text);
    free(simulation->report_json);
    free(simulation->audit);
    scn_recorder_finish(&simulation->recorder);
    cog_storage_memory_finish(&simulation->storage);
    cog_config_finish(&simulation->config);
    mock_server_destroy(simulation->server);
    free(simulation);
}

void scn_simulation_finish(struct scn_simulation **simulation)
{
    scn_simulation_destroy(*simulation);
    *simulation = NULL;
}
