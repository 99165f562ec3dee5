#include "drill/guided/dossier.h"

#include "drill/guided/blow.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_KILLED = 128 + SIGKILL };

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

struct scn_typed scn_dossier_typed(const struct scn_recorded *command,
                                   const struct scn_client_time *time)
{
    return (struct scn_typed){
        .at_ms = scn_client_time_convert(time, command->at_unix_ms),
        .until_ms =
            command->until_unix_ms < 0 ? -1 : scn_client_time_convert(time, command->until_unix_ms),
        .exit_code = command->exit_code,
        .line = command->line,
    };
}

/* A command that goes on with a promotion; those that look only are no processes of a run. */
static bool is_acting(const struct scn_recorded *command)
{
    static const char *const verbs[] = {"promote", "resume", "rollback", NULL};
    size_t length = 0;
    const char *verb = scn_recorded_verb(command, &length);
    for (size_t i = 0; verbs[i] != NULL; i++) {
        if (strlen(verbs[i]) == length && strncmp(verb, verbs[i], length) == 0) {
            return true;
        }
    }
    return false;
}

static size_t count_exchanges(const struct scn_facts *facts, int64_t at_ms)
{
    size_t count = 0;
    while (count < facts->exchange_count && facts->exchanges[count].at_ms < at_ms) {
        count++;
    }
    return count;
}

static size_t count_events(const struct scn_facts *facts, int64_t at_ms)
{
    size_t count = 0;
    while (count < facts->event_count && facts->events[count].at_ms < at_ms) {
        count++;
    }
    return count;
}

static size_t count_deployments(const struct scn_facts *facts, int64_t at_ms)
{
    size_t count = 0;
    while (count < facts->deployment_count && facts->deployments[count].created_ms < at_ms) {
        count++;
    }
    return count;
}

static bool add_start(const struct scn_dossier_source *source, size_t index, bool is_after_kill,
                      struct scn_dossier *dossier)
{
    const struct scn_facts *facts = &dossier->facts;
    const struct scn_recorded *command = &dossier->commands.items[index];
    const int64_t at_ms = scn_client_time_convert(&source->time, command->at_unix_ms);
    size_t length = 0;
    const char *word = scn_recorded_verb(command, &length);
    char *verb = cog_string_clone(word, length);
    struct scn_start *start = &dossier->starts[dossier->start_count];
    *start = (struct scn_start){
        .command = verb,
        .at_ms = at_ms,
        .exchange_count = count_exchanges(facts, at_ms),
        .event_count = count_events(facts, at_ms),
        .deployment_count = count_deployments(facts, at_ms),
        .is_after_kill = is_after_kill,
    };
    (void)snprintf(start->content, sizeof start->content, "%s",
                   index < source->sighting_count ? source->sightings[index].content : "");
    dossier->verbs[dossier->start_count++] = verb;
    dossier->facts.is_rolled_back_by_hand |= verb != NULL && strcmp(verb, "rollback") == 0;
    return verb != NULL;
}

static bool read_starts(const struct scn_dossier_source *source, struct scn_dossier *dossier)
{
    bool is_after_kill = false;
    dossier->starts = calloc(dossier->commands.count + 1, sizeof *dossier->starts);
    dossier->verbs = calloc(dossier->commands.count + 1, sizeof(char *));
    bool is_whole = dossier->starts != NULL && dossier->verbs != NULL;
    for (size_t i = 0; is_whole && i < dossier->commands.count; i++) {
        const struct scn_recorded *command = &dossier->commands.items[i];
        if (is_acting(command)) {
            is_whole = add_start(source, i, is_after_kill, dossier);
            is_after_kill = command->exit_code == EXIT_KILLED;
        }
    }
    dossier->facts.starts = dossier->start_count > 0 ? dossier->starts : NULL;
    dossier->facts.process_count = dossier->start_count;
    return is_whole;
}

static bool read_typed(const struct scn_dossier_source *source, struct scn_dossier *dossier)
{
    const size_t count = dossier->commands.count;
    dossier->typed = calloc(count + 1, sizeof *dossier->typed);
    if (dossier->typed == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        dossier->typed[i] = scn_dossier_typed(&dossier->commands.items[i], &source->time);
    }
    dossier->facts.started_ms = count > 0 ? dossier->typed[0].at_ms : 0;
    return true;
}

/* Of the newest command that went on with a promotion; of the newest of all where there is none. */
static int find_exit(const struct scn_dossier *dossier)
{
    int exit_code = 0;
    bool has_acted = false;
    for (size_t i = 0; i < dossier->commands.count; i++) {
        const struct scn_recorded *command = &dossier->commands.items[i];
        const bool counts = command->exit_code >= 0 && (is_acting(command) || !has_acted);
        exit_code = counts ? command->exit_code : exit_code;
        has_acted = has_acted || (counts && is_acting(command));
    }
    return exit_code;
}

/* What the newest run says of itself; else what the exit code of the last command means. */
static void read_outcome(const struct scn_dossier_source *source, struct scn_dossier *dossier)
{
    struct scn_exit_map map;
    struct scn_facts *facts = &dossier->facts;
    const struct cog_run_list *runs = &dossier->papers.runs;
    const bool has_run = runs->count > 0 && runs->items[0].damage[0] == '\0';
    scn_exit_map_init(&map);
    facts->exit_code = find_exit(dossier);
    uint32_t meaning =
        dossier->commands.count > 0 ? map.meanings[facts->exit_code % SCN_EXIT_CODE_COUNT] : 0;
    dossier->report = has_run ? runs->items[0].report : (struct cog_report){0};
    if (has_run && runs->items[0].has_ended) {
        meaning = scn_exit_map_bit(dossier->report.outcome);
        /* Which signal interrupted it, its exit code alone says. */
        facts->exit_code = dossier->report.outcome == COG_OUTCOME_INTERRUPTED
                               ? facts->exit_code
                               : cog_outcome_exit_code(dossier->report.outcome, 0);
    } else {
        dossier->report.outcome = meaning != 0 ? scn_exit_map_first(meaning) : COG_OUTCOME_UNKNOWN;
        dossier->report.target = has_run ? dossier->report.target : COG_TARGET_UNKNOWN;
    }
    dossier->ending = (struct scn_ending){
        .process = {.exit_code = facts->exit_code},
        .meaning = meaning,
        .limit_ms = source->limit_ms,
        .scale = source->time.scale,
    };
    facts->report = &dossier->report;
    facts->ending = &dossier->ending;
}

static const char *find_stop(const struct scn_dossier_source *source,
                             const struct scn_dossier *dossier)
{
    if (source->stop != NULL) {
        return source->stop;
    }
    if (source->is_aborted) {
        return source->abort_reason;
    }
    return dossier->start_count == 0 && dossier->facts.exchange_count == 0
               ? "the client was never started"
               : NULL;
}

static void fill_evidence(const struct scn_dossier_source *source, struct scn_dossier *dossier)
{
    dossier->evidence = (struct scn_evidence){
        .facts = &dossier->facts,
        .start_unix_ms = source->time.start_unix_ms,
        .scale = source->time.scale,
        .is_guided = true,
        .typed = dossier->typed,
        .typed_count = dossier->commands.count,
        .hint_cost = source->hint_cost,
        .is_aborted = source->is_aborted,
        .abort_reason = source->abort_reason,
    };
}

static void fill_frame(const struct scn_dossier_source *source, struct scn_dossier *dossier)
{
    struct scn_facts *facts = &dossier->facts;
    facts->host = source->host;
    facts->config = source->config;
    facts->seed_only = source->drill->scenario.seed_only;
    facts->elapsed_ms = source->now_ms;
    facts->audit = "";
    facts->journals = "";
    size_t count = 0;
    if (source->config->client_secret != NULL) {
        dossier->secrets[count++] = source->config->client_secret;
    }
    if (source->config->webhook_secret != NULL) {
        dossier->secrets[count++] = source->config->webhook_secret;
    }
    facts->secrets = dossier->secrets;
}

/* Of the other operator nothing is known but what it did to the server. */
static enum cog_code part_other(const struct scn_dossier_source *source,
                                struct scn_dossier *dossier)
{
    struct scn_facts *facts = &dossier->facts;
    struct scn_facts *other = &dossier->other;
    if (!source->has_second) {
        return COG_OK;
    }
    *other = *facts;
    other->started_ms = source->second_ms;
    other->exchange_count = 0;
    other->deployment_count = 0;
    other->deliveries = NULL;
    other->delivery_count = 0;
    other->process_count = 0;
    dossier->other_report.outcome = COG_OUTCOME_UNKNOWN;
    dossier->other_report.target = COG_TARGET_UNKNOWN;
    other->report = &dossier->other_report;
    other->rivalry = (struct scn_rivalry){.other = facts, .is_second = true};
    const enum cog_code code =
        scn_remote_truth_part(&dossier->truth, SCN_BLOW_SECOND_TRACE, facts, other);
    facts->rivalry.other = other;
    return code;
}

enum cog_code scn_dossier_read(const struct scn_dossier_source *source,
                               struct scn_dossier *out_dossier, struct cog_error *error)
{
    struct scn_dossier *dossier = out_dossier;
    *dossier = (struct scn_dossier){0};
    fill_frame(source, dossier);
    enum cog_code code = scn_remote_truth_read(source->scene, source->control, source->config,
                                               &dossier->truth, &dossier->facts);
    if (code == COG_OK) {
        code = part_other(source, dossier);
    }
    code = code == COG_OK ? scn_client_papers_read(source->workplace, &source->time,
                                                   &dossier->papers, &dossier->facts, error)
                          : fail_memory(error);
    if (code == COG_OK) {
        code = scn_command_log_read(source->workplace, &dossier->commands, error);
    }
    if (code == COG_OK && (!read_typed(source, dossier) || !read_starts(source, dossier))) {
        code = fail_memory(error);
    }
    if (code != COG_OK) {
        scn_dossier_finish(dossier);
        return code;
    }
    read_outcome(source, dossier);
    dossier->facts.stop = find_stop(source, dossier);
    fill_evidence(source, dossier);
    return COG_OK;
}

void scn_dossier_finish(struct scn_dossier *dossier)
{
    for (size_t i = 0; i < dossier->start_count; i++) {
        free(dossier->verbs[i]);
    }
    free(dossier->verbs);
    free(dossier->starts);
    free(dossier->typed);
    scn_command_list_finish(&dossier->commands);
    scn_client_papers_finish(&dossier->papers);
    scn_remote_truth_finish(&dossier->truth);
    *dossier = (struct scn_dossier){0};
}
