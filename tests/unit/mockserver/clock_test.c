#include <cogmock/clock.h>

#include "support/expect.h"

#include <criterion/criterion.h>
#include <inttypes.h>

#define START_UNIX_MS INT64_C(1767225600000)

TestSuite(clock, .timeout = 5.0);

struct clocks {
    struct cog_clock_virtual base;
    struct mock_clock clock;
};

/* The base shows 1 s already when the other clock begins. */
static void begin(struct clocks *clocks, double scale)
{
    cog_clock_virtual_init(&clocks->base, START_UNIX_MS);
    cog_clock_virtual_advance(&clocks->base, 1000);
    mock_clock_init(&clocks->clock, cog_clock_virtual(&clocks->base), scale);
}

Test(clock, begins_at_0_and_runs_faster_than_its_base)
{
    struct clocks clocks;
    begin(&clocks, 60.0);

    EXPECT_INT(mock_clock_now_ms(&clocks.clock), 0);
    cog_clock_virtual_advance(&clocks.base, 3000);

    EXPECT_INT(mock_clock_now_ms(&clocks.clock), 120000);
    EXPECT_INT(mock_clock_unix_ms(&clocks.clock, 120000), START_UNIX_MS + 1000 + 120000);
}

Test(clock, tells_its_base_when_it_is_due_and_never_too_early)
{
    const double scales[] = {0.3, 1.0, 7.0, 60.0, MOCK_CLOCK_SCALE_MAX};
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        struct clocks clocks;
        begin(&clocks, scales[i]);

        const int64_t base_ms = mock_clock_base_ms(&clocks.clock, 10001);

        cr_expect(mock_clock_at_ms(&clocks.clock, base_ms) >= 10001, "%g: too early", scales[i]);
        cr_expect((double)(base_ms - 1000) <= 10001 / scales[i] + 2, "%g: too late: %" PRId64,
                  scales[i], base_ms);
    }
}

Test(clock, is_due_at_once_for_a_time_that_has_passed)
{
    struct clocks clocks;
    begin(&clocks, 2.0);

    cr_expect(mock_clock_base_ms(&clocks.clock, INT64_MIN + 1) <= 1000);
    EXPECT_INT(mock_clock_base_ms(&clocks.clock, INT64_MAX), INT64_MAX);
}

Test(clock, stands_still_and_goes_on_from_there)
{
    struct clocks clocks;
    begin(&clocks, 1.0);
    cog_clock_virtual_advance(&clocks.base, 1500);

    mock_clock_set_scale(&clocks.clock, 0);
    cog_clock_virtual_advance(&clocks.base, 9000);
    EXPECT_INT(mock_clock_now_ms(&clocks.clock), 500);
    EXPECT_INT(mock_clock_base_ms(&clocks.clock, 501), INT64_MAX);
    mock_clock_set_scale(&clocks.clock, 2);
    cog_clock_virtual_advance(&clocks.base, 9100);

    EXPECT_INT(mock_clock_now_ms(&clocks.clock), 700);
}

Test(clock, jumps_whether_it_runs_or_not)
{
    for (int scale = 0; scale <= 1; scale++) {
        struct clocks clocks;
        begin(&clocks, scale);

        mock_clock_advance(&clocks.clock, 900000);

        EXPECT_INT(mock_clock_now_ms(&clocks.clock), 900000);
    }
}
