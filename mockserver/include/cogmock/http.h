/**
 * The adapter that carries plans out on real sockets, with libmicrohttpd. It owns no thread: its
 * owner's loop calls `mock_http_run` when the descriptor is readable or something is due.
 */
#ifndef COGMOCK_HTTP_H
#define COGMOCK_HTTP_H

#include <cogmock/server.h>
#include <cogpromote/log.h>

struct mock_http;

struct mock_http_options {
    uint16_t port;          /**< 0 lets the system choose. Always on 127.0.0.1. */
    struct cog_clock clock; /**< The server's. */
    struct cog_log log;     /**< One event for each request that the truth keeps; `{0}` for none. */
};

/**
 * Listens.
 *
 * @param server borrowed; must outlive the adapter
 * @return COG_OK, COG_ERROR_CONFIGURATION (the port is in use), COG_ERROR_MEMORY,
 *         COG_ERROR_INTERNAL
 */
enum cog_code mock_http_create(struct mock_server *server, const struct mock_http_options *options,
                               struct mock_http **out_http, struct cog_error *error) COG_CHECK;

/** Closes every connection. NULL does nothing. */
void mock_http_destroy(struct mock_http *http);

uint16_t mock_http_port(const struct mock_http *http);

/** A descriptor that poll(2) shows as readable when `mock_http_run` has something to do. */
int mock_http_descriptor(const struct mock_http *http);

/**
 * Does everything that can be done without waiting, and answers parked requests that are due.
 *
 * @return COG_OK, or the first failure since the last call (COG_ERROR_MEMORY, COG_ERROR_INTERNAL)
 */
enum cog_code mock_http_run(struct mock_http *http, struct cog_error *error) COG_CHECK;

/** When there is something to do by the monotonic clock: a parked request is due, or the port opens
 * or closes; INT64_MAX for never. */
int64_t mock_http_next_due_ms(const struct mock_http *http);

/** How many requests have been received whole so far. */
uint64_t mock_http_request_count(const struct mock_http *http);

/**
 * Whether the newest request is parked: received whole, and waiting for the clock (or for ever).
 * Its client can get nothing before time moves on. Requests whose client has gone do not count,
 * because only the newest does.
 */
bool mock_http_newest_is_parked(const struct mock_http *http);

#endif
