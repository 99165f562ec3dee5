/* cogpromote: promotes bot environments. */
#include "program/help.h"
#include "program/promote_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int EXIT_USAGE = 2;

static const char *lookup(void *context, const char *name)
{
    (void)context;
    return getenv(name);
}

static int fail_verb(const char *verb)
{
    (void)fprintf(stderr,
                  "cogpromote: unknown verb '%s', expected 'promote'; see"
                  " 'cogpromote --help'\n",
                  verb);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        cog_help_print(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0) {
        cog_help_print(stdout);
        return 0;
    }
    if (strcmp(argv[1], "--version") == 0) {
        (void)puts("cogpromote " COG_VERSION);
        return 0;
    }
    if (strcmp(argv[1], "promote") != 0) {
        return fail_verb(argv[1]);
    }
    const struct cog_arguments arguments = {
        .count = argc - 1,
        .values = argv + 1,
        .lookup = lookup,
    };
    return cog_promote_command(&arguments);
}
