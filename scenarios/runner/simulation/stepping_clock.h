/** A clock around a clock: its wall clock steps or drifts from set times on; the monotonic one does
 * not. */
#ifndef SCN_STEPPING_CLOCK_H
#define SCN_STEPPING_CLOCK_H

#include "language/surroundings.h"

#include <cogpromote/clock.h>

/** Set the first three; the rest starts as zero. */
struct scn_stepping_clock {
    struct cog_clock inner;
    const struct scn_clock_step *steps; /**< Borrowed. */
    size_t count;
    bool is_seen[SCN_CLOCK_STEPS_MAX]; /**< Somebody read the wall clock behind that step. */
};

/** The clock for the client. */
struct cog_clock scn_stepping_clock(struct scn_stepping_clock *clock);

#endif
