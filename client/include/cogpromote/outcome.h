/** How a promotion ended, what that means for the target, and the exit code that says so. */
#ifndef COGPROMOTE_OUTCOME_H
#define COGPROMOTE_OUTCOME_H

#include <cogpromote/attributes.h>

/** In the order of the table in README.md. */
enum cog_outcome {
    COG_OUTCOME_PROMOTED,        /**< New content, verified. */
    COG_OUTCOME_INTERNAL,        /**< A bug, no memory, or the local disk. */
    COG_OUTCOME_USAGE,           /**< Arguments or configuration; nothing was sent. */
    COG_OUTCOME_UNAUTHORIZED,    /**< 401, 403 or a missing scope, before anything was changed. */
    COG_OUTCOME_NOT_READY,       /**< Sessions, health or conversation; nothing was changed. */
    COG_OUTCOME_REJECTED,        /**< The promotion was refused, or provably never arrived. */
    COG_OUTCOME_ROLLED_BACK,     /**< Confirmed: the target is as it was before. */
    COG_OUTCOME_ROLLBACK_FAILED, /**< Failed, refused or not confirmed: an operator must look. */
    COG_OUTCOME_UNKNOWN,         /**< The server cannot be asked any more. */
    COG_OUTCOME_LOCKED,      /**< Another promotion into this target; this run changed nothing. */
    COG_OUTCOME_PARITY_LOW,  /**< New content, but not verified or below the threshold. */
    COG_OUTCOME_UNDELIVERED, /**< Promoted, but audit or webhook was not; with `--strict`. */
    COG_OUTCOME_INTERRUPTED, /**< A signal; a running job goes on by itself. */
};

/** What is known of the target's content. */
enum cog_target_state {
    COG_TARGET_UNTOUCHED,
    COG_TARGET_NEW,
    COG_TARGET_RESTORED,
    COG_TARGET_SUSPECT,
    COG_TARGET_UNKNOWN,
};

/** "promoted", "rolled_back", …; never NULL. */
COG_API const char *cog_outcome_name(enum cog_outcome outcome);

/** One sentence for people. */
COG_API const char *cog_outcome_description(enum cog_outcome outcome);

/** "untouched", "new content", …; never NULL. */
COG_API const char *cog_target_state_name(enum cog_target_state state);

/**
 * The program's exit code.
 *
 * @param signal_number which signal interrupted it; looked at for COG_OUTCOME_INTERRUPTED only
 */
COG_API int cog_outcome_exit_code(enum cog_outcome outcome, int signal_number);

#endif
