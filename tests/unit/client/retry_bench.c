#include "retry_bench.h"

enum { ATTEMPTS_MAX = 3, DEADLINE_MS = 900000, RETRY_AFTER_MS_MAX = 600000 };

#define START_UNIX_MS INT64_C(784111777000) /* Sun, 06 Nov 1994 08:49:37 GMT */

void retry_bench_init(struct retry_bench *bench)
{
    cog_clock_virtual_init(&bench->clock, START_UNIX_MS);
    cog_random_seeded_init(&bench->random, RETRY_BENCH_SEED);
    bench->server.clock = &bench->clock;
    /* Named already: a new one would draw its name. */
    bench->exchange = (struct cog_exchange){.request_id = "id"};
    bench->retry = (struct cog_retry){
        .inner = scripted_transport(&bench->server),
        .clock = cog_clock_virtual(&bench->clock),
        .random = cog_random_seeded(&bench->random),
        .log = recorded_log(&bench->log),
        .budget = &bench->budget,
        .attempts_max = ATTEMPTS_MAX,
        .retry_after_ms_max = RETRY_AFTER_MS_MAX,
    };
    bench->request = (struct cog_request){
        .call = "status",
        .method = "GET",
        .url = "http://server/status",
        .timeout_ms = 30000,
        .deadline_ms = DEADLINE_MS,
        .exchange = &bench->exchange,
    };
}

enum cog_code retry_bench_send(struct retry_bench *bench, int *out_status, struct cog_error *error)
{
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    const enum cog_code code =
        cog_transport_send(cog_retry_transport(&bench->retry), &bench->request, &response, error);
    *out_status = response.status;
    return code;
}
