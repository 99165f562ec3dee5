/** A clock around another one that wakes up while somebody waits on it, to show that time passes.
 */
#ifndef PROGRAM_WAKING_CLOCK_H
#define PROGRAM_WAKING_CLOCK_H

#include <cogpromote/clock.h>

struct cog_waking_clock {
    struct cog_clock inner;
    int64_t interval_ms; /**< More than 0. */
    void (*wake)(void *context);
    void *context;
};

/**
 * Waits end exactly when they would on the inner clock; the last waking is then, also when they
 * are cancelled. Not thread-safe, as `wake` is not.
 */
struct cog_clock cog_waking_clock(struct cog_waking_clock *clock);

#endif
