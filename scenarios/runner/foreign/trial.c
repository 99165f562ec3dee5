#include "foreign/trial.h"

#include "foreign/capture.h"
#include "foreign/child.h"
#include "foreign/folder.h"
#include "foreign/variables.h"
#include "simulation/truth.h"

#include <cogbase/text.h>
#include <cogmock/http.h>

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    HOST_SIZE = 32,
    READ_SIZE = 16 << 10,
    READS_MAX = 64,   /* At a time: a flood does not keep the fake from answering. */
    WAIT_MS_MAX = 10, /* A client's end is noticed that late. */
    LIMIT_GRACE_MS = 10000,
    OUTPUTS_FIXED = SCN_CHILD_OUTPUTS,
    DESCRIPTORS = 1 + SCN_CHILD_OUTPUTS,
    EXIT_SIGNAL_INT = 130,
};

struct scn_trial {
    const struct scn_scenario *scenario;
    const struct scn_trial_options *options;
    struct mock_server *server;
    struct mock_http *http;
    struct cog_config config;
    char host[HOST_SIZE];
    char *folder;
    struct scn_variables variables;
    struct scn_child child;
    struct scn_capture captures[SCN_CHILD_OUTPUTS];
    size_t sent_signal_count;
    int first_signal;
    int process_count;
    int answer_count;  /* Of this process. */
    int deadly_answer; /* It does not live to see this one; 0: it does. */
    bool has_been_killed;
    bool has_fake_failed;

    struct scn_ending ending;
    struct cog_report report;
    char *texts[SCN_CHILD_OUTPUTS];
    struct scn_truth truth;
    struct scn_output *outputs;
    struct scn_facts facts;
};

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static int64_t real_ms(void)
{
    return cog_clock_monotonic_ms(cog_clock_posix());
}

static int64_t fake_ms(const struct scn_trial *trial)
{
    return mock_clock_now_ms(mock_server_clock(trial->server));
}

/* The fake has done what it was asked, and says nothing yet: that is when a process dies. */
static void see_event(void *context, const struct mock_event *event)
{
    struct scn_trial *trial = context;
    if (strcmp(event->kind, "answer") != 0) {
        return;
    }
    trial->answer_count++;
    if (trial->answer_count == trial->deadly_answer) {
        scn_child_signal(&trial->child, SIGKILL);
        trial->has_been_killed = true;
    }
}

static enum cog_code start_server(struct scn_trial *trial, struct cog_error *error)
{
    static const struct mock_watcher_ops ops = {.happened = see_event};
    const struct mock_server_options server_options = {
        .clock = cog_clock_posix(),
        .scale = trial->options->scale,
        .seed = trial->options->seed,
    };
    const struct mock_http_options options = {.clock = cog_clock_posix()};
    enum cog_code code =
        mock_server_create(trial->scenario->script, &server_options, &trial->server, error);
    if (code == COG_OK) {
        mock_server_watch(trial->server, (struct mock_watcher){&ops, trial});
        code = mock_http_create(mock_site_of_server(trial->server), &options, &trial->http, error);
    }
    if (code != COG_OK) {
        return code;
    }
    (void)snprintf(trial->host, sizeof trial->host, "127.0.0.1:%" PRIu16,
                   mock_http_port(trial->http));
    return scn_scenario_configure(trial->scenario, trial->host, &trial->config, error);
}

static const char *find_inherited(char *const *environment, const char *start)
{
    for (size_t i = 0; environment[i] != NULL; i++) {
        if (strncmp(environment[i], start, strlen(start)) == 0) {
            return environment[i] + strlen(start);
        }
    }
    return NULL;
}

/* As long as the client may take by the scenario's limits, and then some. */
static int64_t choose_limit(const struct scn_trial *trial)
{
    const struct cog_config *config = &trial->config;
    if (trial->options->limit_ms > 0) {
        return trial->options->limit_ms;
    }
    const int64_t virtual_ms = config->timeout_ms + config->rollback_timeout_ms +
                               config->webhook_timeout_ms + config->drain_wait_ms +
                               config->request_timeout_ms;
    return (int64_t)((double)virtual_ms / trial->options->scale) + LIMIT_GRACE_MS;
}

static enum cog_code prepare(struct scn_trial *trial, struct cog_error *error)
{
    enum cog_code code = start_server(trial, error);
    if (code == COG_OK) {
        code = scn_folder_create(find_inherited(trial->options->environment, "TMPDIR="),
                                 &trial->folder, error);
    }
    if (code != COG_OK) {
        return code;
    }
    trial->ending.scale = trial->options->scale;
    trial->ending.limit_ms = choose_limit(trial);
    const struct scn_variables_source source = {
        .scenario = trial->scenario,
        .config = &trial->config,
        .inherited = trial->options->environment,
        .folder = trial->folder,
        .directory = trial->options->directory,
        .scale = trial->options->scale,
    };
    return scn_variables_make(&source, &trial->variables, error);
}

/* @return whether there may be more */
static bool read_output(struct scn_trial *trial, int index)
{
    char bytes[READ_SIZE];
    int *descriptor = &trial->child.outputs[index];
    if (*descriptor < 0) {
        return false;
    }
    const ssize_t length = read(*descriptor, bytes, sizeof bytes);
    if (length > 0) {
        scn_capture_append(&trial->captures[index], bytes, (size_t)length);
        return true;
    }
    if (length == 0 || (errno != EAGAIN && errno != EINTR)) {
        (void)close(*descriptor);
        *descriptor = -1;
    }
    return false;
}

static void read_outputs(struct scn_trial *trial)
{
    for (int i = 0; i < SCN_CHILD_OUTPUTS; i++) {
        for (int k = 0; k < READS_MAX && read_output(trial, i); k++) {
        }
    }
}

static void send_due_signals(struct scn_trial *trial)
{
    const struct scn_client_events *events = &trial->scenario->events;
    while (trial->sent_signal_count < events->signal_count &&
           events->signals[trial->sent_signal_count].at_ms <= fake_ms(trial)) {
        const int number = events->signals[trial->sent_signal_count++].number;
        trial->first_signal = trial->first_signal == 0 ? number : trial->first_signal;
        scn_child_signal(&trial->child, number);
    }
}

static void wait_a_little(const struct scn_trial *trial)
{
    struct pollfd descriptors[DESCRIPTORS] = {
        {.fd = mock_http_descriptor(trial->http), .events = POLLIN},
    };
    for (int i = 0; i < SCN_CHILD_OUTPUTS; i++) {
        descriptors[1 + i] = (struct pollfd){.fd = trial->child.outputs[i], .events = POLLIN};
    }
    const int64_t due_ms = mock_http_next_due_ms(trial->http);
    const int64_t now_ms = real_ms();
    int64_t wait_ms = due_ms > now_ms ? due_ms - now_ms : 0;
    wait_ms = wait_ms < WAIT_MS_MAX ? wait_ms : WAIT_MS_MAX;
    (void)poll(descriptors, DESCRIPTORS, (int)wait_ms);
}

static void serve(struct scn_trial *trial)
{
    if (mock_http_run(trial->http, NULL) != COG_OK) {
        trial->has_fake_failed = true;
    }
}

/* Until the process has ended, whatever ends it. */
static void accompany(struct scn_trial *trial)
{
    const int64_t end_ms = real_ms() + trial->ending.limit_ms;
    while (!scn_child_has_ended(&trial->child)) {
        serve(trial);
        read_outputs(trial);
        send_due_signals(trial);
        if (real_ms() >= end_ms || trial->has_fake_failed) {
            trial->ending.is_overdue = !trial->has_fake_failed;
            scn_child_signal(&trial->child, SIGKILL);
        }
        wait_a_little(trial);
    }
}

static enum cog_code run_process(struct scn_trial *trial, struct cog_error *error)
{
    const struct scn_undertaking *undertaking = &trial->scenario->undertaking;
    const size_t index = (size_t)trial->process_count++;
    const struct scn_child_command command = {
        .text = trial->options->command,
        .folder = trial->folder,
        .environment = trial->variables.list,
    };
    trial->answer_count = 0;
    trial->has_been_killed = false;
    trial->deadly_answer =
        index < undertaking->kill_count ? undertaking->kills[index].death.after_request : 0;
    const enum cog_code code = scn_child_start(&command, &trial->child, error);
    if (code != COG_OK) {
        return code;
    }
    accompany(trial);
    trial->facts.elapsed_ms = fake_ms(trial);
    trial->ending.process = scn_child_reap(&trial->child);
    /* What a dead process had sent is heard; what it printed is read. */
    serve(trial);
    read_outputs(trial);
    scn_child_finish(&trial->child);
    return COG_OK;
}

/* A process that was killed is followed by the same command, as a pipeline would repeat it. */
static enum cog_code run_client(struct scn_trial *trial, struct cog_error *error)
{
    size_t kill_count = 0;
    enum cog_code code = COG_OK;
    do {
        code = run_process(trial, error);
        kill_count += trial->has_been_killed ? 1 : 0;
    } while (code == COG_OK && trial->has_been_killed && !trial->ending.is_overdue);
    trial->facts.unused_kill_count = trial->scenario->undertaking.kill_count - kill_count;
    return code;
}

static enum cog_code collect_outputs(struct scn_trial *trial, struct cog_error *error)
{
    static const char *const names[] = {"stdout", "stderr"};
    struct scn_facts *facts = &trial->facts;
    facts->output_count = OUTPUTS_FIXED + facts->delivery_count;
    trial->outputs = calloc(facts->output_count, sizeof *trial->outputs);
    if (trial->outputs == NULL) {
        return fail_memory(error);
    }
    for (int i = 0; i < OUTPUTS_FIXED; i++) {
        trial->texts[i] = scn_capture_format(&trial->captures[i]);
        if (trial->texts[i] == NULL) {
            return fail_memory(error);
        }
        trial->ending.lost_output += scn_capture_lost(&trial->captures[i]);
        trial->outputs[i] = (struct scn_output){.name = names[i], .text = trial->texts[i]};
    }
    for (size_t i = OUTPUTS_FIXED; i < facts->output_count; i++) {
        trial->outputs[i].name = "the webhook's body";
        trial->outputs[i].text = trial->truth.deliveries[i - OUTPUTS_FIXED].body;
    }
    return COG_OK;
}

/* Of several outcomes that its exit code may mean, the one that is best for the client. */
static enum cog_outcome choose_outcome(const struct scn_trial *trial)
{
    const int expected = trial->scenario->expectation.exit_code;
    const uint32_t meaning = trial->ending.meaning;
    for (int i = 0; i <= COG_OUTCOME_INTERRUPTED; i++) {
        const enum cog_outcome outcome = (enum cog_outcome)i;
        const bool is_expected = outcome == COG_OUTCOME_INTERRUPTED
                                     ? expected >= EXIT_SIGNAL_INT
                                     : expected == cog_outcome_exit_code(outcome, 0);
        if (is_expected && scn_exit_map_has(meaning, outcome)) {
            return outcome;
        }
    }
    return scn_exit_map_first(meaning);
}

/* The outcome in our words and with our code, so that the rules can go by them. */
static void fill_ending(struct scn_trial *trial)
{
    struct scn_facts *facts = &trial->facts;
    const int exit_code = trial->ending.process.exit_code;
    const struct scn_exit_map *map = trial->options->exit_map;
    trial->ending.meaning = map->meanings[exit_code % SCN_EXIT_CODE_COUNT];
    if (trial->first_signal != 0 && trial->ending.process.signal_number == trial->first_signal) {
        /* It ended by the signal itself, as programs do that have no more to say. */
        trial->ending.meaning = scn_exit_map_bit(COG_OUTCOME_INTERRUPTED);
    }
    facts->signal_number = trial->first_signal;
    trial->report.outcome = choose_outcome(trial);
    trial->report.target = COG_TARGET_UNKNOWN;
    facts->exit_code = cog_outcome_exit_code(
        trial->report.outcome, trial->first_signal != 0 ? trial->first_signal : SIGINT);
}

static void fill_facts(struct scn_trial *trial)
{
    const struct scn_client_events *events = &trial->scenario->events;
    struct scn_facts *facts = &trial->facts;
    facts->stop = trial->has_fake_failed ? "the fake could not go on" : NULL;
    facts->ending = &trial->ending;
    facts->host = trial->host;
    facts->config = &trial->config;
    facts->process_count = (size_t)trial->process_count;
    facts->seed_only = trial->scenario->seed_only;
    facts->unsent_signal = trial->sent_signal_count < events->signal_count
                               ? &events->signals[trial->sent_signal_count]
                               : NULL;
    facts->report = &trial->report;
    facts->audit = "";
    facts->journals = "";
    facts->outputs = trial->outputs;
    fill_ending(trial);
}

enum cog_code scn_trial_run(const struct scn_scenario *scenario,
                            const struct scn_trial_options *options, struct scn_trial **out_trial,
                            struct cog_error *error)
{
    COG_CLEANUP(scn_trial_finish) struct scn_trial *trial = calloc(1, sizeof *trial);
    if (trial == NULL) {
        return fail_memory(error);
    }
    trial->scenario = scenario;
    trial->options = options;
    enum cog_code code = prepare(trial, error);
    if (code == COG_OK) {
        code = run_client(trial, error);
    }
    if (code != COG_OK) {
        return code;
    }
    /* What became of it is looked at as the client left it. */
    code = scn_truth_read(trial->server, &trial->config, &trial->truth, &trial->facts, error);
    if (code == COG_OK) {
        code = collect_outputs(trial, error);
    }
    if (code != COG_OK) {
        return code;
    }
    fill_facts(trial);
    *out_trial = trial;
    trial = NULL;
    return COG_OK;
}

const struct scn_facts *scn_trial_facts(const struct scn_trial *trial)
{
    return &trial->facts;
}

static void mask_word(char *text, const char *secret)
{
    const size_t length = secret != NULL ? strlen(secret) : 0;
    char *found = length > 0 ? strstr(text, secret) : NULL;
    while (found != NULL) {
        memset(found, '*', length);
        found = strstr(found + length, secret);
    }
}

void scn_trial_mask(struct scn_trial *trial)
{
    for (int i = 0; i < OUTPUTS_FIXED; i++) {
        mask_word(trial->texts[i], trial->config.client_secret);
        mask_word(trial->texts[i], trial->config.webhook_secret);
        for (size_t k = 0; trial->facts.secrets[k] != NULL; k++) {
            mask_word(trial->texts[i], trial->facts.secrets[k]);
        }
    }
}

void scn_trial_destroy(struct scn_trial *trial)
{
    if (trial == NULL) {
        return;
    }
    scn_child_finish(&trial->child);
    mock_http_destroy(trial->http);
    if (trial->folder != NULL) {
        scn_folder_remove(trial->folder);
    }
    free(trial->folder);
    for (int i = 0; i < SCN_CHILD_OUTPUTS; i++) {
        scn_capture_finish(&trial->captures[i]);
        free(trial->texts[i]);
    }
    scn_truth_finish(&trial->truth);
    free(trial->outputs);
    scn_variables_finish(&trial->variables);
    cog_config_finish(&trial->config);
    mock_server_destroy(trial->server);
    free(trial);
}

void scn_trial_finish(struct scn_trial **trial)
{
    scn_trial_destroy(*trial);
    *trial = NULL;
}
