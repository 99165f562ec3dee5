#include <cogmock/clock.h>

/* A hundred years: nobody waits longer, and no sum with it overflows. */
#define FAR_MS INT64_C(3153600000000)

void mock_clock_init(struct mock_clock *clock, struct cog_clock base, double scale)
{
    *clock = (struct mock_clock){
        .base = base,
        .scale = scale,
        .base_anchor_ms = cog_clock_monotonic_ms(base),
        .start_unix_ms = cog_clock_unix_ms(base),
    };
}

int64_t mock_clock_now_ms(const struct mock_clock *clock)
{
    return mock_clock_at_ms(clock, cog_clock_monotonic_ms(clock->base));
}

int64_t mock_clock_at_ms(const struct mock_clock *clock, int64_t base_ms)
{
    const int64_t passed_ms = base_ms - clock->base_anchor_ms;
    return clock->anchor_ms + (int64_t)((double)passed_ms * clock->scale);
}

int64_t mock_clock_unix_ms(const struct mock_clock *clock, int64_t at_ms)
{
    return clock->start_unix_ms + at_ms;
}

/* Everything that was counted so far stays; the counting begins again here. */
static void drop_anchor(struct mock_clock *clock, int64_t now_ms)
{
    clock->anchor_ms = now_ms;
    clock->base_anchor_ms = cog_clock_monotonic_ms(clock->base);
}

void mock_clock_set_scale(struct mock_clock *clock, double scale)
{
    drop_anchor(clock, mock_clock_now_ms(clock));
    clock->scale = scale;
}

void mock_clock_advance(struct mock_clock *clock, int64_t by_ms)
{
    clock->anchor_ms += by_ms;
}

void mock_clock_set(struct mock_clock *clock, int64_t now_ms, int64_t start_unix_ms)
{
    drop_anchor(clock, now_ms);
    clock->start_unix_ms = start_unix_ms;
}

int64_t mock_clock_base_ms(const struct mock_clock *clock, int64_t due_ms)
{
    if (due_ms == INT64_MAX) {
        return INT64_MAX;
    }
    const int64_t left_ms = due_ms - clock->anchor_ms;
    if (left_ms <= 0) {
        return clock->base_anchor_ms;
    }
    if (clock->scale <= 0 || (double)left_ms / clock->scale >= (double)FAR_MS) {
        return INT64_MAX;
    }
    /* Rounded up: at the time that is returned, it is due. */
    int64_t base_left_ms = (int64_t)((double)left_ms / clock->scale);
    while ((int64_t)((double)base_left_ms * clock->scale) < left_ms) {
        base_left_ms++;
    }
    return clock->base_anchor_ms + base_left_ms;
}
