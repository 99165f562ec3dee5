/* What one may see of the fake without its token, where that is allowed at all. */
#include "control_stage.h"
#include "support/expect.h"

#include <string.h>

TestSuite(observers, .timeout = 10);

enum { BUFFER_SIZE = 4096 };

static const struct mock_control_options with_observers = {
    .token = "correct-horse",
    .has_observers = true,
};

/* Something that only the facilitator may do. */
static void facilitate(struct control_stage *stage, const char *method, const char *path,
                       const char *body)
{
    control_clear_headers(stage);
    control_header(stage, "Authorization", "Bearer correct-horse");
    const int status = control_call(stage, method, path, body);
    cr_assert(status >= 200 && status < 300, "%s %s: %d", method, path, status);
    control_clear_headers(stage);
}

static struct mock_stream listen_to(struct control_stage *stage)
{
    cr_assert_eq(control_call(stage, "GET", "/events", NULL), 200);
    return control_take_stream(stage);
}

Test(observers, may_look_and_nothing_else)
{
    static const struct {
        const char *method;
        const char *path;
        int status;
    } rows[] = {
        {"GET", "/health", 200},
        {"GET", "/tenants", 200},
        {"GET", "/tenants/default/environments", 200},
        {"GET", "/tenants/default/jobs", 200},
        {"GET", "/tenants/default/clock", 200},
        {"GET", "/tenants/default/requests", 200},
        {"GET", "/tenants/default/requests/9", 404},
        {"GET", "/tenants/default", 401},
        {"GET", "/tenants/default/faults", 401},
        {"GET", "/tenants/default/injects", 401},
        {"GET", "/tenants/default/requests.har", 401},
        {"GET", "/tenants/default/state", 401},
        {"GET", "/tenants/default/conduct", 401},
        {"GET", "/metrics", 401},
        {"PUT", "/tenants/default/clock", 401},
        {"DELETE", "/tenants/default/requests", 401},
        {"POST", "/tenants/default/injects/a/strike", 401},
        {"GET", "/no-such-path", 401},
    };
    struct control_stage stage;
    control_open(&stage, &with_observers);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const int status = control_call(&stage, rows[i].method, rows[i].path, NULL);
        cr_expect_eq(status, rows[i].status, "%s %s: %d", rows[i].method, rows[i].path, status);
    }
    control_close(&stage);
}

Test(observers, are_none_where_nobody_asked_for_them)
{
    const struct mock_control_options options = {.token = "correct-horse"};
    struct control_stage stage;
    control_open(&stage, &options);

    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/jobs", NULL), 401);
    control_close(&stage);
}

Test(observers, are_not_those_with_a_wrong_token)
{
    struct control_stage stage;
    control_open(&stage, &with_observers);
    control_header(&stage, "Authorization", "Bearer correct-hors");

    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/jobs", NULL), 401);
    control_close(&stage);
}

Test(observers, learn_from_health_what_they_are)
{
    static const struct {
        bool has_observers;
        const char *authorization;
        const char *access;
    } rows[] = {
        {false, NULL, "none"},
        {true, NULL, "observer"},
        {true, "Bearer wrong-horse", "none"},
        {true, "Bearer correct-horse", "all"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct mock_control_options options = with_observers;
        options.has_observers = rows[i].has_observers;
        struct control_stage stage;
        control_open(&stage, &options);
        if (rows[i].authorization != NULL) {
            control_header(&stage, "Authorization", rows[i].authorization);
        }
        (void)control_call(&stage, "GET", "/health", NULL);
        EXPECT_STR(control_text(&stage, "access"), rows[i].access);
        control_close(&stage);
    }
}

Test(observers, make_no_tenant_by_asking_for_it)
{
    struct control_stage stage;
    control_open(&stage, &with_observers);

    EXPECT_INT(control_call(&stage, "GET", "/tenants/a/jobs", NULL), 404);
    EXPECT_INT(control_call(&stage, "GET", "/health", NULL), 200);
    EXPECT_INT(control_number(&stage, "tenants"), 1);
    control_close(&stage);
}

Test(observers, do_not_see_what_decided_an_answer)
{
    struct control_stage stage;
    control_open(&stage, &with_observers);
    facilitate(&stage, "POST", "/tenants/default/faults",
               "{\"call\":\"health\",\"inject\":{\"status\":503}}");
    (void)control_send(&stage, "GET", "/api/v1/health", NULL);

    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/requests", NULL), 200);

    static const char *const hidden[] = {"applied", "delay_ms", "fault", "faults", "rule", "why"};
    EXPECT_INT(control_number(&stage, "requests.0.status"), 503);
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        cr_expect_null(cJSON_GetObjectItem(control_node(&stage, "requests.0"), hidden[i]), "%s",
                       hidden[i]);
    }
    control_close(&stage);
}

Test(observers, do_not_see_an_answer_that_got_lost)
{
    struct control_stage stage;
    control_open(&stage, &with_observers);
    facilitate(&stage, "POST", "/tenants/default/faults",
               "{\"call\":\"promote\",\"inject\":\"reset_after_apply\"}");
    control_authorize(&stage, "");
    (void)control_send(&stage, "POST", "/api/v1/deployments/promote", CONTROL_PROMOTION);
    control_clear_headers(&stage);

    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/requests/2", NULL), 200);
    EXPECT_STR(control_text(&stage, "call"), "promote");
    cr_expect(cJSON_IsNull(control_node(&stage, "status")));
    cr_expect(cJSON_IsNull(control_node(&stage, "answer")));
    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/requests?status=202", NULL), 200);
    EXPECT_INT(cJSON_GetArraySize(control_node(&stage, "requests")), 0);
    control_close(&stage);
}

Test(observers, cannot_ask_for_requests_that_a_fault_struck)
{
    struct control_stage stage;
    control_open(&stage, &with_observers);
    facilitate(&stage, "POST", "/tenants/default/faults",
               "{\"call\":\"health\",\"inject\":{\"status\":503}}");
    (void)control_send(&stage, "GET", "/api/v1/health", NULL);

    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/requests?fault=*", NULL), 200);

    EXPECT_INT(cJSON_GetArraySize(control_node(&stage, "requests")), 0);
    control_close(&stage);
}

Test(observers, are_not_told_how_many_faults_are_armed)
{
    struct control_stage stage;
    control_open(&stage, &with_observers);

    EXPECT_INT(control_call(&stage, "GET", "/tenants", NULL), 200);

    EXPECT_STR(control_text(&stage, "tenants.0.name"), "default");
    cr_expect_null(control_node(&stage, "tenants.0.faults"));
    control_close(&stage);
}

Test(observers, see_a_job_but_not_that_it_is_held)
{
    struct control_stage stage;
    control_open(&stage, &with_observers);
    control_authorize(&stage, "");
    (void)control_send(&stage, "POST", "/api/v1/deployments/promote", CONTROL_PROMOTION);
    facilitate(&stage, "POST", "/tenants/default/jobs/job-1", "{\"stuck\":true}");

    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/jobs", NULL), 200);

    EXPECT_STR(control_text(&stage, "jobs.0.status"), "running");
    cr_expect_null(control_node(&stage, "jobs.0.stuck"));
    control_close(&stage);
}

Test(observers, hear_of_requests_and_jobs_in_numbers_without_a_gap)
{
    struct control_stage stage;
    control_open(&stage, &with_observers);
    const struct mock_stream stream = listen_to(&stage);
    facilitate(&stage, "POST", "/tenants/default/faults",
               "{\"call\":\"health\",\"times\":1,\"inject\":{\"status\":503}}");
    (void)control_send(&stage, "GET", "/api/v1/health", NULL);
    facilitate(&stage, "PATCH", "/tenants/default/server", "{\"oauth\":{\"expires_in\":\"5s\"}}");
    (void)control_send(&stage, "GET", "/api/v1/health", NULL);

    const char *text = control_read(&stage, stream, BUFFER_SIZE);
    EXPECT_CONTAINS(text, "id: 1\nevent: request\n");
    EXPECT_CONTAINS(text, "id: 2\nevent: done\n");
    EXPECT_CONTAINS(text, "id: 3\nevent: request\n");
    EXPECT_CONTAINS(text, "\"status\":503");
    EXPECT_LACKS(text, "\"fault\"");
    EXPECT_LACKS(text, "event: answer");
    EXPECT_LACKS(text, "event: tenant");
    stream.ops->finish(stream.context);
    control_close(&stage);
}

Test(observers, do_not_hear_of_injects_nor_of_jobs_that_are_held)
{
    struct control_stage stage;
    control_open(&stage, &with_observers);
    facilitate(&stage, "PUT", "/tenants/default",
               "{\"injects\":[{\"name\":\"needle\",\"at\":\"10s\",\"job\":{\"hold\":true}}]}");
    control_authorize(&stage, "");
    (void)control_send(&stage, "POST", "/api/v1/deployments/promote", CONTROL_PROMOTION);
    control_clear_headers(&stage);
    const struct mock_stream stream = listen_to(&stage);
    stage.clock.now_ms += 20000;
    EXPECT_INT(control_call(&stage, "GET", "/tenants/default/clock", NULL), 200);

    const char *text = control_read(&stage, stream, BUFFER_SIZE);
    EXPECT_LACKS(text, "event: ");
    stream.ops->finish(stream.context);
    control_close(&stage);
}

Test(observers, take_no_place_in_the_facilitators_stream)
{
    struct control_stage stage;
    control_open(&stage, &with_observers);
    const struct mock_stream theirs = listen_to(&stage);
    control_header(&stage, "Authorization", "Bearer correct-horse");
    const struct mock_stream ours = listen_to(&stage);
    control_clear_headers(&stage);
    (void)control_send(&stage, "GET", "/api/v1/health", NULL);

    EXPECT_CONTAINS(control_read(&stage, ours, BUFFER_SIZE), "id: 2\nevent: answer\n");
    EXPECT_CONTAINS(control_read(&stage, theirs, BUFFER_SIZE), "id: 2\nevent: done\n");
    theirs.ops->finish(theirs.context);
    ours.ops->finish(ours.context);
    control_close(&stage);
}
