/* Injects, looked at and let loose over the control plane. */
#include "control_stage.h"
#include "support/expect.h"

#include <string.h>

TestSuite(control_injects, .timeout = 10);

static const char scenario[] =
    "{\"injects\":[{\"name\":\"fails\",\"text\":\"it fails\",\"after\":\"promote\","
    "\"window\":[\"10s\",\"40s\"],\"job\":{\"fail\":\"out of disk\"}},"
    "{\"name\":\"told\",\"at\":\"20s\"}]}";

/* A tenant of its own with that scenario. */
static void open(struct control_stage *stage)
{
    control_open(stage, NULL);
    EXPECT_INT(control_call(stage, "PUT", "/tenants/a", scenario), 201);
}

Test(control_injects, are_listed_with_what_is_known_of_them)
{
    struct control_stage stage;
    open(&stage);

    EXPECT_INT(control_call(&stage, "GET", "/tenants/a/injects", NULL), 200);

    EXPECT_STR(control_text(&stage, "injects.0.name"), "fails");
    EXPECT_STR(control_text(&stage, "injects.0.text"), "it fails");
    EXPECT_STR(control_text(&stage, "injects.0.description"), "the job fails: out of disk");
    EXPECT_STR(control_text(&stage, "injects.0.after"), "promote");
    EXPECT_INT(control_number(&stage, "injects.0.earliest_ms"), 10000);
    EXPECT_INT(control_number(&stage, "injects.0.latest_ms"), 40000);
    EXPECT_STR(control_text(&stage, "injects.0.status"), "waiting");
    cr_expect(cJSON_IsNull(control_node(&stage, "injects.0.due_ms")));
    cr_expect(cJSON_IsNull(control_node(&stage, "injects.1.after")));
    EXPECT_STR(control_text(&stage, "injects.1.status"), "set");
    EXPECT_INT(control_number(&stage, "injects.1.due_ms"), 20000);
    cr_expect(cJSON_IsNull(control_node(&stage, "injects.1.struck_ms")));
    control_close(&stage);
}

Test(control_injects, strike_when_they_are_told_to)
{
    struct control_stage stage;
    open(&stage);
    stage.clock.now_ms += 5000;

    EXPECT_INT(control_call(&stage, "POST", "/tenants/a/injects/told/strike", NULL), 200);

    EXPECT_STR(control_text(&stage, "status"), "struck");
    EXPECT_INT(control_number(&stage, "struck_ms"), 5000);
    cr_expect(cJSON_IsTrue(control_node(&stage, "is_by_hand")));
    cr_expect(stage.plan.turns_clock);
    EXPECT_INT(control_call(&stage, "POST", "/tenants/a/injects/told/strike", NULL), 409);
    EXPECT_INT(control_call(&stage, "POST", "/tenants/a/injects/tolled/strike", NULL), 404);
    EXPECT_INT(control_call(&stage, "POST", "/tenants/a/injects/fails/strike", NULL), 200);
    EXPECT_STR(control_text(&stage, "status"), "failed");
    EXPECT_STR(control_text(&stage, "failure"), "no job ran at that moment");
    control_close(&stage);
}

Test(control_injects, begin_anew_with_their_tenant)
{
    static const char *const paths[] = {"/tenants/a/reset", "/tenants/a/state"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct control_stage stage;
        const bool is_state = i == 1;
        open(&stage);
        stage.clock.now_ms += 25000;
        EXPECT_INT(control_call(&stage, "GET", "/tenants/a/state", NULL), 200);
        char *state = cJSON_PrintUnformatted(stage.json);
        EXPECT_INT(control_call(&stage, "GET", "/tenants/a/injects", NULL), 200);
        EXPECT_STR(control_text(&stage, "injects.1.status"), "struck");

        EXPECT_INT(
            control_call(&stage, is_state ? "PUT" : "POST", paths[i], is_state ? state : NULL),
            200);

        EXPECT_INT(control_call(&stage, "GET", "/tenants/a/injects", NULL), 200);
        EXPECT_STR(control_text(&stage, "injects.1.status"), "set");
        /* A state goes on with its clock, and what comes after the start comes after that. */
        EXPECT_INT(control_number(&stage, "injects.1.due_ms"), is_state ? 45000 : 20000);
        cJSON_free(state);
        control_close(&stage);
    }
}

Test(control_injects, are_counted_and_are_what_a_clock_jumps_to)
{
    struct control_stage stage;
    open(&stage);

    EXPECT_INT(control_call(&stage, "POST", "/tenants/a/clock/advance", "{\"to\":\"next\"}"), 200);

    EXPECT_INT(control_number(&stage, "advanced_ms"), 20000);
    EXPECT_INT(control_call(&stage, "GET", "/metrics", NULL), 200);
    EXPECT_CONTAINS(stage.plan.body, "\ncogmock_injects_struck_total 1\n");
    control_close(&stage);
}

Test(control_injects, are_events)
{
    struct control_stage stage;
    open(&stage);
    EXPECT_INT(control_call(&stage, "GET", "/events?tenant=a", NULL), 200);
    struct mock_stream stream = control_take_stream(&stage);

    EXPECT_INT(control_call(&stage, "POST", "/tenants/a/injects/told/strike", NULL), 200);

    const char *text = control_read(&stage, stream, 4096);
    EXPECT_CONTAINS(text, "event: inject\n");
    EXPECT_CONTAINS(text, "\"name\":\"told\",\"change\":\"struck\",\"text\":\"\","
                          "\"what\":\"it is only told\"");
    stream.ops->finish(stream.context);
    control_close(&stage);
}
