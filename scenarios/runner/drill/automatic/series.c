#include "drill/automatic/series.h"

#include "crew/crew.h"
#include "drill/automatic/rehearsal_bytes.h"
#include "drill/report/rehearsal_report.h"

#include <cogbase/text.h>

#include <stdio.h>
#include <stdlib.h>

/* What an answer begins with. */
enum { ANSWER_REHEARSAL = 'r', ANSWER_SKIP = 's' };

/* Runs that are under way, and what came of them so far. */
struct series {
    const struct scn_drill_series_options *options;
    size_t first; /* Of the indexes that are run: the whole series, or one of it. */
    bool wants_record;
    struct scn_rehearsal *items; /* By the index of the work. */
    char *skip;
    struct scn_drill_series_progress progress;
    enum cog_code code; /* What went wrong here, and not in a run. */
    struct cog_error error;
};

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

/* In a process of its own. */
static void rehearse(const void *context, size_t index, struct cog_text *answer)
{
    const struct series *series = context;
    const struct scn_drill_series_options *options = series->options;
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal rehearsal = {0};
    const struct scn_rehearsal_options choice = {
        .seed = options->first_seed + series->first + index,
        .transport = options->transport,
        .client = options->client,
        .wants_record = series->wants_record,
    };
    struct cog_error error = {0};
    enum cog_code code = (options->run != NULL ? options->run : scn_rehearsal_run)(
        options->drill, &choice, &rehearsal, &error);
    if (code == COG_OK) {
        cog_text_append_format(answer, "%c", ANSWER_REHEARSAL);
        scn_rehearsal_format(&rehearsal, answer);
    } else if (code == COG_ERROR_CONFIGURATION) {
        char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];
        cog_text_append_format(answer, "%c%s", ANSWER_SKIP,
                               cog_error_text(&error, text, sizeof text));
    } else {
        answer->failed = true;
    }
}

/* Nothing is known of it. */
static void forget(struct scn_rehearsal *rehearsal)
{
    for (size_t i = 0; i < SCN_MILESTONE_COUNT; i++) {
        rehearsal->timeline.milestones[i].server_ms = -1;
        rehearsal->timeline.milestones[i].client_ms = -1;
    }
    rehearsal->timeline.mixed_ms = -1;
    for (size_t i = 0; i < SCN_FIGURE_COUNT; i++) {
        rehearsal->figures.items[i] = (struct scn_figure){.server = -1, .client = -1};
    }
}

/* The process died, or did not end. */
static void take_crash(const struct series *series, size_t index, const char *reason)
{
    const struct scn_checklist *checklist = &series->options->drill->checklist;
    struct scn_rehearsal *rehearsal = &series->items[index];
    forget(rehearsal);
    rehearsal->seed = series->options->first_seed + series->first + index;
    rehearsal->score.verdict = SCN_INCONCLUSIVE;
    rehearsal->checks.count = checklist->count;
    for (size_t i = 0; i < checklist->count; i++) {
        struct scn_check_result *check = &rehearsal->checks.items[i];
        check->result = SCN_INCONCLUSIVE;
        (void)snprintf(check->evidence, sizeof check->evidence, "the run did not end");
    }
    scn_findings_append(&rehearsal->findings, SCN_INCONCLUSIVE, "run", "%s", reason);
}

static enum cog_code take_answer(struct series *series, size_t index,
                                 const struct scn_answer *answer)
{
    if (answer->length == 0) {
        return cog_error_set(&series->error, COG_ERROR_INTERNAL, "a process has said nothing");
    }
    if (answer->bytes[0] == ANSWER_SKIP) {
        if (series->skip == NULL) {
            series->skip = cog_string_clone(answer->bytes + 1, answer->length - 1);
        }
        return series->skip != NULL ? COG_OK : fail_memory(&series->error);
    }
    return scn_rehearsal_parse(answer->bytes + 1, answer->length - 1, series->options->drill,
                               &series->items[index], &series->error);
}

static void hear_begin(void *context, size_t index)
{
    (void)context;
    (void)index;
}

static enum scn_wish hear_end(void *context, size_t index, const struct scn_answer *answer)
{
    struct series *series = context;
    const struct scn_drill_series_options *options = series->options;
    if (answer->failure != NULL) {
        take_crash(series, index, answer->failure);
    } else {
        series->code = take_answer(series, index, answer);
    }
    if (series->code != COG_OK || series->skip != NULL) {
        return SCN_WISH_END; /* What it is no drill for, it is none with another seed. */
    }
    series->progress.done_count++;
    series->progress.failed_count +=
        scn_drill_report_result(&series->items[index]) == SCN_PASS ? 0 : 1;
    if (options->show != NULL) {
        options->show(options->show_context, &series->progress);
    }
    return SCN_WISH_MORE;
}

static enum cog_code work(struct series *series, size_t count, struct cog_error *error)
{
    const struct scn_drill_series_options *options = series->options;
    const struct scn_work runs = {rehearse, series, count};
    const struct scn_crew_options crew = {
        .worker_count = scn_crew_choose_size(options->worker_count, count),
        .stall_ms = options->stall_ms,
        .interrupt_descriptor = options->interrupt_descriptor,
        .listener = {.begin = hear_begin, .end = hear_end, .context = series},
    };
    enum cog_code code = scn_crew_run(&runs, &crew, error);
    if (series->code == COG_OK) {
        return code;
    }
    if (error != NULL) {
        *error = series->error;
    }
    return series->code;
}

static enum cog_code make_room(struct scn_drill_series *runs, size_t count, struct cog_error *error)
{
    runs->items = calloc(count, sizeof *runs->items);
    if (runs->items == NULL) {
        return fail_memory(error);
    }
    runs->count = count;
    return COG_OK;
}

enum cog_code scn_drill_series_run(const struct scn_drill_series_options *options,
                                   struct scn_drill_series *out_series, struct cog_error *error)
{
    COG_CLEANUP(scn_drill_series_finish) struct scn_drill_series runs = {0};
    enum cog_code code = make_room(&runs, options->seed_count, error);
    if (code != COG_OK) {
        return code;
    }
    struct series series = {
        .options = options,
        /* No second run of a foreign client is like the first one. */
        .wants_record = options->client != NULL || options->seed_count == 1,
        .items = runs.items,
    };
    code = work(&series, options->seed_count, error);
    runs.skip = series.skip;
    if (code != COG_OK) {
        return code;
    }
    *out_series = runs;
    runs = (struct scn_drill_series){0};
    return COG_OK;
}

enum cog_code scn_drill_series_record(const struct scn_drill_series_options *options,
                                      struct scn_drill_series *inout_series, size_t index,
                                      struct cog_error *error)
{
    COG_CLEANUP(scn_rehearsal_finish) struct scn_rehearsal again = {0};
    struct scn_drill_series_options choice = *options;
    struct scn_rehearsal *rehearsal = &inout_series->items[index];
    choice.show = NULL;
    struct series series = {
        .options = &choice,
        .first = index,
        .wants_record = true,
        .items = &again,
    };
    if (rehearsal->record != NULL || options->client != NULL) {
        return COG_OK;
    }
    enum cog_code code = work(&series, 1, error);
    free(series.skip);
    if (code == COG_OK) {
        rehearsal->record = again.record;
        again.record = NULL;
    }
    return code;
}

static enum cog_code count_values(const struct scn_drill_series *series,
                                  int64_t (*take)(const struct scn_rehearsal *, int), int what,
                                  struct scn_statistics *out_statistics, struct cog_error *error)
{
    int64_t *values = calloc(series->count + 1, sizeof *values);
    size_t count = 0;
    if (values == NULL) {
        return fail_memory(error);
    }
    for (size_t i = 0; i < series->count; i++) {
        const int64_t value = take(&series->items[i], what);
        if (value >= 0) {
            values[count++] = value;
        }
    }
    *out_statistics = scn_statistics_of(values, count);
    free(values);
    return COG_OK;
}

/* By the server's truth where that is known, as reports have it. */
static int64_t take_figure(const struct scn_rehearsal *rehearsal, int figure)
{
    const struct scn_figure *item = &rehearsal->figures.items[figure];
    return item->server >= 0 ? item->server : item->client;
}

static int64_t take_points(const struct scn_rehearsal *rehearsal, int none)
{
    (void)none;
    return rehearsal->score.points;
}

enum cog_code scn_drill_series_figure(const struct scn_drill_series *series,
                                      enum scn_figure_id figure,
                                      struct scn_statistics *out_statistics,
                                      struct cog_error *error)
{
    return count_values(series, take_figure, (int)figure, out_statistics, error);
}

enum cog_code scn_drill_series_points(const struct scn_drill_series *series,
                                      struct scn_statistics *out_statistics,
                                      struct cog_error *error)
{
    return count_values(series, take_points, 0, out_statistics, error);
}

size_t scn_drill_series_count(const struct scn_drill_series *series, enum scn_result verdict)
{
    size_t count = 0;
    for (size_t i = 0; i < series->count; i++) {
        count += scn_drill_report_result(&series->items[i]) == verdict ? 1 : 0;
    }
    return count;
}

void scn_drill_series_finish(struct scn_drill_series *series)
{
    for (size_t i = 0; i < series->count; i++) {
        scn_rehearsal_finish(&series->items[i]);
    }
    free(series->items);
    free(series->skip);
    *series = (struct scn_drill_series){0};
}
