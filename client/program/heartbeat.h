/** A log sink in front of another: says that the program is still there when nothing happens. */
#ifndef PROGRAM_HEARTBEAT_H
#define PROGRAM_HEARTBEAT_H

#include <cogpromote/log.h>
#include <cogpromote/platform.h>

/** CI systems end what says nothing for some minutes; people begin to wonder sooner. */
#define COG_HEARTBEAT_INTERVAL_MS INT64_C(30000)

/** How often it is woken, and the time on a live line moves on. */
#define COG_WAKE_INTERVAL_MS INT64_C(1000)

struct cog_heartbeat {
    struct cog_log inner;
    struct cog_clock clock;
    int64_t last_ms;             /**< When something was last said; to be set to the start. */
    char step[COG_VERSION_SIZE]; /**< The last one's name. */
};

struct cog_log cog_heartbeat(struct cog_heartbeat *heartbeat);

/** Writes the event "waiting" before the last one is more than an interval ago. */
void cog_heartbeat_wake(struct cog_heartbeat *heartbeat);

#endif
