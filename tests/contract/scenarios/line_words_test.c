/* What comes of each fault, by either transport: the code, the words and the time. */
#include "line_rig.h"

#include "support/expect.h"

#include <stdio.h>

TestSuite(line_words, .timeout = 30.0);

enum { SCRIPT_SIZE = 512 };

/* Of a fresh connection's only request. */
struct ending {
    const char *fault;
    enum cog_code code;
    const char *words;
    int64_t at_ms;
};

static void expect_ending(enum scn_transport transport, const struct ending *ending)
{
    static const struct line_question question = {"POST", "/api/v1/deployments/promote", true, 0};
    char script[SCRIPT_SIZE];
    (void)snprintf(script, sizeof script, "{\"faults\": [{%s}]}", ending->fault);
    COG_CLEANUP(line_rig_finish) struct line_rig rig;
    line_rig_init(&rig, transport, script);
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    struct cog_error error = {0};

    const enum cog_code code = line_rig_ask(&rig, &question, &response, &error);

    line_rig_append_reason(&rig, &error, &rig.record);
    const char *words = cog_text_string(&rig.record);
    cr_expect(code == ending->code && strcmp(words, ending->words) == 0 &&
                  rig.clock.now_ms == ending->at_ms,
              "%s, %s: code %d, '%s' at %lld ms", ending->fault, scn_transport_name(transport),
              (int)code, words, (long long)rig.clock.now_ms);
}

static void expect_endings(const struct ending *endings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        expect_ending(SCN_TRANSPORT_MEMORY, &endings[i]);
        expect_ending(SCN_TRANSPORT_WIRE, &endings[i]);
    }
}

#define PROMOTE(injection) "\"call\": \"promote\", \"inject\": " injection
#define PORT(injection)    "\"from\": \"0s\", \"inject\": \"" injection "\""

Test(line_words, a_connection_that_is_not_made_is_unreachable)
{
    static const struct ending endings[] = {
        {PORT("refused"), COG_ERROR_UNREACHABLE,
         "Failed to connect to 127.0.0.1 port PORT ms: Couldn't connect to server", 0},
        {"\"connections\": 1, \"inject\": \"reset_on_accept\"", COG_ERROR_UNREACHABLE,
         "Failed to connect to 127.0.0.1 port PORT ms: Couldn't connect to server", 0},
        {PORT("connect_timeout"), COG_ERROR_UNREACHABLE,
         "no connection within 10s (--connect-timeout)", LINE_CONNECT_TIMEOUT_MS},
    };
    expect_endings(endings, sizeof endings / sizeof endings[0]);
}

Test(line_words, an_exchange_that_breaks_off_is_a_failure_of_the_network)
{
    static const struct ending endings[] = {
        {PROMOTE("\"reset_before_body\""), COG_ERROR_NETWORK,
         "Recv failure: Connection reset by peer", 0},
        {PROMOTE("{\"kind\": \"reset_after_apply\", \"delay\": \"3s\"}"), COG_ERROR_NETWORK,
         "Recv failure: Connection reset by peer", 3000},
        {PROMOTE("\"close_no_response\""), COG_ERROR_NETWORK, "Empty reply from server", 0},
        {PROMOTE("{\"kind\": \"truncated_body\", \"after_bytes\": 9}"), COG_ERROR_NETWORK,
         "transfer closed with 100 bytes remaining to read", 0},
        {PROMOTE("{\"kind\": \"truncated_headers\", \"after_bytes\": 12}"), COG_ERROR_NETWORK,
         "Empty reply from server", 0},
        {PROMOTE("\"truncated_headers\""), COG_ERROR_NETWORK, "the headers of the answer broke off",
         0},
        {PROMOTE("\"bad_chunk\""), COG_ERROR_NETWORK,
         "Illegal or missing hexadecimal sequence in chunked-encoding", 0},
    };
    expect_endings(endings, sizeof endings / sizeof endings[0]);
}

Test(line_words, an_answer_that_is_not_as_http_has_it_breaks_the_protocol)
{
    static const struct ending endings[] = {
        {PROMOTE("\"garbage_then_close\""), COG_ERROR_PROTOCOL,
         "Received HTTP/0.9 when not allowed", 0},
        {PROMOTE("\"oversized_body\""), COG_ERROR_PROTOCOL, "Maximum file size exceeded", 0},
        {PROMOTE("\"huge_headers\""), COG_ERROR_PROTOCOL, "headers over 64 KiB", 0},
        {PROMOTE("\"many_headers\""), COG_ERROR_PROTOCOL, "headers over 64 KiB", 0},
    };
    expect_endings(endings, sizeof endings / sizeof endings[0]);
}

Test(line_words, silence_lasts_until_the_first_limit)
{
    static const struct ending endings[] = {
        {PROMOTE("\"timeout_after_apply\""), COG_ERROR_TIMEOUT,
         "not a byte moved for 30s (--idle-timeout)", LINE_IDLE_TIMEOUT_MS},
        {PROMOTE("\"stall_upload\""), COG_ERROR_TIMEOUT,
         "not a byte moved for 30s (--idle-timeout)", LINE_IDLE_TIMEOUT_MS},
        {PROMOTE("{\"kind\": \"timeout_after_apply\", \"after_bytes\": 5, \"delay\": \"20s\"}"),
         COG_ERROR_TIMEOUT, "no whole answer within 45s (--request-timeout)",
         LINE_REQUEST_TIMEOUT_MS},
    };
    expect_endings(endings, sizeof endings / sizeof endings[0]);
}

Test(line_words, a_slow_answer_arrives_with_its_last_byte)
{
    static const struct ending endings[] = {
        {PROMOTE("{\"kind\": \"delay\", \"delay\": \"2500ms\"}"), COG_OK, "", 2500},
        {PROMOTE("{\"kind\": \"drip\", \"every\": \"10s\", \"bytes\": 100}"), COG_OK, "", 20000},
        {PROMOTE("\"keepalive_close\""), COG_OK, "", 0},
        {PROMOTE("\"many_1xx\""), COG_OK, "", 0},
        {PROMOTE("\"wrong_content_length\""), COG_OK, "", 0},
    };
    expect_endings(endings, sizeof endings / sizeof endings[0]);
}
