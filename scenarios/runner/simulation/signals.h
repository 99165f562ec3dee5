/**
 * Signals that reach the client at set virtual times, as its program takes them: the first one
 * requests its cancellation and is remembered for the exit code. The client's clock is the virtual
 * one with them on it, so that a wait ends at the very moment of a signal.
 */
#ifndef SCN_SIGNALS_H
#define SCN_SIGNALS_H

#include "simulation/baton.h"
#include "simulation/line.h"

#include <cogpromote/cancel.h>
#include <cogpromote/clock.h>

enum { SCN_SIGNALS_MAX = 1 };

struct scn_signal {
    int64_t at_ms; /**< Since the start. */
    int number;
};

/** Set the first three, and `seat` for one of two; the rest starts as zero. */
struct scn_signals {
    struct cog_clock_virtual *clock; /**< Borrowed. */
    struct cog_cancel *cancel;       /**< Borrowed. */
    struct scn_line line;            /**< Borrowed; told when time moved; `{0}` for none. */
    const struct scn_signal *items;  /**< Borrowed; in the order of their times. */
    size_t count;
    size_t sent_count; /**< Those whose time has come. */
    int received;      /**< The first one; 0 for none yet. */
    bool is_over;      /**< Nobody is there any more whom they could reach. */
    struct scn_seat seat;
};

/** "SIGINT"; never NULL. */
const char *scn_signal_name(int number);

/** Sends those whose time has come. */
void scn_signals_send_due(struct scn_signals *signals);

/** When the next one is due; INT64_MAX for none. */
int64_t scn_signals_next_ms(const struct scn_signals *signals);

/** The clock for the client. */
struct cog_clock scn_signals_clock(struct scn_signals *signals);

#endif
