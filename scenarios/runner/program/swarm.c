#include "explore/swarm/swarm.h"

#include "explore/report/report.h"
#include "program/bases.h"
#include "program/collection.h"
#include "program/opening.h"
#include "program/swarm_arguments.h"
#include "program/verbs.h"

#include <cogbase/duration.h>
#include <cogbase/json.h>
#include <cogbase/text.h>
#include <cogpromote/clock.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SHOW_INTERVAL_MS = 200, SECOND_MS = 1000 };

static const struct scn_catalogue_filter everything;

/* All that a swarm needs. */
struct hive {
    const struct scn_swarm_arguments *arguments;
    struct scn_catalogue catalogue;
    struct scn_bases bases;
    bool is_seen; /* Somebody looks at the progress. */
    int64_t start_ms;
    int64_t shown_ms;
};

static void hive_finish(struct hive *hive)
{
    scn_bases_finish(&hive->bases);
    scn_catalogue_finish(&hive->catalogue);
}

static int64_t now_ms(void)
{
    return cog_clock_monotonic_ms(cog_clock_posix());
}

static struct scn_experiment_options choose_experiment(const struct scn_swarm_arguments *arguments)
{
    return (struct scn_experiment_options){
        .seed = arguments->seeds.first,
        .transport = arguments->transport,
        .repeat_count = 1,
    };
}

static enum cog_code prepare(struct hive *hive, struct cog_error *error)
{
    const struct scn_swarm_arguments *arguments = hive->arguments;
    const struct scn_bases_options options = {
        .paths = arguments->paths,
        .path_count = arguments->path_count,
        .catalogue = &hive->catalogue,
        .experiment = choose_experiment(arguments),
    };
    if (scn_catalogue_init(&hive->catalogue, &everything) != COG_OK) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = scn_bases_read(&options, &hive->bases, error);
    for (size_t i = 0; code == COG_OK && i < hive->bases.count; i++) {
        code = scn_base_check(&hive->bases.items[i], error);
    }
    return code;
}

static int64_t find_rate(uint64_t count, int64_t elapsed_ms)
{
    return (int64_t)count * SECOND_MS / (elapsed_ms > 0 ? elapsed_ms : 1);
}

static void show(void *context, const struct scn_swarm_progress *progress)
{
    struct hive *hive = context;
    const int64_t time_ms = now_ms();
    if (!hive->is_seen || time_ms - hive->shown_ms < SHOW_INTERVAL_MS) {
        return;
    }
    const int64_t rate = find_rate(progress->done_count, time_ms - hive->start_ms);
    const uint64_t left = progress->seed_count - progress->done_count;
    char text[COG_DURATION_TEXT_SIZE];
    (void)cog_duration_format(rate > 0 ? (int64_t)left / rate * SECOND_MS : 0, text);
    (void)fprintf(stderr,
                  "\r\033[K%" PRIu64 "/%" PRIu64 " seeds, %zu failed, %" PRId64 "/s, %s left",
                  progress->done_count, progress->seed_count, progress->failed_count, rate, text);
    (void)fflush(stderr);
    hive->shown_ms = time_ms;
}

static void print_discovery(const struct scn_exploration *exploration,
                            const struct scn_discovery *discovery)
{
    COG_CLEANUP(cog_json_finish) cJSON *scenario = cJSON_Parse(discovery->scenario);
    const cJSON *seed = cJSON_GetObjectItemCaseSensitive(scenario, "seed");
    const double number = cJSON_IsNumber(seed) ? seed->valuedouble : 0;
    (void)printf("seed %.0f, %s:", number, exploration->bases[discovery->base_index].name);
    for (size_t i = 0; i < SCN_DISCOVERY_FAULTS_MAX && discovery->faults[i] != NULL; i++) {
        (void)printf("%s %s", i > 0 ? "," : "", discovery->faults[i]);
    }
    (void)printf(" (exit %d)\n", discovery->exit_code);
    for (size_t i = 0; i < discovery->findings.count; i++) {
        (void)printf("    %s: %s\n", discovery->findings.items[i].subject,
                     discovery->findings.items[i].text);
    }
    (void)printf("    cogdrill swarm --seeds %.0f --into FOLDER\n", number);
}

static void print(const struct hive *hive, const struct scn_exploration *exploration)
{
    const struct scn_effort sum = scn_exploration_sum(exploration, 1);
    const int64_t rate = find_rate(sum.possible_count, exploration->real_ms);
    for (size_t i = 0; i < exploration->discovery_count; i++) {
        print_discovery(exploration, &exploration->discoveries[i]);
    }
    if (!hive->arguments->is_quiet) {
        (void)fprintf(stderr,
                      "%s%zu of %" PRIu64 " seeds: %zu run, %zu contradict themselves, %zu failed,"
                      " %zu inconclusive; %.1f s, %" PRId64 " seeds/s\n",
                      hive->is_seen ? "\r\033[K" : "", sum.possible_count,
                      hive->arguments->seeds.count, sum.run_count, sum.idle_count, sum.failed_count,
                      sum.inconclusive_count, (double)exploration->real_ms / SECOND_MS, rate);
    }
}

static enum cog_code write_json(const struct hive *hive, const struct scn_exploration *exploration,
                                struct cog_error *error)
{
    const struct scn_swarm_arguments *arguments = hive->arguments;
    const struct scn_exploration_origin origin = {
        .verb = "swarm",
        .tool_version = COG_VERSION,
        .seed = arguments->seeds.first,
        .transport = scn_transport_name(arguments->transport),
        .depth = 1,
        .shrink_command = "cogdrill shrink FILE --into FOLDER --only",
    };
    return scn_exploration_write_json(arguments->json_path, exploration, &origin, error);
}

/* Each kind of failure once, as small as it can be. */
static enum cog_code collect(const struct hive *hive, const struct scn_exploration *exploration,
                             struct cog_error *error)
{
    COG_CLEANUP(scn_collection_finish)
    struct scn_collection collection = {.folder = hive->arguments->folder};
    const struct scn_experiment_options options = choose_experiment(hive->arguments);
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < exploration->discovery_count; i++) {
        const struct scn_discovery *discovery = &exploration->discoveries[i];
        COG_CLEANUP(cog_json_finish) cJSON *scenario = cJSON_Parse(discovery->scenario);
        code = scn_collection_add(&collection, exploration->bases[discovery->base_index].name,
                                  scenario, &options, error);
    }
    return code;
}

static int conclude(const struct hive *hive, const struct scn_exploration *exploration,
                    enum cog_code run_code, const struct scn_interrupt *interrupt)
{
    struct cog_error error = {0};
    enum cog_code code = COG_OK;
    print(hive, exploration);
    if (hive->arguments->json_path != NULL) {
        code = write_json(hive, exploration, &error);
    }
    if (code == COG_OK && run_code == COG_OK && hive->arguments->folder != NULL) {
        code = collect(hive, exploration, &error);
    }
    if (code != COG_OK) {
        scn_program_complain(&error);
        return scn_program_failure(code, interrupt);
    }
    return run_code == COG_OK ? scn_program_judge(exploration)
                              : scn_program_failure(run_code, interrupt);
}

static int swarm(struct hive *hive, const struct scn_interrupt *interrupt)
{
    const struct scn_swarm_arguments *arguments = hive->arguments;
    const struct scn_swarm_options options = {
        .ground = {hive->bases.items, hive->bases.count, &hive->catalogue},
        .first_seed = arguments->seeds.first,
        .seed_count = arguments->seeds.count,
        .experiment = choose_experiment(arguments),
        .worker_count = scn_program_workers(arguments->worker_count),
        .interrupt_descriptor = interrupt->descriptor,
        .progress = show,
        .progress_context = hive,
    };
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration = {0};
    struct cog_error error = {0};
    hive->is_seen = !arguments->is_quiet && isatty(STDERR_FILENO) == 1;
    hive->start_ms = now_ms();
    const enum cog_code code = scn_swarm_run(&options, &exploration, &error);
    if (code == COG_OK || code == COG_ERROR_CANCELLED) {
        return conclude(hive, &exploration, code, interrupt);
    }
    scn_program_complain(&error);
    return scn_program_failure(code, interrupt);
}

static int prepare_and_swarm(const struct scn_swarm_arguments *arguments)
{
    COG_CLEANUP(hive_finish) struct hive hive = {.arguments = arguments};
    struct scn_interrupt interrupt;
    struct cog_error error = {0};
    const enum cog_code code = prepare(&hive, &error);
    if (code != COG_OK) {
        return scn_program_fail(code, &error);
    }
    if (scn_interrupt_init(&interrupt, &error) != COG_OK) {
        scn_program_complain(&error);
        return SCN_EXIT_SOFTWARE;
    }
    const int exit_code = swarm(&hive, &interrupt);
    scn_interrupt_finish(&interrupt);
    return exit_code;
}

int scn_verb_swarm(int count, char **arguments)
{
    COG_CLEANUP(scn_opening_paths_finish) const char **paths = scn_opening_paths(count);
    struct scn_swarm_arguments parsed = {0};
    struct cog_error error = {0};
    enum cog_code code = paths != NULL
                             ? scn_swarm_arguments_parse(count, arguments, paths, &parsed, &error)
                             : COG_ERROR_MEMORY;
    const int ending = scn_opening_decide(code, parsed.is_help, &error);
    return ending == SCN_OPENING_GO_ON ? prepare_and_swarm(&parsed) : ending;
}
