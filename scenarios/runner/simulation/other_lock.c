#include "simulation/other_lock.h"

#include "simulation/mortal.h"

#include <stdio.h>
#include <string.h>

static const char run_id[] = "01980000-0000-4000-8000-00000000000f";

enum { OTHER_PID = 4711 };

struct cog_holder scn_other_lock_self(enum scn_lock_holder holder)
{
    struct cog_holder self = {.pid = OTHER_PID};
    (void)snprintf(self.host, sizeof self.host, "%s",
                   holder == SCN_LOCK_HOLDER_ELSEWHERE ? "a-third-machine" : "machine");
    (void)snprintf(self.boot_id, sizeof self.boot_id, "boot");
    return self;
}

/* Written as the client writes it, in the name of that holder. */
static enum cog_code take(struct scn_other_lock *lock)
{
    struct scn_mortal other = {.inner.storage = lock->storage, .self = lock->self};
    const struct cog_lock_claim claim = {
        .target_environment_id = lock->target_environment_id,
        .run_id = run_id,
        .actor = "somebody else",
    };
    struct cog_lock found = {0};
    enum cog_code code = cog_lock_release(lock->storage, lock->target_environment_id, NULL, NULL);
    if (code == COG_OK) {
        code = cog_lock_take(scn_mortal_seams(&other).storage, lock->clock, &claim, &found, NULL);
    }
    return code;
}

void scn_other_lock_catch_up(struct scn_other_lock *lock)
{
    if (!lock->holder.is_there) {
        return;
    }
    const int64_t now_ms = cog_clock_monotonic_ms(lock->clock);
    enum cog_code code = COG_OK;
    if (!lock->is_taken && lock->holder.from_ms <= now_ms) {
        lock->is_taken = true;
        code = take(lock);
    }
    if (lock->is_taken && !lock->is_given_back && lock->holder.until_ms <= now_ms) {
        lock->is_given_back = true;
        code = cog_lock_release(lock->storage, lock->target_environment_id, run_id, NULL);
    }
    lock->has_failed = lock->has_failed || code != COG_OK;
}

void scn_other_lock_look(struct scn_other_lock *lock)
{
    scn_other_lock_catch_up(lock);
    lock->is_seen = lock->is_seen || (lock->is_taken && !lock->is_given_back);
    lock->is_seen_after = lock->is_seen_after || lock->is_given_back;
}

bool scn_other_lock_is(const struct cog_lock *lock)
{
    return lock->state != COG_LOCK_FREE && strcmp(lock->run_id, run_id) == 0;
}

bool scn_other_lock_must_stay(const struct scn_other_lock *lock)
{
    return lock->is_taken && !lock->is_given_back && lock->holder.holder != SCN_LOCK_HOLDER_DEAD;
}
