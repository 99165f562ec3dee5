/* What a tenant keeps has an end, and so has what its clock can be turned to. */
#include "control_stage.h"

#include "server_private.h"

#include "support/expect.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

TestSuite(control_limits, .timeout = 30.0);
TestSuite(control_retired, .timeout = 10.0);
TestSuite(control_secrets, .timeout = 10.0);

#define DEFAULT "/tenants/default"

/* A text of JSON with so many letters between `start` and `end`. Owned. */
static char *long_json(const char *start, size_t length, const char *end)
{
    struct cog_text text = {0};
    cog_text_append(&text, start);
    for (size_t i = 0; i < length; i++) {
        cog_text_append_bytes(&text, "x", 1);
    }
    cog_text_append(&text, end);
    char *json = cog_text_take(&text);
    cr_assert_not_null(json);
    return json;
}

/* Repeats a call until it is refused. @return how often it was not */
static int repeat(struct control_stage *stage, const char *path, const char *body)
{
    int count = 0;
    while (control_call(stage, "POST", path, body) == 201) {
        count++;
    }
    return count;
}

Test(control_limits, stubs_have_no_more_than_so_many_bytes_together)
{
    COG_CLEANUP(control_close) struct control_stage stage;
    control_open(&stage, NULL);
    COG_CLEANUP(cog_string_finish)
    char *body = long_json("{\"path\":\"/a\",\"answer\":{\"body\":\"", 500000, "\"}}");

    EXPECT_INT(repeat(&stage, DEFAULT "/stubs", body), 4);

    EXPECT_INT(stage.plan.status, 507);
    EXPECT_CONTAINS(control_text(&stage, "detail"), "remove some");
    EXPECT_INT(control_call(&stage, "DELETE", DEFAULT "/stubs/s-1", NULL), 204);
    EXPECT_INT(control_call(&stage, "POST", DEFAULT "/stubs", body), 201);
}

Test(control_limits, faults_have_no_more_than_so_many_bytes_together)
{
    COG_CLEANUP(control_close) struct control_stage stage;
    control_open(&stage, NULL);
    COG_CLEANUP(cog_string_finish)
    char *body = long_json("{\"call\":\"health\",\"inject\":{\"kind\":\"headers\",\"headers\":{"
                           "\"X-A\":\"",
                           4000, "\"}}}");

    const int count = repeat(&stage, DEFAULT "/faults", body);

    cr_expect(count > 500 && count < 525, "%d", count);
    EXPECT_INT(stage.plan.status, 507);
    EXPECT_CONTAINS(control_text(&stage, "detail"), "remove some");
    EXPECT_INT(control_call(&stage, "DELETE", DEFAULT "/faults", NULL), 204);
    EXPECT_INT(control_call(&stage, "POST", DEFAULT "/faults", body), 201);
}

/* Replaces the state that was told last by the same one of another time. */
static void put_time(struct control_stage *stage, double now_ms)
{
    (void)cJSON_SetNumberHelper(cJSON_GetObjectItem(stage->json, "now_ms"), now_ms);
    cJSON_DeleteItemFromObject(stage->json, "digest");
    char *body = cJSON_PrintUnformatted(stage->json);
    EXPECT_INT(control_call(stage, "PUT", DEFAULT "/state", body), 200);
    free(body);
}

Test(control_limits, the_clock_goes_no_further_than_its_end)
{
    COG_CLEANUP(control_close) struct control_stage stage;
    control_open(&stage, NULL);
    EXPECT_INT(control_call(&stage, "GET", DEFAULT "/state", NULL), 200);
    put_time(&stage, (double)(MOCK_CLOCK_MS_MAX - 60000));
    EXPECT_INT(control_call(&stage, "POST", DEFAULT "/clock/advance", "{\"by\":\"60s\"}"), 200);

    EXPECT_INT(control_call(&stage, "POST", DEFAULT "/clock/advance", "{\"by\":\"1ms\"}"), 409);

    EXPECT_CONTAINS(control_text(&stage, "detail"), "goes no further");
    EXPECT_INT(control_call(&stage, "POST", DEFAULT "/reset", NULL), 200);
    EXPECT_INT(control_call(&stage, "POST", DEFAULT "/clock/advance", "{\"by\":\"365d\"}"), 200);
}

Test(control_limits, a_state_from_beyond_the_clocks_end_is_turned_no_further)
{
    COG_CLEANUP(control_close) struct control_stage stage;
    control_open(&stage, NULL);
    EXPECT_INT(control_call(&stage, "GET", DEFAULT "/state", NULL), 200);
    put_time(&stage, 9007199254740991.0);

    EXPECT_INT(control_call(&stage, "POST", DEFAULT "/clock/advance", "{\"by\":\"1ms\"}"), 409);
}

/* A request that has its head only. */
static struct mock_hearing *open_hearing(struct control_stage *stage, const char *tenant)
{
    const struct mock_request head = {.method = "POST", .target = "/hooks/ci", .body = ""};
    struct mock_hearing *hearing = NULL;
    struct mock_tenant *found = NULL;
    cr_assert(mock_tenants_get(stage->tenants, tenant, &found, NULL) == COG_OK);
    cr_assert(mock_hearing_open(mock_tenant_server(found), &head, &hearing, NULL) == COG_OK);
    return hearing;
}

Test(control_retired, a_tenant_leaves_a_clock_that_runs_to_what_is_under_way)
{
    static const struct {
        const char *method;
        const char *path;
        const char *body;
    } rows[] = {
        {"DELETE", "/tenants/a", NULL},
        {"POST", "/tenants/a/reset", NULL},
        {"PUT", "/tenants/a", "{}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(control_close) struct control_stage stage;
        control_open(&stage, NULL);
        struct mock_plan plan = {0};
        EXPECT_INT(control_call(&stage, "PUT", "/tenants/a/clock", "{\"mode\":\"stopped\"}"), 200);
        struct mock_hearing *hearing = open_hearing(&stage, "a");

        cr_expect(control_call(&stage, rows[i].method, rows[i].path, rows[i].body) / 100 == 2);

        cr_expect(stage.plan.turns_clock, "row %zu", i);
        cr_expect(mock_hearing_clock(hearing)->scale > 0, "row %zu", i);
        cr_expect(mock_hearing_answer(hearing, "{}", 2, &plan, NULL) == COG_OK);
        EXPECT_INT(plan.status, 204);
        mock_plan_finish(&plan);
        mock_hearing_close(hearing, MOCK_HEARING_SENT);
    }
}

Test(control_retired, a_tenant_leaves_no_journal_to_what_is_under_way)
{
    COG_CLEANUP(control_close) struct control_stage stage;
    control_open(&stage, NULL);
    struct mock_hearing *hearing = open_hearing(&stage, "a");
    struct mock_server *server = mock_tenant_server(mock_tenants_find(stage.tenants, "a"));
    EXPECT_INT(mock_truth_exchange_count(server), 1);

    EXPECT_INT(control_call(&stage, "DELETE", "/tenants/a", NULL), 204);

    EXPECT_INT(mock_truth_exchange_count(server), 0);
    EXPECT_STR(mock_hearing_exchange(hearing)->target, "/hooks/ci");
    mock_hearing_close(hearing, MOCK_HEARING_ABANDONED);
}

Test(control_secrets, are_not_in_events)
{
    COG_CLEANUP(control_close) struct control_stage stage;
    control_open(&stage, NULL);
    EXPECT_INT(control_call(&stage, "GET", "/events", NULL), 200);
    struct mock_stream stream = control_take_stream(&stage);

    (void)control_send(&stage, "GET", "/a?access_token=sesame&b=c", NULL);

    const char *events = control_read(&stage, stream, 4096);
    EXPECT_CONTAINS(events, "/a?access_token=(secret)&b=c");
    cr_expect_null(strstr(events, "sesame"));
    stream.ops->finish(stream.context);
}
