/* Virtual time over real sockets: libcurl on one side, the fake on the other. */
#include "simulation/waiter.h"

#include "support/expect.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

TestSuite(waiter, .timeout = 10.0);

static const int64_t UNTIL_MS = 30000;

struct rig {
    struct cog_clock_virtual clock;
    struct mock_script *script;
    struct mock_server *server;
    struct mock_http *http;
    struct scn_waiter waiter;
    CURLM *multi;
};

static void rig_init(struct rig *rig, const char *text)
{
    struct cog_error error = {0};
    *rig = (struct rig){0};
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    ASSERT_CODE(cog_document_parse("file", text, strlen(text), &document, &error), COG_OK, error);
    ASSERT_CODE(mock_script_parse(&document, &rig->script, &error), COG_OK, error);
    cog_clock_virtual_init(&rig->clock, 0);
    const struct mock_http_options options = {.clock = cog_clock_virtual(&rig->clock)};
    const struct mock_server_options server_options = {.clock = options.clock, .seed = 1};
    ASSERT_CODE(mock_server_create(rig->script, &server_options, &rig->server, &error), COG_OK,
                error);
    ASSERT_CODE(mock_http_create(mock_site_of_server(rig->server), &options, &rig->http, &error),
                COG_OK, error);
    rig->waiter = (struct scn_waiter){.http = rig->http, .clock = &rig->clock, .stall_ms = 50};
    rig->multi = curl_multi_init();
    cr_assert(rig->multi != NULL);
}

static void rig_finish(struct rig *rig)
{
    (void)curl_multi_cleanup(rig->multi);
    mock_http_destroy(rig->http);
    mock_server_destroy(rig->server);
    mock_script_destroy(rig->script);
}

static size_t swallow(const char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes;
    (void)context;
    return size * count;
}

/* Sends a request as the client's transport does. Returns its status; 0 when it ended without. */
static long send_request(struct rig *rig, uint16_t port, int64_t until_ms, enum cog_code *out_code)
{
    char url[64];
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d/api/v1/health", port);
    CURL *easy = curl_easy_init();
    cr_assert(easy != NULL);
    (void)curl_easy_setopt(easy, CURLOPT_URL, url);
    (void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, swallow);
    (void)curl_multi_add_handle(rig->multi, easy);
    const struct cog_curl_waiter waiter = scn_waiter_curl(&rig->waiter);
    int running = 1;
    *out_code = COG_OK;
    (void)curl_multi_perform(rig->multi, &running);
    while (running > 0 && *out_code == COG_OK && rig->clock.now_ms < until_ms) {
        *out_code = waiter.wait(waiter.context, rig->multi, until_ms, NULL, NULL);
        (void)curl_multi_perform(rig->multi, &running);
    }
    long status = 0;
    (void)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    (void)curl_multi_remove_handle(rig->multi, easy);
    curl_easy_cleanup(easy);
    return status;
}

Test(waiter, time_stands_still_while_an_answer_is_under_way)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig, "{}");
    enum cog_code code = COG_OK;

    long status = send_request(&rig, mock_http_port(rig.http), UNTIL_MS, &code);

    EXPECT_INT(code, COG_OK);
    EXPECT_INT(status, 401);
    EXPECT_INT(rig.clock.now_ms, 0);
}

Test(waiter, time_jumps_to_a_delayed_answer)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig, "{\"faults\": [{\"call\": \"health\","
                   " \"inject\": {\"kind\": \"delay\", \"delay\": \"2s\"}}]}");
    enum cog_code code = COG_OK;

    long status = send_request(&rig, mock_http_port(rig.http), UNTIL_MS, &code);

    EXPECT_INT(code, COG_OK);
    EXPECT_INT(status, 401);
    EXPECT_INT(rig.clock.now_ms, 2000);
}

Test(waiter, time_jumps_to_the_clients_limit_when_no_answer_comes)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig, "{\"faults\": [{\"call\": \"health\", \"inject\": \"timeout_after_apply\"}]}");
    enum cog_code code = COG_OK;

    long status = send_request(&rig, mock_http_port(rig.http), UNTIL_MS, &code);

    EXPECT_INT(code, COG_OK);
    EXPECT_INT(status, 0);
    EXPECT_INT(rig.clock.now_ms, UNTIL_MS);
}

Test(waiter, a_request_that_was_given_up_does_not_move_time_for_the_next)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig, "{\"faults\": [{\"call\": \"health\", \"attempts\": [1],"
                   " \"inject\": \"timeout_after_apply\"}]}");
    enum cog_code code = COG_OK;
    (void)send_request(&rig, mock_http_port(rig.http), UNTIL_MS, &code);

    long status = send_request(&rig, mock_http_port(rig.http), 2 * UNTIL_MS, &code);

    EXPECT_INT(code, COG_OK);
    EXPECT_INT(status, 401);
    EXPECT_INT(rig.clock.now_ms, UNTIL_MS);
}

/* A listener whose backlog takes the connection, and who never reads or answers. */
static int open_mute_listener(uint16_t *out_port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    cr_assert(descriptor >= 0);
    cr_assert(bind(descriptor, (struct sockaddr *)&address, length) == 0);
    cr_assert(listen(descriptor, 1) == 0);
    cr_assert(getsockname(descriptor, (struct sockaddr *)&address, &length) == 0);
    *out_port = ntohs(address.sin_port);
    return descriptor;
}

Test(waiter, an_exchange_in_which_nothing_happens_is_stalled)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig, "{}");
    uint16_t port = 0;
    const int mute = open_mute_listener(&port);
    enum cog_code code = COG_OK;

    (void)send_request(&rig, port, UNTIL_MS, &code);

    EXPECT_INT(code, COG_ERROR_INTERNAL);
    cr_expect(rig.waiter.is_stalled);
    EXPECT_INT(rig.clock.now_ms, 0);
    (void)close(mute);
}

Test(waiter, a_wait_without_any_end_is_stalled)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig, "{\"faults\": [{\"call\": \"health\", \"inject\": \"timeout_after_apply\"}]}");
    enum cog_code code = COG_OK;

    (void)send_request(&rig, mock_http_port(rig.http), INT64_MAX, &code);

    EXPECT_INT(code, COG_ERROR_INTERNAL);
    cr_expect(rig.waiter.is_stalled);
}

static const char silence[] = "{\"faults\": [{\"call\": \"health\", \"attempts\": [1], \"inject\":"
                              " \"timeout_after_apply\"}]}";

Test(waiter, jumps_to_a_signal_that_comes_before_the_answer)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig, silence);
    struct cog_cancel *cancel = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_cancel_create(&cancel, &error), COG_OK, error);
    const struct scn_signal signal = {.at_ms = 7000, .number = 2};
    struct scn_signals signals = {
        .clock = &rig.clock, .cancel = cancel, .items = &signal, .count = 1};
    rig.waiter.signals = &signals;
    enum cog_code code = COG_OK;

    (void)send_request(&rig, mock_http_port(rig.http), 7000, &code);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(rig.clock.now_ms, 7000);
    cr_expect(cog_cancel_is_requested(cancel));
    cog_cancel_destroy(cancel);
}

Test(waiter, goes_on_behind_a_request_that_a_signal_ended)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig, silence);
    struct cog_cancel *cancel = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_cancel_create(&cancel, &error), COG_OK, error);
    const struct scn_signal signal = {.at_ms = 7000, .number = 2};
    struct scn_signals signals = {
        .clock = &rig.clock, .cancel = cancel, .items = &signal, .count = 1};
    rig.waiter.signals = &signals;
    enum cog_code code = COG_OK;
    (void)send_request(&rig, mock_http_port(rig.http), 7000, &code);

    EXPECT_INT(send_request(&rig, mock_http_port(rig.http), UNTIL_MS, &code), 401);

    ASSERT_CODE(code, COG_OK, error);
    EXPECT_INT(rig.clock.now_ms, 7000);
    cog_cancel_destroy(cancel);
}
