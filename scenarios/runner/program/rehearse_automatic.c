#include "drill/automatic/summary.h"
#include "drill/report/rehearsal_report.h"
#include "program/client.h"
#include "program/drill_choice.h"
#include "program/rehearsal_files.h"
#include "program/rehearse.h"
#include "program/rehearse_history.h"
#include "program/verbs.h"
#include "report/replay.h"
#include "session/figure.h"
#include "session/progress.h"

#include <cogbase/json.h>
#include <cogpromote/clock.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { STALL_MS = 120000, FOREIGN_A_PROCESSOR = 4, SECOND_MS = 1000 };

/* All that rehearsals without people need. */
struct rehearsals {
    const struct scn_rehearse_arguments *arguments;
    const struct scn_interrupt *interrupt;
    struct scn_client client; /* That is not ours. */
    struct scn_drill_choice choice;
    struct scn_rehearsal_files files;
    struct scn_rehearse_history history;
    struct scn_progress progress;
    const struct scn_drill *drill;             /* That is rehearsed now. */
    struct scn_gate gates[SCN_CONDITIONS_MAX]; /* How conditions came out for it. */
    size_t done_count;                         /* Runs of those before it. */
    size_t failed_count;
    size_t verdicts[SCN_INCONCLUSIVE + 1]; /* Of drills. */
    size_t skip_count;
    bool is_judged[SCN_CONDITIONS_MAX]; /* A condition could be held against something. */
};

static void rehearsals_finish(struct rehearsals *rehearsals)
{
    scn_progress_clear(&rehearsals->progress);
    scn_drill_choice_finish(&rehearsals->choice);
    scn_rehearsal_files_finish(&rehearsals->files);
    scn_rehearse_history_finish(&rehearsals->history);
}

static int64_t now_ms(void)
{
    return cog_clock_monotonic_ms(cog_clock_posix());
}

static void show(void *context, const struct scn_drill_series_progress *series)
{
    struct rehearsals *rehearsals = context;
    rehearsals->progress.done_count = rehearsals->done_count + series->done_count;
    rehearsals->progress.failed_count = rehearsals->failed_count + series->failed_count;
    scn_progress_show(&rehearsals->progress, rehearsals->drill->id, now_ms());
}

static struct scn_drill_series_options choose_series(struct rehearsals *rehearsals)
{
    const struct scn_rehearse_arguments *arguments = rehearsals->arguments;
    const struct scn_client *client = scn_program_foreign(&rehearsals->client);
    /* A client in real time sleeps most of it, and may take as long as it is given. */
    return (struct scn_drill_series_options){
        .drill = rehearsals->drill,
        .first_seed = arguments->seeds.first,
        .seed_count = (size_t)arguments->seeds.count,
        .transport = arguments->transport,
        .client = client,
        .worker_count = arguments->worker_count == 0 && client != NULL
                            ? scn_program_workers(0) * FOREIGN_A_PROCESSOR
                            : scn_program_workers(arguments->worker_count),
        .stall_ms = client != NULL ? 0 : STALL_MS,
        .interrupt_descriptor = rehearsals->interrupt->descriptor,
        .show = show,
        .show_context = rehearsals,
    };
}

/* The command that runs these seeds of the drill again. @return NULL without memory */
static char *format_replay(const struct rehearsals *rehearsals, const char *word,
                           struct scn_seeds seeds)
{
    const struct scn_client *client = scn_program_foreign(&rehearsals->client);
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "cogdrill rehearse --seeds %" PRIu64, seeds.first);
    if (seeds.count > 1) {
        cog_text_append_format(&text, "..%" PRIu64, seeds.first + seeds.count - 1);
    }
    cog_text_append(&text, " ");
    if (client != NULL) {
        scn_replay_append_client(&text, client);
    } else if (rehearsals->arguments->transport != SCN_TRANSPORT_MEMORY) {
        cog_text_append_format(&text, "--transport %s ",
                               scn_transport_name(rehearsals->arguments->transport));
    }
    scn_replay_append_plain(&text, word);
    return cog_text_take(&text);
}

static enum cog_code judge_gates(struct rehearsals *rehearsals,
                                 const struct scn_drill_series *series, struct cog_error *error)
{
    const struct scn_drill *drill = rehearsals->drill;
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < rehearsals->arguments->condition_count; i++) {
        struct scn_gate *gate = &rehearsals->gates[i];
        code = scn_gate_judge(&rehearsals->arguments->conditions[i], drill, series, gate, error);
        if (code == COG_OK) {
            rehearsals->is_judged[i] = rehearsals->is_judged[i] || gate->state != SCN_GATE_IDLE;
            scn_rehearsal_files_add_gate(&rehearsals->files, drill->id, gate);
        }
    }
    return code;
}

static enum cog_code print(struct rehearsals *rehearsals, const struct scn_drill_summary *summary,
                           struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    const enum scn_result verdict = scn_drill_summary_verdict(summary);
    rehearsals->verdicts[verdict]++;
    if (rehearsals->arguments->is_quiet && verdict == SCN_PASS) {
        return COG_OK;
    }
    enum cog_code code = scn_drill_summary_append(summary, &text, error);
    if (code == COG_OK && text.failed) {
        code = cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    if (code == COG_OK) {
        scn_progress_clear(&rehearsals->progress);
        (void)printf("%s\n", cog_text_string(&text));
    }
    return code;
}

static enum cog_code tell(struct rehearsals *rehearsals, const struct scn_drill_series *series,
                          size_t shown, const char *word, struct cog_error *error)
{
    /* A condition is about all of them, a failure about one. */
    const bool is_one = scn_drill_report_result(&series->items[shown]) != SCN_PASS;
    const struct scn_seeds one = {series->items[shown].seed, 1};
    COG_CLEANUP(cog_string_finish)
    char *replay = format_replay(rehearsals, word, is_one ? one : rehearsals->arguments->seeds);
    const struct scn_drill_summary summary = {
        .drill = rehearsals->drill,
        .series = series,
        .gates = rehearsals->gates,
        .gate_count = rehearsals->arguments->condition_count,
        .shown = shown,
        .replay = replay,
    };
    return print(rehearsals, &summary, error);
}

static enum cog_code keep(struct rehearsals *rehearsals, const struct scn_drill_report *document,
                          struct cog_error *error)
{
    COG_CLEANUP(cog_json_finish) cJSON *trend = NULL;
    COG_CLEANUP(cog_json_finish) cJSON *json = NULL;
    struct scn_drill_report whole = *document;
    enum cog_code code =
        scn_rehearse_history_trend(&rehearsals->history, document->drill->id, &trend, error);
    whole.trend = trend;
    if (code == COG_OK) {
        code = scn_drill_report_json(&whole, &json, error);
    }
    if (code == COG_OK) {
        code = scn_rehearsal_files_add(&rehearsals->files, json, error);
    }
    return code == COG_OK ? scn_rehearse_history_append(&rehearsals->history, json,
                                                        rehearsals->arguments->json_path, error)
                          : code;
}

/* Everything that is made of the runs of a drill. */
static enum cog_code report(struct rehearsals *rehearsals, struct scn_drill_series *series,
                            const struct scn_chosen_drill *chosen, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish)
    char *replay = format_replay(rehearsals, chosen->word, rehearsals->arguments->seeds);
    const struct scn_drill_series_options options = choose_series(rehearsals);
    enum cog_code code = judge_gates(rehearsals, series, error);
    if (code != COG_OK) {
        return code;
    }
    const size_t gate_count = rehearsals->arguments->condition_count;
    const struct scn_drill_report document = {
        .drill = &chosen->drill,
        .mode = "automatic",
        .client = rehearsals->client.command,
        .transport = scn_transport_name(rehearsals->arguments->transport),
        .rehearsals = series->items,
        .rehearsal_count = series->count,
        .conditions = scn_gates_result(rehearsals->gates, gate_count),
        .failed_condition = scn_gates_closed(rehearsals->gates, gate_count),
        .replay = replay,
    };
    const size_t shown = scn_drill_report_shown(&document);
    const bool is_kept =
        scn_rehearsal_files_are_wanted(&rehearsals->files) || rehearsals->history.records;
    code = tell(rehearsals, series, shown, chosen->word, error);
    if (code == COG_OK && is_kept) {
        code = scn_drill_series_record(&options, series, shown, error);
    }
    return code == COG_OK && is_kept ? keep(rehearsals, &document, error) : code;
}

static enum cog_code rehearse(struct rehearsals *rehearsals, const struct scn_chosen_drill *chosen,
                              struct cog_error *error)
{
    COG_CLEANUP(scn_drill_series_finish) struct scn_drill_series series = {0};
    rehearsals->drill = &chosen->drill;
    const struct scn_drill_series_options options = choose_series(rehearsals);
    enum cog_code code = scn_drill_series_run(&options, &series, error);
    if (code != COG_OK) {
        return code;
    }
    if (series.skip != NULL) {
        rehearsals->skip_count++;
        scn_progress_clear(&rehearsals->progress);
        (void)printf("%s\n\n", series.skip);
        return COG_OK;
    }
    rehearsals->done_count += series.count;
    rehearsals->failed_count += series.count - scn_drill_series_count(&series, SCN_PASS);
    return report(rehearsals, &series, chosen, error);
}

/* Of conditions, not of drills: something nobody could be held against. */
static bool tell_unjudged(const struct rehearsals *rehearsals)
{
    bool is_any = false;
    for (size_t i = 0; i < rehearsals->arguments->condition_count; i++) {
        if (!rehearsals->is_judged[i]) {
            is_any = true;
            (void)printf("--fail-if '%s': no run has that figure, so it says nothing\n",
                         rehearsals->arguments->conditions[i].text);
        }
    }
    return is_any;
}

static int conclude(const struct rehearsals *rehearsals, int64_t real_ms)
{
    const size_t *verdicts = rehearsals->verdicts;
    const size_t count = verdicts[SCN_PASS] + verdicts[SCN_FAIL] + verdicts[SCN_INCONCLUSIVE];
    char runs[SCN_FIGURE_SIZE];
    const bool is_open = tell_unjudged(rehearsals);
    if (!rehearsals->arguments->is_quiet) {
        (void)printf("%zu drill%s: %zu passed, %zu failed, %zu inconclusive", count,
                     count == 1 ? "" : "s", verdicts[SCN_PASS], verdicts[SCN_FAIL],
                     verdicts[SCN_INCONCLUSIVE]);
        if (rehearsals->skip_count > 0) {
            (void)printf("; %zu cannot be run like this", rehearsals->skip_count);
        }
        (void)printf("\n");
        (void)fprintf(stderr, "%s rehearsal%s in %.2f s\n",
                      scn_figure_format((int64_t)rehearsals->done_count, runs),
                      rehearsals->done_count == 1 ? "" : "s", (double)real_ms / SECOND_MS);
    }
    if (verdicts[SCN_FAIL] > 0) {
        return 1;
    }
    return is_open || count == 0 || verdicts[SCN_INCONCLUSIVE] > 0 ? 2 : 0;
}

static int rehearse_all(struct rehearsals *rehearsals)
{
    struct cog_error error = {0};
    enum cog_code code = COG_OK;
    const int64_t start_ms = now_ms();
    rehearsals->progress = (struct scn_progress){
        .stream = !rehearsals->arguments->is_quiet && isatty(STDERR_FILENO) != 0 ? stderr : NULL,
        .total_count = rehearsals->choice.count * (size_t)rehearsals->arguments->seeds.count,
    };
    for (size_t i = 0; code == COG_OK && i < rehearsals->choice.count; i++) {
        code = rehearse(rehearsals, &rehearsals->choice.items[i], &error);
    }
    scn_progress_clear(&rehearsals->progress);
    if (code == COG_OK) {
        code = scn_rehearsal_files_commit(&rehearsals->files, &error);
    }
    if (code != COG_OK) {
        scn_program_complain(&error);
        return scn_program_failure(code, rehearsals->interrupt);
    }
    return conclude(rehearsals, now_ms() - start_ms);
}

/* Whatever can be wrong with the command line, before anything runs. */
static int prepare(struct rehearsals *rehearsals)
{
    const struct scn_rehearse_arguments *arguments = rehearsals->arguments;
    struct cog_error error = {0};
    const int failure = scn_program_client(&arguments->client, &rehearsals->client);
    if (failure != 0) {
        return failure;
    }
    enum cog_code code =
        scn_drill_choice_read(arguments->paths, arguments->path_count, &rehearsals->choice, &error);
    if (code != COG_OK) {
        const int exit_code = scn_program_fail(code, &error);
        return code == COG_ERROR_NOT_FOUND ? SCN_EXIT_NO_INPUT : exit_code;
    }
    code = scn_rehearse_history_open(arguments, &rehearsals->history, &error);
    if (code != COG_OK) {
        const int exit_code = scn_program_fail(code, &error);
        return code == COG_ERROR_SYNTAX ? SCN_EXIT_NO_INPUT : exit_code;
    }
    code = scn_rehearsal_files_open(arguments->json_path, arguments->html_path, &rehearsals->files,
                                    &error);
    if (code != COG_OK) {
        scn_program_complain(&error);
        return code == COG_ERROR_STORAGE ? SCN_EXIT_NO_OUTPUT : SCN_EXIT_SOFTWARE;
    }
    return 0;
}

int scn_rehearse_automatic(const struct scn_rehearse_arguments *arguments)
{
    struct scn_interrupt interrupt;
    struct cog_error error = {0};
    /* Before files are opened, which a signal must not leave behind. */
    if (scn_interrupt_init(&interrupt, &error) != COG_OK) {
        scn_program_complain(&error);
        return SCN_EXIT_SOFTWARE;
    }
    struct rehearsals rehearsals = {.arguments = arguments, .interrupt = &interrupt};
    int exit_code = prepare(&rehearsals);
    if (exit_code == 0) {
        exit_code = rehearse_all(&rehearsals);
    }
    rehearsals_finish(&rehearsals);
    scn_interrupt_finish(&interrupt);
    return exit_code;
}
