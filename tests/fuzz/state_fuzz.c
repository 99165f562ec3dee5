/* A saved state: what is taken is told again as it was, and the fake goes on from it. */
#include "fake.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

#define STATE_PATH "/__mock/v1/tenants/default/state"

static struct mock_plan ask(struct fuzz_fake *fake, const char *head, const char *body)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    struct mock_plan plan = {0};
    cog_text_append_format(&text, "%s\nContent-Type: application/json\n\n%s", head, body);
    const size_t length = text.length;
    char *copy = cog_text_take(&text);
    fuzz_expect(copy != NULL, "there is memory");
    (void)fuzz_fake_ask(fake, copy, length, &plan);
    free(copy);
    fuzz_expect_plan(fake, &plan);
    fuzz_expect_json(&plan);
    return plan;
}

/* What was told can be given back, and is told again in the same words: no time has passed. */
static void go_round(struct fuzz_fake *fake)
{
    struct mock_plan first = ask(fake, "GET " STATE_PATH, "");
    struct mock_plan put = ask(fake, "PUT " STATE_PATH, first.body);
    struct mock_plan second = ask(fake, "GET " STATE_PATH, "");
    fuzz_expect(put.status == 200, "a state that was told is taken");
    fuzz_expect(strcmp(first.body, second.body) == 0, "and is told again as it was");
    mock_plan_finish(&second);
    mock_plan_finish(&put);
    mock_plan_finish(&first);
}

static void go_on(struct fuzz_fake *fake)
{
    static const char *const heads[] = {
        "!GET /api/v1/health",
        "!GET /api/v1/deployments?source_environment_id=env-source",
        "GET /__mock/v1/tenants/default/jobs",
        "GET /__mock/v1/tenants/default/tokens",
        "GET /__mock/v1/tenants/default/environments",
    };
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        struct mock_plan plan = ask(fake, heads[i], "");
        fuzz_expect(plan.status >= 200, "the fake goes on");
        mock_plan_finish(&plan);
    }
    struct mock_plan plan =
        ask(fake, "POST /__mock/v1/tenants/default/clock/advance", "{\"by\":\"30d\"}");
    fuzz_expect(plan.status == 200 || plan.status == 409, "its clock can be turned");
    mock_plan_finish(&plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = {bytes, length};
    struct fuzz_fake fake;
    char *body = fuzz_bytes_take(&input);
    fuzz_fake_init(&fake, NULL);
    struct mock_plan plan = ask(&fake, "PUT " STATE_PATH, body);
    fuzz_expect(plan.status == 200 || plan.status == 400 || plan.status == 409 ||
                    plan.status == 507,
                "a state is taken or refused");
    if (plan.status == 200) {
        go_round(&fake);
        go_on(&fake);
    }
    mock_plan_finish(&plan);
    free(body);
    fuzz_fake_finish(&fake);
    return 0;
}
