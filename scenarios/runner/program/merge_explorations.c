#include "program/merge_explorations.h"

#include "explore/report/sum.h"
#include "program/report.h"
#include "program/verbs.h"

#include <stdlib.h>

/* All that is merged, and what comes of it. */
struct work {
    const struct scn_merge_arguments *arguments;
    struct scn_stored_exploration *files;
    size_t file_count;
    struct scn_exploration exploration;
    struct scn_exploration_origin origin;
};

static enum cog_code read_files(struct work *work, char *const *texts, struct cog_error *error)
{
    const struct scn_merge_arguments *arguments = work->arguments;
    work->files = calloc(arguments->path_count, sizeof *work->files);
    if (work->files == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < arguments->path_count; i++) {
        code = scn_stored_exploration_parse(arguments->paths[i], texts[i], &work->files[i], error);
        work->file_count++;
    }
    return code;
}

static enum cog_code add_up(struct work *work, struct cog_error *error)
{
    if (work->arguments->junit_path != NULL) {
        return cog_error_set(error, COG_ERROR_ARGUMENT,
                             "--junit: an exploration has none: use --json or --html");
    }
    return scn_explorations_add(work->files, work->file_count, work->arguments->is_partial,
                                &work->exploration, &work->origin, error);
}

static void work_finish(struct work *work)
{
    for (size_t i = 0; i < work->file_count; i++) {
        scn_stored_exploration_finish(&work->files[i]);
    }
    free(work->files);
    scn_exploration_finish(&work->exploration);
}

int scn_merge_explorations(const struct scn_merge_arguments *arguments, char *const *texts)
{
    COG_CLEANUP(work_finish) struct work work = {.arguments = arguments};
    struct cog_error error = {0};
    enum cog_code code = read_files(&work, texts, &error);
    if (code == COG_OK) {
        code = add_up(&work, &error);
    }
    if (code != COG_OK) {
        return scn_program_fail(code, &error);
    }
    const struct scn_exploration_files outputs = {
        .json_path = arguments->json_path,
        .html_path = arguments->html_path,
        .mutants_path = arguments->mutants_path,
    };
    return scn_program_report(&work.exploration, &work.origin, &outputs);
}
