/* Signals on the virtual clock. */
#include "simulation/signals.h"

#include "support/expect.h"

#include <signal.h>

TestSuite(signals, .timeout = 5.0);

struct rig {
    struct cog_clock_virtual virtual_clock;
    struct cog_cancel *cancel;
    struct scn_signals signals;
    struct cog_clock clock;
};

static const struct scn_signal at_20_s = {.at_ms = 20000, .number = SIGTERM};

static void rig_init(struct rig *rig)
{
    struct cog_error error = {0};
    *rig = (struct rig){0};
    cog_clock_virtual_init(&rig->virtual_clock, 1000);
    ASSERT_CODE(cog_cancel_create(&rig->cancel, &error), COG_OK, error);
    rig->signals = (struct scn_signals){
        .clock = &rig->virtual_clock,
        .cancel = rig->cancel,
        .items = &at_20_s,
        .count = 1,
    };
    rig->clock = scn_signals_clock(&rig->signals);
}

static void rig_finish(struct rig *rig)
{
    cog_cancel_destroy(rig->cancel);
}

Test(signals, end_a_wait_at_their_very_time)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig);

    EXPECT_INT(cog_clock_sleep_until(rig.clock, 19999, rig.cancel), COG_OK);
    EXPECT_INT(rig.signals.received, 0);
    EXPECT_INT(cog_clock_sleep_until(rig.clock, 60000, rig.cancel), COG_ERROR_CANCELLED);

    EXPECT_INT(cog_clock_monotonic_ms(rig.clock), 20000);
    EXPECT_INT(cog_clock_unix_ms(rig.clock), 21000);
    EXPECT_INT(rig.signals.received, SIGTERM);
    EXPECT_INT(scn_signals_next_ms(&rig.signals), INT64_MAX);
}

Test(signals, reach_nobody_when_their_process_is_gone)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig);
    rig.signals.is_over = true;

    EXPECT_INT(cog_clock_sleep_until(rig.clock, 60000, rig.cancel), COG_OK);

    EXPECT_INT(rig.signals.received, 0);
    EXPECT_INT(rig.signals.sent_count, 0);
}

Test(signals, are_kept_for_later_by_a_wait_that_cannot_be_cancelled)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig);

    EXPECT_INT(cog_clock_sleep_until(rig.clock, 60000, NULL), COG_OK);

    EXPECT_INT(cog_clock_monotonic_ms(rig.clock), 60000);
    cr_expect(cog_cancel_is_requested(rig.cancel));
}

Test(signals, that_are_due_at_the_end_of_a_wait_end_it)
{
    COG_CLEANUP(rig_finish) struct rig rig;
    rig_init(&rig);

    EXPECT_INT(cog_clock_sleep_until(rig.clock, 20000, rig.cancel), COG_ERROR_CANCELLED);

    EXPECT_INT(cog_clock_monotonic_ms(rig.clock), 20000);
}
