#include "simulation/stepping_clock.h"

enum { PERCENT = 100 };

static int64_t monotonic_ms(void *context)
{
    const struct scn_stepping_clock *clock = context;
    return cog_clock_monotonic_ms(clock->inner);
}

static int64_t unix_ms(void *context)
{
    struct scn_stepping_clock *clock = context;
    const int64_t now_ms = cog_clock_monotonic_ms(clock->inner);
    int64_t now_unix_ms = cog_clock_unix_ms(clock->inner);
    for (size_t i = 0; i < clock->count; i++) {
        const struct scn_clock_step *step = &clock->steps[i];
        if (step->at_ms <= now_ms) {
            now_unix_ms += step->step_ms + (now_ms - step->at_ms) * step->drift_percent / PERCENT;
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
