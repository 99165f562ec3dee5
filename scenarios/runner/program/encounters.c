#include "program/encounters.h"

#include "explore/operators/encounters.h"
#include "program/bases.h"

#include <cogpromote/clock.h>

#include <stdio.h>

enum { PATH_SIZE = 4096 };

static const char *const defaults[] = {
    "two_operators_on_one_machine.jsonc",
    "two_operators_on_two_machines.jsonc",
    "another_operator_while_a_job_fails.jsonc",
    "another_operator_at_the_lock_of_a_dead_one.jsonc",
};

enum { DEFAULT_COUNT = sizeof defaults / sizeof defaults[0] };

static bool is_interrupted(void *context)
{
    const struct scn_interrupt *interrupt = context;
    return scn_interrupt_is_pending(interrupt);
}

static enum cog_code explore_file(const char *path, const struct scn_encounters_options *options,
                                  struct scn_exploration *exploration, struct cog_error *error)
{
    COG_CLEANUP(scn_scenario_finish) struct scn_scenario scenario = {0};
    enum cog_code code = scn_scenario_read(path, &scenario, error);
    return code == COG_OK ? scn_encounters_explore(&scenario, path, options, exploration, error)
                          : code;
}

/* A name of a path of the command line, or of one that comes with the program. */
static const char *choose_path(const struct scn_explore_arguments *arguments, size_t index,
                               char path[PATH_SIZE])
{
    if (arguments->path_count > 0) {
        return arguments->paths[index];
    }
    (void)snprintf(path, PATH_SIZE, "%s/%s", scn_bases_folder(), defaults[index]);
    return path;
}

enum cog_code scn_program_encounters(const struct scn_explore_arguments *arguments,
                                     const struct scn_interrupt *interrupt,
                                     struct scn_exploration *out_exploration,
                                     struct cog_error *error)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration = {0};
    const struct scn_encounters_options options = {
        .seed = arguments->seed,
        .interleavings =
            {
                .switches_max = arguments->switches_max,
                .adds_to_all = !arguments->prunes,
            },
        .ends_with_first = arguments->ends_with_first,
        .is_interrupted = is_interrupted,
        .interrupt_context = (void *)interrupt,
    };
    const size_t count = arguments->path_count > 0 ? arguments->path_count : DEFAULT_COUNT;
    const int64_t start_ms = cog_clock_monotonic_ms(cog_clock_posix());
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < count; i++) {
        char path[PATH_SIZE];
        code = explore_file(choose_path(arguments, i, path), &options, &exploration, error);
    }
    if (code != COG_OK && code != COG_ERROR_CANCELLED) {
        return code;
    }
    exploration.real_ms = cog_clock_monotonic_ms(cog_clock_posix()) - start_ms;
    exploration.is_interrupted = code == COG_ERROR_CANCELLED;
    *out_exploration = exploration;
    exploration = (struct scn_exploration){0};
    return code;
}
