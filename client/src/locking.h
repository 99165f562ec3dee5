/** Asking for a target's lock until it is given, or the time for that is up. */
#ifndef LOCKING_H
#define LOCKING_H

#include <cogpromote/config.h>
#include <cogpromote/lock.h>
#include <cogpromote/log.h>

/** How it is asked for. Set all of it; everything is borrowed. */
struct cog_lock_quest {
    struct cog_storage storage;
    struct cog_clock clock;
    struct cog_log log;
    const struct cog_config *config;
    const struct cog_cancel *cancel;
    int64_t deadline_ms; /**< Of the whole run, behind which `--lock-wait` waits no longer. */
};

/**
 * Takes the lock of the target, after a wait where it is held; one whose run is dead and has left
 * nothing to settle is taken over.
 *
 * @param out_found the lock as it was before
 * @return COG_OK, COG_ERROR_CONFLICT (somebody has it, or has died with the target half-way),
 *         COG_ERROR_CANCELLED; else as `cog_lock_read`
 */
enum cog_code cog_lock_await(const struct cog_lock_quest *quest, const char *target_environment_id,
                             const char *run_id, struct cog_lock *out_found,
                             struct cog_error *error) COG_CHECK;

#endif
