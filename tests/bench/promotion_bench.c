/*
 * What a whole promotion costs the client, beside the same requests by plain libcurl.
 *
 *   promotion_bench SERVER-PROGRAM [REPETITIONS [plain|memory|files]]
 *
 * The three take turns, and each is held against the plain one of its own turn, so that what
 * disturbs the machine disturbs all alike: the ratio is the median of the turns' ratios. It says
 * how it was, and never fails because of it. With a name, that one runs alone and nothing is
 * measured: for a profiler, or to count instructions, which are the same on a busy machine.
 */
#include "folder.h"
#include "plain.h"
#include "promotion.h"
#include "server_process.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPETITIONS = 300, REPETITIONS_MAX = 10000, WARM_UPS = 5 };

enum contender { CONTENDER_PLAIN, CONTENDER_MEMORY, CONTENDER_FILES, CONTENDER_COUNT };

static const char *const NAMES[] = {
    [CONTENDER_PLAIN] = "plain libcurl",
    [CONTENDER_MEMORY] = "cog_promote, memory",
    [CONTENDER_FILES] = "cog_promote, files",
};

static const char *const KEYS[] = {
    [CONTENDER_PLAIN] = "plain",
    [CONTENDER_MEMORY] = "memory",
    [CONTENDER_FILES] = "files",
};

struct sample {
    double cpu_us;
    double wall_us;
};

struct bench {
    struct recording recording;
    struct bench_promotion promotions[CONTENDER_COUNT];
    struct sample *samples[CONTENDER_COUNT];
    size_t repetitions;
};

static double now_us(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void contender_run(struct bench *bench, enum contender contender)
{
    if (contender == CONTENDER_PLAIN) {
        plain_run(&bench->recording);
    } else {
        bench_promotion_run(&bench->promotions[contender], NULL);
    }
}

static struct sample measure(struct bench *bench, enum contender contender)
{
    const double cpu_us = now_us(CLOCK_PROCESS_CPUTIME_ID);
    const double wall_us = now_us(CLOCK_MONOTONIC);
    contender_run(bench, contender);
    return (struct sample){
        .cpu_us = now_us(CLOCK_PROCESS_CPUTIME_ID) - cpu_us,
        .wall_us = now_us(CLOCK_MONOTONIC) - wall_us,
    };
}

static int compare(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;
    return (a > b) - (a < b);
}

/** Leaves them sorted. */
static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return values[count / 2];
}

static void report_contender(const struct bench *bench, enum contender contender)
{
    double cpu_us[REPETITIONS_MAX];
    double cpu_ratios[REPETITIONS_MAX];
    double wall_us[REPETITIONS_MAX];
    double wall_ratios[REPETITIONS_MAX];
    const size_t count = bench->repetitions;
    for (size_t i = 0; i < count; i++) {
        const struct sample plain = bench->samples[CONTENDER_PLAIN][i];
        const struct sample sample = bench->samples[contender][i];
        cpu_us[i] = sample.cpu_us;
        cpu_ratios[i] = sample.cpu_us / plain.cpu_us;
        wall_us[i] = sample.wall_us;
        wall_ratios[i] = sample.wall_us / plain.wall_us;
    }
    const double cpu_middle_us = median(cpu_us, count);
    (void)printf("%-20s %10.0f %8.3f %10.0f %10.0f %8.3f\n", NAMES[contender], cpu_middle_us,
                 median(cpu_ratios, count), cpu_us[0], median(wall_us, count),
                 median(wall_ratios, count));
}

static void report(const struct bench *bench)
{
    (void)printf("%zu requests, %zu turns; medians\n", bench->recording.count, bench->repetitions);
    (void)printf("%-20s %10s %8s %10s %10s %8s\n", "", "CPU us", "ratio", "least", "wall us",
                 "ratio");
    for (int i = 0; i < CONTENDER_COUNT; i++) {
        report_contender(bench, (enum contender)i);
    }
}

static void run_alone(struct bench *bench, enum contender contender)
{
    for (size_t i = 0; i < bench->repetitions; i++) {
        contender_run(bench, contender);
    }
}

static void run_in_turns(struct bench *bench)
{
    for (size_t i = 0; i < bench->repetitions + WARM_UPS; i++) {
        for (size_t turn = 0; turn < CONTENDER_COUNT; turn++) {
            const size_t contender = (i + turn) % CONTENDER_COUNT;
            const struct sample sample = measure(bench, (enum contender)contender);
            bench->samples[contender][i < WARM_UPS ? 0 : i - WARM_UPS] = sample;
        }
    }
    report(bench);
}

/** @return CONTENDER_COUNT when there is none of that name */
static enum contender contender_find(const char *key)
{
    int i = 0;
    while (i < CONTENDER_COUNT && strcmp(KEYS[i], key) != 0) {
        i++;
    }
    return (enum contender)i;
}

/** @param alone CONTENDER_COUNT: all of them, in turns */
static void run(struct bench *bench, enum contender alone)
{
    bench_promotion_run(&bench->promotions[CONTENDER_MEMORY], &bench->recording);
    if (alone == CONTENDER_COUNT) {
        run_in_turns(bench);
    } else {
        run_alone(bench, alone);
    }
    recording_finish(&bench->recording);
}

int main(int argc, char **argv)
{
    static struct bench bench;
    static struct bench_server server;
    static char folder[] = "/tmp/cogpromote-bench-XXXXXX";
    const long asked = argc > 2 ? strtol(argv[2], NULL, 10) : REPETITIONS;
    const enum contender alone = argc > 3 ? contender_find(argv[3]) : CONTENDER_COUNT;
    const bool is_named = argc <= 3 || alone != CONTENDER_COUNT;
    if (argc < 2 || asked < 1 || asked > REPETITIONS_MAX || !is_named || mkdtemp(folder) == NULL) {
        (void)fprintf(stderr, "usage: promotion_bench SERVER-PROGRAM [REPETITIONS"
                              " [plain|memory|files]]\n");
        return EXIT_FAILURE;
    }
    bench.repetitions = (size_t)asked;
    bench_server_start(&server, argv[1]);
    for (int i = 0; i < CONTENDER_COUNT; i++) {
        bench.promotions[i].api_base = server.api_base;
        bench.samples[i] = calloc(bench.repetitions, sizeof *bench.samples[i]);
        if (bench.samples[i] == NULL) {
            return EXIT_FAILURE;
        }
    }
    bench.promotions[CONTENDER_FILES].folder = folder;
    run(&bench, alone);
    for (int i = 0; i < CONTENDER_COUNT; i++) {
        free(bench.samples[i]);
    }
    bench_server_stop(&server);
    bench_folder_remove(folder);
    return EXIT_SUCCESS;
}
