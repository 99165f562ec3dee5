#include "explore/search/search.h"
#include "program/bases.h"
#include "program/client.h"
#include "program/encounters.h"
#include "program/explore_arguments.h"
#include "program/opening.h"
#include "program/outlook.h"
#include "program/report.h"
#include "program/verbs.h"

#include <cogbase/text.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FOREIGN_A_PROCESSOR = 4 };

/* All that an exploration needs. */
struct expedition {
    const struct scn_explore_arguments *arguments;
    struct scn_client client; /* That is not ours. */
    struct scn_catalogue catalogue;
    struct scn_bases bases;
};

static void expedition_finish(struct expedition *expedition)
{
    scn_bases_finish(&expedition->bases);
    scn_catalogue_finish(&expedition->catalogue);
}

static struct scn_experiment_options choose_experiment(const struct expedition *expedition)
{
    const struct scn_explore_arguments *arguments = expedition->arguments;
    return (struct scn_experiment_options){
        .seed = arguments->seed,
        .transport = arguments->transport,
        .repeat_count = arguments->repeat_count,
        .wants_cells = arguments->client.command == NULL,
        .client = scn_program_foreign(&expedition->client),
    };
}

/* Before all bases are run for nothing. */
static enum cog_code check_state(const char *path, struct cog_error *error)
{
    return path == NULL || access(path, R_OK) == 0
               ? COG_OK
               : cog_error_set(error, COG_ERROR_STORAGE, "cannot go on from '%s': %s", path,
                               strerror(errno));
}

static enum cog_code check_wishes(const struct scn_bases *bases, struct cog_error *error)
{
    for (size_t i = 0; i < bases->count; i++) {
        /* One that is not as it should be has none, and is told. */
        if (bases->items[i].faults.count > 0 || bases->items[i].clean.verdict != SCN_PASS) {
            return COG_OK;
        }
    }
    return cog_error_set(error, COG_ERROR_CONFIGURATION,
                         "--only and --kinds leave no fault: see the sites and kinds of a report"
                         " made without them");
}

static enum cog_code prepare(struct expedition *expedition, struct cog_error *error)
{
    const struct scn_explore_arguments *arguments = expedition->arguments;
    const struct scn_bases_options options = {
        .paths = arguments->paths,
        .path_count = arguments->path_count,
        .case_name = arguments->case_name,
        .catalogue = &expedition->catalogue,
        .experiment = choose_experiment(expedition),
    };
    if (scn_catalogue_init(&expedition->catalogue, &arguments->filter) != COG_OK) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = check_state(arguments->resume_path, error);
    if (code == COG_OK) {
        code = scn_bases_read(&options, &expedition->bases, error);
    }
    return code == COG_OK ? check_wishes(&expedition->bases, error) : code;
}

static struct scn_exploration_origin describe(const struct scn_explore_arguments *arguments)
{
    return (struct scn_exploration_origin){
        .verb = arguments->has_operators ? "operators" : "explore",
        .tool_version = COG_VERSION,
        .seed = arguments->seed,
        .transport = scn_transport_name(arguments->transport),
        .client = arguments->client.command,
        .depth = arguments->depth,
        .is_pruned = arguments->prunes,
        .shard_index = (size_t)arguments->shard.index,
        .shard_count = (size_t)arguments->shard.count,
    };
}

static int report(const struct scn_explore_arguments *arguments,
                  const struct scn_exploration *exploration)
{
    const struct scn_exploration_origin origin = describe(arguments);
    const struct scn_exploration_files files = {
        .json_path = arguments->json_path,
        .html_path = arguments->html_path,
        .mutants_path = arguments->mutants_path,
    };
    return scn_program_report(exploration, &origin, &files);
}

/* Tells what is known, whether it is all or not. */
static int conclude(const struct scn_explore_arguments *arguments, enum cog_code code,
                    struct scn_exploration *exploration, const struct scn_interrupt *interrupt)
{
    /* Whoever ends with the first one has not looked for others. */
    exploration->is_interrupted = exploration->is_interrupted ||
                                  (arguments->ends_with_first && exploration->discovery_count > 0);
    const int exit_code = report(arguments, exploration);
    return code == COG_OK || exit_code > 2 ? exit_code : scn_program_failure(code, interrupt);
}

static int explore_operators(const struct scn_explore_arguments *arguments,
                             const struct scn_interrupt *interrupt)
{
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration = {0};
    struct cog_error error = {0};
    enum cog_code code = scn_program_encounters(arguments, interrupt, &exploration, &error);
    if (code == COG_OK) {
        return conclude(arguments, code, &exploration, interrupt);
    }
    if (code != COG_ERROR_CANCELLED) {
        return scn_program_fail(code, &error);
    }
    scn_program_complain(&error);
    return conclude(arguments, code, &exploration, interrupt);
}

/* A client in real time sleeps most of it. */
static size_t choose_workers(const struct scn_explore_arguments *arguments)
{
    const bool is_foreign = arguments->client.command != NULL;
    return arguments->worker_count == 0 && is_foreign
               ? scn_program_workers(0) * FOREIGN_A_PROCESSOR
               : scn_program_workers(arguments->worker_count);
}

static int explore(const struct expedition *expedition, const struct scn_interrupt *interrupt)
{
    const struct scn_explore_arguments *arguments = expedition->arguments;
    const bool resumes = arguments->resume_path != NULL;
    COG_CLEANUP(scn_outlook_finish)
    struct scn_outlook outlook = scn_outlook_make(arguments->is_quiet);
    const struct scn_search_options options = {
        .bases = expedition->bases.items,
        .base_count = expedition->bases.count,
        .catalogue = &expedition->catalogue,
        .experiment = choose_experiment(expedition),
        .depth = arguments->depth,
        .prunes = arguments->prunes,
        .ends_with_first = arguments->ends_with_first,
        .shard = arguments->shard,
        .worker_count = choose_workers(arguments),
        .interrupt_descriptor = interrupt->descriptor,
        .state_path = resumes ? arguments->resume_path : arguments->state_path,
        .resumes = resumes,
        .progress = scn_outlook_show,
        .progress_context = &outlook,
    };
    COG_CLEANUP(scn_exploration_finish) struct scn_exploration exploration = {0};
    struct cog_error error = {0};
    enum cog_code code = scn_search_run(&options, &exploration, &error);
    scn_outlook_finish(&outlook);
    if (code != COG_OK) {
        scn_program_complain(&error);
    }
    if (code == COG_ERROR_SYNTAX) {
        return SCN_EXIT_USAGE; /* The state. */
    }
    if (code != COG_OK && code != COG_ERROR_CANCELLED) {
        return scn_program_failure(code, interrupt);
    }
    return conclude(arguments, code, &exploration, interrupt);
}

static int explore_faults(const struct scn_explore_arguments *arguments,
                          const struct scn_interrupt *interrupt)
{
    COG_CLEANUP(expedition_finish) struct expedition expedition = {.arguments = arguments};
    struct cog_error error = {0};
    const int failure = scn_program_client(&arguments->client, &expedition.client);
    if (failure != 0) {
        return failure;
    }
    enum cog_code code = prepare(&expedition, &error);
    return code == COG_OK ? explore(&expedition, interrupt) : scn_program_fail(code, &error);
}

static int explore_interruptibly(const struct scn_explore_arguments *arguments)
{
    struct scn_interrupt interrupt;
    struct cog_error error = {0};
    if (scn_interrupt_init(&interrupt, &error) != COG_OK) {
        scn_program_complain(&error);
        return SCN_EXIT_SOFTWARE;
    }
    const int exit_code = arguments->has_operators ? explore_operators(arguments, &interrupt)
                                                   : explore_faults(arguments, &interrupt);
    scn_interrupt_finish(&interrupt);
    return exit_code;
}

int scn_verb_explore(int count, char **arguments)
{
    COG_CLEANUP(scn_opening_paths_finish) const char **paths = scn_opening_paths(count);
    struct scn_explore_arguments parsed = {0};
    struct cog_error error = {0};
    enum cog_code code = paths != NULL
                             ? scn_explore_arguments_parse(count, arguments, paths, &parsed, &error)
                             : COG_ERROR_MEMORY;
    const int ending = scn_opening_decide(code, parsed.is_help, &error);
    return ending == SCN_OPENING_GO_ON ? explore_interruptibly(&parsed) : ending;
}
