#include <cogpromote/clock.h>

#include "support/expect.h"

#include <criterion/criterion.h>

#include <signal.h>
#include <sys/time.h>

TestSuite(clock_virtual, .timeout = 5.0);
TestSuite(clock_posix, .timeout = 5.0);

static const int64_t START_UNIX_MS = INT64_C(1700000000000);

static struct cog_cancel *create_requested(void)
{
    struct cog_cancel *cancel = NULL;
    struct cog_error error = {0};
    ASSERT_CODE(cog_cancel_create(&cancel, &error), COG_OK, error);
    cog_cancel_request(cancel);
    return cancel;
}

Test(clock_virtual, jumps_to_the_time_that_is_waited_for)
{
    struct cog_clock_virtual simulation;
    cog_clock_virtual_init(&simulation, START_UNIX_MS);
    const struct cog_clock clock = cog_clock_virtual(&simulation);

    const enum cog_code code = cog_clock_sleep_until(clock, 900000, NULL);

    EXPECT_INT(code, COG_OK);
    EXPECT_INT(cog_clock_monotonic_ms(clock), 900000);
    EXPECT_INT(cog_clock_unix_ms(clock), START_UNIX_MS + 900000);
}

Test(clock_virtual, never_goes_back)
{
    struct cog_clock_virtual simulation;
    cog_clock_virtual_init(&simulation, START_UNIX_MS);
    const struct cog_clock clock = cog_clock_virtual(&simulation);
    cog_clock_virtual_advance(&simulation, 500);

    const enum cog_code code = cog_clock_sleep_until(clock, 400, NULL);

    EXPECT_INT(code, COG_OK);
    EXPECT_INT(cog_clock_monotonic_ms(clock), 500);
}

Test(clock_virtual, stands_still_once_stop_was_requested)
{
    struct cog_clock_virtual simulation;
    cog_clock_virtual_init(&simulation, START_UNIX_MS);
    struct cog_cancel *cancel = create_requested();
    const struct cog_clock clock = cog_clock_virtual(&simulation);

    const enum cog_code code = cog_clock_sleep_until(clock, 400, cancel);

    EXPECT_INT(code, COG_ERROR_CANCELLED);
    EXPECT_INT(cog_clock_monotonic_ms(clock), 0);
    cog_cancel_destroy(cancel);
}

Test(clock_posix, tells_a_time_after_2020_and_does_not_go_back)
{
    const struct cog_clock clock = cog_clock_posix();

    const int64_t first_ms = cog_clock_monotonic_ms(clock);
    const int64_t second_ms = cog_clock_monotonic_ms(clock);

    cr_expect(second_ms >= first_ms);
    cr_expect(cog_clock_unix_ms(clock) > INT64_C(1577836800000));
}

/* The only real waits of the suite: a few milliseconds. */
Test(clock_posix, waits_until_the_time_has_come)
{
    const struct cog_clock clock = cog_clock_posix();
    const int64_t due_ms = cog_clock_monotonic_ms(clock) + 5;

    const enum cog_code code = cog_clock_sleep_until(clock, due_ms, NULL);

    EXPECT_INT(code, COG_OK);
    cr_expect(cog_clock_monotonic_ms(clock) >= due_ms);
}

Test(clock_posix, returns_at_once_for_a_time_that_has_passed)
{
    EXPECT_INT(cog_clock_sleep_until(cog_clock_posix(), INT64_MIN, NULL), COG_OK);
}

Test(clock_posix, does_not_wait_once_stop_was_requested)
{
    struct cog_cancel *cancel = create_requested();

    const enum cog_code code = cog_clock_sleep_until(cog_clock_posix(), INT64_MAX, cancel);

    EXPECT_INT(code, COG_ERROR_CANCELLED);
    cog_cancel_destroy(cancel);
}

static struct cog_cancel *alarmed;
static volatile sig_atomic_t alarm_count;

/* The first signal only interrupts the wait; the second one ends it. */
static void count_alarm(int number)
{
    (void)number;
    alarm_count = alarm_count + 1;
    if (alarm_count == 2) {
        cog_cancel_request(alarmed);
    }
}

Test(clock_posix, sleeps_on_after_a_signal_and_wakes_for_a_cancellation)
{
    const struct sigaction action = {.sa_handler = count_alarm};
    const struct itimerval every_ms = {{0, 1000}, {0, 1000}};
    struct cog_error error = {0};
    ASSERT_CODE(cog_cancel_create(&alarmed, &error), COG_OK, error);
    cr_assert(sigaction(SIGALRM, &action, NULL) == 0);
    cr_assert(setitimer(ITIMER_REAL, &every_ms, NULL) == 0);

    const enum cog_code code = cog_clock_sleep_until(cog_clock_posix(), INT64_MAX, alarmed);

    cr_assert(setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL) == 0);
    EXPECT_INT(code, COG_ERROR_CANCELLED);
    cr_expect(alarm_count >= 2);
    cog_cancel_destroy(alarmed);
}
