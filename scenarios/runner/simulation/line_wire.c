/* Real sockets: libcurl on one side, libmicrohttpd on the other, under virtual time. */
#include "simulation/line.h"
#include "simulation/waiter.h"

#include <cogmock/http.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { HOST_SIZE = 32 };

struct wire {
    struct mock_http *http;
    struct scn_waiter waiter;
    struct cog_transport_curl *transport; /* Of the present process; NULL for none. */
    bool has_failed;
    char host[HOST_SIZE];
};

static void follow(void *context)
{
    struct wire *wire = context;
    if (mock_http_run(wire->http, NULL) != COG_OK) {
        wire->has_failed = true;
    }
}

/* A client that gave up has closed its connection: the fake is to see that when it happens. */
static enum cog_code send_by_curl(void *context, const struct cog_request *request,
                                  struct cog_response *out_response, struct cog_error *error)
{
    struct wire *wire = context;
    const enum cog_code code =
        cog_transport_send(cog_transport_curl(wire->transport), request, out_response, error);
    if (code != COG_OK) {
        scn_shift_turn(wire->waiter.shift, false);
        follow(wire);
        scn_shift_turn(wire->waiter.shift, true);
    }
    return code;
}

static enum cog_code connect_process(void *context, const struct scn_line_user *user,
                                     struct cog_transport *out_transport, struct cog_error *error)
{
    static const struct cog_transport_ops ops = {.send = send_by_curl};
    struct wire *wire = context;
    const struct cog_transport_curl_options options = {
        .clock = user->clock,
        .waiter = scn_waiter_curl(&wire->waiter),
        .connect_timeout_ms = user->config->connect_timeout_ms,
        .idle_timeout_ms = user->config->idle_timeout_ms,
    };
    wire->waiter.shift = user->shift;
    const enum cog_code code = cog_transport_curl_create(&options, &wire->transport, error);
    if (code == COG_OK) {
        *out_transport = (struct cog_transport){.ops = &ops, .context = wire};
    }
    return code;
}

static void disconnect(void *context)
{
    struct wire *wire = context;
    cog_transport_curl_destroy(wire->transport);
    wire->transport = NULL;
}

static const char *problem(const void *context)
{
    const struct wire *wire = context;
    if (wire->waiter.is_stalled) {
        return "the exchange stalled";
    }
    return wire->has_failed ? "the fake could not go on" : NULL;
}

static void destroy(void *context)
{
    struct wire *wire = context;
    disconnect(wire);
    mock_http_destroy(wire->http);
    free(wire);
}

enum cog_code scn_line_wire_create(const struct scn_line_options *options,
                                   struct scn_line *out_line, struct cog_error *error)
{
    static const struct scn_line_ops ops = {
        .connect = connect_process,
        .disconnect = disconnect,
        .follow = follow,
        .problem = problem,
        .destroy = destroy,
    };
    struct wire *wire = calloc(1, sizeof *wire);
    if (wire == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const struct mock_http_options http_options = {.clock = cog_clock_virtual(options->clock)};
    const enum cog_code code =
        mock_http_create(mock_site_of_server(options->server), &http_options, &wire->http, error);
    if (code != COG_OK) {
        free(wire);
        return code;
    }
    wire->waiter = (struct scn_waiter){
        .http = wire->http,
        .clock = options->clock,
        .signals = options->signals,
        .stall_ms = SCN_WAITER_STALL_MS,
        .server = options->server,
    };
    (void)snprintf(wire->host, sizeof wire->host, "127.0.0.1:%" PRIu16, mock_http_port(wire->http));
    /* The port may be shut from the start. */
    follow(wire);
    *out_line = (struct scn_line){.ops = &ops, .context = wire, .host = wire->host};
    return COG_OK;
}
