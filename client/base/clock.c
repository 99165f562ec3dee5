#include <cogpromote/clock.h>

#include <assert.h>

int64_t cog_clock_monotonic_ms(struct cog_clock clock)
{
    assert(clock.ops != NULL);
    return clock.ops->monotonic_ms(clock.context);
}

int64_t cog_clock_unix_ms(struct cog_clock clock)
{
    assert(clock.ops != NULL);
    return clock.ops->unix_ms(clock.context);
}

enum cog_code cog_clock_sleep_until(struct cog_clock clock, int64_t due_ms,
                                    const struct cog_cancel *cancel)
{
    assert(clock.ops != NULL);
    return clock.ops->sleep_until(clock.context, due_ms, cancel);
}
