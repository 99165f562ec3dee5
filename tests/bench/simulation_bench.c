/*
 * How fast a promotion is simulated, in memory and on the wire, and how fast the whole suite.
 *
 *   simulation_bench SCENARIO SUITE
 *   simulation_bench SCENARIO memory|wire|judged COUNT
 *
 * One process, one core; times are of its CPU, so that a busy machine spoils them less. Each run
 * has its own world, client and storage, and ends with the report, the audit file and the journal.
 * It says how it was, and never fails because of it. With a transport, that one runs alone and
 * nothing is measured: for a profiler, or to count instructions. `judged` runs in memory too, and
 * is judged by all invariants.
 */
#include "language/suite.h"
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SAMPLES = 41, RUNS = 20, COUNT_MAX = 1000000, SEED = 1 };

enum way { WAY_MEMORY, WAY_JUDGED, WAY_WIRE, WAY_COUNT };

static const char *const KEYS[] = {
    [WAY_MEMORY] = "memory",
    [WAY_JUDGED] = "judged",
    [WAY_WIRE] = "wire",
};

static const char *const NAMES[] = {
    [WAY_MEMORY] = "in memory",
    [WAY_JUDGED] = "in memory, judged",
    [WAY_WIRE] = "on the wire",
};

static double cpu_s(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void give_up(const char *what, const char *why)
{
    (void)fprintf(stderr, "simulation_bench: %s: %s\n", what, why);
    exit(EXIT_FAILURE);
}

static void require(enum cog_code code, const struct cog_error *error)
{
    char text[COG_ERROR_CAUSE_SIZE];
    if (code != COG_OK) {
        give_up("cannot run", cog_error_text(error, text, sizeof text));
    }
}

/** @return how many calls it took */
static size_t simulate(const struct scn_scenario *scenario, enum scn_transport transport)
{
    COG_CLEANUP(scn_simulation_finish) struct scn_simulation *simulation = NULL;
    struct cog_error error = {0};
    const struct scn_simulation_options options = {.seed = SEED, .transport = transport};
    require(scn_simulation_run(scenario, &options, &simulation, &error), &error);
    const struct scn_facts *facts = scn_simulation_facts(simulation);
    if (facts->exit_code != 0) {
        give_up(scenario->name, "the promotion did not succeed");
    }
    return facts->exchange_count;
}

/** @return its virtual time in ms */
static int64_t judge(const struct scn_scenario *scenario, enum scn_transport transport)
{
    const struct scn_run_options options = {
        .seed = SEED,
        .repeat_count = 1,
        .transport = transport,
    };
    struct scn_run run = {0};
    scn_run(scenario, &options, &run);
    const int64_t virtual_ms = run.virtual_ms;
    if (run.verdict != SCN_PASS) {
        give_up(scenario->name, "it does not pass");
    }
    scn_run_finish(&run);
    return virtual_ms;
}

static void repeat(const struct scn_scenario *scenario, enum way way, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (way == WAY_JUDGED) {
            (void)judge(scenario, SCN_TRANSPORT_MEMORY);
        } else {
            (void)simulate(scenario, way == WAY_WIRE ? SCN_TRANSPORT_WIRE : SCN_TRANSPORT_MEMORY);
        }
    }
}

static int compare(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* CPU seconds a run. */
struct durations {
    double median_s;
    double least_s; /* What it takes where nobody else is at the machine. */
};

static struct durations measure(const struct scn_scenario *scenario, enum way way)
{
    double samples[SAMPLES];
    repeat(scenario, way, RUNS);
    for (size_t i = 0; i < SAMPLES; i++) {
        const double start_s = cpu_s();
        repeat(scenario, way, RUNS);
        samples[i] = (cpu_s() - start_s) / RUNS;
    }
    qsort(samples, SAMPLES, sizeof *samples, compare);
    return (struct durations){.median_s = samples[SAMPLES / 2], .least_s = samples[0]};
}

static void report_promotions(const struct scn_scenario *scenario)
{
    struct durations ways[WAY_COUNT];
    (void)printf("a promotion of %zu calls, on one core; CPU\n",
                 simulate(scenario, SCN_TRANSPORT_MEMORY));
    (void)printf("%-20s %10s %10s %8s %10s %10s\n", "", "median us", "a second", "ratio",
                 "least us", "a second");
    for (int i = 0; i < WAY_COUNT; i++) {
        ways[i] = measure(scenario, (enum way)i);
        (void)printf("%-20s %10.0f %10.0f %8.2f %10.0f %10.0f\n", NAMES[i], ways[i].median_s * 1e6,
                     1 / ways[i].median_s, ways[i].median_s / ways[WAY_MEMORY].median_s,
                     ways[i].least_s * 1e6, 1 / ways[i].least_s);
    }
}

static void report_suite(const struct scn_suite *suite, enum way way)
{
    int64_t virtual_ms = 0;
    const double start_s = cpu_s();
    for (size_t i = 0; i < suite->count; i++) {
        virtual_ms += judge(&suite->entries[i].scenario,
                            way == WAY_WIRE ? SCN_TRANSPORT_WIRE : SCN_TRANSPORT_MEMORY);
    }
    const double real_s = cpu_s() - start_s;
    const double virtual_s = (double)virtual_ms / 1e3;
    (void)printf("%-20s %10.2f %10.0f %8.0f\n", NAMES[way], real_s, virtual_s, virtual_s / real_s);
}

static void report_suites(const char *path)
{
    struct scn_suite suite = {0};
    struct cog_error error = {0};
    const double start_s = cpu_s();
    require(scn_suite_load(&path, 1, &suite, &error), &error);
    const double load_s = cpu_s() - start_s;
    if (scn_suite_error_count(&suite) > 0) {
        give_up(path, "a scenario in it is wrong");
    }
    (void)printf("\nthe suite, %zu runs, on one core; read in %.3f s\n", suite.count, load_s);
    (void)printf("%-20s %10s %10s %8s\n", "", "CPU s", "virtual s", "ratio");
    report_suite(&suite, WAY_JUDGED);
    report_suite(&suite, WAY_WIRE);
    scn_suite_finish(&suite);
}

/** @return WAY_COUNT when there is none of that name */
static enum way way_find(const char *key)
{
    int i = 0;
    while (i < WAY_COUNT && strcmp(KEYS[i], key) != 0) {
        i++;
    }
    return (enum way)i;
}

int main(int argc, char **argv)
{
    const enum way alone = argc == 4 ? way_find(argv[2]) : WAY_COUNT;
    const long count = argc == 4 ? strtol(argv[3], NULL, 10) : 1;
    const bool is_usable = argc == 3 || alone != WAY_COUNT;
    if (!is_usable || count < 1 || count > COUNT_MAX) {
        (void)fprintf(stderr, "usage: simulation_bench SCENARIO SUITE\n"
                              "       simulation_bench SCENARIO memory|judged|wire COUNT\n");
        return EXIT_FAILURE;
    }
    struct scn_scenario scenario = {0};
    struct cog_error error = {0};
    require(scn_scenario_read(argv[1], &scenario, &error), &error);
    if (alone != WAY_COUNT) {
        repeat(&scenario, alone, (size_t)count);
    } else {
        report_promotions(&scenario);
        report_suites(argv[2]);
    }
    scn_scenario_finish(&scenario);
    return EXIT_SUCCESS;
}
