/* cogmock: arguments, and the exit code. */
#include "program/program.h"

#include <cogbase/text.h>

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { VERBS_MAX = 8 };

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

static int refuse_verb(const char *word)
{
    const char *names[VERBS_MAX + 1] = {NULL};
    for (size_t i = 0; i < VERBS_MAX && mock_verbs[i].name != NULL; i++) {
        names[i] = mock_verbs[i].name;
    }
    const char *nearest = cog_string_nearest(word, names);
    const char *what = *word == '-' ? "flag" : "verb";
    if (nearest == NULL) {
        return mock_program_usage(NULL, "unknown %s '%s'", what, word);
    }
    return mock_program_usage(NULL, "unknown %s '%s', did you mean '%s'?", what, word, nearest);
}

static int run_verb(const struct mock_verb *verb, int argc, char **argv)
{
    if (asks_for_help(argc, argv)) {
        for (size_t i = 0; verb->help[i] != NULL; i++) {
            (void)fputs(verb->help[i], stdout);
        }
        return MOCK_EXIT_DONE;
    }
    return verb->run(argc, argv);
}

static int run(int argc, char **argv)
{
    if (argc < 2) {
        return mock_program_usage(NULL, "no verb given");
    }
    for (const struct mock_verb *verb = mock_verbs; verb->name != NULL; verb++) {
        if (strcmp(verb->name, argv[1]) == 0) {
            return run_verb(verb, argc - 1, argv + 1);
        }
    }
    if (strcmp(argv[1], "--version") == 0) {
        (void)puts("cogmock " COGMOCK_VERSION);
        return MOCK_EXIT_DONE;
    }
    if (asks_for_help(2, argv)) {
        (void)fputs(mock_help, stdout);
        return MOCK_EXIT_DONE;
    }
    return refuse_verb(argv[1]);
}

int main(int argc, char **argv)
{
    /* Who reads our output, or a client, may go away: a write then fails, and that is all. */
    (void)signal(SIGPIPE, SIG_IGN);
    int exit_code = run(argc, argv);
    bool is_lost = fflush(stdout) != 0 || ferror(stdout) != 0;
    if (is_lost && exit_code == MOCK_EXIT_DONE) {
        (void)fprintf(stderr, "cogmock: cannot write to standard output\n");
        return MOCK_EXIT_FAILURE;
    }
    return exit_code;
}
