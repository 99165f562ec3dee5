#include "wire.h"

#include <cogbase/number.h>

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* What loopback has to deliver is there at once; this is for a machine under load. */
enum { PATIENCE_MS = 2000 };

static void open_script(struct wire *wire, const char *scenario)
{
    struct cog_error error = {0};
    if (scenario == NULL) {
        cr_assert(mock_script_create_default(&wire->script, &error) == COG_OK);
        return;
    }
    COG_CLEANUP(cog_document_finish) struct cog_document document = {0};
    cr_assert(cog_document_parse("test.json", scenario, strlen(scenario), &document, &error) ==
                  COG_OK,
              "%s", error.message);
    cr_assert(mock_script_parse(&document, &wire->script, &error) == COG_OK, "%s", error.message);
}

void wire_open(struct wire *wire, const char *scenario, struct cog_log log)
{
    const struct mock_http_options options = {.log = log};
    wire_open_with(wire, scenario, &options);
}

void wire_open_with(struct wire *wire, const char *scenario,
                    const struct mock_http_options *options)
{
    struct cog_error error = {0};
    struct mock_http_options http_options = *options;
    *wire = (struct wire){.descriptor = -1};
    open_script(wire, scenario);
    cog_clock_virtual_init(&wire->clock, WIRE_START_UNIX_MS);
    http_options.clock = cog_clock_virtual(&wire->clock);
    const struct mock_server_options server_options = {.clock = http_options.clock, .seed = 1};
    cr_assert(mock_server_create(wire->script, &server_options, &wire->server, &error) == COG_OK);
    cr_assert(mock_http_create(mock_site_of_server(wire->server), &http_options, &wire->http,
                               &error) == COG_OK,
              "%s", error.message);
    wire_connect(wire);
}

void wire_close(struct wire *wire)
{
    (void)close(wire->descriptor);
    mock_http_destroy(wire->http);
    mock_server_destroy(wire->server);
    mock_script_destroy(wire->script);
}

int wire_try_connect(const struct wire *wire)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(mock_http_port(wire->http)),
        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)},
    };
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert(descriptor >= 0);
    if (connect(descriptor, (const struct sockaddr *)&address, sizeof address) == 0) {
        return descriptor;
    }
    (void)close(descriptor);
    return -1;
}

void wire_connect(struct wire *wire)
{
    if (wire->descriptor >= 0) {
        (void)close(wire->descriptor);
    }
    wire->descriptor = wire_try_connect(wire);
    cr_assert(wire->descriptor >= 0);
}

void wire_run(struct wire *wire)
{
    struct cog_error error = {0};
    cr_assert(mock_http_run(wire->http, &error) == COG_OK, "%s", error.message);
}

static void wait_for_input(int descriptor)
{
    struct pollfd event = {.fd = descriptor, .events = POLLIN};
    cr_assert(poll(&event, 1, PATIENCE_MS) > 0, "nothing came");
}

void wire_send(struct wire *wire, const char *bytes, size_t length)
{
    uint64_t count = mock_http_request_count(wire->http);
    while (length > 0 || mock_http_request_count(wire->http) == count) {
        ssize_t sent = send(wire->descriptor, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        }
        wait_for_input(mock_http_descriptor(wire->http));
        wire_run(wire);
    }
}

void wire_get(struct wire *wire, const char *target)
{
    char request[512];
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", target);
    wire_send(wire, request, (size_t)length);
}

/* Whether headers and all of the body are there. */
static bool has_whole_answer(const struct wire *wire)
{
    const char *end = strstr(wire->received, "\r\n\r\n");
    if (end == NULL) {
        return false;
    }
    size_t headers_length = (size_t)(end - wire->received) + 4;
    int64_t content_length = wire_content_length(wire);
    return wire->received_length >=
           headers_length + (size_t)(content_length < 0 ? 0 : content_length);
}

enum wire_end wire_receive(struct wire *wire)
{
    wire->received_length = 0;
    wire->received[0] = '\0';
    for (;;) {
        wait_for_input(wire->descriptor);
        ssize_t length = recv(wire->descriptor, wire->received + wire->received_length,
                              sizeof wire->received - 1 - wire->received_length, MSG_DONTWAIT);
        if (length < 0) {
            cr_assert_eq(errno, ECONNRESET);
            return WIRE_RESET;
        }
        if (length == 0) {
            return WIRE_FIN;
        }
        wire->received_length += (size_t)length;
        wire->received[wire->received_length] = '\0';
        if (has_whole_answer(wire) && !wire_is_readable(wire)) {
            return WIRE_OPEN;
        }
    }
}

bool wire_is_readable(const struct wire *wire)
{
    struct pollfd event = {.fd = wire->descriptor, .events = POLLIN};
    return poll(&event, 1, 0) > 0;
}

const char *wire_body(const struct wire *wire)
{
    const char *end = strstr(wire->received, "\r\n\r\n");
    return end == NULL ? "" : end + 4;
}

int64_t wire_content_length(const struct wire *wire)
{
    static const char name[] = "Content-Length: ";
    const char *start = strstr(wire->received, name);
    char digits[16] = "";
    int64_t length = -1;
    if (start == NULL) {
        return -1;
    }
    start += sizeof name - 1;
    (void)snprintf(digits, sizeof digits, "%.*s", (int)strcspn(start, "\r"), start);
    cr_assert(cog_number_parse_integer(digits, 0, INT32_MAX, &length, NULL) == COG_OK);
    return length;
}
