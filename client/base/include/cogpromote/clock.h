/** The clock seam. Everything that waits or tells the time asks the clock that it was given. */
#ifndef COGPROMOTE_CLOCK_H
#define COGPROMOTE_CLOCK_H

#include <cogpromote/cancel.h>
#include <cogpromote/error.h>

#include <stdint.h>

struct cog_clock_ops {
    /** Milliseconds since an arbitrary start; never goes back. For durations and deadlines. */
    int64_t (*monotonic_ms)(void *context);

    /** Milliseconds since 1970-01-01T00:00:00Z; may step. For stamps only. */
    int64_t (*unix_ms)(void *context);

    /**
     * Returns at `due_ms` on the monotonic clock (at once if that has passed) or when `cancel`
     * (may be NULL) is requested.
     *
     * @return COG_OK or COG_ERROR_CANCELLED
     */
    enum cog_code (*sleep_until)(void *context, int64_t due_ms, const struct cog_cancel *cancel);
};

/** A borrowed reference to some clock: pass it by value, never release it. */
struct cog_clock {
    const struct cog_clock_ops *ops;
    void *context;
};

COG_API int64_t cog_clock_monotonic_ms(struct cog_clock clock);
COG_API int64_t cog_clock_unix_ms(struct cog_clock clock);
COG_API enum cog_code cog_clock_sleep_until(struct cog_clock clock, int64_t due_ms,
                                            const struct cog_cancel *cancel) COG_CHECK;

/** The system's clock. Thread-safe. */
COG_API struct cog_clock cog_clock_posix(void);

/**
 * A clock that stands still until somebody waits on it, and then jumps. Not thread-safe: one
 * thread drives the whole simulation.
 */
struct cog_clock_virtual {
    int64_t now_ms;        /**< Monotonic. */
    int64_t start_unix_ms; /**< The wall clock at monotonic 0. */
};

/** Starts at monotonic 0 with the wall clock at `start_unix_ms`. */
COG_API void cog_clock_virtual_init(struct cog_clock_virtual *clock, int64_t start_unix_ms);

/** Moves to `due_ms`; a time that has passed changes nothing. */
COG_API void cog_clock_virtual_advance(struct cog_clock_virtual *clock, int64_t due_ms);
COG_API struct cog_clock cog_clock_virtual(struct cog_clock_virtual *clock);

#endif
