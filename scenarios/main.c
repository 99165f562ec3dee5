/* cogdrill: arguments, and the exit code. */
#include "program/arguments.h"
#include "program/help.h"
#include "program/verbs.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int run_verb(const struct scn_arguments *arguments)
{
    switch (arguments->verb) {
    case SCN_VERB_HELP:
        scn_help_write(stdout);
        return 0;
    case SCN_VERB_RUN:
        return scn_verb_run(arguments);
    case SCN_VERB_CHECK:
        return scn_verb_check(arguments);
    case SCN_VERB_LIST:
        return scn_verb_list(arguments);
    case SCN_VERB_COVERAGE:
        return scn_verb_coverage(arguments);
    case SCN_VERB_VERSION:
        (void)puts("cogdrill " COG_VERSION);
        return 0;
    }
    return SCN_EXIT_USAGE;
}

int main(int argc, char **argv)
{
    struct scn_arguments arguments = {0};
    struct cog_error error = {0};
    /* At most all words of the command line are paths. */
    const char **paths = calloc((size_t)argc + 1, sizeof *paths);
    /* The fake is on loopback: a proxy of the environment has no part in a simulation. */
    if (paths == NULL || setenv("no_proxy", "*", 1) != 0 ||
        curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        (void)fprintf(stderr, "cogdrill: out of memory\n");
        free(paths);
        return SCN_EXIT_SOFTWARE;
    }
    int exit_code = SCN_EXIT_USAGE;
    if (argc > 1 && strcmp(argv[1], "merge") == 0) {
        exit_code = scn_verb_merge(argc - 1, argv + 1);
    } else if (scn_arguments_parse(argc, argv, paths, &arguments, &error) == COG_OK) {
        scn_program_choose_paths(&arguments, paths);
        exit_code = run_verb(&arguments);
    } else {
        (void)fprintf(stderr, "cogdrill: %s; see 'cogdrill --help'\n", error.message);
    }
    curl_global_cleanup();
    free(paths);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        (void)fprintf(stderr, "cogdrill: cannot write to stdout\n");
        return SCN_EXIT_NO_OUTPUT;
    }
    return exit_code;
}
