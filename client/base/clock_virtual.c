#include <cogpromote/clock.h>

static int64_t monotonic_ms(void *context)
{
    const struct cog_clock_virtual *clock = context;
    return clock->now_ms;
}

static int64_t unix_ms(void *context)
{
    const struct cog_clock_virtual *clock = context;
    return clock->start_unix_ms + clock->now_ms;
}

static enum cog_code sleep_until(void *context, int64_t due_ms, const struct cog_cancel *cancel)
{
    if (cog_cancel_is_requested(cancel)) {
        return COG_ERROR_CANCELLED;
    }
    cog_clock_virtual_advance(context, due_ms);
    return COG_OK;
}

void cog_clock_virtual_init(struct cog_clock_virtual *clock, int64_t start_unix_ms)
{
    *clock = (struct cog_clock_virtual){.start_unix_ms = start_unix_ms};
}

void cog_clock_virtual_advance(struct cog_clock_virtual *clock, int64_t due_ms)
{
    if (due_ms > clock->now_ms) {
        clock->now_ms = due_ms;
    }
}

struct cog_clock cog_clock_virtual(struct cog_clock_virtual *clock)
{
    static const struct cog_clock_ops ops = {
        .monotonic_ms = monotonic_ms,
        .unix_ms = unix_ms,
        .sleep_until = sleep_until,
    };
    return (struct cog_clock){.ops = &ops, .context = clock};
}
