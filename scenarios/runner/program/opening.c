#include "program/opening.h"

#include "program/arguments.h"
#include "program/help.h"

#include <stdio.h>
#include <stdlib.h>

const char **scn_opening_paths(int count)
{
    return calloc((size_t)count + 1, sizeof(const char *));
}

void scn_opening_paths_finish(const char ***paths)
{
    free(*paths);
}

int scn_opening_decide(enum cog_code code, bool is_help, const struct cog_error *error)
{
    if (code == COG_ERROR_MEMORY) {
        (void)fprintf(stderr, "cogdrill: out of memory\n");
        return SCN_EXIT_SOFTWARE;
    }
    if (code != COG_OK) {
        (void)fprintf(stderr, "cogdrill: %s; see 'cogdrill --help'\n", error->message);
        return SCN_EXIT_USAGE;
    }
    if (is_help) {
        scn_help_write(stdout);
        return 0;
    }
    return SCN_OPENING_GO_ON;
}
