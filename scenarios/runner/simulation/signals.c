#include "simulation/signals.h"

#include <signal.h>

const char *scn_signal_name(int number)
{
    return number == SIGTERM ? "SIGTERM" : "SIGINT";
}

void scn_signals_send_due(struct scn_signals *signals)
{
    while (scn_signals_next_ms(signals) <= signals->clock->now_ms) {
        if (signals->received == 0) {
            signals->received = signals->items[signals->sent_count].number;
        }
        signals->sent_count++;
        cog_cancel_request(signals->cancel);
    }
}

int64_t scn_signals_next_ms(const struct scn_signals *signals)
{
    return !signals->is_over && signals->sent_count < signals->count
               ? signals->items[signals->sent_count].at_ms
               : INT64_MAX;
}

static int64_t monotonic_ms(void *context)
{
    const struct scn_signals *signals = context;
    return cog_clock_monotonic_ms(cog_clock_virtual(signals->clock));
}

static int64_t unix_ms(void *context)
{
    const struct scn_signals *signals = context;
    return cog_clock_unix_ms(cog_clock_virtual(signals->clock));
}

/* A wait that cannot be cancelled goes on; the signal is not lost. */
static enum cog_code sleep_until(void *context, int64_t due_ms, const struct cog_cancel *cancel)
{
    struct scn_signals *signals = context;
    while (!cog_cancel_is_requested(cancel) && scn_signals_next_ms(signals) <= due_ms) {
        scn_seat_wait(signals->seat, signals->clock, scn_signals_next_ms(signals));
        scn_signals_send_due(signals);
    }
    const bool is_cancelled = cog_cancel_is_requested(cancel);
    if (!is_cancelled) {
        scn_seat_wait(signals->seat, signals->clock, due_ms);
    }
    /* The fake's port may have closed or opened meanwhile. */
    scn_line_follow(signals->line);
    return is_cancelled ? COG_ERROR_CANCELLED : COG_OK;
}

struct cog_clock scn_signals_clock(struct scn_signals *signals)
{
    static const struct cog_clock_ops ops = {
        .monotonic_ms = monotonic_ms,
        .unix_ms = unix_ms,
        .sleep_until = sleep_until,
    };
    return (struct cog_clock){.ops = &ops, .context = signals};
}
