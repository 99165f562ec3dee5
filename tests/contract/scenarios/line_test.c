/* Both transports of a simulation against one fake: what the client and the fake see is the same.
 */
#include "line_rig.h"

#include "support/expect.h"

#include <inttypes.h>
#include <stdio.h>

TestSuite(line, .timeout = 60.0);

enum {
    PAUSE_MS = 1000,
    SCRIPT_SIZE = 1024,
};

static void append_response(struct line_rig *rig, const struct cog_response *response)
{
    cog_text_append_format(&rig->record, "%d", response->status);
    /* In any order: libmicrohttpd's own come first and last. */
    for (size_t i = 0; i < response->header_count; i++) {
        if (!cog_string_equals_ignoring_case(response->headers[i].name, "Connection") &&
            !cog_string_equals_ignoring_case(response->headers[i].name, "Content-Length")) {
            cog_text_append_format(&rig->record, " | %s: %s", response->headers[i].name,
                                   response->headers[i].value);
        }
    }
    const char *length = cog_response_header(response, "Content-Length");
    const char *connection = cog_response_header(response, "Connection");
    cog_text_append_format(&rig->record, " | length %s, connection %s | %zu bytes: %.200s",
                           length != NULL ? length : "-", connection != NULL ? connection : "-",
                           response->body_length, response->body);
}

static void ask(struct line_rig *rig, const struct line_question *question)
{
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    struct cog_error error = {0};
    const enum cog_code code = line_rig_ask(rig, question, &response, &error);
    cog_text_append_format(&rig->record, "%s %s -> code %d: ", question->method, question->path,
                           (int)code);
    if (code == COG_OK) {
        append_response(rig, &response);
    } else {
        line_rig_append_reason(rig, &error, &rig->record);
        cog_text_append_format(&rig->record, "; lasting %d; cause '%s'", error.is_lasting,
                               error.cause);
    }
    cog_text_append_format(&rig->record, " at %" PRId64 " ms\n", rig->clock.now_ms);
}

/* How the fake saw it. */
static void append_truth(struct line_rig *rig)
{
    mock_truth_advance(rig->server);
    for (size_t i = 0; i < mock_truth_exchange_count(rig->server); i++) {
        const struct mock_exchange *exchange = mock_truth_exchange(rig->server, i);
        cog_text_append_format(&rig->record,
                               "#%" PRIu64 " %s %s %s at %" PRId64 " %" PRId64 " %" PRId64
                               ", connection %" PRIu64 " %" PRIu64 ", %zu bytes '%s'",
                               exchange->number, mock_exchange_state_name(exchange->state),
                               exchange->method, exchange->target, exchange->at_ms,
                               exchange->answered_ms, exchange->done_ms, exchange->connection,
                               exchange->connection_request, exchange->body_length, exchange->body);
        for (size_t k = 0; k < exchange->header_count; k++) {
            const struct mock_header *header = &exchange->headers[k];
            const bool is_host = strcmp(header->name, "Host") == 0;
            cog_text_append_format(&rig->record, " | %s: %s", header->name,
                                   is_host ? "HOST" : header->value);
        }
        cog_text_append(&rig->record, "\n");
    }
    cog_text_append_format(&rig->record, "%zu faults unused\n",
                           mock_truth_unused_fault_count(rig->server));
}

/* What a client may do next, whatever became of the answer before. */
static void follow_course(struct line_rig *rig)
{
    static const struct line_question course[] = {
        {"GET", "/api/v1/health", false, 0}, {"GET", "/api/v1/health?verbose=1", false, 0},
        {"GET", "/api/v1/health", false, 0}, {"POST", "/api/v1/deployments/promote", true, 0},
        {"GET", "/api/v1/health", false, 0},
    };
    for (size_t i = 0; i < sizeof course / sizeof course[0]; i++) {
        ask(rig, &course[i]);
        const int64_t next_ms = rig->clock.now_ms + PAUSE_MS;
        EXPECT_INT(cog_clock_sleep_until(scn_signals_clock(&rig->signals), next_ms, NULL), COG_OK);
    }
    append_truth(rig);
}

static void expect_same_course(const char *script)
{
    COG_CLEANUP(line_rig_finish) struct line_rig wire;
    COG_CLEANUP(line_rig_finish) struct line_rig memory;
    line_rig_init(&wire, SCN_TRANSPORT_WIRE, script);
    line_rig_init(&memory, SCN_TRANSPORT_MEMORY, script);
    follow_course(&wire);
    follow_course(&memory);
    cr_expect(strcmp(cog_text_string(&wire.record), cog_text_string(&memory.record)) == 0,
              "%s\n-- by sockets\n%s-- in memory\n%s", script, cog_text_string(&wire.record),
              cog_text_string(&memory.record));
}

static void expect_same_course_with(const char *injection)
{
    char script[SCRIPT_SIZE];
    /* The second of the reading calls comes by a connection that was used before. */
    (void)snprintf(script, sizeof script,
                   "{\"faults\": [{\"call\": \"health\", \"nth\": 2, \"inject\": %s},"
                   " {\"call\": \"promote\", \"inject\": %s}]}",
                   injection, injection);
    expect_same_course(script);
}

Test(line, an_answer_without_faults_is_the_same)
{
    expect_same_course("{}");
}

Test(line, an_exchange_that_breaks_is_the_same)
{
    static const char *const injections[] = {
        "\"reset_before_body\"",
        "\"reset_after_apply\"",
        "\"close_no_response\"",
        "\"timeout_after_apply\"",
        "\"keepalive_close\"",
        "\"reset_after_headers\"",
        "\"truncated_body\"",
        "{\"kind\": \"close_no_response\", \"after_headers\": true}",
        "{\"kind\": \"reset_after_apply\", \"after_headers\": true}",
        "{\"kind\": \"timeout_after_apply\", \"after_headers\": true}",
        "{\"kind\": \"timeout_after_apply\", \"after_bytes\": 9, \"delay\": \"2500ms\"}",
        "{\"kind\": \"reset_after_headers\", \"after_bytes\": 9}",
        "{\"kind\": \"truncated_body\", \"after_bytes\": 0, \"delay\": \"3s\"}",
        "{\"kind\": \"close_no_response\", \"delay\": \"29999ms\"}",
        "{\"kind\": \"reset_before_body\", \"delay\": \"30s\"}",
    };
    for (size_t i = 0; i < sizeof injections / sizeof injections[0]; i++) {
        expect_same_course_with(injections[i]);
    }
}

/* Only a call that has a body can break in it. */
Test(line, an_upload_that_breaks_is_the_same)
{
    static const char *const scripts[] = {
        "{\"faults\": [{\"call\": \"promote\", \"inject\": \"reset_mid_body\"}]}",
        "{\"faults\": [{\"call\": \"promote\", \"inject\": \"stall_upload\"}]}",
        "{\"faults\": [{\"call\": \"promote\","
        " \"inject\": {\"kind\": \"reset_mid_body\", \"after_bytes\": 7}}]}",
        "{\"faults\": [{\"call\": \"promote\","
        " \"inject\": {\"kind\": \"stall_upload\", \"after_bytes\": 7}}]}",
    };
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        expect_same_course(scripts[i]);
    }
}

Test(line, an_answer_that_is_no_http_is_the_same)
{
    static const char *const injections[] = {
        "\"bad_chunk\"",
        "\"garbage_then_close\"",
        "\"wrong_content_length\"",
        "\"huge_headers\"",
        "\"many_headers\"",
        "\"many_1xx\"",
        "\"duplicate_headers\"",
        "\"truncated_headers\"",
        "{\"kind\": \"garbage_then_close\", \"delay\": \"2s\"}",
        "{\"kind\": \"bad_chunk\", \"delay\": \"31s\"}",
    };
    for (size_t i = 0; i < sizeof injections / sizeof injections[0]; i++) {
        expect_same_course_with(injections[i]);
    }
}

/* In the version, in the status line, behind it, in a header, and in the last of them. */
Test(line, a_head_that_ends_anywhere_is_the_same)
{
    static const int lengths[] = {0, 1, 4, 5, 12, 20, 25, 26, 40, 60, 100, 1000};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        char injection[SCRIPT_SIZE / 4];
        (void)snprintf(injection, sizeof injection,
                       "{\"kind\": \"truncated_headers\", \"after_bytes\": %d}", lengths[i]);
        expect_same_course_with(injection);
    }
}

Test(line, a_dripping_answer_is_the_same)
{
    static const char *const injections[] = {
        "{\"kind\": \"drip\", \"every\": \"100ms\", \"bytes\": 50}",
        "{\"kind\": \"drip\", \"every\": \"5s\", \"bytes\": 200, \"delay\": \"7s\"}",
        "{\"kind\": \"drip\", \"every\": \"1s\", \"bytes\": 1}",
        "{\"kind\": \"drip\", \"every\": \"8s\", \"bytes\": 9}",
        "{\"kind\": \"drip\", \"every\": \"30s\", \"bytes\": 150}",
        "{\"kind\": \"drip\", \"every\": \"31s\", \"bytes\": 150}",
    };
    for (size_t i = 0; i < sizeof injections / sizeof injections[0]; i++) {
        expect_same_course_with(injections[i]);
    }
}

Test(line, an_answer_that_says_something_else_is_the_same)
{
    static const char *const injections[] = {
        "\"oversized_body\"",
        "\"bad_gzip\"",
        "\"redirect\"",
        "\"empty_body\"",
        "\"html_body\"",
        "\"invalid_utf8\"",
        "\"deep_json\"",
        "{\"status\": 204}",
        "{\"status\": 304}",
        "{\"status\": 429, \"retry_after\": {\"form\": \"seconds\", \"after\": \"3s\"}}",
        "{\"status\": 599, \"body\": \"empty\"}",
        "{\"status\": 503, \"delay\": \"45s\"}",
        "{\"status\": 503, \"delay\": \"44999ms\"}",
        "{\"kind\": \"headers\", \"headers\": {\"X-A\": [\"1\", \"2\\t3 \"], \"Date\": \" x\"}}",
        "{\"kind\": \"truncated_body\", \"headers\": {\"X-A\": \"1\"}}",
    };
    for (size_t i = 0; i < sizeof injections / sizeof injections[0]; i++) {
        expect_same_course_with(injections[i]);
    }
}

Test(line, a_port_that_closes_is_the_same)
{
    static const char *const scripts[] = {
        "{\"server\": {\"down\": [{\"from\": \"0s\", \"until\": \"1500ms\"}]}}",
        "{\"server\": {\"down\": [{\"from\": \"500ms\", \"until\": \"3500ms\"}]}}",
        "{\"faults\": [{\"from\": \"1s\", \"for\": \"1s\", \"inject\": \"refused\"}]}",
        "{\"faults\": [{\"from\": \"0s\", \"inject\": \"refused\"}]}",
        "{\"faults\": [{\"connections\": 2, \"inject\": \"reset_on_accept\"}]}",
        "{\"faults\": [{\"from\": \"0s\", \"for\": \"3s\", \"inject\": \"connect_timeout\"}]}",
        "{\"faults\": [{\"from\": \"500ms\", \"for\": \"14s\", \"inject\": \"connect_timeout\"}]}",
        "{\"faults\": [{\"from\": \"0s\", \"for\": \"14s\", \"inject\": \"connect_timeout\"},"
        " {\"from\": \"5s\", \"for\": \"1s\", \"inject\": \"refused\"}]}",
        "{\"server\": {\"down\": [{\"from\": \"2s\", \"until\": \"20s\"}]}, \"faults\":"
        " [{\"call\": \"health\", \"nth\": 2, \"inject\": {\"kind\": \"delay\","
        " \"delay\": \"5s\"}}]}",
    };
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        expect_same_course(scripts[i]);
    }
}

/* @param signal_ms 0 for none */
static void record_one(enum scn_transport transport, const struct line_question *question,
                       const char *script, int64_t signal_ms, struct cog_text *out_record)
{
    COG_CLEANUP(line_rig_finish) struct line_rig rig;
    line_rig_init(&rig, transport, script);
    if (signal_ms > 0) {
        line_rig_signal(&rig, signal_ms);
    }
    ask(&rig, question);
    append_truth(&rig);
    *out_record = rig.record;
    rig.record = (struct cog_text){0};
}

static void expect_same(const struct line_question *question, const char *script, int64_t signal_ms)
{
    COG_CLEANUP(cog_text_finish) struct cog_text wire = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text memory = {0};
    record_one(SCN_TRANSPORT_WIRE, question, script, signal_ms, &wire);
    record_one(SCN_TRANSPORT_MEMORY, question, script, signal_ms, &memory);
    cr_expect(strcmp(cog_text_string(&wire), cog_text_string(&memory)) == 0,
              "%s\n-- by sockets\n%s-- in memory\n%s", script, cog_text_string(&wire),
              cog_text_string(&memory));
}

static const char late_answers[] =
    "{\"faults\": [{\"call\": \"health\", \"inject\": {\"kind\": \"delay\", \"delay\": \"5s\"}},"
    " {\"call\": \"promote\", \"inject\": {\"kind\": \"delay\", \"delay\": \"5s\"}}]}";

Test(line, a_deadline_is_the_same_before_at_and_after_the_answer)
{
    static const int64_t deadlines_ms[] = {1, 4999, 5000, 5001};
    for (size_t i = 0; i < sizeof deadlines_ms / sizeof deadlines_ms[0]; i++) {
        const struct line_question reading = {"GET", "/api/v1/health", false, deadlines_ms[i]};
        expect_same(&reading, late_answers, 0);
    }
    const struct line_question jammed = {"GET", "/api/v1/health", false, 3000};
    expect_same(&jammed,
                "{\"faults\": [{\"from\": \"0s\", \"for\": \"9s\", \"inject\":"
                " \"connect_timeout\"}]}",
                0);
}

Test(line, a_signal_is_the_same_before_at_and_after_the_answer)
{
    static const int64_t signals_ms[] = {1, 4999, 5000, 5001};
    const struct line_question reading = {"GET", "/api/v1/health", false, 0};
    const struct line_question acting = {"POST", "/api/v1/deployments/promote", true, 0};
    for (size_t i = 0; i < sizeof signals_ms / sizeof signals_ms[0]; i++) {
        expect_same(&reading, late_answers, signals_ms[i]);
        expect_same(&acting, late_answers, signals_ms[i]);
    }
}
