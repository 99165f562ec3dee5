#ifndef SCN_HELP_H
#define SCN_HELP_H

#include <stdio.h>

/** What `cogdrill --help` says. */
void scn_help_write(FILE *stream);

#endif
