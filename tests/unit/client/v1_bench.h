/** The v1 platform on a script, with a token in its hands already. */
#ifndef V1_BENCH_H
#define V1_BENCH_H

#include "support/expect.h"
#include "support/recorded_log.h"
#include "support/scripted_transport.h"
#include "v1/v1.h"

#include <cogpromote/platform.h>

#define V1_BENCH_START_UNIX_MS INT64_C(784111777000) /* Sun, 06 Nov 1994 08:49:37 GMT */

/** Set the answers, then `init`. */
struct v1_bench {
    struct scripted_transport server;
    struct scripted_transport issuer;
    struct cog_clock_virtual clock;
    struct recorded_log log;
    struct cog_token_manager *tokens;
    struct cog_v1 v1;
    struct cog_platform platform;
    struct cog_limits limits;
    struct cog_error error;
};

void v1_bench_init(struct v1_bench *bench);

void v1_bench_finish(struct v1_bench *bench);

#endif
