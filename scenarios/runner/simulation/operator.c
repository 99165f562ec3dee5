#include "simulation/operator.h"

#include "language/option.h"
#include "simulation/process.h"
#include "simulation/strikes.h"

#include <cogmock/truth.h>
#include <cogpromote/promote.h>

#include <stdio.h>

/* So far from the first one's that nobody takes one for the other. */
enum { SECOND_PID_MIN = 1000 };

static bool is_second(const struct scn_operator *who)
{
    return who->seat.index > 0;
}

static const char *machine_of(const struct scn_operator *who)
{
    if (is_second(who) && who->scenario->second.is_elsewhere) {
        return "the-other-machine";
    }
    return who->is_moved ? "another-machine" : "machine";
}

static enum cog_code open_line(struct scn_operator *who, const struct scn_operator_options *options,
                               struct cog_error *error)
{
    const struct scn_line_options line_options = {
        .server = options->server,
        .clock = options->clock,
        .signals = &who->signals,
        .door = options->door,
        .share = options->share,
        .seat = options->seat,
    };
    enum cog_code code = cog_cancel_create(&who->cancel, error);
    if (code == COG_OK) {
        code = scn_line_create(options->transport, &line_options, &who->line, error);
    }
    if (code == COG_OK) {
        (void)snprintf(who->host, sizeof who->host, "%s", who->line.host);
    }
    return code;
}

/* The client says what is wrong with its settings, and ends; for the judges others must do. */
static enum cog_code refuse(struct scn_operator *who, const struct cog_error *refusal,
                            struct cog_error *error)
{
    struct cog_report *report = &who->report;
    who->is_refused = true;
    report->outcome = COG_OUTCOME_USAGE;
    report->target = COG_TARGET_UNTOUCHED;
    (void)snprintf(report->step, sizeof report->step, "start");
    (void)cog_error_text(refusal, report->reason, sizeof report->reason);
    return scn_options_default(who->host, who->scenario->has_webhook, &who->config, error);
}

static enum cog_code configure(struct scn_operator *who, struct cog_error *error)
{
    struct cog_error inner = {0};
    enum cog_code code =
        is_second(who)
            ? scn_scenario_configure_second(who->scenario, who->host, &who->config, &inner)
            : scn_scenario_configure(who->scenario, who->host, &who->config, &inner);
    if (code == COG_ERROR_CONFIGURATION) {
        return refuse(who, &inner, error);
    }
    if (code != COG_OK && error != NULL) {
        *error = inner;
    }
    return code;
}

/* What goes wrong in a scenario goes wrong around the first one. */
static const struct scn_surroundings *surroundings_of(const struct scn_operator *who)
{
    static const struct scn_surroundings quiet = {0};
    return is_second(who) ? &quiet : &who->scenario->surroundings;
}

static struct cog_storage choose_storage(struct scn_operator *who, struct scn_operator *other)
{
    if (other == NULL) {
        return who->storage;
    }
    who->common = (struct scn_common_folder){
        .inner = who->storage,
        .seat = who->seat,
        .target_environment_id = who->config.target_environment_id,
        .own_pid = &who->living_pid,
        .other_pid = &other->living_pid,
    };
    return scn_common_folder(&who->common);
}

enum cog_code scn_operator_init(struct scn_operator *out_operator,
                                const struct scn_operator_options *options, struct cog_error *error)
{
    struct scn_operator *who = out_operator;
    const struct scn_scenario *scenario = options->scenario;
    *who = (struct scn_operator){
        .scenario = scenario,
        .clock = options->clock,
        .server = options->server,
        .shift = options->shift,
        .storage = options->storage,
        .share = options->share,
        .seat = options->seat,
    };
    enum cog_code code = open_line(who, options, error);
    if (code != COG_OK) {
        return code;
    }
    who->signals = (struct scn_signals){
        .clock = options->clock,
        .cancel = who->cancel,
        .line = who->line,
        .items = scenario->events.signals,
        .count = is_second(who) ? 0 : scenario->events.signal_count,
        .seat = options->seat,
    };
    cog_random_seeded_init(&who->random, is_second(who) ? ~options->seed : options->seed);
    code = configure(who, error);
    if (code != COG_OK) {
        return code;
    }
    scn_habitat_init(&who->habitat, surroundings_of(who), scn_signals_clock(&who->signals),
                     choose_storage(who, options->other), who->config.target_environment_id);
    who->habitat.troubled.done.server = who->server;
    who->habitat.troubled.done.share = who->share;
    scn_recorder_init(&who->recorder, who->server, scn_habitat_clock(&who->habitat));
    who->recorder.share = who->share;
    return COG_OK;
}

static void note_start(struct scn_operator *who, enum scn_command command)
{
    static const char *const names[] = {
        [SCN_COMMAND_PROMOTE] = "promote",
        [SCN_COMMAND_RESUME] = "resume",
        [SCN_COMMAND_ROLL_BACK] = "rollback",
    };
    struct scn_start *start = &who->starts[who->process_count++];
    *start = (struct scn_start){
        .command = names[command],
        .at_ms = who->clock->now_ms,
        .exchange_count = scn_share_request_count(who->share, who->server),
        .operation_count = who->habitat.troubled.done.count,
        .event_count = who->recorder.event_count,
        .deployment_count = scn_share_deployment_count(who->share, who->server),
        .is_after_kill = who->is_killed,
        .is_after_torn_write = who->is_torn,
    };
    mock_truth_advance(who->server);
    char at_first[COG_DIGEST_SIZE];
    (void)mock_truth_digest(who->server, who->config.target_environment_id, start->content,
                            at_first);
}

/* @param kill NULL for a process that lives to its end */
static enum cog_code run_process(struct scn_operator *who, enum scn_command command,
                                 const struct scn_kill *kill, bool *out_is_dead,
                                 struct cog_error *error)
{
    const bool is_first = who->process_count == 0;
    note_start(who, command);
    who->shift.process = who->process_count;
    who->living_pid = who->process_count + (is_second(who) ? SECOND_PID_MIN : 0);
    const struct scn_process process = {
        .command = command,
        .config = &who->config,
        .seams =
            {
                .clock = scn_habitat_clock(&who->habitat),
                .random = cog_random_seeded(&who->random),
                .storage = scn_habitat_storage(&who->habitat),
                .log = scn_recorder_log(&who->recorder),
            },
        .line = who->line,
        .shift = who->shift,
        .death = kill != NULL ? kill->death : (struct scn_death){0},
        /* The signals are the first one's. */
        .watch = {.cancel = is_first ? who->cancel : NULL},
        .pid = who->living_pid,
        .host = machine_of(who),
        .common = who->common.own_pid != NULL ? &who->common : NULL,
    };
    who->recorder.shift = who->shift;
    scn_signals_send_due(&who->signals);
    scn_shift_turn(who->shift, true);
    enum cog_code code = scn_process_run(&process, &who->report, out_is_dead, error);
    scn_shift_turn(who->shift, false);
    who->signals.is_over = true;
    who->living_pid = 0;
    who->is_killed = *out_is_dead;
    who->is_torn = *out_is_dead && kill != NULL && scn_death_is_within_write(&kill->death);
    if (*out_is_dead && kill != NULL) {
        who->is_moved = who->is_moved || kill->is_moved;
        scn_strikes_add_kill(&who->strikes, kill);
    }
    return code;
}

/* What comes behind the promotion, each to its end. */
static enum cog_code run_then(struct scn_operator *who, const struct scn_undertaking *undertaking,
                              struct cog_error *error)
{
    enum cog_code code = COG_OK;
    bool is_dead = false;
    if (undertaking->then_count > 0) {
        code = scn_habitat_tear_journal(&who->habitat, error);
    }
    const size_t then_count = who->is_refused ? 0 : undertaking->then_count;
    for (size_t i = 0; code == COG_OK && i < then_count; i++) {
        who->is_rolled_back_by_hand =
            who->is_rolled_back_by_hand || undertaking->then[i] == SCN_COMMAND_ROLL_BACK;
        code = run_process(who, undertaking->then[i], NULL, &is_dead, error);
    }
    return code;
}

enum cog_code scn_operator_run(struct scn_operator *who, const struct scn_undertaking *undertaking,
                               struct cog_error *error)
{
    enum scn_command command = SCN_COMMAND_PROMOTE;
    bool is_dead = !who->is_refused;
    enum cog_code code = COG_OK;
    size_t kill_count = 0;
    for (size_t i = 0; code == COG_OK && is_dead; i++) {
        const struct scn_kill *kill = i < undertaking->kill_count ? &undertaking->kills[i] : NULL;
        is_dead = false;
        code = run_process(who, command, kill, &is_dead, error);
        command = SCN_COMMAND_RESUME;
        kill_count += is_dead ? 1 : 0;
    }
    who->unused_kill_count = undertaking->kill_count - kill_count;
    return code == COG_OK ? run_then(who, undertaking, error) : code;
}

void scn_operator_tell(const struct scn_operator *who, struct scn_facts *inout_facts)
{
    struct scn_facts *facts = inout_facts;
    const struct scn_signals *signals = &who->signals;
    facts->stop = scn_line_problem(who->line);
    facts->host = who->host;
    facts->config = &who->config;
    facts->is_rolled_back_by_hand = who->is_rolled_back_by_hand;
    facts->process_count = (size_t)who->process_count;
    facts->starts = who->starts;
    facts->started_ms = who->process_count > 0 ? who->starts[0].at_ms : 0;
    facts->unused_kill_count = who->unused_kill_count;
    facts->signal_number = signals->received;
    facts->unsent_signal =
        signals->sent_count < signals->count ? &signals->items[signals->sent_count] : NULL;
    /* A later process was sent none, and cannot end as if it had been. */
    facts->exit_code = cog_outcome_exit_code(who->report.outcome,
                                             who->process_count == 1 ? facts->signal_number : 0);
    facts->report = &who->report;
    facts->events = who->recorder.events;
    facts->event_count = who->recorder.event_count;
    facts->strikes = &who->strikes;
    facts->rivalry.is_second = is_second(who);
    facts->rivalry.has_robbed = who->common.has_robbed;
}

void scn_operator_end_sockets(struct scn_operator *who)
{
    scn_line_destroy(who->line);
    cog_cancel_destroy(who->cancel);
    who->line = (struct scn_line){0};
    who->cancel = NULL;
}

void scn_operator_finish(struct scn_operator *who)
{
    scn_operator_end_sockets(who);
    scn_habitat_finish(&who->habitat);
    scn_cells_finish(&who->strikes);
    scn_recorder_finish(&who->recorder);
    scn_common_folder_finish(&who->common);
    cog_config_finish(&who->config);
}
