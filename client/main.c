/* cogpromote: promotes bot environments. */
#include "program/output.h"
#include "program/program.h"

#include <stdlib.h>

static const char *lookup(void *context, const char *name)
{
    (void)context;
    return getenv(name);
}

int main(int argc, char **argv)
{
    const struct cog_arguments arguments = {
        .count = argc,
        .values = argv,
        .lookup = lookup,
    };
    cog_output_guard();
    return cog_program_run(&arguments);
}
