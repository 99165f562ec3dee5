/** A whole client, in virtual time, against a server that a fuzzer made up. */
#ifndef FUZZ_BENCH_H
#define FUZZ_BENCH_H

#include "answers.h"

#include <cogpromote/client.h>

/** Set the input of `server`, then `init`. */
struct fuzz_bench {
    struct fuzz_server server;
    struct cog_config config;
    struct cog_clock_virtual clock;
    struct cog_random_seeded random;
    struct cog_storage_memory storage;
    struct cog_client *client;
    struct cog_platform platform;
    struct cog_limits limits; /**< No wait may cross the deadline. */
};

void fuzz_bench_init(struct fuzz_bench *bench);

void fuzz_bench_finish(struct fuzz_bench *bench);

/** What is returned with a code: an error for people, which repeats no secret. */
void fuzz_expect_error(const struct fuzz_bench *bench, enum cog_code code,
                       const struct cog_error *error);

#endif
