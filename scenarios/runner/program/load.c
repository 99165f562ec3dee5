#include "program/verbs.h"

#include <stdio.h>
#include <sys/stat.h>

/* Where the suite lies in a checkout. */
static const char checkout_folder[] = "scenarios/suite";

static const char *find_suite(void)
{
    struct stat status;
    const bool is_checkout = stat(checkout_folder, &status) == 0 && S_ISDIR(status.st_mode);
    return is_checkout ? checkout_folder : SCN_SUITE_FOLDER;
}

static void print_error(const struct cog_error *error, const char *prefix)
{
    char text[COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE];
    (void)fprintf(stderr, "%s%s\n", prefix, cog_error_text(error, text, sizeof text));
}

static int choose_exit_code(enum cog_code code)
{
    if (code == COG_ERROR_STORAGE) {
        return SCN_EXIT_NO_INPUT;
    }
    return code == COG_ERROR_MEMORY ? SCN_EXIT_SOFTWARE : SCN_EXIT_USAGE;
}

int scn_program_load(const struct scn_arguments *arguments, struct scn_suite *out_suite)
{
    const char *const default_paths[] = {find_suite()};
    const bool is_given = arguments->path_count > 0;
    struct cog_error error = {0};
    enum cog_code code = scn_suite_load(is_given ? arguments->paths : default_paths,
                                        is_given ? arguments->path_count : 1, out_suite, &error);
    if (code == COG_OK && arguments->variant != NULL) {
        code = scn_suite_filter(out_suite, arguments->variant, &error);
    }
    if (code != COG_OK) {
        print_error(&error, "cogdrill: ");
        return choose_exit_code(code);
    }
    for (size_t i = 0; i < out_suite->count; i++) {
        if (out_suite->entries[i].error.code != COG_OK) {
            print_error(&out_suite->entries[i].error, "");
        }
    }
    return 0;
}
