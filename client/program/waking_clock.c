#include "waking_clock.h"

static int64_t monotonic_ms(void *context)
{
    const struct cog_waking_clock *clock = context;
    return cog_clock_monotonic_ms(clock->inner);
}

static int64_t unix_ms(void *context)
{
    const struct cog_waking_clock *clock = context;
    return cog_clock_unix_ms(clock->inner);
}

static enum cog_code sleep_until(void *context, int64_t due_ms, const struct cog_cancel *cancel)
{
    const struct cog_waking_clock *clock = context;
    int64_t now_ms = cog_clock_monotonic_ms(clock->inner);
    enum cog_code code = COG_OK;
    while (code == COG_OK && due_ms - now_ms > clock->interval_ms) {
        code = cog_clock_sleep_until(clock->inner, now_ms + clock->interval_ms, cancel);
        clock->wake(clock->context);
        now_ms = cog_clock_monotonic_ms(clock->inner);
    }
    if (code == COG_OK) {
        code = cog_clock_sleep_until(clock->inner, due_ms, cancel);
        clock->wake(clock->context);
    }
    return code;
}

struct cog_clock cog_waking_clock(struct cog_waking_clock *clock)
{
    static const struct cog_clock_ops OPS = {
        .monotonic_ms = monotonic_ms,
        .unix_ms = unix_ms,
        .sleep_until = sleep_until,
    };
    return (struct cog_clock){.ops = &OPS, .context = clock};
}
