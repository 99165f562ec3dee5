/**
 * Real sockets under virtual time: one thread drives libcurl and the fake together. While bytes
 * are under way, time stands still; when the client's request is parked in the fake, the clock
 * jumps to whatever comes next.
 */
#ifndef SCN_WAITER_H
#define SCN_WAITER_H

#include "signals.h"

#include <cogmock/http.h>
#include <cogpromote/clock.h>
#include <cogpromote/transport_curl.h>

/** How long nothing may happen in an exchange, by the system's clock. */
enum { SCN_WAITER_STALL_MS = 10000 };

/** Told whose turn it is, of those that share the thread: the client, the fake and the runner. */
struct scn_shift {
    /** @param process which one of the client's, from 1 on; 0: none. NULL for nobody to tell */
    void (*turn)(void *context, int64_t process);
    void *context;
    int64_t process; /**< Whose turn the client's is now. */
};

/** Set the first four, and `shift` for whoever wants to know; the rest starts as zero. */
struct scn_waiter {
    struct mock_http *http;          /**< Borrowed. */
    struct cog_clock_virtual *clock; /**< Borrowed. */
    struct scn_signals *signals;     /**< Borrowed; NULL for none. */
    int stall_ms;                    /**< SCN_WAITER_STALL_MS, but for tests. */
    struct scn_shift shift;
    /** Requests up to this one are answered, or their client has given up on them. */
    uint64_t settled_count;
    int idle_count;  /**< Waits in a row in which nothing happened. */
    bool is_stalled; /**< An exchange neither went on nor was parked: nothing can be judged. */
};

/** Passes the turn on. */
void scn_shift_turn(struct scn_shift shift, bool is_client);

struct cog_curl_waiter scn_waiter_curl(struct scn_waiter *waiter);

#endif
