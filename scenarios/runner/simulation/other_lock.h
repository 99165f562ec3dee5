/** Somebody else at the target's lock: holds it at the start, or takes it out of our hands. */
#ifndef SCN_OTHER_LOCK_H
#define SCN_OTHER_LOCK_H

#include "language/surroundings.h"

#include <cogpromote/clock.h>
#include <cogpromote/lock.h>

/** Set the first five; the rest starts as zero. */
struct scn_other_lock {
    struct scn_other_holder holder;
    struct cog_storage storage; /**< On which the lock lies. */
    struct cog_clock clock;
    const char *target_environment_id; /**< Borrowed. */
    struct cog_holder self;            /**< Who it is: `scn_other_lock_self`. */
    bool is_taken;
    bool is_given_back;
    bool has_failed;    /**< The lock could not be written: nothing can be judged. */
    bool is_seen;       /**< The client looked at the lock while it was held. */
    bool is_seen_after; /**< And after it was given back. */
};

/** Who it is, of that kind. */
struct cog_holder scn_other_lock_self(enum scn_lock_holder holder);

/** Does what is due by now: takes the lock, gives it back. */
void scn_other_lock_catch_up(struct scn_other_lock *lock);

/** As above, for somebody who looks at the lock. */
void scn_other_lock_look(struct scn_other_lock *lock);

/** Whether that lock is its own. */
bool scn_other_lock_is(const struct cog_lock *lock);

/** Whether nobody else may have the lock now, nor take it. */
bool scn_other_lock_must_stay(const struct scn_other_lock *lock);

#endif
