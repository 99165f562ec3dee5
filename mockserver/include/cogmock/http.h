/**
 * The adapter that carries plans out on real sockets, with libmicrohttpd. It owns no thread: its
 * owner's loop calls `mock_http_run` when the descriptor is readable or something is due.
 */
#ifndef COGMOCK_HTTP_H
#define COGMOCK_HTTP_H

#include <cogmock/site.h>
#include <cogmock/tls.h>
#include <cogpromote/log.h>

struct mock_http;

/** Decides which certificate the next connection is shown. `{0}`: the good one. */
struct mock_certificate_choice {
    enum mock_certificate (*choose)(void *context);
    void *context;
};

struct mock_http_limits {
    unsigned connections_max; /**< Open at once; 0 means 20,000. */
    /** From the begin of a connection, or its last answer, to the next request's last byte; then it
     * is closed. 0 for no limit. */
    int64_t request_timeout_ms;
};

/** What an adapter has seen. */
struct mock_traffic {
    size_t connection_count; /**< Open now. */
    size_t open_count;       /**< Requests under way: their head is there, their answer not over. */
    uint64_t request_count;  /**< Received whole so far. */
};

struct mock_http_options {
    const char *address; /**< A numeric one, IPv4 or IPv6. NULL: 127.0.0.1. */
    uint16_t port;       /**< 0 lets the system choose. */
    struct mock_http_limits limits;
    struct cog_clock clock;     /**< On which the servers' own clocks run. */
    struct cog_log log;         /**< One event for each request to a server; `{0}` for none. */
    const struct mock_tls *tls; /**< Borrowed; must outlive the adapter; NULL: in clear. */
    struct mock_certificate_choice choice; /**< Asked at the begin of each TLS connection. */
};

/**
 * Listens.
 *
 * @param site must outlive the adapter
 * @return COG_OK, COG_ERROR_CONFIGURATION (the port is in use), COG_ERROR_MEMORY,
 *         COG_ERROR_INTERNAL
 */
enum cog_code mock_http_create(struct mock_site site, const struct mock_http_options *options,
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

/** When there is something to do by the base clock: a parked request is due, or the port opens
 * or closes; INT64_MAX for never. */
int64_t mock_http_next_due_ms(const struct mock_http *http);

/** A server's clock was turned by hand: what waits for it may be due at another time. */
void mock_http_turn_clocks(struct mock_http *http);

/** Borrowed; changes as the adapter runs. */
const struct mock_traffic *mock_http_traffic(const struct mock_http *http);

/**
 * Lets nobody in any more, answers at once what would be answered later, and ends what would hang.
 * The owner goes on with `mock_http_run` until the adapter is idle.
 */
void mock_http_stop(struct mock_http *http);

/** Whether no request is under way. */
bool mock_http_is_idle(const struct mock_http *http);

/** How many requests have been received whole so far. */
uint64_t mock_http_request_count(const struct mock_http *http);

/**
 * Whether the newest request is parked: received whole, and waiting for the clock (or for ever).
 * Its client can get nothing before time moves on. Requests whose client has gone do not count,
 * because only the newest does.
 */
bool mock_http_newest_is_parked(const struct mock_http *http);

#endif
