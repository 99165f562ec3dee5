/** A retry layer on a script, under a virtual clock. */
#ifndef RETRY_BENCH_H
#define RETRY_BENCH_H

#include "retry.h"
#include "support/recorded_log.h"
#include "support/scripted_transport.h"

enum { RETRY_BENCH_SEED = 7 };

/** Set the answers, then `init`. */
struct retry_bench {
    struct scripted_transport server;
    struct cog_clock_virtual clock;
    struct cog_random_seeded random;
    struct recorded_log log;
    struct cog_retry_budget budget;
    struct cog_retry retry;
    struct cog_exchange exchange;
    struct cog_request request; /**< A GET, until a test changes it. */
};

/** Three attempts, 10 min for `Retry-After`, 15 min in all. Only delays draw numbers. */
void retry_bench_init(struct retry_bench *bench);

/** @param out_status 0 where there is no answer */
enum cog_code retry_bench_send(struct retry_bench *bench, int *out_status, struct cog_error *error);

#endif
