#include "program/verbs.h"

#include "drill/drill.h"

#include <stdio.h>
#include <sys/stat.h>

/* Where the suite lies in a checkout. */
static const char checkout_folder[] = "scenarios/suite";
static const char checkout_clients_folder[] = "scenarios/clients/suite";

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static const char *find_folder(const char *checkout, const char *installed)
{
    return is_folder(checkout) ? checkout : installed;
}

static const char *const checkout_torture[] = {
    "scenarios/suite/promotion/succeeds.jsonc",
    "scenarios/suite/rollback/failed_job_is_restored.jsonc",
    "scenarios/suite/rollback/job_hangs_past_the_deadline.jsonc",
    "scenarios/suite/promotion/a_lost_answer_is_read_back.jsonc",
};
static const char *const installed_torture[] = {
    SCN_SUITE_FOLDER "/promotion/succeeds.jsonc",
    SCN_SUITE_FOLDER "/rollback/failed_job_is_restored.jsonc",
    SCN_SUITE_FOLDER "/rollback/job_hangs_past_the_deadline.jsonc",
    SCN_SUITE_FOLDER "/promotion/a_lost_answer_is_read_back.jsonc",
};

enum { TORTURE_COUNT = sizeof checkout_torture / sizeof checkout_torture[0] };

_Static_assert((int)TORTURE_COUNT <= (int)SCN_DEFAULT_PATHS_MAX, "room for all of them");

/* Clients that are not ours are tried with what any of them can be asked. */
static const char *find_suite(const struct scn_arguments *arguments)
{
    return arguments->client.command != NULL
               ? find_folder(checkout_clients_folder, SCN_CLIENTS_SUITE_FOLDER)
               : find_folder(checkout_folder, SCN_SUITE_FOLDER);
}

static void print_error(const struct cog_error *error, const char *prefix)
{
    char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];
    (void)fprintf(stderr, "%s%s\n", prefix, cog_error_text(error, text, sizeof text));
}

void scn_program_complain(const struct cog_error *error)
{
    print_error(error, "cogdrill: ");
}

static int choose_exit_code(enum cog_code code)
{
    if (code == COG_ERROR_STORAGE) {
        return SCN_EXIT_NO_INPUT;
    }
    return code == COG_ERROR_MEMORY || code == COG_ERROR_INTERNAL ? SCN_EXIT_SOFTWARE
                                                                  : SCN_EXIT_USAGE;
}

int scn_program_fail(enum cog_code code, const struct cog_error *error)
{
    scn_program_complain(error);
    return choose_exit_code(code);
}

/* One that succeeds, one that fails, one that hangs, and one that does not hear what it did. */
static void choose_torture(struct scn_arguments *inout_arguments, const char **paths)
{
    const char *const *files = is_folder(checkout_folder) ? checkout_torture : installed_torture;
    for (size_t i = 0; i < TORTURE_COUNT; i++) {
        paths[inout_arguments->path_count++] = files[i];
    }
    inout_arguments->torture.has_default_paths = true;
}

void scn_program_choose_paths(struct scn_arguments *inout_arguments, const char **paths)
{
    if (inout_arguments->path_count > 0) {
        return;
    }
    if (inout_arguments->verb == SCN_VERB_TORTURE) {
        choose_torture(inout_arguments, paths);
    } else if (!inout_arguments->has_results) {
        paths[inout_arguments->path_count++] = find_suite(inout_arguments);
    }
}

/* A scenario that is a drill as well has to be right as one. */
static void check_drill(struct scn_suite_entry *entry)
{
    COG_CLEANUP(scn_drill_finish) struct scn_drill drill = {0};
    struct cog_error error = {0};
    if (entry->error.code == COG_OK && scn_drill_is(&entry->scenario.file->document) &&
        scn_drill_parse(entry->scenario.file, &drill, &error) != COG_OK) {
        entry->error = error;
    }
}

int scn_program_load(const struct scn_arguments *arguments, struct scn_suite *out_suite)
{
    struct cog_error error = {0};
    enum cog_code code = scn_suite_load(arguments->paths, arguments->path_count, out_suite, &error);
    if (code == COG_OK) {
        code = scn_selection_apply(&arguments->selection, out_suite, &error);
    }
    if (code != COG_OK) {
        return scn_program_fail(code, &error);
    }
    for (size_t i = 0; i < out_suite->count; i++) {
        check_drill(&out_suite->entries[i]);
        if (out_suite->entries[i].error.code != COG_OK) {
            print_error(&out_suite->entries[i].error, "");
        }
    }
    return 0;
}
