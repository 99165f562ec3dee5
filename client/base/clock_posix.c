#include <cogpromote/clock.h>

#include <assert.h>
#include <poll.h>
#include <time.h>

/* poll() takes an int of milliseconds, and a long wait may as well look at the clock at times. */
enum { WAIT_MS_MAX = 60 * 60 * 1000 };

static int64_t read_ms(clockid_t id)
{
    struct timespec now = {0};
    const int result = clock_gettime(id, &now);
    assert(result == 0);
    (void)result;
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t monotonic_ms(void *context)
{
    (void)context;
    return read_ms(CLOCK_MONOTONIC);
}

static int64_t unix_ms(void *context)
{
    (void)context;
    return read_ms(CLOCK_REALTIME);
}

static enum cog_code sleep_until(void *context, int64_t due_ms, const struct cog_cancel *cancel)
{
    struct pollfd descriptor = {.fd = cog_cancel_descriptor(cancel), .events = POLLIN};
    const nfds_t count = cancel != NULL ? 1 : 0;
    while (!cog_cancel_is_requested(cancel)) {
        const int64_t now_ms = monotonic_ms(context);
        if (now_ms >= due_ms) {
            return COG_OK;
        }
        /* now_ms is never negative, and due_ms is later: no overflow. */
        const int64_t wait_ms = due_ms - now_ms;
        /* A signal ends the wait early; the loop looks again, so the result tells nothing new. */
        (void)poll(&descriptor, count, wait_ms < WAIT_MS_MAX ? (int)wait_ms : WAIT_MS_MAX);
    }
    return COG_ERROR_CANCELLED;
}

struct cog_clock cog_clock_posix(void)
{
    static const struct cog_clock_ops ops = {
        .monotonic_ms = monotonic_ms,
        .unix_ms = unix_ms,
        .sleep_until = sleep_until,
    };
    return (struct cog_clock){.ops = &ops};
}
