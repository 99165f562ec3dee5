/* Whatever a client asks of the fake, under a scenario that the fuzzer made up as well: that first,
 * then requests, with FF between all of them. */
#include "fake.h"

#include <cogmock/truth.h>

#include <stdlib.h>
#include <string.h>

/* A fault and a stub say what they were told to say. */
static bool is_own_answer(const struct fuzz_fake *fake)
{
    const struct mock_server *server =
        mock_tenant_server(mock_tenants_find(fake->tenants, MOCK_TENANT_DEFAULT));
    const size_t count = mock_truth_exchange_count(server);
    if (count == 0) {
        return false;
    }
    const struct mock_exchange *exchange = mock_truth_exchange(server, count - 1);
    return exchange->fault == NULL && exchange->call != NULL && strcmp(exchange->call, "stub") != 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = {bytes, length};
    struct fuzz_fake fake;
    size_t text_length = 0;
    char *scenario = fuzz_text_take(&input, '\f', &text_length);
    fuzz_fake_init(&fake, scenario);
    free(scenario);
    while (input.length > 0) {
        struct mock_plan plan = {0};
        char *text = fuzz_text_take(&input, '\f', &text_length);
        const bool is_control = fuzz_fake_ask(&fake, text, text_length, &plan);
        fuzz_expect_plan(&fake, &plan);
        if (!is_control && plan.wire == MOCK_WIRE_PLAIN && is_own_answer(&fake)) {
            fuzz_expect_json(&plan);
        }
        mock_plan_finish(&plan);
        free(text);
    }
    fuzz_fake_finish(&fake);
    return 0;
}
