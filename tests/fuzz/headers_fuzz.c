/* The bytes that a server sends, through a real socket, libcurl and the production transport. */
#include "input.h"

#include "problem.h"
#include "retry_after.h"

#include <cogpromote/transport_curl.h>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define NOW_UNIX_MS INT64_C(784111777000) /* Sun, 06 Nov 1994 08:49:37 GMT */
#define YEAR_MS     (INT64_C(366) * 24 * 60 * 60 * 1000)

enum { REQUEST_MS_MAX = 1000, DEADLINE_MS = 2000, POLL_MS_MAX = 100, URL_SIZE = 64 };

/** A server that says all it has to say at once, and then hangs up. */
struct server {
    struct fuzz_input input;
    struct cog_clock_virtual clock;
    int listener;
    int connection; /**< -1: not yet. */
};

/** One for all runs: a listener's port cannot be had again at once. */
static int listener_open(struct sockaddr_in *out_address)
{
    socklen_t size = sizeof *out_address;
    const struct sockaddr_in any_port = {
        .sin_family = AF_INET,
        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)},
    };
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    fuzz_expect(listener >= 0 &&
                    bind(listener, (const struct sockaddr *)&any_port, sizeof any_port) == 0 &&
                    listen(listener, 1) == 0 &&
                    getsockname(listener, (struct sockaddr *)out_address, &size) == 0,
                "a port can be listened at");
    return listener;
}

static void server_talk(struct server *server)
{
    server->connection = accept(server->listener, NULL, NULL);
    fuzz_expect(server->connection >= 0, "the client connects");
    (void)send(server->connection, server->input.bytes, server->input.length,
               MSG_DONTWAIT | MSG_NOSIGNAL);
    (void)shutdown(server->connection, SHUT_WR);
}

/** Nobody moves any more: the transfer's time is over, without anybody having waited. */
static enum cog_code wait_for_server(void *context, void *multi, int64_t until_ms,
                                     const struct cog_cancel *cancel, struct cog_error *error)
{
    (void)cancel;
    (void)error;
    struct server *server = context;
    if (server->connection < 0) {
        server_talk(server);
    }
    int count = 0;
    if (curl_multi_poll(multi, NULL, 0, POLL_MS_MAX, &count) != CURLM_OK || count == 0) {
        cog_clock_virtual_advance(&server->clock, until_ms);
    }
    return COG_OK;
}

static void expect_response(const struct cog_response *response)
{
    fuzz_expect(response->status >= 200, "an answer has a final status");
    fuzz_expect(response->body != NULL && response->body[response->body_length] == '\0',
                "a body ends with a NUL");
    fuzz_expect(response->body_length <= COG_RESPONSE_BODY_LENGTH_MAX, "a body has a limit");
    for (size_t i = 0; i < response->header_count; i++) {
        fuzz_expect(response->headers[i].name[0] != '\0', "a header has a name");
        fuzz_expect(strpbrk(response->headers[i].value, "\r\n") == NULL, "a header is one line");
    }
    const int64_t wait_ms = cog_retry_after_ms(response, NOW_UNIX_MS);
    fuzz_expect(wait_ms >= -1 && wait_ms <= YEAR_MS, "a wait is a year at most");
    char reason[COG_REASON_SIZE];
    cog_problem_format(response, reason);
    fuzz_expect_plain(reason, "a reason is plain text");
}

static void request_send(struct cog_transport transport, const char *url)
{
    const struct cog_request request = {
        .call = "health",
        .method = "GET",
        .url = url,
        .timeout_ms = REQUEST_MS_MAX,
        .deadline_ms = DEADLINE_MS,
    };
    COG_CLEANUP(cog_response_finish) struct cog_response response = {0};
    struct cog_error error = {0};
    const enum cog_code code = cog_transport_send(transport, &request, &response, &error);
    if (code == COG_OK) {
        expect_response(&response);
        return;
    }
    fuzz_expect(error.code == code && error.message[0] != '\0', "it is said what went wrong");
    fuzz_expect(code != COG_ERROR_INTERNAL && code != COG_ERROR_ARGUMENT,
                "what a server says is not our mistake");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct sockaddr_in address;
    static int listener = -1;
    if (listener < 0) {
        listener = listener_open(&address);
    }
    struct server server = {.input = {bytes, length}, .listener = listener, .connection = -1};
    const struct cog_transport_curl_options options = {
        .clock = cog_clock_virtual(&server.clock),
        .waiter = {wait_for_server, &server},
    };
    struct cog_transport_curl *transport = NULL;
    fuzz_expect(cog_transport_curl_create(&options, &transport, NULL) == COG_OK,
                "a transport can be made");
    char url[URL_SIZE];
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%" PRIu16 "/", ntohs(address.sin_port));
    request_send(cog_transport_curl(transport), url);
    cog_transport_curl_destroy(transport);
    if (server.connection >= 0) {
        (void)close(server.connection);
    }
    return 0;
}
