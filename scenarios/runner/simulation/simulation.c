#include "simulation/simulation.h"

#include "language/option.h"
#include "simulation/habitat.h"
#include "simulation/leftovers.h"
#include "simulation/process.h"
#include "simulation/recorder.h"
#include "simulation/strikes.h"
#include "simulation/truth.h"

#include <cogbase/text.h>
#include <cogmock/server.h>
#include <cogpromote/promote.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 2026-01-01T00:00:00Z */
#define START_UNIX_MS INT64_C(1767225600000)

enum {
    HOST_SIZE = 32,
    JOURNAL_NAME_SIZE = 128,
    OUTPUTS_FIXED = 5,
    PROCESSES_MAX = SCN_KILLS_MAX + SCN_THEN_MAX + 1,
};

struct scn_simulation {
    struct cog_clock_virtual clock;
    struct mock_server *server;
    struct scn_line line;
    struct cog_cancel *cancel;
    struct scn_signals signals;
    struct scn_shift shift;
    struct cog_random_seeded random;
    struct cog_storage_memory memory;
    struct cog_storage storage; /* The client's. */
    struct scn_habitat habitat; /* Around it. */
    int64_t process_count;
    char host[HOST_SIZE]; /* The line's, for longer than that lives. */
    struct scn_start starts[PROCESSES_MAX];
    bool is_killed;  /* The newest process was. */
    bool is_refused; /* The client did not even start: its settings are wrong. */
    bool is_moved;
    bool is_rolled_back_by_hand;
    size_t unused_kill_count;
    struct scn_recorder recorder;
    struct cog_config config;

    struct cog_report report;
    char *report_text;
    char *report_json;
    char *audit;
    char *journals;
    struct scn_truth truth;
    struct scn_cells strikes;
    struct scn_output *outputs;
    struct scn_facts facts;
};

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code start_server(struct scn_simulation *simulation,
                                  const struct scn_scenario *scenario,
                                  const struct scn_simulation_options *options,
                                  struct cog_error *error)
{
    cog_clock_virtual_init(&simulation->clock, START_UNIX_MS);
    const struct mock_server_options server_options = {
        .clock = cog_clock_virtual(&simulation->clock),
        .seed = options->seed,
    };
    enum cog_code code =
        mock_server_create(scenario->script, &server_options, &simulation->server, error);
    if (code != COG_OK) {
        return code;
    }
    const struct scn_line_options line_options = {
        .server = simulation->server,
        .clock = &simulation->clock,
        .signals = &simulation->signals,
    };
    const enum scn_transport transport =
        scenario->wire_reason != NULL ? SCN_TRANSPORT_WIRE : options->transport;
    code = scn_line_create(transport, &line_options, &simulation->line, error);
    if (code == COG_OK) {
        (void)snprintf(simulation->host, sizeof simulation->host, "%s", simulation->line.host);
    }
    return code;
}

/* The client says what is wrong with its settings, and ends; for the judges others must do. */
static enum cog_code refuse(struct scn_simulation *simulation, const struct scn_scenario *scenario,
                            const struct cog_error *refusal, struct cog_error *error)
{
    struct cog_report *report = &simulation->report;
    simulation->is_refused = true;
    report->outcome = COG_OUTCOME_USAGE;
    report->target = COG_TARGET_UNTOUCHED;
    (void)snprintf(report->step, sizeof report->step, "start");
    (void)cog_error_text(refusal, report->reason, sizeof report->reason);
    return scn_options_default(simulation->host, scenario->has_webhook, &simulation->config, error);
}

static enum cog_code configure(struct scn_simulation *simulation,
                               const struct scn_scenario *scenario, struct cog_error *error)
{
    struct cog_error inner = {0};
    enum cog_code code =
        scn_scenario_configure(scenario, simulation->host, &simulation->config, &inner);
    if (code == COG_ERROR_CONFIGURATION) {
        return refuse(simulation, scenario, &inner, error);
    }
    if (code != COG_OK && error != NULL) {
        *error = inner;
    }
    return code;
}

static enum cog_code prepare_client(struct scn_simulation *simulation,
                                    const struct scn_scenario *scenario,
                                    const struct scn_simulation_options *options,
                                    struct cog_error *error)
{
    simulation->signals = (struct scn_signals){
        .clock = &simulation->clock,
        .cancel = simulation->cancel,
        .line = simulation->line,
        .items = scenario->events.signals,
        .count = scenario->events.signal_count,
    };
    simulation->shift = options->shift;
    cog_random_seeded_init(&simulation->random, options->seed);
    simulation->storage =
        options->storage != NULL ? *options->storage : cog_storage_memory(&simulation->memory);
    enum cog_code code = configure(simulation, scenario, error);
    if (code != COG_OK) {
        return code;
    }
    scn_habitat_init(&simulation->habitat, &scenario->surroundings,
                     scn_signals_clock(&simulation->signals), simulation->storage,
                     simulation->config.target_environment_id);
    scn_recorder_init(&simulation->recorder, simulation->server,
                      scn_habitat_clock(&simulation->habitat));
    return COG_OK;
}

static void note_start(struct scn_simulation *simulation, enum scn_command command, bool after_kill)
{
    static const char *const names[] = {
        [SCN_COMMAND_PROMOTE] = "promote",
        [SCN_COMMAND_RESUME] = "resume",
        [SCN_COMMAND_ROLL_BACK] = "rollback",
    };
    struct scn_start *start = &simulation->starts[simulation->process_count++];
    *start = (struct scn_start){
        .command = names[command],
        .at_ms = simulation->clock.now_ms,
        .exchange_count = mock_truth_exchange_count(simulation->server),
        .event_count = simulation->recorder.event_count,
        .deployment_count = mock_truth_deployment_count(simulation->server),
        .is_after_kill = after_kill,
    };
    mock_truth_advance(simulation->server);
    char at_first[COG_DIGEST_SIZE];
    (void)mock_truth_digest(simulation->server, simulation->config.target_environment_id,
                            start->content, at_first);
}

/* @param kill NULL for a process that lives to its end */
static enum cog_code run_process(struct scn_simulation *simulation, enum scn_command command,
                                 const struct scn_kill *kill, bool *out_is_dead,
                                 struct cog_error *error)
{
    const bool is_first = simulation->process_count == 0;
    note_start(simulation, command, simulation->is_killed);
    simulation->shift.process = simulation->process_count;
    const struct scn_process process = {
        .command = command,
        .config = &simulation->config,
        .seams =
            {
                .clock = scn_habitat_clock(&simulation->habitat),
                .random = cog_random_seeded(&simulation->random),
                .storage = scn_habitat_storage(&simulation->habitat),
                .log = scn_recorder_log(&simulation->recorder),
            },
        .line = simulation->line,
        .shift = simulation->shift,
        .death = kill != NULL ? kill->death : (struct scn_death){0},
        /* The signals are the first one's. */
        .watch = {.cancel = is_first ? simulation->cancel : NULL},
        .pid = simulation->process_count,
        .is_moved = simulation->is_moved,
    };
    simulation->recorder.shift = simulation->shift;
    scn_signals_send_due(&simulation->signals);
    scn_shift_turn(simulation->shift, true);
    enum cog_code code = scn_process_run(&process, &simulation->report, out_is_dead, error);
    scn_shift_turn(simulation->shift, false);
    simulation->is_killed = *out_is_dead;
    if (*out_is_dead && kill != NULL) {
        simulation->is_moved = simulation->is_moved || kill->is_moved;
        scn_strikes_add_kill(&simulation->strikes, kill);
    }
    return code;
}

/* Promotes; a process that was killed is followed by one that resumes, and may be killed too. */
static enum cog_code run_client(struct scn_simulation *simulation,
                                const struct scn_undertaking *undertaking, struct cog_error *error)
{
    enum scn_command command = SCN_COMMAND_PROMOTE;
    bool is_dead = !simulation->is_refused;
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
    if (code == COG_OK && undertaking->then_count > 0) {
        code = scn_habitat_tear_journal(&simulation->habitat, error);
    }
    const size_t then_count = simulation->is_refused ? 0 : undertaking->then_count;
    for (size_t i = 0; code == COG_OK && i < then_count; i++) {
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
        code = scn_recorder_check(&simulation->recorder, error);
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
    enum cog_code code = scn_habitat_tell(&simulation->habitat, &simulation->facts, error);
    if (code == COG_OK) {
        code = collect_journals(simulation, error);
    }
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

static enum cog_code collect_truth(struct scn_simulation *simulation, struct cog_error *error)
{
    enum cog_code code = scn_truth_read(simulation->server, &simulation->config, &simulation->truth,
                                        &simulation->facts, error);
    if (code != COG_OK) {
        return code;
    }
    scn_strikes_add_habitat(&simulation->strikes, &simulation->habitat);
    scn_strikes_add_connections(&simulation->strikes, simulation->server);
    return simulation->strikes.failed ? fail_memory(error) : COG_OK;
}

static enum cog_code collect_outputs(struct scn_simulation *simulation, struct cog_error *error)
{
    struct scn_facts *facts = &simulation->facts;
    const struct scn_output fixed[OUTPUTS_FIXED] = {
        {.name = "the report as text", .text = simulation->report_text},
        {.name = "the report as JSON", .text = simulation->report_json},
        {.name = "the log", .text = cog_text_string(&simulation->recorder.text), .is_log = true},
        {.name = "the audit file", .text = simulation->audit},
        {.name = "the journal", .text = simulation->journals},
    };
    const size_t count = OUTPUTS_FIXED + facts->delivery_count;
    simulation->outputs = calloc(count, sizeof *simulation->outputs);
    if (simulation->outputs == NULL) {
        return fail_memory(error);
    }
    memcpy(simulation->outputs, fixed, sizeof fixed);
    for (size_t i = OUTPUTS_FIXED; i < count; i++) {
        simulation->outputs[i].name = "the webhook's body";
        simulation->outputs[i].text = simulation->truth.deliveries[i - OUTPUTS_FIXED].body;
    }
    facts->output_count = count;
    return COG_OK;
}

static void fill_facts(struct scn_simulation *simulation, const struct scn_scenario *scenario)
{
    struct scn_facts *facts = &simulation->facts;
    facts->stop = scn_line_problem(simulation->line);
    facts->host = simulation->host;
    facts->config = &simulation->config;
    facts->is_rolled_back_by_hand = simulation->is_rolled_back_by_hand;
    facts->process_count = (size_t)simulation->process_count;
    facts->starts = simulation->starts;
    facts->unused_kill_count = simulation->unused_kill_count;
    facts->seed_only = scenario->seed_only;
    facts->elapsed_ms = simulation->clock.now_ms;
    facts->settled_ms = scn_timetable_settled_ms(&scenario->timetable, facts->elapsed_ms);
    facts->signal_number = simulation->signals.received;
    facts->unsent_signal = simulation->signals.sent_count < simulation->signals.count
                               ? &simulation->signals.items[simulation->signals.sent_count]
                               : NULL;
    facts->exit_code = cog_outcome_exit_code(simulation->report.outcome, facts->signal_number);
    facts->report = &simulation->report;
    facts->events = simulation->recorder.events;
    facts->event_count = simulation->recorder.event_count;
    facts->audit = simulation->audit;
    facts->journals = simulation->journals;
    facts->outputs = simulation->outputs;
    facts->strikes = &simulation->strikes;
}

/* All that has descriptors; what the facts borrow from stays. */
static void end_sockets(struct scn_simulation *simulation)
{
    scn_line_destroy(simulation->line);
    cog_cancel_destroy(simulation->cancel);
    simulation->line = (struct scn_line){0};
    simulation->cancel = NULL;
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
    const int descriptors_before = scn_descriptors_count();
    enum cog_code code = cog_cancel_create(&simulation->cancel, error);
    if (code == COG_OK) {
        code = start_server(simulation, scenario, options, error);
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
    end_sockets(simulation);
    simulation->facts.leftovers = (struct scn_leftovers){
        .descriptors_before = descriptors_before,
        .descriptors_after = scn_descriptors_count(),
    };
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
    end_sockets(simulation);
    scn_truth_finish(&simulation->truth);
    scn_cells_finish(&simulation->strikes);
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
