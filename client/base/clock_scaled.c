#include <cogpromote/clock.h>

#include <assert.h>

/* A wait is cut to this on the inner clock, so that tiny factors cannot overflow it. */
static const int64_t WAIT_MS_MAX = INT64_C(86400000);

static int64_t elapsed_ms(const struct cog_clock_scaled *clock)
{
    const int64_t inner_ms = cog_clock_monotonic_ms(clock->inner) - clock->start_monotonic_ms;
    return (int64_t)((double)inner_ms * clock->factor);
}

static int64_t monotonic_ms(void *context)
{
    const struct cog_clock_scaled *clock = context;
    return clock->start_monotonic_ms + elapsed_ms(clock);
}

/* From the monotonic clock, so that the two keep in step when the inner wall clock is set. */
static int64_t unix_ms(void *context)
{
    const struct cog_clock_scaled *clock = context;
    return clock->start_unix_ms + elapsed_ms(clock);
}

/* How long to wait on the inner clock; rounded up, as waking too early only means one more turn. */
static int64_t inner_wait_ms(const struct cog_clock_scaled *clock, int64_t remaining_ms)
{
    const double wait_ms = (double)remaining_ms / clock->factor;
    return wait_ms < (double)WAIT_MS_MAX ? (int64_t)wait_ms + 1 : WAIT_MS_MAX;
}

static enum cog_code sleep_until(void *context, int64_t due_ms, const struct cog_cancel *cancel)
{
    const struct cog_clock_scaled *clock = context;
    while (!cog_cancel_is_requested(cancel)) {
        const int64_t now_ms = monotonic_ms(context);
        if (now_ms >= due_ms) {
            return COG_OK;
        }
        const int64_t inner_due_ms =
            cog_clock_monotonic_ms(clock->inner) + inner_wait_ms(clock, due_ms - now_ms);
        const enum cog_code code = cog_clock_sleep_until(clock->inner, inner_due_ms, cancel);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_ERROR_CANCELLED;
}

void cog_clock_scaled_init(struct cog_clock_scaled *clock, struct cog_clock inner, double factor)
{
    assert(factor > 0);
    *clock = (struct cog_clock_scaled){
        .inner = inner,
        .factor = factor,
        .start_monotonic_ms = cog_clock_monotonic_ms(inner),
        .start_unix_ms = cog_clock_unix_ms(inner),
    };
}

struct cog_clock cog_clock_scaled(struct cog_clock_scaled *clock)
{
    static const struct cog_clock_ops ops = {
        .monotonic_ms = monotonic_ms,
        .unix_ms = unix_ms,
        .sleep_until = sleep_until,
    };
    return (struct cog_clock){.ops = &ops, .context = clock};
}
