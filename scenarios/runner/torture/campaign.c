#include "torture/campaign.h"

#include "crew/crew.h"
#include "foreign/folder.h"
#include "session/progress.h"
#include "torture/whereabouts.h"

#include <cogpromote/clock.h>

#include <stdlib.h>

enum {
    CRASHES_MAX = 32, /* Of a line; whoever always crashes has been seen to often enough. */
    TASKS_MIN = 64,
    REASON_SIZE = 256,
};

/* A line, and how much of it is still under way. */
struct front {
    struct scn_campaign_line line;
    size_t open_count;
    size_t crash_count;
};

/* What one worker does at a time. */
struct task {
    size_t front_index;
    struct scn_stretch stretch;
};

struct campaign {
    const struct scn_campaign_options *options;
    struct front *fronts;
    size_t front_count;
    size_t told_count;
    struct task *tasks;
    size_t task_count;
    size_t task_capacity;
    size_t pass_start; /* The first task of those that are being done. */
    char *folder;      /* For states; NULL where nobody has files. */
    struct scn_whereabouts whereabouts;
    struct scn_progress progress;
    bool failed; /* There was no memory for a task. */
};

static int64_t now_ms(void)
{
    return cog_clock_monotonic_ms(cog_clock_posix());
}

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static bool is_chosen(const struct scn_campaign_options *options, const struct scn_series *series)
{
    return options->only != NULL ? series == options->only->series : options->kinds[series->kind];
}

static size_t count_chosen(const struct scn_campaign_options *options)
{
    size_t count = 0;
    for (const struct scn_series *series = scn_series_all(); series->title != NULL; series++) {
        count += is_chosen(options, series) ? 1 : 0;
    }
    return count;
}

size_t scn_campaign_count(const struct scn_campaign_options *options)
{
    return options->suite->count * count_chosen(options);
}

static void add_task(struct campaign *campaign, size_t front_index,
                     const struct scn_stretch *stretch)
{
    if (campaign->task_count == campaign->task_capacity) {
        const size_t capacity =
            campaign->task_capacity > 0 ? campaign->task_capacity * 2 : TASKS_MIN;
        struct task *tasks = realloc(campaign->tasks, capacity * sizeof *tasks);
        if (tasks == NULL) {
            campaign->failed = true;
            return;
        }
        campaign->tasks = tasks;
        campaign->task_capacity = capacity;
    }
    campaign->tasks[campaign->task_count++] =
        (struct task){.front_index = front_index, .stretch = *stretch};
    campaign->fronts[front_index].open_count++;
    campaign->progress.total_count++;
}

/* One behind the other: each part has its share of the early points, and of the late ones. */
static void divide(struct campaign *campaign, size_t front_index)
{
    const struct scn_campaign_options *options = campaign->options;
    const struct scn_campaign_line *line = &campaign->fronts[front_index].line;
    struct scn_stretch stretch = {.scenario = &line->entry->scenario};
    if (options->only != NULL) {
        stretch.first = *options->only;
        add_task(campaign, front_index, &stretch);
        return;
    }
    stretch.stride = options->step * line->series->part_count;
    stretch.again_stride = options->step;
    for (int i = 0; i < line->series->part_count; i++) {
        stretch.first = (struct scn_point){
            .series = line->series,
            .at = 1 + i * options->step,
            .again = line->series->is_again ? 1 : 0,
        };
        add_task(campaign, front_index, &stretch);
    }
}

static void open_fronts(struct campaign *campaign, const struct scn_suite_entry *entry)
{
    for (const struct scn_series *series = scn_series_all(); series->title != NULL; series++) {
        if (!is_chosen(campaign->options, series)) {
            continue;
        }
        const size_t index = campaign->front_count++;
        campaign->fronts[index].line = (struct scn_campaign_line){
            .number = index + 1,
            .entry = entry,
            .series = series,
            .skip_reason = scn_torment_refusal(&entry->scenario, series->kind),
        };
        if (campaign->fronts[index].line.skip_reason == NULL) {
            divide(campaign, index);
        }
    }
}

static bool has_files(const struct campaign *campaign)
{
    for (size_t i = 0; i < campaign->task_count; i++) {
        if (campaign->tasks[i].stretch.first.series->kind == SCN_TORTURE_STORAGE) {
            return true;
        }
    }
    return false;
}

static enum cog_code campaign_init(struct campaign *campaign, struct cog_error *error)
{
    const struct scn_suite *suite = campaign->options->suite;
    campaign->fronts = calloc(scn_campaign_count(campaign->options) + 1, sizeof *campaign->fronts);
    if (campaign->fronts == NULL) {
        return fail_memory(error);
    }
    for (size_t i = 0; i < suite->count; i++) {
        open_fronts(campaign, &suite->entries[i]);
    }
    if (campaign->failed) {
        return fail_memory(error);
    }
    enum cog_code code = scn_whereabouts_open(&campaign->whereabouts, error);
    if (code == COG_OK && has_files(campaign)) {
        code = scn_folder_create(campaign->options->folder_parent, &campaign->folder, error);
    }
    return code;
}

/* What a worker notes by. */
struct place {
    const struct campaign *campaign;
    size_t index;
};

static void note(void *context, const struct scn_point *point)
{
    const struct place *place = context;
    scn_whereabouts_note(&place->campaign->whereabouts, place->index, point);
}

static void run_task(const void *context, size_t index, struct cog_text *answer)
{
    const struct campaign *campaign = context;
    struct place place = {campaign, campaign->pass_start + index};
    COG_CLEANUP(cog_text_finish) struct cog_text folder = {0};
    cog_text_append_format(&folder, "%s/%zu", campaign->folder != NULL ? campaign->folder : "",
                           place.index);
    if (folder.failed) {
        answer->failed = true;
        return;
    }
    COG_CLEANUP(scn_toll_finish) struct scn_toll toll = {0};
    const struct scn_stretch_options options = {
        .seed = campaign->options->seed,
        .folder = cog_text_string(&folder),
        .wants_record = campaign->options->only != NULL,
        .try_point = campaign->options->try_point,
        .note = note,
        .note_context = &place,
    };
    scn_stretch_run(&campaign->tasks[place.index].stretch, &options, &toll);
    if (campaign->folder != NULL) {
        scn_folder_remove(options.folder);
    }
    scn_toll_format(&toll, answer);
}

/* What lines came to of which nothing is under way any more. */
static void tell_known(struct campaign *campaign)
{
    while (campaign->told_count < campaign->front_count &&
           campaign->fronts[campaign->told_count].open_count == 0) {
        struct scn_campaign_line *line = &campaign->fronts[campaign->told_count++].line;
        scn_progress_clear(&campaign->progress);
        scn_toll_sort(&line->toll);
        campaign->options->hear(campaign->options->hear_context, line);
        scn_toll_finish(&line->toll);
    }
}

/* What was before the point, and what is behind it, is tried by others. */
static void go_around(struct campaign *campaign, size_t front_index,
                      const struct scn_stretch *stretch, const struct scn_point *point)
{
    struct scn_stretch before = *stretch;
    struct scn_stretch behind = *stretch;
    before.end = *point;
    behind.first = *point;
    if (!scn_point_equals(&stretch->first, point)) {
        add_task(campaign, front_index, &before);
    }
    if (scn_stretch_next(stretch, true, &behind.first)) {
        add_task(campaign, front_index, &behind);
    }
}

/* A worker that died, or was ended: at a point, and it is the client's fault. */
static void hear_crash(struct campaign *campaign, const struct task *crashed, size_t index,
                       const char *reason)
{
    const struct task task = *crashed; /* Tasks move when others are added. */
    struct front *front = &campaign->fronts[task.front_index];
    struct scn_point point = task.stretch.first;
    char text[REASON_SIZE];
    const bool is_known = scn_whereabouts_find(&campaign->whereabouts, index, &point);
    const bool goes_on = is_known && ++front->crash_count < CRASHES_MAX;
    (void)snprintf(
        text, sizeof text, "%s%s", reason,
        goes_on || campaign->options->only != NULL ? "" : "; what comes behind it was not tried");
    front->line.toll.point_count++;
    scn_toll_fail(&front->line.toll, &point, SCN_FAIL, text);
    if (goes_on) {
        go_around(campaign, task.front_index, &task.stretch, &point);
    }
}

static void hear_begin(void *context, size_t index)
{
    struct campaign *campaign = context;
    const struct task *task = &campaign->tasks[campaign->pass_start + index];
    scn_progress_show(&campaign->progress,
                      campaign->fronts[task->front_index].line.entry->scenario.name, now_ms());
}

static enum scn_wish hear_end(void *context, size_t index, const struct scn_answer *answer)
{
    struct campaign *campaign = context;
    const size_t task_index = campaign->pass_start + index;
    const size_t front_index = campaign->tasks[task_index].front_index;
    struct front *front = &campaign->fronts[front_index];
    COG_CLEANUP(scn_toll_finish) struct scn_toll toll = {0};
    struct cog_error error = {0};
    if (answer->failure != NULL) {
        hear_crash(campaign, &campaign->tasks[task_index], task_index, answer->failure);
    } else if (scn_toll_parse(answer->bytes, answer->length, &toll, &error) == COG_OK) {
        campaign->progress.failed_count += scn_toll_verdict(&toll) == SCN_FAIL ? 1 : 0;
        scn_toll_merge(&front->line.toll, &toll);
    } else {
        scn_toll_fail(&front->line.toll, &campaign->tasks[task_index].stretch.first,
                      SCN_INCONCLUSIVE, error.message);
    }
    campaign->progress.done_count++;
    front->open_count--;
    tell_known(campaign);
    return SCN_WISH_MORE;
}

static enum cog_code run_pass(struct campaign *campaign, struct cog_error *error)
{
    const struct scn_work work = {run_task, campaign, campaign->task_count - campaign->pass_start};
    const struct scn_crew_options options = {
        .worker_count = scn_crew_choose_size(campaign->options->worker_count, work.count),
        .stall_ms = campaign->options->stall_ms,
        .interrupt_descriptor = campaign->options->interrupt_descriptor,
        .listener = {.begin = hear_begin, .end = hear_end, .context = campaign},
    };
    const size_t end = campaign->task_count;
    enum cog_code code = scn_crew_run(&work, &options, error);
    campaign->pass_start = end;
    return code == COG_OK && campaign->failed ? fail_memory(error) : code;
}

static void tell_rest(struct campaign *campaign)
{
    for (size_t i = campaign->told_count; i < campaign->front_count; i++) {
        struct front *front = &campaign->fronts[i];
        front->line.skip_reason = front->open_count > 0 ? "interrupted" : front->line.skip_reason;
        front->open_count = 0;
    }
    tell_known(campaign);
}

static void campaign_finish(struct campaign *campaign)
{
    for (size_t i = 0; campaign->fronts != NULL && i < campaign->front_count; i++) {
        scn_toll_finish(&campaign->fronts[i].line.toll);
    }
    if (campaign->folder != NULL) {
        scn_folder_remove(campaign->folder);
    }
    scn_whereabouts_finish(&campaign->whereabouts);
    scn_progress_clear(&campaign->progress);
    free(campaign->folder);
    free(campaign->fronts);
    free(campaign->tasks);
}

enum cog_code scn_campaign_run(const struct scn_campaign_options *options, struct cog_error *error)
{
    COG_CLEANUP(campaign_finish)
    struct campaign campaign = {
        .options = options,
        .progress = {.stream = options->progress},
    };
    enum cog_code code = campaign_init(&campaign, error);
    while (code == COG_OK && campaign.pass_start < campaign.task_count) {
        code = run_pass(&campaign, error);
    }
    if (code == COG_OK || code == COG_ERROR_CANCELLED) {
        tell_rest(&campaign);
    }
    return code;
}
