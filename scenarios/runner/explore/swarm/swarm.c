#include "explore/swarm/swarm.h"

#include "crew/crew.h"
#include "explore/search/harvest.h"

#include <cogpromote/clock.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PORTION_SIZE = 100, /* Seeds that a process takes at a time. */
    STALL_MS = 120000,
    RUN_NAME_SIZE = 64,
    CRASHES_MAX = 16, /* Portions that are looked into, seed by seed. */
};

/* Seeds that one process runs, and what came of them: one harvest a base. */
struct portion {
    uint64_t first_seed;
    uint64_t seed_count;
    struct scn_harvest *harvests; /* NULL as long as it is not known. */
};

struct swarm {
    const struct scn_swarm_options *options;
    struct portion *portions;
    size_t count;
    size_t gathered_count; /* In the order of seeds. */
    uint64_t crashed[CRASHES_MAX];
    size_t crash_count;
    struct scn_swarm_progress progress;
    struct scn_exploration *exploration;
    enum cog_code code; /* Of the listener. */
    struct cog_error error;
};

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static int64_t now_ms(void)
{
    return cog_clock_monotonic_ms(cog_clock_posix());
}

static bool name_faults(const struct scn_sample *sample, struct scn_discovery *discovery)
{
    const size_t count = sample->faults.count < SCN_DISCOVERY_FAULTS_MAX ? sample->faults.count
                                                                         : SCN_DISCOVERY_FAULTS_MAX;
    for (size_t i = 0; i < count; i++) {
        char name[SCN_FAULT_NAME_SIZE];
        (void)scn_fault_name(&sample->faults.items[i], name);
        discovery->faults[i] = cog_string_clone(name, strlen(name));
        if (discovery->faults[i] == NULL) {
            return false;
        }
    }
    return true;
}

/* @param inout_findings taken */
static enum cog_code discover(const struct scn_swarm_options *options,
                              const struct scn_sample *sample, int exit_code,
                              struct scn_findings *inout_findings, struct scn_harvest *harvest)
{
    COG_CLEANUP(scn_discovery_finish)
    struct scn_discovery discovery = {
        .base_index = sample->base_index,
        .findings = *inout_findings,
        .exit_code = exit_code,
        .scenario = scn_sample_compose(sample, &options->ground, exit_code),
    };
    *inout_findings = (struct scn_findings){0};
    return discovery.scenario != NULL && name_faults(sample, &discovery)
               ? scn_exploration_add(&harvest->found, &discovery)
               : COG_ERROR_MEMORY;
}

static enum cog_code count_run(const struct scn_swarm_options *options,
                               const struct scn_sample *sample, struct scn_experiment *experiment,
                               struct scn_harvest *harvest)
{
    struct scn_effort *effort = &harvest->effort;
    effort->run_count++;
    effort->virtual_ms += experiment->virtual_ms;
    effort->failed_count += experiment->verdict == SCN_FAIL ? 1 : 0;
    effort->inconclusive_count += experiment->verdict == SCN_INCONCLUSIVE ? 1 : 0;
    return experiment->verdict == SCN_PASS
               ? COG_OK
               : discover(options, sample, experiment->exit_code, &experiment->findings, harvest);
}

static enum cog_code run_seed(const struct scn_swarm_options *options, uint64_t seed,
                              struct scn_harvest *harvests)
{
    COG_CLEANUP(scn_sample_finish) struct scn_sample sample = {0};
    COG_CLEANUP(scn_experiment_finish) struct scn_experiment experiment = {0};
    enum cog_code code = scn_sample_draw(&options->ground, seed, &sample);
    if (code != COG_OK) {
        return code;
    }
    struct scn_harvest *harvest = &harvests[sample.base_index];
    const int64_t start_ms = now_ms();
    COG_CLEANUP(cog_string_finish) char *text = scn_sample_compose(&sample, &options->ground, 0);
    if (text == NULL) {
        return COG_ERROR_MEMORY;
    }
    harvest->effort.possible_count++;
    code = scn_experiment_run(text, &options->experiment, &experiment, NULL);
    if (code == COG_ERROR_SYNTAX) {
        /* What was drawn contradicts itself. */
        harvest->effort.idle_count++;
        return COG_OK;
    }
    char name[RUN_NAME_SIZE];
    (void)snprintf(name, sizeof name, "seed %" PRIu64, seed);
    if (code == COG_OK) {
        code = scn_exploration_note_time(&harvest->found, name, now_ms() - start_ms);
    }
    return code == COG_OK ? count_run(options, &sample, &experiment, harvest) : code;
}

static struct scn_harvest *create_harvests(const struct scn_swarm_options *options)
{
    return calloc(options->ground.base_count, sizeof(struct scn_harvest));
}

static void destroy_harvests(const struct scn_swarm_options *options, struct scn_harvest *harvests)
{
    for (size_t i = 0; harvests != NULL && i < options->ground.base_count; i++) {
        scn_harvest_finish(&harvests[i]);
    }
    free(harvests);
}

/* In a process of its own. The answer has a line a base. */
static void run_portion(const void *context, size_t index, struct cog_text *answer)
{
    const struct swarm *swarm = context;
    const struct scn_swarm_options *options = swarm->options;
    const struct portion *portion = &swarm->portions[index];
    struct scn_harvest *harvests = create_harvests(options);
    enum cog_code code = harvests != NULL ? COG_OK : COG_ERROR_MEMORY;
    for (uint64_t i = 0; code == COG_OK && i < portion->seed_count; i++) {
        code = run_seed(options, portion->first_seed + i, harvests);
    }
    for (size_t i = 0; code == COG_OK && i < options->ground.base_count; i++) {
        scn_harvest_format(&harvests[i], answer);
        cog_text_append(answer, "\n");
    }
    answer->failed = answer->failed || code != COG_OK;
    destroy_harvests(options, harvests);
}

static enum cog_code read_answer(const struct scn_swarm_options *options,
                                 const struct scn_answer *answer, struct scn_harvest *harvests,
                                 struct cog_error *error)
{
    const char *at = answer->bytes;
    const char *end = answer->bytes + answer->length;
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < options->ground.base_count; i++) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        if (line_end == NULL) {
            return cog_error_set(error, COG_ERROR_INTERNAL, "a process has not said all");
        }
        code = scn_harvest_parse(at, (size_t)(line_end - at), &harvests[i], error);
        at = line_end + 1;
    }
    return code;
}

/* The process died, or did not end, in the run of one seed. */
static enum cog_code blame(const struct scn_swarm_options *options, uint64_t seed,
                           const char *reason, struct scn_harvest *harvests)
{
    COG_CLEANUP(scn_sample_finish) struct scn_sample sample = {0};
    COG_CLEANUP(scn_findings_finish) struct scn_findings findings = {0};
    enum cog_code code = scn_sample_draw(&options->ground, seed, &sample);
    if (code != COG_OK) {
        return code;
    }
    struct scn_effort *effort = &harvests[sample.base_index].effort;
    effort->possible_count++;
    effort->run_count++;
    effort->failed_count++;
    scn_findings_append(&findings, SCN_FAIL, "run", "%s", reason);
    return discover(options, &sample, 0, &findings, &harvests[sample.base_index]);
}

/* @param harvests empty so far */
static enum cog_code take_crash(struct swarm *swarm, const struct portion *portion,
                                const char *reason, struct scn_harvest *harvests)
{
    if (portion->seed_count == 1) {
        return blame(swarm->options, portion->first_seed, reason, harvests);
    }
    if (swarm->crash_count < CRASHES_MAX) {
        swarm->crashed[swarm->crash_count++] = portion->first_seed;
        return COG_OK;
    }
    return cog_error_set(&swarm->error, COG_ERROR_INTERNAL,
                         "in %d places processes died: the seeds from %" PRIu64 " on: %s",
                         CRASHES_MAX + 1, portion->first_seed, reason);
}

/* What is known, up to the first portion that is not. */
static enum cog_code gather(struct swarm *swarm, bool skips_unknown)
{
    enum cog_code code = COG_OK;
    while (code == COG_OK && swarm->gathered_count < swarm->count &&
           (skips_unknown || swarm->portions[swarm->gathered_count].harvests != NULL)) {
        struct portion *portion = &swarm->portions[swarm->gathered_count++];
        const size_t count = portion->harvests != NULL ? swarm->options->ground.base_count : 0;
        for (size_t i = 0; code == COG_OK && i < count; i++) {
            struct scn_harvest *harvest = &portion->harvests[i];
            scn_effort_add(&swarm->exploration->bases[i].depths[0], &harvest->effort);
            code = scn_exploration_merge(swarm->exploration, i, &harvest->found);
        }
        destroy_harvests(swarm->options, portion->harvests);
        portion->harvests = NULL;
    }
    return code;
}

static void show(struct swarm *swarm, const struct portion *portion,
                 const struct scn_harvest *harvests)
{
    swarm->progress.done_count += portion->seed_count;
    for (size_t i = 0; i < swarm->options->ground.base_count; i++) {
        swarm->progress.failed_count += harvests[i].effort.failed_count;
    }
    if (swarm->options->progress != NULL) {
        swarm->options->progress(swarm->options->progress_context, &swarm->progress);
    }
}

static void hear_begin(void *context, size_t index)
{
    (void)context;
    (void)index;
}

static enum scn_wish hear_end(void *context, size_t index, const struct scn_answer *answer)
{
    struct swarm *swarm = context;
    struct portion *portion = &swarm->portions[index];
    portion->harvests = create_harvests(swarm->options);
    if (portion->harvests == NULL) {
        swarm->code = fail_memory(&swarm->error);
        return SCN_WISH_END;
    }
    swarm->code = answer->failure != NULL
                      ? take_crash(swarm, portion, answer->failure, portion->harvests)
                      : read_answer(swarm->options, answer, portion->harvests, &swarm->error);
    show(swarm, portion, portion->harvests);
    if (swarm->code == COG_OK) {
        swarm->code = gather(swarm, false);
    }
    return swarm->code == COG_OK ? SCN_WISH_MORE : SCN_WISH_END;
}

static enum cog_code work(struct swarm *swarm, struct cog_error *error)
{
    const struct scn_swarm_options *options = swarm->options;
    const struct scn_work work = {run_portion, swarm, swarm->count};
    const struct scn_crew_options crew = {
        .worker_count = options->worker_count < swarm->count ? options->worker_count : swarm->count,
        .stall_ms = STALL_MS,
        .interrupt_descriptor = options->interrupt_descriptor,
        .listener = {.begin = hear_begin, .end = hear_end, .context = swarm},
    };
    enum cog_code code = scn_crew_run(&work, &crew, error);
    if (swarm->code == COG_OK) {
        return code;
    }
    if (error != NULL) {
        *error = swarm->error;
    }
    return swarm->code;
}

static void forget_portions(struct swarm *swarm)
{
    for (size_t i = 0; i < swarm->count; i++) {
        destroy_harvests(swarm->options, swarm->portions[i].harvests);
    }
    free(swarm->portions);
    swarm->portions = NULL;
    swarm->count = 0;
    swarm->gathered_count = 0;
}

/* @param size seeds of a portion */
static enum cog_code plan(struct swarm *swarm, uint64_t size, struct cog_error *error)
{
    const struct scn_swarm_options *options = swarm->options;
    const uint64_t count = (options->seed_count + size - 1) / size;
    swarm->portions = calloc((size_t)count, sizeof *swarm->portions);
    if (swarm->portions == NULL) {
        return fail_memory(error);
    }
    swarm->count = (size_t)count;
    for (uint64_t i = 0; i < count; i++) {
        const uint64_t left = options->seed_count - i * size;
        swarm->portions[i] = (struct portion){
            .first_seed = options->first_seed + i * size,
            .seed_count = left < size ? left : size,
        };
    }
    return COG_OK;
}

/* Each seed of the portions in which a process died, alone. */
static enum cog_code plan_again(struct swarm *swarm, struct cog_error *error)
{
    const uint64_t end = swarm->options->first_seed + swarm->options->seed_count;
    forget_portions(swarm);
    swarm->portions = calloc(swarm->crash_count * PORTION_SIZE, sizeof *swarm->portions);
    if (swarm->portions == NULL) {
        return fail_memory(error);
    }
    for (size_t i = 0; i < swarm->crash_count; i++) {
        for (uint64_t j = 0; j < PORTION_SIZE && swarm->crashed[i] + j < end; j++) {
            swarm->portions[swarm->count++] =
                (struct portion){.first_seed = swarm->crashed[i] + j, .seed_count = 1};
        }
    }
    return COG_OK;
}

static enum cog_code name_bases(const struct swarm *swarm)
{
    const struct scn_sample_ground *ground = &swarm->options->ground;
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < ground->base_count; i++) {
        const struct scn_base *base = &ground->bases[i];
        code = scn_exploration_add_base(swarm->exploration, base->name, base->path,
                                        base->clean.sites.count);
    }
    return code;
}

static enum cog_code run(struct swarm *swarm, struct cog_error *error)
{
    if (name_bases(swarm) != COG_OK) {
        return fail_memory(error);
    }
    enum cog_code code = plan(swarm, PORTION_SIZE, error);
    if (code == COG_OK) {
        code = work(swarm, error);
    }
    if (code == COG_OK && swarm->crash_count > 0) {
        code = plan_again(swarm, error);
        if (code == COG_OK) {
            code = work(swarm, error);
        }
    }
    if (code == COG_ERROR_CANCELLED && gather(swarm, true) != COG_OK) {
        code = fail_memory(error);
    }
    forget_portions(swarm);
    return code;
}

enum cog_code scn_swarm_run(const struct scn_swarm_options *options,
                            struct scn_exploration *out_exploration, struct cog_error *error)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration = {0};
    struct swarm swarm = {
        .options = options,
        .progress = {.seed_count = options->seed_count},
        .exploration = &exploration,
    };
    const int64_t start_ms = now_ms();
    enum cog_code code = run(&swarm, error);
    if (code != COG_OK && code != COG_ERROR_CANCELLED) {
        return code;
    }
    exploration.real_ms = now_ms() - start_ms;
    exploration.is_interrupted = code == COG_ERROR_CANCELLED;
    *out_exploration = exploration;
    exploration = (struct scn_exploration){0};
    return code;
}
