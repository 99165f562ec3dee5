/** `--help`. */
#ifndef PROGRAM_HELP_H
#define PROGRAM_HELP_H

#include <stdio.h>

void cog_help_print(FILE *stream);
void cog_help_print_promote(FILE *stream);

#endif
