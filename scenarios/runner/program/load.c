#include "program/verbs.h"

#include <stdio.h>
#include <sys/stat.h>

/* Where the suite lies in a checkout. */
static const char checkout_folder[] = "scenarios/suite";
static const char checkout_clients_folder[] = "scenarios/clients/suite";

static const char *find_folder(const char *checkout, const char *installed)
{
    struct stat status;
    return stat(checkout, &status) == 0 && S_ISDIR(status.st_mode) ? checkout : installed;
}

/* Clients that are not ours are tried with what any of them can be asked. */
static const char *find_suite(const struct scn_arguments *arguments)
{
    return arguments->client != NULL
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

void scn_program_choose_paths(struct scn_arguments *inout_arguments, const char **paths)
{
    if (inout_arguments->path_count == 0 && !inout_arguments->has_results) {
        paths[inout_arguments->path_count++] = find_suite(inout_arguments);
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
        if (out_suite->entries[i].error.code != COG_OK) {
            print_error(&out_suite->entries[i].error, "");
        }
    }
    return 0;
}
