#include "simulation/stepping_clock.h"

static int64_t monotonic_ms(void *context)
{
    const struct scn_stepping_clock *clock = context;
    return cog_clock_monotonic_ms(clock->inner);
}

static int64_t unix_ms(void *context)
{
    struct scn_stepping_clock *clock = context;
    int64_t now_unix_ms = cog_clock_unix_ms(clock->inner);
    for (size_t i = 0; i < clock->count; i++) {
        if (clock->steps[i].at_ms <= cog_clock_monotonic_ms(clock->inner)) {
            now_unix_ms += clock->steps[i].step_ms;
            clock->is_seen[i] = true;
        }
    }
    return now_unix_ms;
}

static enum cog_code sleep_until(void *context, int64_t due_ms, const struct cog_cancel *cancel)
{
    const struct scn_stepping_clock *clock = context;
    return cog_clock_sleep_until(clock->inner, due_ms, cancel);
}

struct cog_clock scn_stepping_clock(struct scn_stepping_clock *clock)
{
    static const struct cog_clock_ops ops = {
        .monotonic_ms = monotonic_ms,
        .unix_ms = unix_ms,
        .sleep_until = sleep_until,
    };
    return (struct cog_clock){.ops = &ops, .context = clock};
}
