/**
 * Real sockets under virtual time: one thread drives libcurl and the fake together. While bytes
 * are under way, time stands still; when the client's request is parked in the fake, or its
 * connection is not answered, the clock jumps to whatever comes next.
 */
#ifndef SCN_WAITER_H
#define SCN_WAITER_H

#include "simulation/shift.h"
#include "simulation/signals.h"

#include <cogmock/http.h>
#include <cogpromote/clock.h>
#include <cogpromote/transport_curl.h>

/** How long nothing may happen in an exchange, by the system's clock. */
enum { SCN_WAITER_STALL_MS = 10000 };

/** Set the first four, and `shift` for whoever wants to know; the rest starts as zero. */
struct scn_waiter {
    struct mock_http *http;          /**< Borrowed. */
    struct cog_clock_virtual *clock; /**< Borrowed. */
    struct scn_signals *signals;     /**< Borrowed; NULL for none. */
    int stall_ms;                    /**< SCN_WAITER_STALL_MS, but for tests. */
    struct scn_shift shift;
    struct mock_server *server; /**< Whose port it may be that does not answer; NULL: open. */
    /** Requests up to this one are answered, or their client has given up on them. */
    uint64_t settled_count;
    int idle_count;  /**< Waits in a row in which nothing happened. */
    bool is_stalled; /**< An exchange neither went on nor was parked: nothing can be judged. */
};

struct cog_curl_waiter scn_waiter_curl(struct scn_waiter *waiter);

#endif
