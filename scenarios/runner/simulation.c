#include "simulation.h"

#include "process.h"
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
    JOURNAL_NAME_SIZE = 128,
    OUTPUTS_FIXED = 6,
};

struct scn_simulation {
    struct cog_clock_virtual clock;
    struct mock_server *server;
    struct mock_http *http;
    struct cog_cancel *cancel;
    struct scn_signals signals;
    struct scn_waiter waiter;
    struct cog_random_seeded random;
    struct cog_storage_memory memory;
    struct cog_storage storage; /* The client's. */
    int64_t process_count;
    bool is_moved;
    bool is_rolled_back_by_hand;
    size_t unused_kill_count;
    struct scn_recorder recorder;
    struct cog_config config;
    char host[HOST_SIZE];

    struct cog_report report;
    char *report_text;
    char *report_json;
    char *audit;
    char *journals;
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
    const struct mock_server_options server_options = {.clock = clock, .seed = seed};
    enum cog_code code =
        mock_server_create(scenario->script, &server_options, &simulation->server, error);
    if (code != COG_OK) {
        return code;
    }
    const struct mock_http_options options = {.clock = clock};
    code = mock_http_create(mock_site_of_server(simulation->server), &options, &simulation->http,
                            error);
    if (code != COG_OK) {
        return code;
    }
    (void)snprintf(simulation->host, sizeof simulation->host, "127.0.0.1:%" PRIu16,
                   mock_http_port(simulation->http));
    return COG_OK;
}

static enum cog_code prepare_client(struct scn_simulation *simulation,
                                    const struct scn_scenario *scenario,
                                    const struct scn_simulation_options *options,
                                    struct cog_error *error)
{
    simulation->signals = (struct scn_signals){
        .clock = &simulation->clock,
        .cancel = simulation->cancel,
        .http = simulation->http,
        .items = scenario->events.signals,
        .count = scenario->events.signal_count,
    };
    simulation->waiter = (struct scn_waiter){
        .http = simulation->http,
        .clock = &simulation->clock,
        .signals = &simulation->signals,
        .stall_ms = SCN_WAITER_STALL_MS,
        .shift = options->shift,
    };
    cog_random_seeded_init(&simulation->random, options->seed);
    simulation->storage =
        options->storage != NULL ? *options->storage : cog_storage_memory(&simulation->memory);
    enum cog_code code =
        scn_scenario_configure(scenario, simulation->host, &simulation->config, error);
    if (code != COG_OK) {
        return code;
    }
    return scn_recorder_init(&simulation->recorder, simulation->server,
                             scn_signals_clock(&simulation->signals), error);
}

/* @param kill NULL for a process that lives to its end */
static enum cog_code run_process(struct scn_simulation *simulation, enum scn_command command,
                                 const struct scn_kill *kill, bool *out_is_dead,
                                 struct cog_error *error)
{
    const bool is_first = simulation->process_count == 0;
    const struct scn_process process = {
        .command = command,
        .config = &simulation->config,
        .seams =
            {
                .clock = scn_signals_clock(&simulation->signals),
                .random = cog_random_seeded(&simulation->random),
                .storage = simulation->storage,
                .log = scn_recorder_log(&simulation->recorder),
            },
        .waiter = scn_waiter_curl(&simulation->waiter),
        .death = kill != NULL ? kill->death : (struct scn_death){0},
        /* The signals are the first one's. */
        .watch = {.cancel = is_first ? simulation->cancel : NULL},
        .pid = ++simulation->process_count,
        .is_moved = simulation->is_moved,
    };
    simulation->waiter.shift.process = simulation->process_count;
    simulation->recorder.shift = simulation->waiter.shift;
    scn_signals_send_due(&simulation->signals);
    scn_shift_turn(simulation->waiter.shift, true);
    enum cog_code code = scn_process_run(&process, &simulation->report, out_is_dead, error);
    scn_shift_turn(simulation->waiter.shift, false);
    if (*out_is_dead && kill != NULL) {
        simulation->is_moved = simulation->is_moved || kill->is_moved;
    }
    return code;
}

/* Promotes; a process that was killed is followed by one that resumes, and may be killed too. */
static enum cog_code run_client(struct scn_simulation *simulation,
                                const struct scn_undertaking *undertaking, struct cog_error *error)
{
    enum scn_command command = SCN_COMMAND_PROMOTE;
    bool is_dead = true;
    enum cog_code code = COG_OK;
    size_t kill_count = 0;
    for (size_t i = 0; code == COG_OK && is_dead; i++) {
        const struct scn_kill *kill = i < undertaking->kill_count ? &undertaking->kills[i] : NULL;
        is_dead = false;
        code = run_process(simulation, command, kill, &is_dead, error);
        command = SCN_COMMAND_RESUME;
        kill_count += is_dead ? 1 : 0;
    }
    simulation->unused_kill_count = undertaking->kill_count - kill_count;
    for (size_t i = 0; code == COG_OK && i < undertaking->then_count; i++) {
        simulation->is_rolled_back_by_hand =
            simulation->is_rolled_back_by_hand || undertaking->then[i] == SCN_COMMAND_ROLL_BACK;
        code = run_process(simulation, undertaking->then[i], NULL, &is_dead, error);
    }
    return code;
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
        code = cog_storage_read(simulation->storage, "audit.jsonl", &simulation->audit,
                                &audit_length, error);
    }
    if (code == COG_OK) {
        code = scn_recorder_close(&simulation->recorder, error);
    }
    return code;
}

static enum cog_code collect_journals(struct scn_simulation *simulation, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    enum cog_code code = cog_storage_list(simulation->storage, "journal", &names, error);
    for (size_t i = 0; code == COG_OK && i < names.count; i++) {
        COG_CLEANUP(cog_string_finish) char *bytes = NULL;
        size_t length = 0;
        char name[JOURNAL_NAME_SIZE];
        (void)snprintf(name, sizeof name, "journal/%s", names.items[i]);
        code = cog_storage_read(simulation->storage, name, &bytes, &length, error);
        cog_text_append(&text, bytes != NULL ? bytes : "");
    }
    if (code != COG_OK) {
        return code;
    }
    simulation->journals = cog_text_take(&text);
    return simulation->journals != NULL ? COG_OK : fail_memory(error);
}

static enum cog_code collect_records(struct scn_simulation *simulation, struct cog_error *error)
{
    struct cog_lock lock = {0};
    enum cog_code code = collect_journals(simulation, error);
    if (code == COG_OK) {
        code = cog_audit_inspect(simulation->storage, NULL, &simulation->facts.audit_chain, error);
    }
    if (code == COG_OK) {
        code = cog_lock_read(simulation->storage, simulation->config.target_environment_id, &lock,
                             error);
    }
    simulation->facts.lock = lock.state;
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
        {.name = "the journal", .text = simulation->journals},
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
    facts->stop = simulation->waiter.is_stalled    ? "the exchange stalled"
                  : simulation->signals.has_failed ? "the fake could not go on"
                                                   : NULL;
    facts->host = simulation->host;
    facts->config = &simulation->config;
    facts->is_rolled_back_by_hand = simulation->is_rolled_back_by_hand;
    facts->process_count = (size_t)simulation->process_count;
    facts->unused_kill_count = simulation->unused_kill_count;
    facts->seed_only = scenario->seed_only;
    facts->elapsed_ms = simulation->clock.now_ms;
    facts->signal_number = simulation->signals.received;
    facts->unsent_signal = simulation->signals.sent_count < simulation->signals.count
                               ? &simulation->signals.items[simulation->signals.sent_count]
                               : NULL;
    facts->exit_code = cog_outcome_exit_code(simulation->report.outcome, facts->signal_number);
    facts->report = &simulation->report;
    facts->exchanges = simulation->exchanges;
    facts->deployments = simulation->deployments;
    facts->deliveries = simulation->deliveries;
    facts->source = read_content(simulation->server, simulation->config.source_environment_id);
    facts->target = read_content(simulation->server, simulation->config.target_environment_id);
    facts->events = simulation->recorder.events;
    facts->event_count = simulation->recorder.event_count;
    facts->audit = simulation->audit;
    facts->journals = simulation->journals;
    facts->outputs = simulation->outputs;
    facts->secrets = mock_truth_secrets(simulation->server);
    facts->unused_faults = simulation->unused_faults;
}

enum cog_code scn_simulation_run(const struct scn_scenario *scenario,
                                 const struct scn_simulation_options *options,
                                 struct scn_simulation **out_simulation, struct cog_error *error)
{
    COG_CLEANUP(scn_simulation_finish)
    struct scn_simulation *simulation = calloc(1, sizeof *simulation);
    if (simulation == NULL) {
        return fail_memory(error);
    }
    enum cog_code code = cog_cancel_create(&simulation->cancel, error);
    if (code == COG_OK) {
        code = start_server(simulation, scenario, options->seed, error);
    }
    if (code == COG_OK) {
        code = prepare_client(simulation, scenario, options, error);
    }
    if (code != COG_OK) {
        return code;
    }
    code = run_client(simulation,
                      options->undertaking != NULL ? options->undertaking : &scenario->undertaking,
                      error);
    if (code != COG_OK) {
        return code;
    }
    code = collect_texts(simulation, error);
    if (code == COG_OK) {
        code = collect_records(simulation, error);
    }
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
    mock_http_destroy(simulation->http);
    cog_cancel_destroy(simulation->cancel);
    free(simulation->exchanges);
    free(simulation->deployments);
    free(simulation->deliveries);
    free(simulation->unused_faults);
    free(simulation->outputs);
    free(simulation->report_text);
    free(simulation->report_json);
    free(simulation->audit);
    free(simulation->journals);
    scn_recorder_finish(&simulation->recorder);
    cog_storage_memory_finish(&simulation->memory);
    cog_config_finish(&simulation->config);
    mock_server_destroy(simulation->server);
    free(simulation);
}

void scn_simulation_finish(struct scn_simulation **simulation)
{
    scn_simulation_destroy(*simulation);
    *simulation = NULL;
}
