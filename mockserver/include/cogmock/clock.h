/**
 * A server's own clock: it begins at 0 with the server, runs as fast as another clock, faster,
 * slower or not at all, and jumps when it is told to. It never goes back.
 */
#ifndef COGMOCK_CLOCK_H
#define COGMOCK_CLOCK_H

#include <cogpromote/clock.h>

/** How many times as fast as its base it may run; 0 stands still. */
#define MOCK_CLOCK_SCALE_MIN 0.001
#define MOCK_CLOCK_SCALE_MAX 100000.0

/** Nobody turns it further, all turns together: some 7,000 years. */
#define MOCK_CLOCK_MS_MAX INT64_C(220000000000000)

struct mock_clock {
    struct cog_clock base;
    double scale;
    int64_t base_anchor_ms; /**< On the base clock, when `scale` was set. */
    int64_t anchor_ms;      /**< What this clock showed then. */
    int64_t start_unix_ms;  /**< The wall clock at 0. */
};

/** Starts at 0 now. */
void mock_clock_init(struct mock_clock *clock, struct cog_clock base, double scale);

/** Milliseconds since the start. */
int64_t mock_clock_now_ms(const struct mock_clock *clock);

/** What it shows when the base clock's monotonic time is `base_ms`, which is not before now. */
int64_t mock_clock_at_ms(const struct mock_clock *clock, int64_t base_ms);

/** What this clock's wall shows at a time of this clock. */
int64_t mock_clock_unix_ms(const struct mock_clock *clock, int64_t at_ms);

/** From now on. */
void mock_clock_set_scale(struct mock_clock *clock, double scale);

/** Jumps ahead, whatever the scale. @param by_ms 0 or more */
void mock_clock_advance(struct mock_clock *clock, int64_t by_ms);

/** Sets what the clock shows now. @param now_ms not before what it shows */
void mock_clock_set(struct mock_clock *clock, int64_t now_ms, int64_t start_unix_ms);

/**
 * When the base clock's monotonic time will have brought this one to `due_ms`; INT64_MAX when that
 * is never, a time that has passed when it is due already.
 */
int64_t mock_clock_base_ms(const struct mock_clock *clock, int64_t due_ms);

#endif
