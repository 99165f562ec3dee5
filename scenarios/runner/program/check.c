#include "program/verbs.h"

#include <stdio.h>

int scn_verb_check(const struct scn_arguments *arguments)
{
    COG_CLEANUP(scn_suite_finish) struct scn_suite suite = {0};
    const int exit_code = scn_program_load(arguments, &suite);
    if (exit_code != 0) {
        return exit_code;
    }
    const size_t error_count = scn_suite_error_count(&suite);
    (void)printf("%zu good, %zu wrong\n", suite.count - error_count, error_count);
    return error_count > 0 ? 1 : 0;
}
