/* Faults that make an answer say something else, or nothing that can be read. */
#include "stage.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(fault_distort, .timeout = 5.0);
TestSuite(fault_wire, .timeout = 5.0);
TestSuite(fault_headers, .timeout = 5.0);

static const char sessions[] = "/api/v1/environments/env-target/sessions";

static void open_with(struct stage *stage, const char *call, const char *inject)
{
    char scenario[256];
    (void)snprintf(scenario, sizeof scenario, "{\"faults\":[{\"call\":\"%s\",\"inject\":%s}]}",
                   call, inject);
    stage_open(stage, scenario);
}

Test(fault_distort, leaves_the_status_and_spoils_the_body)
{
    static const struct {
        const char *inject;
        const char *body; /* A part of it. */
    } rows[] = {
        {"\"truncated_json\"", "{\"active_session"},
        {"\"nulls\"", "{\"active_sessions\":null,\"status\":null}"},
        {"{\"kind\":\"missing_field\",\"field\":\"active_sessions\"}", "{\"status\":\"idle\"}"},
        {"{\"kind\":\"set_field\",\"field\":\"active_sessions\",\"value\":-1}",
         "\"active_sessions\":-1"},
        {"{\"kind\":\"set_field\",\"field\":\"new\",\"value\":{\"a\":[1]}}", "\"new\":{\"a\":[1]}"},
        {"\"unknown_status\"", "\"status\":\"reticulating\""},
        {"\"other_case\"", "\"status\":\"IDLE\""},
        {"\"unknown_fields\"", "\"status\":\"idle\",\"x_future\":{"},
        {"\"duplicate_keys\"",
         "\"status\":\"idle\",\"active_sessions\":\"seventeen\",\"status\":17}"},
        {"\"invalid_utf8\"", "\"note\":\"\xff\xfe\"}"},
        {"\"number_overflow\"", "{\"active_sessions\":1e999,\"status\":\"idle\"}"},
        {"\"nan\"", "{\"active_sessions\":NaN,\"status\":\"idle\"}"},
        {"\"problem_body\"", "\"status\":500"},
        {"\"deep_json\"", "{\"a\":{\"a\":{\"a\":"},
        {"\"oversized_body\"", "{\"active_sessions\":0,\"status\":\"idle\"}   "},
        {"\"bad_gzip\"", "\x1f\x8b\x08"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        open_with(&stage, "sessions", rows[i].inject);

        EXPECT_INT(stage_send(&stage, "GET", sessions, NULL), 200);

        EXPECT_CONTAINS(stage.plan.body, rows[i].body);
        EXPECT_INT(stage.plan.body_length, strlen(stage.plan.body));
        EXPECT_INT(stage.plan.ending, MOCK_ENDING_COMPLETE);
    }
}

Test(fault_distort, is_as_deep_and_as_long_as_it_says)
{
    COG_CLEANUP(stage_close) struct stage deep;
    open_with(&deep, "sessions", "\"deep_json\"");
    COG_CLEANUP(stage_close) struct stage wide;
    open_with(&wide, "sessions", "\"oversized_body\"");

    (void)stage_send(&deep, "GET", sessions, NULL);
    (void)stage_send(&wide, "GET", sessions, NULL);

    EXPECT_INT(deep.plan.body_length, 10000 * 6 + 1);
    cr_expect(wide.plan.body_length > 1 << 20);
}

Test(fault_distort, names_another_job_in_the_answer_and_in_a_list)
{
    COG_CLEANUP(stage_close) struct stage stage;
    stage_open(&stage, "{\"faults\":[{\"call\":\"promote\",\"inject\":\"other_id\"},"
                       "{\"call\":\"deployments\",\"inject\":\"other_id\"}]}");

    EXPECT_INT(stage_promote(&stage), 202);
    EXPECT_STR(stage_text(&stage, "job_id"), "somebody-elses");
    EXPECT_INT(stage_send(&stage, "GET", "/api/v1/deployments", NULL), 200);
    EXPECT_CONTAINS(stage.plan.body, "{\"deployments\":[{\"job_id\":\"somebody-elses\"");
    EXPECT_INT(mock_truth_deployment_count(stage.server), 1);
}

Test(fault_distort, puts_the_bad_number_first_where_there_is_none)
{
    COG_CLEANUP(stage_close) struct stage stage;
    open_with(&stage, "promote", "\"nan\"");

    EXPECT_INT(stage_promote(&stage), 202);

    EXPECT_CONTAINS(stage.plan.body, "{\"job_id\":NaN,\"status\":\"");
}

Test(fault_wire, composes_every_byte_of_an_answer_that_http_does_not_know)
{
    static const struct {
        const char *kind;
        const char *part;
        enum mock_ending ending;
    } rows[] = {
        {"drip", "\r\n\r\n{\"active_sessions\":0", MOCK_ENDING_COMPLETE},
        {"truncated_headers", "\r\nContent-Le", MOCK_ENDING_CLOSE},
        {"bad_chunk", "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n{",
         MOCK_ENDING_CLOSE},
        {"garbage_then_close", "this is no HTTP", MOCK_ENDING_CLOSE},
        {"wrong_content_length", "Content-Length: 18\r\n", MOCK_ENDING_CLOSE},
        {"huge_headers", "\r\nX-Filler: xxxxxxxx", MOCK_ENDING_COMPLETE},
        {"many_headers", "\r\nX-Filler-4999: x\r\n", MOCK_ENDING_COMPLETE},
        {"many_1xx", "HTTP/1.1 103 Early Hints\r\n", MOCK_ENDING_COMPLETE},
        {"duplicate_headers",
         "Content-Type: application/json\r\nContent-Type: application/json\r\n",
         MOCK_ENDING_COMPLETE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        char inject[64];
        (void)snprintf(inject, sizeof inject, "\"%s\"", rows[i].kind);
        open_with(&stage, "sessions", inject);
        stage_header(&stage, "X-Request-Id", "id-1");

        EXPECT_INT(stage_send(&stage, "GET", sessions, NULL), 200);

        cr_assert(stage.plan.raw != NULL, "%s", rows[i].kind);
        EXPECT_CONTAINS(stage.plan.raw, rows[i].part);
        EXPECT_INT(stage.plan.ending, rows[i].ending);
        const bool has_headers = strcmp(rows[i].kind, "garbage_then_close") != 0;
        cr_expect((strstr(stage.plan.raw, "X-Request-Id: id-1\r\n") != NULL) == has_headers);
    }
}

Test(fault_wire, has_more_headers_than_a_client_should_take)
{
    static const char *const injects[] = {"\"huge_headers\"", "\"many_headers\""};
    for (size_t i = 0; i < sizeof injects / sizeof injects[0]; i++) {
        COG_CLEANUP(stage_close) struct stage stage;
        open_with(&stage, "sessions", injects[i]);

        (void)stage_send(&stage, "GET", sessions, NULL);

        cr_expect(stage.plan.raw_length > 64 << 10);
    }
}

Test(fault_headers, stand_in_place_of_the_answers_own)
{
    COG_CLEANUP(stage_close) struct stage stage;
    open_with(&stage, "sessions",
              "{\"kind\":\"headers\",\"headers\":{\"content-type\":\"text/plain\","
              "\"Retry-After\":[\"1\",\"9\"]}}");

    EXPECT_INT(stage_send(&stage, "GET", sessions, NULL), 200);

    EXPECT_STR(stage_answer_header(&stage, "Content-Type"), "text/plain");
    EXPECT_INT(stage_number(&stage, "active_sessions"), 0);
    size_t count = 0;
    for (size_t i = 0; i < stage.plan.header_count; i++) {
        count += strcmp(stage.plan.headers[i].name, "Retry-After") == 0 ? 1 : 0;
    }
    EXPECT_INT(count, 2);
}

Test(fault_headers, go_with_a_status)
{
    COG_CLEANUP(stage_close) struct stage stage;
    open_with(&stage, "sessions", "{\"status\":302,\"headers\":{\"Location\":\"/elsewhere\"}}");

    EXPECT_INT(stage_send(&stage, "GET", sessions, NULL), 302);

    EXPECT_STR(stage_answer_header(&stage, "Location"), "/elsewhere");
}
