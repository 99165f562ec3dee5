/** The program behind main(). */
#ifndef PROGRAM_PROGRAM_H
#define PROGRAM_PROGRAM_H

#include "arguments.h"

/** Does what the arguments ask for. @return the exit code */
int cog_program_run(const struct cog_arguments *arguments);

#endif
