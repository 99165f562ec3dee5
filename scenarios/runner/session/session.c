#include "session/session.h"

#include "crew/crew.h"
#include "session/progress.h"
#include "session/slowest.h"

#include <cogpromote/clock.h>

#include <stdlib.h>

/* What is known of one scenario. */
enum state {
    STATE_WAITING,
    STATE_OVER,
};

/* Outcomes come in any order; `written_count` of them were written, in the suite's. */
struct session {
    const struct scn_suite *suite;
    const struct scn_session_options *options;
    struct scn_run_options run_options;
    struct scn_outputs outputs;
    struct scn_progress progress;
    struct scn_summary summary;
    struct scn_outcome *outcomes;
    enum state *states;
    size_t written_count;
    bool has_stopped;   /* Behind a failure, by --fail-fast. */
    enum cog_code code; /* Of the outputs. */
    struct cog_error error;
};

static int64_t now_ms(void)
{
    return cog_clock_monotonic_ms(cog_clock_posix());
}

static void run_scenario(const void *context, size_t index, struct cog_text *answer)
{
    const struct session *session = context;
    const struct scn_session_options *options = session->options;
    const struct scn_scenario *scenario = &session->suite->entries[index].scenario;
    struct scn_run_options run_options = session->run_options;
    /* All that its process lost before is found then, too. */
    run_options.looks_for_leaks = index + 1 == session->suite->count;
    COG_CLEANUP(scn_outcome_finish) struct scn_outcome outcome = {0};
    (options->run_scenario != NULL ? options->run_scenario : scn_run)(scenario, &run_options,
                                                                      &outcome.run);
    scn_outcome_format(&outcome, answer);
}

/* What was written is not needed again, but for the findings, which files list at the end. */
static void shed(struct scn_outcome *outcome)
{
    free(outcome->run.trace);
    outcome->run.trace = NULL;
    scn_cells_finish(&outcome->run.cells);
}

static void count(struct session *session, const struct scn_outcome *outcome)
{
    session->summary.counts[outcome->run.verdict]++;
    session->summary.virtual_ms += outcome->run.virtual_ms;
    session->has_stopped = session->options->is_fail_fast && outcome->run.verdict == SCN_FAIL;
}

/* Whoever counts cells hears of each run, in the suite's order. */
static void tell(const struct session *session, size_t index, const struct scn_outcome *outcome)
{
    const struct scn_session_options *options = session->options;
    if (options->hear != NULL) {
        options->hear(options->hear_context, &session->suite->entries[index], &outcome->run);
    }
}

/* @param unsuited why it is not to be run at all; NULL when it is */
static const char *choose_skip_reason(const struct session *session, const char *unsuited)
{
    if (unsuited != NULL) {
        return unsuited;
    }
    return session->has_stopped ? "--fail-fast" : "interrupted";
}

/* After a failure that ends the session nothing counts, even if it was run meanwhile: what is
 * written must not depend on who was faster. */
static void write_next(struct session *session)
{
    const size_t index = session->written_count++;
    struct scn_outcome *outcome = &session->outcomes[index];
    const bool is_known = session->states[index] == STATE_OVER && !session->has_stopped;
    const char *unsuited = is_known ? outcome->run.skip : NULL;
    const bool is_run = is_known && unsuited == NULL;
    const struct scn_output_item item = {
        .number = index + 1,
        .entry = &session->suite->entries[index],
        .outcome = is_run ? outcome : NULL,
        .skip_reason = choose_skip_reason(session, unsuited),
        .is_unsuited = unsuited != NULL,
    };
    if (session->code == COG_OK) {
        session->code = scn_outputs_append(&session->outputs, &item, &session->error);
    }
    if (is_run) {
        tell(session, index, outcome);
        count(session, outcome);
    } else {
        session->summary.skipped_count++;
    }
    shed(outcome);
}

static void write_known(struct session *session)
{
    scn_progress_clear(&session->progress);
    while (session->written_count < session->suite->count &&
           session->states[session->written_count] == STATE_OVER) {
        write_next(session);
    }
    (void)fflush(session->options->outputs.tap);
}

static void hear_begin(void *context, size_t index)
{
    struct session *session = context;
    scn_progress_show(&session->progress, session->suite->entries[index].scenario.name, now_ms());
}

static void read_answer(const struct scn_answer *answer, struct scn_outcome *out_outcome)
{
    struct cog_error error = {0};
    if (answer->failure != NULL) {
        scn_outcome_fail(out_outcome, answer->failure);
    } else if (scn_outcome_parse(answer->bytes, answer->length, out_outcome, &error) != COG_OK) {
        scn_outcome_fail(out_outcome, error.message);
    }
    out_outcome->real_ms = answer->real_ms;
}

static enum scn_wish hear_end(void *context, size_t index, const struct scn_answer *answer)
{
    struct session *session = context;
    struct scn_outcome *outcome = &session->outcomes[index];
    read_answer(answer, outcome);
    const bool is_failure = outcome->run.verdict == SCN_FAIL;
    session->progress.done_count++;
    session->progress.failed_count += is_failure ? 1 : 0;
    session->states[index] = STATE_OVER;
    if (index == session->written_count) {
        write_known(session);
    }
    if (session->code != COG_OK || session->has_stopped) {
        return SCN_WISH_END;
    }
    return is_failure && session->options->is_fail_fast ? SCN_WISH_NO_MORE : SCN_WISH_MORE;
}

/* An interrupted session tells what it knows, and that the rest was not run. */
static void write_rest(struct session *session)
{
    while (session->written_count < session->suite->count) {
        write_next(session);
    }
}

static enum cog_code run_crew(struct session *session, struct cog_error *error)
{
    const struct scn_work work = {run_scenario, session, session->suite->count};
    const struct scn_crew_options options = {
        .worker_count = scn_crew_choose_size(session->options->worker_count, work.count),
        .stall_ms = session->options->stall_ms,
        .interrupt_descriptor = session->options->interrupt_descriptor,
        .listener = {.begin = hear_begin, .end = hear_end, .context = session},
    };
    return work.count > 0 ? scn_crew_run(&work, &options, error) : COG_OK;
}

static enum cog_code session_init(struct session *session, struct cog_error *error)
{
    const size_t count = session->suite->count;
    session->outcomes = calloc(count + 1, sizeof *session->outcomes);
    session->states = calloc(count + 1, sizeof *session->states);
    if (session->outcomes == NULL || session->states == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    struct scn_output_options outputs = session->options->outputs;
    outputs.run = &session->run_options;
    return scn_outputs_open(&outputs, count, &session->outputs, error);
}

static enum cog_code conclude(struct session *session, enum cog_code crew_code,
                              struct cog_error *error)
{
    scn_progress_clear(&session->progress);
    write_rest(session);
    if (session->code != COG_OK) {
        *error = session->error;
        return session->code;
    }
    struct cog_error inner = {0};
    enum cog_code code = scn_outputs_commit(&session->outputs, &inner);
    if (code != COG_OK) {
        *error = inner;
        return code;
    }
    if (session->options->slowest_count > 0 && session->options->remarks != NULL) {
        scn_slowest_write(session->options->remarks, session->suite, session->outcomes,
                          session->options->slowest_count);
    }
    return crew_code;
}

static void session_finish(struct session *session)
{
    for (size_t i = 0; session->outcomes != NULL && i < session->suite->count; i++) {
        scn_outcome_finish(&session->outcomes[i]);
    }
    free(session->outcomes);
    free(session->states);
    scn_outputs_finish(&session->outputs);
}

enum cog_code scn_session_run(const struct scn_suite *suite,
                              const struct scn_session_options *options,
                              struct scn_summary *out_summary, struct cog_error *error)
{
    COG_CLEANUP(session_finish)
    struct session session = {
        .suite = suite,
        .options = options,
        .run_options = options->run,
        .progress = {.stream = options->progress, .total_count = suite->count},
    };
    const int64_t start_ms = now_ms();
    struct cog_error inner = {0};
    session.run_options.wants_record =
        options->run.wants_record || scn_outputs_want_records(&options->outputs);
    session.run_options.wants_trace = options->outputs.trace_folder != NULL;
    session.run_options.wants_cells = options->run.wants_cells || session.run_options.wants_record;
    enum cog_code code = session_init(&session, &inner);
    if (code == COG_OK) {
        code = run_crew(&session, &inner);
        if (code == COG_OK || code == COG_ERROR_CANCELLED) {
            code = conclude(&session, code, &inner);
        }
        session.summary.real_ms = now_ms() - start_ms;
        *out_summary = session.summary;
    }
    if (code != COG_OK && error != NULL) {
        *error = inner;
    }
    return code;
}
