/* The live stream of events, and the metrics. */
#include "control_stage.h"
#include "support/expect.h"

#include <string.h>

TestSuite(events, .timeout = 20);
TestSuite(metrics, .timeout = 10);

enum { BUFFER_SIZE = 4096 };

static struct mock_stream listen_to(struct control_stage *stage, const char *path)
{
    cr_assert_eq(control_call(stage, "GET", path, NULL), 200);
    EXPECT_STR(control_answer_header(stage, "Content-Type"), "text/event-stream");
    return control_take_stream(stage);
}

static void leave(struct mock_stream stream)
{
    stream.ops->finish(stream.context);
}

Test(events, a_request_is_told_from_its_arrival_to_its_end)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    const struct mock_stream stream = listen_to(&stage, "/events");
    EXPECT_CONTAINS(control_read(&stage, stream, BUFFER_SIZE), "retry: 1000\n");
    (void)control_send(&stage, "GET", "/api/v1/nothing", NULL);

    const char *text = control_read(&stage, stream, BUFFER_SIZE);
    EXPECT_CONTAINS(text, "id: 1\nevent: request\ndata: {\"tenant\":\"default\",\"at_ms\":0,");
    EXPECT_CONTAINS(text, "id: 2\nevent: answer\ndata: ");
    EXPECT_CONTAINS(text, "\"status\":404");
    EXPECT_CONTAINS(text, "id: 3\nevent: done\ndata: ");
    leave(stream);
    control_close(&stage);
}

Test(events, jobs_sessions_clocks_tenants_and_deliveries_are_told)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    const struct mock_stream stream = listen_to(&stage, "/events");
    control_authorize(&stage, "");
    (void)control_send(&stage, "POST", "/api/v1/deployments/promote", CONTROL_PROMOTION);
    (void)control_call(&stage, "POST", "/tenants/default/clock/advance", "{\"by\":\"12s\"}");
    (void)control_call(&stage, "PUT", "/tenants/default/sessions/env-target", "{\"active\":3}");
    (void)control_call(&stage, "PUT", "/tenants/a", "{}");
    (void)control_call(&stage, "DELETE", "/tenants/a", NULL);
    (void)control_send(&stage, "POST", "/hooks/ci", "{}");

    const char *text = control_read(&stage, stream, BUFFER_SIZE);
    EXPECT_CONTAINS(text, "event: job\ndata: {\"tenant\":\"default\",\"at_ms\":12000,\"change\":"
                          "\"job-progress\"");
    EXPECT_CONTAINS(text, "\"progress\":20");
    EXPECT_CONTAINS(text, "event: clock\n");
    EXPECT_CONTAINS(text, "\"by_ms\":12000");
    EXPECT_CONTAINS(text, "event: sessions\n");
    EXPECT_CONTAINS(text, "\"change\":\"created\"");
    EXPECT_CONTAINS(text, "\"change\":\"deleted\"");
    EXPECT_CONTAINS(text, "event: delivery\n");
    leave(stream);
    control_close(&stage);
}

Test(events, one_tenants_listener_hears_of_no_other)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    const struct mock_stream stream = listen_to(&stage, "/events?tenant=a");
    (void)control_send(&stage, "GET", "/t/a/api/v1/health", NULL);
    (void)control_send(&stage, "GET", "/t/b/api/v1/health", NULL);

    const char *text = control_read(&stage, stream, BUFFER_SIZE);
    EXPECT_CONTAINS(text, "\"tenant\":\"a\"");
    EXPECT_LACKS(text, "\"tenant\":\"b\"");
    leave(stream);
    control_close(&stage);
}

Test(events, who_comes_back_gets_what_it_missed)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    leave(listen_to(&stage, "/events"));
    (void)control_send(&stage, "GET", "/api/v1/health", NULL);
    control_header(&stage, "Last-Event-ID", "1");

    const struct mock_stream stream = listen_to(&stage, "/events");
    const char *text = control_read(&stage, stream, BUFFER_SIZE);
    EXPECT_LACKS(text, "event: request");
    EXPECT_CONTAINS(text, "id: 2\nevent: answer");
    EXPECT_CONTAINS(text, "id: 3\nevent: done");
    EXPECT_LACKS(text, "event: lost");
    leave(stream);
    control_close(&stage);
}

Test(events, a_slow_reader_is_told_how_many_it_lost)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    const struct mock_stream stream = listen_to(&stage, "/events");
    /* Three events each: 4,500, of which 4,096 are kept. */
    for (int i = 0; i < 1500; i++) {
        (void)control_send(&stage, "GET", "/api/v1/health", NULL);
    }
    char buffer[512];
    const size_t length = stream.ops->read(stream.context, buffer, sizeof buffer - 1);
    buffer[length] = '\0';

    EXPECT_CONTAINS(buffer, "id: 404\nevent: lost\ndata: {\"count\":404}\n\n");
    EXPECT_CONTAINS(buffer, "id: 405\n");
    leave(stream);
    control_close(&stage);
}

Test(events, an_event_goes_out_whole_through_the_smallest_buffer)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    const struct mock_stream stream = listen_to(&stage, "/events");
    (void)control_read(&stage, stream, BUFFER_SIZE);
    (void)control_send(&stage, "GET", "/api/v1/health", NULL);
    char start[8];
    const size_t length = stream.ops->read(stream.context, start, sizeof start);
    for (int i = 0; i < 1500; i++) {
        (void)control_send(&stage, "GET", "/api/v1/health", NULL);
    }
    char rest[2048];
    const size_t rest_length = stream.ops->read(stream.context, rest, sizeof rest - 1);
    rest[rest_length] = '\0';

    EXPECT_INT(length, sizeof start);
    const char *end = strstr(rest, "}\n\n");
    const char *lost = strstr(rest, "event: lost");
    cr_assert(end != NULL && lost != NULL);
    cr_expect(end < lost);
    leave(stream);
    control_close(&stage);
}

Test(events, silence_is_broken_by_a_comment)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    const struct mock_stream stream = listen_to(&stage, "/events");
    (void)control_read(&stage, stream, BUFFER_SIZE);
    stage.clock.now_ms += 14999;
    cr_expect(!stream.ops->is_ready(stream.context));
    stage.clock.now_ms += 1;

    EXPECT_STR(control_read(&stage, stream, BUFFER_SIZE), ": all is well\n\n");
    leave(stream);
    control_close(&stage);
}

Test(events, there_is_an_end_to_the_number_of_listeners)
{
    struct mock_stream streams[64];
    struct control_stage stage;
    control_open(&stage, NULL);
    for (int i = 0; i < 64; i++) {
        streams[i] = listen_to(&stage, "/events");
    }

    EXPECT_INT(control_call(&stage, "GET", "/events", NULL), 429);
    for (int i = 0; i < 64; i++) {
        leave(streams[i]);
    }
    leave(listen_to(&stage, "/events"));
    control_close(&stage);
}

Test(events, nobody_is_told_for_ever_after_the_last_listener_has_gone)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    leave(listen_to(&stage, "/events"));
    for (int i = 0; i < 2000; i++) {
        (void)control_send(&stage, "GET", "/api/v1/health", NULL);
    }
    control_header(&stage, "Last-Event-ID", "4000");

    const struct mock_stream stream = listen_to(&stage, "/events");
    EXPECT_CONTAINS(control_read(&stage, stream, BUFFER_SIZE), "event: lost\n");
    leave(stream);
    control_close(&stage);
}

Test(events, a_place_in_the_stream_is_a_number)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    control_header(&stage, "Last-Event-ID", "x");

    EXPECT_INT(control_call(&stage, "GET", "/events", NULL), 400);
    EXPECT_INT(control_call(&stage, "GET", "/events?tenant=A", NULL), 400);
    control_close(&stage);
}

Test(metrics, they_only_grow_whatever_becomes_of_a_tenant)
{
    struct control_stage stage;
    control_open(&stage, NULL);
    (void)control_send(&stage, "GET", "/t/a/api/v1/health", NULL);
    (void)control_call(&stage, "POST", "/tenants/a/reset", NULL);
    (void)control_send(&stage, "GET", "/t/a/api/v1/health", NULL);
    (void)control_call(&stage, "DELETE", "/tenants/a", NULL);

    EXPECT_INT(control_send(&stage, "GET", "/__mock/metrics", NULL), 200);
    EXPECT_CONTAINS(stage.plan.body,
                    "\ncogmock_requests_total{call=\"health\",status=\"4xx\"} 2\n");
    EXPECT_CONTAINS(stage.plan.body, "\ncogmock_control_requests_total{status=\"2xx\"} 2\n");
    EXPECT_CONTAINS(stage.plan.body, "\ncogmock_tenants 1\n");
    EXPECT_CONTAINS(stage.plan.body, "cogmock_build_info{version=\"1.2.3\"} 1\n");
    control_close(&stage);
}
