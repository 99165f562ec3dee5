/*
 * The client is killed at every point, and resumed: it must come to the end of an untroubled run.
 *
 *   kill_test STEP SCENARIO...
 */
#include "torment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** At which of many points a process dies. */
struct way {
    const char *name;
    size_t offset; /* Of the count in `struct scn_death`. */
};

static const struct way WAYS[] = {
    {"killed after each journal write", offsetof(struct scn_death, after_journal_write)},
    {"killed within each journal write", offsetof(struct scn_death, in_journal_write)},
    {"killed after each request", offsetof(struct scn_death, after_request)},
};

enum { WAY_COUNT = sizeof WAYS / sizeof WAYS[0] };

static struct scn_kill kill_at(const struct way *way, int point, bool is_moved)
{
    struct scn_kill kill = {.is_moved = is_moved};
    memcpy((char *)&kill.death + way->offset, &point, sizeof point);
    return kill;
}

/** @param out_is_reached false when no process came as far as its death */
static bool run(const struct torment *torment, const struct scn_undertaking *undertaking,
                const char *where, bool *out_is_reached)
{
    static const char *const none[] = {NULL};
    COG_CLEANUP(scn_simulation_finish) struct scn_simulation *simulation = NULL;
    const struct scn_simulation_options options = {
        .seed = 1,
        .transport = SCN_TRANSPORT_MEMORY,
        .undertaking = undertaking,
    };
    struct cog_error error = {0};
    if (scn_simulation_run(&torment->scenario, &options, &simulation, &error) != COG_OK) {
        (void)fprintf(stderr, "%s: %s\n", where, error.message);
        return false;
    }
    const struct verdict verdict = verdict_of(simulation);
    *out_is_reached = scn_simulation_facts(simulation)->process_count > undertaking->kill_count;
    bool is_same = verdict_compare(&torment->untroubled, &verdict, where);
    return invariants_hold(simulation, none, where) && is_same;
}

/** One kill at each point; resumed here, and on another machine. */
static bool kill_once(const struct torment *torment, const struct way *way, int step,
                      size_t *inout_count)
{
    bool is_ok = true;
    bool is_reached = true;
    for (int point = 1; is_reached; point += step) {
        for (int is_moved = 0; is_moved < 2 && is_reached; is_moved++) {
            const struct scn_undertaking undertaking = {
                .kills = {kill_at(way, point, is_moved == 1)},
                .kill_count = 1,
            };
            char where[256];
            (void)snprintf(where, sizeof where, "%s, %s %d%s", torment->path, way->name, point,
                           is_moved == 1 ? ", moved" : "");
            is_ok = run(torment, &undertaking, where, &is_reached) && is_ok;
            *inout_count += is_reached ? 1 : 0;
        }
    }
    return is_ok;
}

/** A second kill at each point of the run that resumes, for every point of the first. */
static bool kill_twice(const struct torment *torment, const struct way *way, int step,
                       size_t *inout_count)
{
    bool is_ok = true;
    bool is_first_reached = true;
    for (int first = 1; is_first_reached; first += step) {
        is_first_reached = false;
        bool is_second_reached = true;
        for (int second = 1; is_second_reached; second += step) {
            const struct scn_undertaking undertaking = {
                .kills = {kill_at(way, first, false), kill_at(&WAYS[0], second, false)},
                .kill_count = 2,
            };
            char where[256];
            (void)snprintf(where, sizeof where, "%s, %s %d, then %d", torment->path, way->name,
                           first, second);
            is_ok = run(torment, &undertaking, where, &is_second_reached) && is_ok;
            is_first_reached = is_first_reached || is_second_reached;
            *inout_count += is_second_reached ? 1 : 0;
        }
    }
    return is_ok;
}

/** Every way to die, of one scenario. @return whether the client got over each */
static bool torment_all(const char *path, int step, int *inout_number)
{
    COG_CLEANUP(torment_finish) struct torment torment = {0};
    char name[512];
    bool is_ok = true;
    torment_init(&torment, path);
    for (size_t i = 0; i < WAY_COUNT; i++) {
        size_t count = 0;
        bool is_good = kill_once(&torment, &WAYS[i], step, &count);
        (void)snprintf(name, sizeof name, "%s: %s", torment.scenario.name, WAYS[i].name);
        is_ok = tap_report(++*inout_number, is_good, name, count) && is_ok;
    }
    size_t count = 0;
    bool is_good = kill_twice(&torment, &WAYS[WAY_COUNT - 1], step, &count);
    (void)snprintf(name, sizeof name, "%s: killed again while it is resumed",
                   torment.scenario.name);
    return tap_report(++*inout_number, is_good, name, count) && is_ok;
}

int main(int argc, char **argv)
{
    const int step = argc < 3 ? 0 : torment_step(argv[1]);
    if (step == 0) {
        (void)fprintf(stderr, "usage: kill_test STEP SCENARIO...\n");
        return 2;
    }
    bool is_ok = true;
    int number = 0;
    (void)printf("1..%d\n", (argc - 2) * (WAY_COUNT + 1));
    for (int i = 2; i < argc; i++) {
        is_ok = torment_all(argv[i], step, &number) && is_ok;
    }
    return is_ok ? 0 : 1;
}
