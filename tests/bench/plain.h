/** The same requests by plain libcurl on one easy handle, as a script in C would send them. */
#ifndef BENCH_PLAIN_H
#define BENCH_PLAIN_H

#include "recording.h"

/** Ends this process when one fails. */
void plain_run(const struct recording *recording);

#endif
