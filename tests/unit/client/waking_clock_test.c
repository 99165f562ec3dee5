#include "waking_clock.h"

#include "support/expect.h"

TestSuite(waking_clock, .timeout = 5.0);

/** Counts how often it was woken, and when last. */
struct sleeper {
    struct cog_clock clock;
    int count;
    int64_t last_ms;
};

static void wake(void *context)
{
    struct sleeper *sleeper = context;
    sleeper->count++;
    sleeper->last_ms = cog_clock_monotonic_ms(sleeper->clock);
}

Test(waking_clock, wakes_in_each_interval_and_ends_when_due)
{
    struct cog_clock_virtual virtual_clock = {0};
    cog_clock_virtual_init(&virtual_clock, 5000);
    struct sleeper sleeper = {.clock = cog_clock_virtual(&virtual_clock)};
    struct cog_waking_clock waking = {
        .inner = sleeper.clock, .interval_ms = 1000, .wake = wake, .context = &sleeper};
    struct cog_clock clock = cog_waking_clock(&waking);

    enum cog_code code = cog_clock_sleep_until(clock, 3500, NULL);

    EXPECT_INT(code, COG_OK);
    EXPECT_INT(sleeper.count, 4); /* At 1, 2, 3 s, and at the end. */
    EXPECT_INT(sleeper.last_ms, 3500);
    EXPECT_INT(cog_clock_monotonic_ms(clock), 3500);
    EXPECT_INT(cog_clock_unix_ms(clock), 8500);
}

Test(waking_clock, ends_at_once_when_it_is_cancelled_or_due)
{
    struct cog_clock_virtual virtual_clock = {0};
    struct cog_cancel *cancel = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_cancel_create(&cancel, &error), COG_OK, error);
    struct sleeper sleeper = {.clock = cog_clock_virtual(&virtual_clock)};
    struct cog_waking_clock waking = {
        .inner = sleeper.clock, .interval_ms = 1000, .wake = wake, .context = &sleeper};
    struct cog_clock clock = cog_waking_clock(&waking);

    EXPECT_INT(cog_clock_sleep_until(clock, -1, NULL), COG_OK);
    cog_cancel_request(cancel);
    EXPECT_INT(cog_clock_sleep_until(clock, 60000, cancel), COG_ERROR_CANCELLED);

    EXPECT_INT(cog_clock_monotonic_ms(clock), 0);
    EXPECT_INT(sleeper.count, 2); /* What is shown can tell that it was cancelled. */
    cog_cancel_destroy(cancel);
}
