/** One promotion into a target at a time, among all who share a state folder. */
#ifndef COGPROMOTE_LOCK_H
#define COGPROMOTE_LOCK_H

#include <cogpromote/clock.h>
#include <cogpromote/platform.h>
#include <cogpromote/storage.h>

enum cog_lock_state {
    COG_LOCK_FREE,
    COG_LOCK_HELD,      /**< By a process that lives. */
    COG_LOCK_ABANDONED, /**< By one that has died without releasing it. */
    COG_LOCK_ELSEWHERE, /**< By one on another host: nobody here can tell whether it lives. */
};

/** A target's lock as its file tells. Plain data; `{0}` is free. */
struct cog_lock {
    enum cog_lock_state state;
    char target_environment_id[COG_ID_SIZE];
    char run_id[COG_UUID_SIZE];
    char actor[COG_ID_SIZE];
    struct cog_holder holder;
    int64_t since_unix_ms;
};

/**
 * Who wants it. Every pointer is borrowed; a text that does not fit a lock is COG_ERROR_ARGUMENT.
 */
struct cog_lock_claim {
    const char *target_environment_id;
    const char *run_id;
    const char *actor;
    const char *replaces_run_id; /**< Whose abandoned lock may be taken over; NULL: nobody's. */
};

/**
 * Reads a target's lock. The file is "locks/<SHA-256 of the target's id>.json".
 *
 * @return COG_OK, COG_ERROR_SYNTAX (the file is damaged: names it), COG_ERROR_STORAGE,
 *         COG_ERROR_MEMORY, COG_ERROR_ARGUMENT, COG_ERROR_INTERNAL
 */
COG_API enum cog_code cog_lock_read(struct cog_storage storage, const char *target_environment_id,
                                    struct cog_lock *out_lock, struct cog_error *error) COG_CHECK;

/**
 * Takes it where it is free; where the claim's own run has it and its process is not another one
 * that lives here; or where it is not held by a living process of this host and is
 * `replaces_run_id`'s. Asks once, without waiting.
 *
 * @param out_found the lock as it was before, written on COG_OK and on COG_ERROR_CONFLICT
 * @return COG_OK; COG_ERROR_CONFLICT: somebody has it, and the message says who, where, since when;
 *         else as `cog_lock_read`
 */
COG_API enum cog_code cog_lock_take(struct cog_storage storage, struct cog_clock clock,
                                    const struct cog_lock_claim *claim, struct cog_lock *out_found,
                                    struct cog_error *error) COG_CHECK;

/**
 * Gives it back. One that is free, or another run's, is left alone.
 *
 * @param run_id NULL: whoever has it, which is what `cogpromote lock release` does; a damaged file
 * is removed then, too
 * @return as `cog_lock_read`
 */
COG_API enum cog_code cog_lock_release(struct cog_storage storage,
                                       const char *target_environment_id, const char *run_id,
                                       struct cog_error *error) COG_CHECK;

struct cog_lock_list {
    struct cog_lock *items; /**< By file name. */
    size_t count;
};

/** All locks that are not free. @return as `cog_lock_read` */
COG_API enum cog_code cog_lock_list_read(struct cog_storage storage, struct cog_lock_list *out_list,
                                         struct cog_error *error) COG_CHECK;
COG_API void cog_lock_list_finish(struct cog_lock_list *list);

/** "held", "abandoned", …; never NULL. */
COG_API const char *cog_lock_state_name(enum cog_lock_state state);

#endif
