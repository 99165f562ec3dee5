#include "explore/search/search.h"

#include "crew/crew.h"
#include "explore/search/ledger.h"
#include "explore/search/task.h"

#include <cogpromote/clock.h>

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLICE = 40,      /* Single faults of one task: some tenths of a second. */
    SMALL_SLICE = 4, /* Where the first discovery is awaited. */
    GOLDEN_PERCENT = 62,
    STALL_MS = 300000, /* Real time that one task may take; without pruning they are long. */
};

/* One depth of a search: tasks, and what came of them by then. */
struct wave {
    const struct scn_search_options *options;
    struct scn_task_surroundings surroundings;
    struct scn_ledger *ledger;
    int depth;
    struct scn_task *tasks;
    size_t count;
    size_t capacity;
    size_t first; /* Of those that are handed out now. */
    struct scn_harvest *harvests;
    struct scn_search_progress progress;
    enum cog_code code; /* What went wrong here, and not in a run. */
    struct cog_error error;
};

/* How many single faults a task has: each run of a foreign client takes as long as some tens of
 * ours, and who ends with the first discovery wants to hear of it soon. */
static size_t choose_slice(const struct scn_search_options *options)
{
    if (options->experiment.client != NULL) {
        return 1;
    }
    return options->ends_with_first ? SMALL_SLICE : SLICE;
}

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static enum cog_code add_task(struct wave *wave, const struct scn_task *task)
{
    if (wave->count == wave->capacity) {
        const size_t capacity = wave->capacity * 2 + SLICE;
        struct scn_task *tasks = realloc(wave->tasks, capacity * sizeof *tasks);
        if (tasks == NULL) {
            return fail_memory(&wave->error);
        }
        wave->tasks = tasks;
        struct scn_harvest *harvests = realloc(wave->harvests, capacity * sizeof *harvests);
        if (harvests == NULL) {
            return fail_memory(&wave->error);
        }
        wave->harvests = harvests;
        wave->capacity = capacity;
    }
    wave->harvests[wave->count] = (struct scn_harvest){0};
    wave->tasks[wave->count++] = *task;
    return COG_OK;
}

static void run_task(const void *context, size_t index, struct cog_text *answer)
{
    const struct wave *wave = context;
    COG_CLEANUP(scn_harvest_finish) struct scn_harvest harvest = {0};
    enum cog_code code =
        scn_task_do(&wave->tasks[wave->first + index], &wave->surroundings, &harvest);
    if (code != COG_OK) {
        answer->failed = true;
        return;
    }
    scn_harvest_format(&harvest, answer);
}

static void show(struct wave *wave, const struct scn_harvest *harvest)
{
    const struct scn_search_options *options = wave->options;
    wave->progress.done_count++;
    wave->progress.run_count += harvest->effort.run_count + harvest->effort.idle_count;
    wave->progress.failed_count += harvest->effort.failed_count;
    wave->progress.task_count = wave->count;
    if (options->progress != NULL) {
        options->progress(options->progress_context, &wave->progress);
    }
}

/* The process died in one of its runs: which one it was, halves of halves will tell. */
static enum cog_code blame(struct wave *wave, size_t index, const char *reason)
{
    struct scn_task task = wave->tasks[index];
    size_t count = 0;
    enum cog_code code = scn_task_measure(&task, &wave->surroundings, &count);
    if (code == COG_OK && count <= 1) {
        return scn_task_blame(&task, &wave->surroundings, reason, &wave->harvests[index]);
    }
    const size_t middle = task.begin + count / 2;
    struct scn_task other = task;
    task.end = middle;
    other.begin = middle;
    if (code == COG_OK) {
        code = add_task(wave, &task);
    }
    return code == COG_OK ? add_task(wave, &other) : code;
}

static enum cog_code take_answer(struct wave *wave, size_t index, const struct scn_answer *answer)
{
    char key[SCN_TASK_KEY_SIZE];
    if (answer->failure != NULL) {
        return blame(wave, index, answer->failure);
    }
    enum cog_code code =
        scn_harvest_parse(answer->bytes, answer->length, &wave->harvests[index], &wave->error);
    return code == COG_OK ? scn_ledger_append(wave->ledger, scn_task_key(&wave->tasks[index], key),
                                              answer->bytes, answer->length, &wave->error)
                          : code;
}

static enum scn_wish hear_end(void *context, size_t index, const struct scn_answer *answer)
{
    struct wave *wave = context;
    const size_t place = wave->first + index;
    wave->code = take_answer(wave, place, answer);
    if (wave->code != COG_OK) {
        return SCN_WISH_END;
    }
    const struct scn_harvest *harvest = &wave->harvests[place];
    show(wave, harvest);
    return wave->options->ends_with_first && harvest->effort.failed_count > 0 ? SCN_WISH_END
                                                                              : SCN_WISH_MORE;
}

static void hear_begin(void *context, size_t index)
{
    (void)context;
    (void)index;
}

/* Has all tasks from `first` on done. */
static enum cog_code hand_out(struct wave *wave, struct cog_error *error)
{
    const size_t count = wave->count - wave->first;
    const struct scn_work work = {run_task, wave, count};
    const struct scn_crew_options options = {
        .worker_count = wave->options->worker_count < count ? wave->options->worker_count : count,
        /* A foreign client has a limit of its own. */
        .stall_ms = wave->options->experiment.client == NULL ? STALL_MS : 0,
        .interrupt_descriptor = wave->options->interrupt_descriptor,
        .listener = {.begin = hear_begin, .end = hear_end, .context = wave},
    };
    enum cog_code code = scn_crew_run(&work, &options, error);
    if (wave->code != COG_OK) {
        *error = wave->error;
        return wave->code;
    }
    return code;
}

static bool has_found(const struct wave *wave)
{
    return wave->options->ends_with_first && wave->progress.failed_count > 0;
}

/* What an earlier search has done moves to the front, and is read. */
static enum cog_code recall(struct wave *wave, struct cog_error *error)
{
    size_t known = 0;
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < wave->count; i++) {
        char key[SCN_TASK_KEY_SIZE];
        const struct scn_task task = wave->tasks[i];
        const char *text = scn_ledger_find(wave->ledger, scn_task_key(&task, key));
        if (text != NULL) {
            wave->tasks[i] = wave->tasks[known];
            wave->tasks[known] = task;
            code = scn_harvest_parse(text, strlen(text), &wave->harvests[known++], error);
        }
        if (code == COG_ERROR_SYNTAX) {
            code = cog_error_wrap(error, code, "'%s'", wave->options->state_path);
        }
    }
    for (size_t i = 0; code == COG_OK && i < known; i++) {
        show(wave, &wave->harvests[i]);
    }
    wave->first = known;
    return code;
}

static int compare_tasks(const void *left, const void *right)
{
    const struct scn_task *first = left;
    const struct scn_task *second = right;
    if (first->base_index != second->base_index) {
        return first->base_index < second->base_index ? -1 : 1;
    }
    if (first->first != second->first) {
        return first->first < second->first ? -1 : 1;
    }
    return (first->begin > second->begin) - (first->begin < second->begin);
}

/* A task in which a process died leaves smaller ones for the next round. */
static enum cog_code run_wave(struct wave *wave, struct cog_error *error)
{
    enum cog_code code = recall(wave, error);
    while (code == COG_OK && wave->first < wave->count && !has_found(wave)) {
        const size_t count = wave->count;
        code = hand_out(wave, error);
        wave->first = count;
    }
    return code;
}

/* In the order of bases and faults, whoever was faster. */
static enum cog_code gather(const struct wave *wave, struct scn_exploration *exploration,
                            struct cog_error *error)
{
    struct slot {
        struct scn_task task;
        struct scn_harvest *harvest;
    } *slots = calloc(wave->count + 1, sizeof *slots);
    if (slots == NULL) {
        return fail_memory(error);
    }
    for (size_t i = 0; i < wave->count; i++) {
        slots[i] = (struct slot){wave->tasks[i], &wave->harvests[i]};
    }
    /* The task is the slot's first member. */
    qsort(slots, wave->count, sizeof *slots, compare_tasks);
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < wave->count; i++) {
        const size_t base_index = slots[i].task.base_index;
        scn_effort_add(&exploration->bases[base_index].depths[wave->depth - 1],
                       &slots[i].harvest->effort);
        code = scn_exploration_merge(exploration, base_index, &slots[i].harvest->found);
    }
    free(slots);
    return code == COG_OK ? code : fail_memory(error);
}

static void wave_finish(struct wave *wave)
{
    for (size_t i = 0; i < wave->count; i++) {
        scn_harvest_finish(&wave->harvests[i]);
    }
    free(wave->tasks);
    free(wave->harvests);
}

/* A search under way. */
struct search {
    const struct scn_search_options *options;
    struct scn_ledger ledger;
    struct scn_pruning *pruning;
    struct scn_exploration *exploration;
    struct wave singles;
    struct wave pairs;
};

/* Those that are not as they should be. */
static enum cog_code plan_bases(struct search *search)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < search->options->base_count; i++) {
        const struct scn_base *base = &search->options->bases[i];
        const struct scn_task task = {.kind = SCN_TASK_BASE, .base_index = i};
        bool is_ours = false;
        if (base->clean.verdict != SCN_PASS) {
            code = scn_task_choose(search->options, base, NULL, &is_ours);
        }
        if (code == COG_OK && is_ours) {
            code = add_task(&search->singles, &task);
        }
    }
    return code;
}

static size_t find_common_divisor(size_t left, size_t right)
{
    while (right != 0) {
        const size_t rest = left % right;
        left = right;
        right = rest;
    }
    return left;
}

/* What stands side by side is much alike: who looks here and there, from the first on, is quicker
 * to come upon something. Always the same order. */
static enum cog_code spread(struct wave *wave, size_t begin)
{
    const size_t count = wave->count - begin;
    struct scn_task *tasks = malloc((count + 1) * sizeof *tasks);
    size_t step = count * GOLDEN_PERCENT / 100 + 1;
    if (tasks == NULL) {
        return COG_ERROR_MEMORY;
    }
    while (find_common_divisor(step, count) > 1) {
        step++;
    }
    memcpy(tasks, wave->tasks + begin, count * sizeof *tasks);
    for (size_t i = 0; i < count; i++) {
        wave->tasks[begin + i] = tasks[i * step % count];
    }
    free(tasks);
    return COG_OK;
}

static enum cog_code plan_singles(struct search *search, struct cog_error *error)
{
    const size_t slice = choose_slice(search->options);
    enum cog_code code = plan_bases(search);
    const size_t first = search->singles.count;
    for (size_t i = 0; i < search->options->base_count; i++) {
        const size_t count = search->options->bases[i].faults.count;
        for (size_t begin = 0; code == COG_OK && begin < count; begin += slice) {
            const struct scn_task task = {
                .base_index = i,
                .begin = begin,
                .end = begin + slice < count ? begin + slice : count,
            };
            code = add_task(&search->singles, &task);
        }
    }
    if (code == COG_OK && search->singles.count > first) {
        code = spread(&search->singles, first);
    }
    return code == COG_OK ? code : fail_memory(error);
}

/* The course of each single fault of a base, by its number; NULL where it is not known. */
static const struct scn_course *find_course(const struct wave *singles, size_t base_index,
                                            size_t fault_index)
{
    for (size_t i = 0; i < singles->count; i++) {
        const struct scn_task *task = &singles->tasks[i];
        const size_t at = fault_index - task->begin;
        if (task->base_index == base_index && fault_index >= task->begin &&
            fault_index < task->end && at < singles->harvests[i].course_count) {
            return &singles->harvests[i].courses[at];
        }
    }
    return NULL;
}

static enum cog_code learn(struct search *search, const struct scn_base *base, size_t base_index)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < base->faults.count; i++) {
        const struct scn_course *course = find_course(&search->singles, base_index, i);
        if (course != NULL && course->exact[0] != '\0') {
            code = scn_pruning_note(search->pruning, base->name, &base->faults.items[i], course,
                                    &base->clean.course);
        }
    }
    return code;
}

static enum cog_code learn_all(struct search *search)
{
    enum cog_code code = scn_pruning_create(&search->pruning);
    for (size_t i = 0; code == COG_OK && i < search->options->base_count; i++) {
        code = learn(search, &search->options->bases[i], i);
    }
    return code == COG_OK ? scn_pruning_conclude(search->pruning) : code;
}

/* @return for how many it stands; 0: it is not tried as a first fault */
static size_t weigh(const struct search *search, size_t base_index, size_t fault_index)
{
    const struct scn_base *base = &search->options->bases[base_index];
    const struct scn_course *course = find_course(&search->singles, base_index, fault_index);
    if (course == NULL || course->exact[0] == '\0') {
        return 0;
    }
    return search->options->prunes
               ? scn_pruning_weight(search->pruning, base->name, &base->faults.items[fault_index])
               : 1;
}

static enum cog_code plan_pairs_of(struct search *search, size_t base_index)
{
    const struct scn_base *base = &search->options->bases[base_index];
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < base->faults.count; i++) {
        bool is_ours = false;
        const struct scn_task task = {
            .base_index = base_index,
            .kind = SCN_TASK_PAIRS,
            .first = i,
            .end = SIZE_MAX,
            .weight = weigh(search, base_index, i),
        };
        code = scn_task_choose(search->options, base, &base->faults.items[i], &is_ours);
        if (code == COG_OK && is_ours && task.weight > 0) {
            code = add_task(&search->pairs, &task);
        }
    }
    return code;
}

static enum cog_code run_pairs(struct search *search, struct cog_error *error)
{
    enum cog_code code = search->options->prunes ? learn_all(search) : COG_OK;
    for (size_t i = 0; code == COG_OK && i < search->options->base_count; i++) {
        code = plan_pairs_of(search, i);
    }
    if (code != COG_OK) {
        return fail_memory(error);
    }
    search->pairs.surroundings.pruning = search->pruning;
    search->pairs.progress.run_count = search->singles.progress.run_count;
    search->pairs.progress.failed_count = search->singles.progress.failed_count;
    return run_wave(&search->pairs, error);
}

static enum cog_code name_bases(const struct scn_search_options *options,
                                struct scn_exploration *exploration, struct cog_error *error)
{
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < options->base_count; i++) {
        const struct scn_base *base = &options->bases[i];
        code =
            scn_exploration_add_base(exploration, base->name, base->path, base->clean.sites.count);
    }
    return code == COG_OK ? code : fail_memory(error);
}

static void describe_base(const struct scn_base *base, struct cog_text *text)
{
    COG_CLEANUP(cog_string_finish) char *scenario = cJSON_PrintUnformatted(base->scenario);
    text->failed = text->failed || scenario == NULL;
    cog_text_append_format(text, "%s %s %s\n", base->name, base->clean.course.exact,
                           scenario != NULL ? scenario : "");
    for (size_t i = 0; i < base->faults.count; i++) {
        char name[SCN_FAULT_NAME_SIZE];
        cog_text_append(text, scn_fault_name(&base->faults.items[i], name));
        cog_text_append(text, "\n");
    }
}

/* A digest of all that decides what is run, and how it comes out. */
static enum cog_code identify(const struct scn_search_options *options,
                              char out_identity[COG_DIGEST_SIZE])
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    cog_text_append_format(&text, "%s %d %d %d %d %d %d %" PRIu64 "\n", COG_VERSION, options->depth,
                           options->prunes ? 1 : 0, options->shard.index, options->shard.count,
                           (int)options->experiment.transport, options->experiment.repeat_count,
                           options->experiment.seed);
    for (size_t i = 0; i < options->base_count; i++) {
        describe_base(&options->bases[i], &text);
    }
    return text.failed ? COG_ERROR_MEMORY
                       : cog_digest_sha256(cog_text_string(&text), text.length, out_identity);
}

static enum cog_code search_init(struct search *search, struct cog_error *error)
{
    const struct scn_search_options *options = search->options;
    char identity[COG_DIGEST_SIZE];
    search->singles = (struct wave){.options = options,
                                    .ledger = &search->ledger,
                                    .depth = 1,
                                    .surroundings = {.options = options}};
    search->pairs = (struct wave){.options = options,
                                  .ledger = &search->ledger,
                                  .depth = 2,
                                  .surroundings = {.options = options}};
    search->singles.progress.depth = 1;
    search->pairs.progress.depth = 2;
    enum cog_code code = name_bases(options, search->exploration, error);
    if (code == COG_OK && identify(options, identity) != COG_OK) {
        code = fail_memory(error);
    }
    if (code == COG_OK) {
        code = scn_ledger_open(options->state_path, identity, options->resumes, &search->ledger,
                               error);
    }
    return code == COG_OK ? plan_singles(search, error) : code;
}

static void search_finish(struct search *search)
{
    wave_finish(&search->singles);
    wave_finish(&search->pairs);
    scn_pruning_destroy(search->pruning);
    scn_ledger_finish(&search->ledger);
}

static enum cog_code run(struct search *search, struct cog_error *error)
{
    enum cog_code code = run_wave(&search->singles, error);
    return code == COG_OK && search->options->depth > 1 && !has_found(&search->singles)
               ? run_pairs(search, error)
               : code;
}

enum cog_code scn_search_run(const struct scn_search_options *options,
                             struct scn_exploration *out_exploration, struct cog_error *error)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration = {0};
    COG_CLEANUP(search_finish)
    struct search search = {.options = options, .exploration = &exploration};
    const int64_t start_ms = cog_clock_monotonic_ms(cog_clock_posix());
    struct cog_error inner = {0};
    assert(options->depth >= 1 && options->depth <= SCN_DEPTH_MAX && options->worker_count > 0);
    enum cog_code code = search_init(&search, &inner);
    if (code == COG_OK) {
        code = run(&search, &inner);
    }
    exploration.is_interrupted = code == COG_ERROR_CANCELLED;
    if (code == COG_OK || code == COG_ERROR_CANCELLED) {
        struct cog_error gathering = {0};
        enum cog_code gathered = gather(&search.singles, &exploration, &gathering);
        if (gathered == COG_OK) {
            gathered = gather(&search.pairs, &exploration, &gathering);
        }
        code = gathered == COG_OK ? code : gathered;
    }
    exploration.real_ms = cog_clock_monotonic_ms(cog_clock_posix()) - start_ms;
    if (code != COG_OK && error != NULL) {
        *error = inner;
    }
    if (code == COG_OK || code == COG_ERROR_CANCELLED) {
        *out_exploration = exploration;
        exploration = (struct scn_exploration){0};
    }
    return code;
}
