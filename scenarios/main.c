/* cogdrill: arguments, and the exit code. */
#include "program/arguments.h"
#include "program/drill_shell.h"
#include "program/help.h"
#include "program/own_verb.h"
#include "program/verbs.h"
#include "torture/shortage.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

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
    case SCN_VERB_TORTURE:
        return scn_verb_torture(arguments);
    case SCN_VERB_VERSION:
        (void)puts("cogdrill " COG_VERSION);
        return 0;
    }
    return SCN_EXIT_USAGE;
}

/* Before anything else of the libraries: what is torn from them later is theirs from the start. */
static bool init_libraries(const struct scn_arguments *arguments)
{
    /* The fake is on loopback: a proxy of the environment has no part in a simulation. */
    return setenv("no_proxy", "*", 1) == 0 &&
           (arguments->verb == SCN_VERB_TORTURE
                ? scn_shortage_install()
                : curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}

static int run(int argc, char **argv, const char **paths)
{
    struct scn_arguments arguments = {0};
    struct cog_error error = {0};
    const struct scn_own_verb *verb = argc > 1 ? scn_own_verb_find(argv[1]) : NULL;
    if (verb == NULL && scn_arguments_parse(argc, argv, paths, &arguments, &error) != COG_OK) {
        (void)fprintf(stderr, "cogdrill: %s; see 'cogdrill --help'\n", error.message);
        return SCN_EXIT_USAGE;
    }
    if (!init_libraries(&arguments)) {
        (void)fprintf(stderr, "cogdrill: out of memory\n");
        return SCN_EXIT_SOFTWARE;
    }
    arguments.temporary_folder = getenv("TMPDIR");
    scn_program_choose_paths(&arguments, paths);
    const int exit_code = verb != NULL ? verb->run(argc - 1, argv + 1) : run_verb(&arguments);
    curl_global_cleanup();
    return exit_code;
}

int main(int argc, char **argv)
{
    if (scn_drill_shell_is_meant(argc, argv)) {
        return scn_drill_shell_run(argc, argv);
    }
    /* At most all words of the command line are paths. */
    const char **paths = calloc((size_t)argc + 1 + SCN_DEFAULT_PATHS_MAX, sizeof *paths);
    if (paths == NULL) {
        (void)fprintf(stderr, "cogdrill: out of memory\n");
        return SCN_EXIT_SOFTWARE;
    }
    const int exit_code = run(argc, argv, paths);
    free(paths);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        (void)fprintf(stderr, "cogdrill: cannot write to stdout\n");
        return SCN_EXIT_NO_OUTPUT;
    }
    return exit_code;
}
