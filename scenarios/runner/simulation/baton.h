/**
 * Two clients in one simulation: each runs in a thread of its own, and only the one that has the
 * baton goes on. It passes when its holder has to wait for virtual time, or has ended; and, where
 * both could go on, when the schedule says so. All of that is decided by the virtual clock and the
 * schedule alone, so that a run can be had again.
 */
#ifndef SCN_BATON_H
#define SCN_BATON_H

#include "language/second.h"

#include <cogpromote/clock.h>

struct scn_baton;

/** One of the two, by its number; `{0}` is somebody who is alone, and waits for nobody. */
struct scn_seat {
    struct scn_baton *baton; /**< Borrowed. */
    int index;               /**< 0 has the baton at first. */
};

/**
 * @param clock borrowed
 * @param turns borrowed: at which choices the baton passes
 * @param starts_ms when the second one begins
 * @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_baton_create(struct cog_clock_virtual *clock, const struct scn_turns *turns,
                               int64_t starts_ms, struct scn_baton **out_baton,
                               struct cog_error *error) COG_CHECK;

/** How often either could have gone on. */
int scn_baton_choice_count(const struct scn_baton *baton);

/** NULL does nothing; nobody may wait for it any more. */
void scn_baton_destroy(struct scn_baton *baton);

/** The second one's thread begins: returns when its time has come, and it is its turn. */
void scn_seat_take(struct scn_seat seat);

/** Something is about to be done that the other one could notice: a choice, if that one is due. */
void scn_seat_step(struct scn_seat seat);

/** Lets virtual time pass until `due_ms`; meanwhile the other one may go on. */
void scn_seat_wait(struct scn_seat seat, struct cog_clock_virtual *clock, int64_t due_ms);

/** It has ended: whatever comes is the other one's. */
void scn_seat_leave(struct scn_seat seat);

#endif
