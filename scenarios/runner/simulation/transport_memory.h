/**
 * The wire without a wire: the client's requests are calls of the fake's core, and its plans are
 * carried out on the virtual clock. The client sees what it would see through libcurl, at the same
 * time.
 */
#ifndef SCN_TRANSPORT_MEMORY_H
#define SCN_TRANSPORT_MEMORY_H

#include "simulation/door.h"
#include "simulation/share.h"
#include "simulation/shift.h"
#include "simulation/signals.h"

#include <cogpromote/transport.h>

/** A connection that the client has. */
struct scn_connection {
    uint64_t number; /**< From 1; 0: there is none. */
    uint64_t request_count;
};

/** Set the first ones; from `request_count` on it starts as zero. */
struct scn_transport_memory {
    struct cog_clock_virtual *clock; /**< Borrowed. */
    struct scn_signals *signals;     /**< Borrowed; NULL for none. */
    const char *host;                /**< Where the fake is, for URLs. Borrowed. */
    int64_t connect_timeout_ms;
    int64_t idle_timeout_ms;
    struct scn_shift shift;
    struct scn_door *door;   /**< Borrowed. */
    struct scn_share *share; /**< Borrowed; NULL for who is alone. */
    struct scn_seat seat;
    uint64_t request_count; /**< Also those that were not let through. */
    struct scn_connection
        idle;        /**< The one that may be used again: libcurl's pool has one place. */
    bool is_stalled; /**< An exchange could never have gone on: nothing can be judged. */
};

/** Must outlive the transport. */
struct cog_transport scn_transport_memory(struct scn_transport_memory *memory);

#endif
