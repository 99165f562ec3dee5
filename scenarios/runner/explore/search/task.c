#include "explore/search/task.h"

#include "explore/composition.h"

#include <cogpromote/clock.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUN_NAME_SIZE = 512 };

/* A task under way. */
struct labour {
    const struct scn_task *task;
    const struct scn_task_surroundings *surroundings;
    const struct scn_base *base;
    struct scn_harvest *harvest;
};

/* One run of it. */
struct attempt {
    const struct scn_fault *const *faults;
    size_t fault_count;
    const struct scn_experiment_options *options;
};

static void name_run(const struct labour *labour, const struct attempt *attempt,
                     char text[RUN_NAME_SIZE])
{
    char fault[SCN_FAULT_NAME_SIZE];
    size_t length = (size_t)snprintf(text, RUN_NAME_SIZE, "%s:", labour->base->name);
    for (size_t i = 0; i < attempt->fault_count && length < RUN_NAME_SIZE; i++) {
        length += (size_t)snprintf(text + length, RUN_NAME_SIZE - length, "%s %s", i > 0 ? "," : "",
                                   scn_fault_name(attempt->faults[i], fault));
    }
}

static char *clone_name(const struct scn_fault *fault)
{
    char text[SCN_FAULT_NAME_SIZE];
    (void)scn_fault_name(fault, text);
    return cog_string_clone(text, strlen(text));
}

static char *compose(const struct labour *labour, const struct attempt *attempt, int exit_code)
{
    char name[RUN_NAME_SIZE];
    name_run(labour, attempt, name);
    name[SCN_NAME_LENGTH_MAX] = '\0';
    if (attempt->fault_count == 0) {
        return cJSON_PrintUnformatted(labour->base->scenario);
    }
    const struct scn_composition composition = {
        .name = name,
        .base = labour->base->scenario,
        .faults = attempt->faults,
        .fault_count = attempt->fault_count,
        .exit_code = exit_code,
    };
    return scn_compose_text(&composition, false);
}

/* @param inout_findings taken */
static enum cog_code discover(const struct labour *labour, const struct attempt *attempt,
                              int exit_code, struct scn_findings *inout_findings)
{
    COG_CLEANUP(scn_discovery_finish)
    struct scn_discovery discovery = {
        .base_index = labour->task->base_index,
        .place = attempt->fault_count > 0
                     ? (size_t)(attempt->faults[0] - labour->base->faults.items)
                     : 0,
        .findings = *inout_findings,
        .exit_code = exit_code,
        .scenario = compose(labour, attempt, exit_code),
    };
    *inout_findings = (struct scn_findings){0};
    bool is_whole = discovery.scenario != NULL;
    for (size_t i = 0; i < attempt->fault_count; i++) {
        discovery.faults[i] = clone_name(attempt->faults[i]);
        is_whole = is_whole && discovery.faults[i] != NULL;
    }
    return is_whole ? scn_exploration_add(&labour->harvest->found, &discovery) : COG_ERROR_MEMORY;
}

/* A run in which something never struck tells nothing that another one would not. */
static enum cog_code count(const struct labour *labour, const struct attempt *attempt,
                           struct scn_experiment *experiment)
{
    struct scn_effort *effort = &labour->harvest->effort;
    effort->virtual_ms += experiment->virtual_ms;
    if (!experiment->has_struck && experiment->verdict == SCN_PASS) {
        effort->idle_count++;
        return COG_OK;
    }
    effort->run_count++;
    effort->failed_count += experiment->verdict == SCN_FAIL ? 1 : 0;
    effort->inconclusive_count += experiment->verdict == SCN_INCONCLUSIVE ? 1 : 0;
    return experiment->verdict == SCN_PASS
               ? COG_OK
               : discover(labour, attempt, experiment->exit_code, &experiment->findings);
}

static int64_t now_ms(void)
{
    return cog_clock_monotonic_ms(cog_clock_posix());
}

static enum cog_code note_time(const struct labour *labour, const struct attempt *attempt,
                               int64_t real_ms)
{
    char name[RUN_NAME_SIZE];
    if (real_ms == 0) {
        return COG_OK;
    }
    name_run(labour, attempt, name);
    return scn_exploration_note_time(&labour->harvest->found, name, real_ms);
}

/* @return COG_OK, COG_ERROR_MEMORY */
static enum cog_code try(const struct labour *labour, const struct attempt *attempt,
                         struct scn_experiment *out_experiment)
{
    struct cog_error error = {0};
    const int64_t start_ms = now_ms();
    enum cog_code code = scn_base_try(labour->base, attempt->faults, attempt->fault_count,
                                      attempt->options, out_experiment, &error);
    labour->harvest->effort.possible_count++;
    if (code == COG_ERROR_SYNTAX) {
        labour->harvest->effort.idle_count++;
        return COG_OK;
    }
    if (code == COG_OK) {
        code = count(labour, attempt, out_experiment);
    }
    return code == COG_OK ? note_time(labour, attempt, now_ms() - start_ms) : code;
}

static enum cog_code keep_cells(const struct labour *labour,
                                const struct scn_experiment *experiment)
{
    struct scn_cells *cells = &labour->harvest->found.cells;
    for (size_t i = 0; i < experiment->cells.count; i++) {
        scn_cells_note(cells, "%s", experiment->cells.items[i]);
    }
    return cells->failed ? COG_ERROR_MEMORY : COG_OK;
}

/* Whether the run went on behind the struck call as it does without the fault. */
static void note_overcome(const struct labour *labour, const struct scn_fault *fault,
                          const struct scn_experiment *experiment, struct scn_course *course)
{
    if (fault->call == NULL) {
        return;
    }
    const struct scn_site *clean =
        scn_sites_find(&labour->base->clean.sites, fault->call, fault->nth);
    const struct scn_site *struck = scn_sites_find(&experiment->sites, fault->call, fault->nth);
    if (clean != NULL && struck != NULL && strcmp(clean->rest, struck->rest) == 0) {
        (void)snprintf(course->overcome, sizeof course->overcome, "%d", struck->attempt);
    }
}

/* Empty of one that did not strike: nothing can follow it. */
static enum cog_code note_course(const struct labour *labour, const struct scn_fault *fault,
                                 const struct scn_experiment *experiment)
{
    struct scn_course course = {0};
    if (experiment->has_struck) {
        course = experiment->course;
        note_overcome(labour, fault, experiment, &course);
    }
    return scn_harvest_note_course(labour->harvest, &course);
}

/* What a single fault has added to the effort since then. */
static enum cog_code note_matrix(const struct labour *labour, const struct scn_fault *fault,
                                 const struct scn_effort *before)
{
    const struct scn_effort *effort = &labour->harvest->effort;
    const struct scn_matrix_count count = {
        .call = fault->call,
        .phase = fault->phase,
        .run_count = effort->run_count - before->run_count,
        .failed_count = effort->failed_count - before->failed_count,
    };
    return count.run_count > 0 ? scn_matrix_add(&labour->harvest->found.matrix, &count) : COG_OK;
}

static enum cog_code do_single(const struct labour *labour, const struct scn_fault *fault,
                               const struct scn_experiment_options *options)
{
    const struct scn_effort before = labour->harvest->effort;
    COG_CLEANUP(scn_experiment_finish) struct scn_experiment experiment = {0};
    const struct attempt attempt = {&fault, 1, options};
    enum cog_code code = try(labour, &attempt, &experiment);
    if (code == COG_OK) {
        code = note_matrix(labour, fault, &before);
    }
    if (code == COG_OK) {
        code = keep_cells(labour, &experiment);
    }
    return code == COG_OK ? note_course(labour, fault, &experiment) : code;
}

/* Another shard's: what stands for what must be known in each of them all the same. */
static enum cog_code look_only(const struct labour *labour, const struct scn_fault *fault)
{
    COG_CLEANUP(scn_experiment_finish) struct scn_experiment experiment = {0};
    const struct scn_search_options *options = labour->surroundings->options;
    struct scn_experiment_options choice = options->experiment;
    struct cog_error error = {0};
    choice.repeat_count = 1;
    choice.wants_cells = false;
    choice.wants_sites = true;
    enum cog_code code = COG_OK;
    if (options->depth > 1 && options->prunes) {
        code = scn_base_try(labour->base, &fault, 1, &choice, &experiment, &error);
    }
    return code == COG_OK || code == COG_ERROR_SYNTAX ? note_course(labour, fault, &experiment)
                                                      : code;
}

/* The first discovery is all that is wanted. */
static bool is_enough(const struct labour *labour)
{
    return labour->surroundings->options->ends_with_first &&
           labour->harvest->effort.failed_count > 0;
}

static enum cog_code do_singles(const struct labour *labour)
{
    const struct scn_task *task = labour->task;
    const struct scn_search_options *options = labour->surroundings->options;
    struct scn_experiment_options choice = options->experiment;
    enum cog_code code = COG_OK;
    choice.wants_sites = options->depth > 1;
    for (size_t i = task->begin; code == COG_OK && i < task->end && !is_enough(labour); i++) {
        const struct scn_fault *fault = &labour->base->faults.items[i];
        bool is_ours = false;
        code = scn_task_choose(options, labour->base, fault, &is_ours);
        if (code == COG_OK) {
            code = is_ours ? do_single(labour, fault, &choice) : look_only(labour, fault);
        }
    }
    return code;
}

/* What strikes the client itself may come with the request that the first one struck. */
static bool comes_later(const struct scn_fault *second, const struct scn_fault *first)
{
    const bool may_come_with = second->call == NULL && first->call != NULL;
    return second->order > first->order || (may_come_with && second->order == first->order);
}

static void keep_later(struct scn_faults *faults, const struct scn_fault *first)
{
    size_t kept = 0;
    for (size_t i = 0; i < faults->count; i++) {
        const struct scn_fault fault = faults->items[i];
        if (comes_later(&fault, first)) {
            faults->items[i] = faults->items[kept];
            faults->items[kept++] = fault;
        }
    }
    scn_faults_cut(faults, kept);
}

/* The faults of the run that the first one leads to. */
static enum cog_code list_seconds(const struct labour *labour, const struct scn_fault *first,
                                  struct scn_faults *out_faults)
{
    COG_CLEANUP(scn_experiment_finish) struct scn_experiment experiment = {0};
    const struct scn_search_options *options = labour->surroundings->options;
    struct scn_experiment_options choice = options->experiment;
    struct cog_error error = {0};
    choice.repeat_count = 1;
    choice.wants_sites = true;
    enum cog_code code = scn_base_try(labour->base, &first, 1, &choice, &experiment, &error);
    if (code == COG_OK) {
        code = scn_base_list_faults(options->catalogue, &experiment.sites, out_faults);
    }
    keep_later(out_faults, first);
    return code;
}

/* A pair. */
static enum cog_code do_pair(const struct labour *labour, const struct scn_fault *first,
                             const struct scn_fault *second,
                             const struct scn_experiment_options *options)
{
    const struct scn_pruning *pruning = labour->surroundings->pruning;
    const struct scn_fault *const both[] = {first, second};
    const struct attempt attempt = {both, 2, options};
    COG_CLEANUP(scn_experiment_finish) struct scn_experiment experiment = {0};
    if (pruning != NULL && scn_pruning_is_implied(pruning, second)) {
        labour->harvest->effort.possible_count++;
        labour->harvest->effort.pruned_count++;
        return COG_OK;
    }
    return try(labour, &attempt, &experiment);
}

/* Those for which the first one stands would have tried as much, each. */
static void count_implied(const struct labour *labour)
{
    struct scn_effort *effort = &labour->harvest->effort;
    const size_t implied_count = effort->possible_count * (labour->task->weight - 1);
    effort->possible_count += implied_count;
    effort->pruned_count += implied_count;
}

static enum cog_code do_pairs(const struct labour *labour)
{
    COG_CLEANUP(scn_faults_finish) struct scn_faults seconds = {0};
    const struct scn_task *task = labour->task;
    const struct scn_fault *first = &labour->base->faults.items[task->first];
    struct scn_experiment_options choice = labour->surroundings->options->experiment;
    choice.repeat_count = 1;
    choice.wants_cells = false;
    enum cog_code code = list_seconds(labour, first, &seconds);
    for (size_t i = task->begin; code == COG_OK && i < task->end && i < seconds.count; i++) {
        code = do_pair(labour, first, &seconds.items[i], &choice);
    }
    count_implied(labour);
    return code;
}

/* It was run when it was read: with that, it is said. */
static enum cog_code do_base(const struct labour *labour)
{
    const struct scn_experiment *clean = &labour->base->clean;
    const struct attempt attempt = {0};
    COG_CLEANUP(scn_findings_finish) struct scn_findings findings = {0};
    struct scn_effort *effort = &labour->harvest->effort;
    effort->possible_count++;
    effort->run_count++;
    effort->failed_count += clean->verdict == SCN_FAIL ? 1 : 0;
    effort->inconclusive_count += clean->verdict == SCN_INCONCLUSIVE ? 1 : 0;
    effort->virtual_ms += clean->virtual_ms;
    for (size_t i = 0; i < clean->findings.count; i++) {
        const struct scn_finding *finding = &clean->findings.items[i];
        scn_findings_append(&findings, finding->result, finding->subject, "%s", finding->text);
    }
    return findings.failed ? COG_ERROR_MEMORY
                           : discover(labour, &attempt, clean->exit_code, &findings);
}

static enum cog_code do_kind(const struct labour *labour)
{
    switch (labour->task->kind) {
    case SCN_TASK_SINGLES:
        return do_singles(labour);
    case SCN_TASK_PAIRS:
        return do_pairs(labour);
    case SCN_TASK_BASE:
        return do_base(labour);
    }
    return COG_ERROR_INTERNAL;
}

enum cog_code scn_task_do(const struct scn_task *task,
                          const struct scn_task_surroundings *surroundings,
                          struct scn_harvest *out_harvest)
{
    COG_CLEANUP(scn_harvest_finish) struct scn_harvest harvest = {0};
    const struct labour labour = {
        .task = task,
        .surroundings = surroundings,
        .base = &surroundings->options->bases[task->base_index],
        .harvest = &harvest,
    };
    const enum cog_code code = do_kind(&labour);
    if (code != COG_OK) {
        return code;
    }
    *out_harvest = harvest;
    harvest = (struct scn_harvest){0};
    return COG_OK;
}

enum cog_code scn_task_measure(const struct scn_task *task,
                               const struct scn_task_surroundings *surroundings, size_t *out_count)
{
    COG_CLEANUP(scn_faults_finish) struct scn_faults seconds = {0};
    const struct labour labour = {
        .task = task,
        .surroundings = surroundings,
        .base = &surroundings->options->bases[task->base_index],
    };
    size_t end = task->end;
    enum cog_code code = COG_OK;
    if (task->kind == SCN_TASK_PAIRS) {
        code = list_seconds(&labour, &labour.base->faults.items[task->first], &seconds);
        end = end < seconds.count ? end : seconds.count;
    }
    *out_count = end > task->begin ? end - task->begin : 0;
    return code;
}

static enum cog_code blame(const struct labour *labour, const struct attempt *attempt,
                           const char *reason)
{
    struct scn_findings findings = {0};
    struct scn_effort *effort = &labour->harvest->effort;
    scn_findings_append(&findings, SCN_FAIL, "run", "%s", reason);
    effort->possible_count++;
    effort->run_count++;
    effort->failed_count++;
    return discover(labour, attempt, 0, &findings);
}

static enum cog_code blame_single(const struct labour *labour, const char *reason)
{
    const struct scn_fault *fault = &labour->base->faults.items[labour->task->begin];
    const struct attempt attempt = {.faults = &fault, .fault_count = 1};
    const struct scn_effort before = labour->harvest->effort;
    bool is_ours = false;
    enum cog_code code =
        scn_task_choose(labour->surroundings->options, labour->base, fault, &is_ours);
    if (code == COG_OK && is_ours) {
        code = blame(labour, &attempt, reason);
    }
    if (code == COG_OK && is_ours) {
        code = note_matrix(labour, fault, &before);
    }
    return code == COG_OK ? scn_harvest_note_course(labour->harvest, &(struct scn_course){0})
                          : code;
}

static enum cog_code blame_pair(const struct labour *labour, const char *reason)
{
    COG_CLEANUP(scn_faults_finish) struct scn_faults seconds = {0};
    const struct scn_fault *first = &labour->base->faults.items[labour->task->first];
    enum cog_code code = list_seconds(labour, first, &seconds);
    if (code != COG_OK || labour->task->begin >= seconds.count) {
        return code;
    }
    const struct scn_fault *const both[] = {first, &seconds.items[labour->task->begin]};
    const struct attempt attempt = {.faults = both, .fault_count = 2};
    code = blame(labour, &attempt, reason);
    count_implied(labour);
    return code;
}

static enum cog_code blame_kind(const struct labour *labour, const char *reason)
{
    switch (labour->task->kind) {
    case SCN_TASK_SINGLES:
        return blame_single(labour, reason);
    case SCN_TASK_PAIRS:
        return blame_pair(labour, reason);
    case SCN_TASK_BASE:
        return do_base(labour);
    }
    return COG_ERROR_INTERNAL;
}

enum cog_code scn_task_blame(const struct scn_task *task,
                             const struct scn_task_surroundings *surroundings, const char *reason,
                             struct scn_harvest *out_harvest)
{
    COG_CLEANUP(scn_harvest_finish) struct scn_harvest harvest = {0};
    const struct labour labour = {
        .task = task,
        .surroundings = surroundings,
        .base = &surroundings->options->bases[task->base_index],
        .harvest = &harvest,
    };
    const enum cog_code code = blame_kind(&labour, reason);
    if (code != COG_OK) {
        return code;
    }
    *out_harvest = harvest;
    harvest = (struct scn_harvest){0};
    return COG_OK;
}

const char *scn_task_key(const struct scn_task *task, char key[SCN_TASK_KEY_SIZE])
{
    static const char *const names[] = {
        [SCN_TASK_SINGLES] = "singles",
        [SCN_TASK_PAIRS] = "pairs",
        [SCN_TASK_BASE] = "base",
    };
    (void)snprintf(key, SCN_TASK_KEY_SIZE, "%s %zu %zu %zu-%zu", names[task->kind],
                   task->base_index, task->first, task->begin, task->end);
    return key;
}

enum cog_code scn_task_choose(const struct scn_search_options *options, const struct scn_base *base,
                              const struct scn_fault *fault, bool *out_is_ours)
{
    char name[SCN_FAULT_NAME_SIZE];
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    int index = 0;
    if (options->shard.count == 0) {
        *out_is_ours = true;
        return COG_OK;
    }
    cog_text_append_format(&text, "%s: %s", base->name,
                           fault != NULL ? scn_fault_name(fault, name) : "");
    if (text.failed) {
        return COG_ERROR_MEMORY;
    }
    enum cog_code code =
        scn_shard_choose(cog_text_string(&text), options->shard.count, &index, NULL);
    *out_is_ours = index == options->shard.index;
    return code;
}
