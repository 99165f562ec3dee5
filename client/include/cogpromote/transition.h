/**
 * What can follow on what in a promotion: the table by which it runs, for whoever counts which of
 * it was taken. A run says so itself, by the event "transition" with `from`, `on` and `to`.
 */
#ifndef COGPROMOTE_TRANSITION_H
#define COGPROMOTE_TRANSITION_H

#include <cogpromote/attributes.h>

#include <stddef.h>

/** By the names that the event has. Texts are static. */
struct cog_transition {
    const char *from;  /**< A state: "follow_rollback". */
    const char *event; /**< What was found there: "restored". */
    const char *to;    /**< A state. */
};

/** @return `{0}` from the first index behind the last on */
COG_API struct cog_transition cog_transition(size_t index);

/** "authenticate", …, "end". @return NULL from the first index behind the last on */
COG_API const char *cog_transition_state(size_t index);

#endif
