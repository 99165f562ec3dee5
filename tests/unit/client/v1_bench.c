#include "v1_bench.h"

#include "secret.h"

#include <criterion/criterion.h>

void v1_bench_init(struct v1_bench *bench)
{
    cog_clock_virtual_init(&bench->clock, V1_BENCH_START_UNIX_MS);
    bench->issuer.answers[0] = (struct scripted_answer){
        .status = 200,
        .body = "{\"access_token\":\"very-secret\",\"token_type\":\"Bearer\",\"scope\":\"a b\"}"};
    const struct cog_token_options options = {
        .transport = scripted_transport(&bench->issuer),
        .clock = cog_clock_virtual(&bench->clock),
        .api_base = "http://server/api/v1",
        .client_id = "id",
        .client_secret = "dev-secret",
        .request_timeout_ms = 30000,
    };
    bench->limits.deadline_ms = 900000;
    COG_CLEANUP(cog_secret_finish) char *token = NULL;
    ASSERT_CODE(cog_token_manager_create(&options, &bench->tokens, &bench->error), COG_OK,
                bench->error);
    ASSERT_CODE(cog_token_fetch(bench->tokens, bench->limits, &token, &bench->error), COG_OK,
                bench->error);
    bench->v1 = (struct cog_v1){
        .transport = scripted_transport(&bench->server),
        .tokens = bench->tokens,
        .clock = cog_clock_virtual(&bench->clock),
        .log = recorded_log(&bench->log),
        .api_base = "http://server/api/v1",
        .request_timeout_ms = 30000,
    };
    bench->platform = cog_v1_platform(&bench->v1);
}

void v1_bench_finish(struct v1_bench *bench)
{
    cog_token_manager_destroy(bench->tokens);
}
