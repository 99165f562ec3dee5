#include "program/variable.h"

#include <stddef.h>
#include <string.h>

/* POSIX has it without a header. */
extern char **environ;

const char *scn_variable_find(const char *name)
{
    const size_t length = strlen(name);
    for (char **variable = environ; *variable != NULL; variable++) {
        if (strncmp(*variable, name, length) == 0 && (*variable)[length] == '=') {
            return *variable + length + 1;
        }
    }
    return NULL;
}

char **scn_variable_all(void)
{
    return environ;
}
