/** Many threads that do the same at the same time; and TAP, without Criterion's forks. */
#ifndef CREW_H
#define CREW_H

#include <stdbool.h>
#include <stddef.h>

enum { CREW_SIZE = 64 };

/** Runs `work` once in each of CREW_SIZE threads, which begin together, and waits for all. */
void crew_run(void (*work)(void *context, size_t index), void *context);

/** One point of TAP. From one thread only. */
void crew_point(bool is_good, const char *name);

/** The plan. @return the program's exit code */
int crew_end(void);

#endif
