/** One whole promotion with the library, from nothing to nothing; no wait takes time. */
#ifndef BENCH_PROMOTION_H
#define BENCH_PROMOTION_H

#include "recording.h"

struct bench_promotion {
    const char *api_base;
    const char *folder; /**< Where files go; NULL: storage in memory. */
};

/**
 * Ends this process when it is not promoted.
 *
 * @param recording NULL: nobody keeps the requests
 */
void bench_promotion_run(const struct bench_promotion *promotion, struct recording *recording);

#endif
