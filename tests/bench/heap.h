/** How much of the heap the process has taken, at most. Link it, and it counts. */
#ifndef BENCH_HEAP_H
#define BENCH_HEAP_H

#include <stddef.h>

/** Counts from now on: what is taken now is the new peak. */
void heap_peak_reset(void);

/** In bytes, on top of what was taken at the reset. */
size_t heap_peak(void);

/** How many times something was taken since the reset. */
size_t heap_count(void);

#endif
