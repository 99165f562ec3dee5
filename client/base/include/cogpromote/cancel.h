/** A request to stop, made once, from another thread or from a signal handler. */
#ifndef COGPROMOTE_CANCEL_H
#define COGPROMOTE_CANCEL_H

#include <cogpromote/error.h>

/** Thread-safe. Functions take a `const struct cog_cancel *`; NULL means "cannot be cancelled". */
struct cog_cancel;

/** @return COG_OK, COG_ERROR_MEMORY, or COG_ERROR_INTERNAL when the system has no descriptor left
 */
COG_API enum cog_code cog_cancel_create(struct cog_cancel **out_cancel,
                                        struct cog_error *error) COG_CHECK;

/** NULL does nothing. Nobody may be waiting on it any more. */
COG_API void cog_cancel_destroy(struct cog_cancel *cancel);

/** Asks to stop. Async-signal-safe; more than once is the same as once. */
COG_API void cog_cancel_request(struct cog_cancel *cancel);

/** @param cancel may be NULL, which is never requested */
COG_API bool cog_cancel_is_requested(const struct cog_cancel *cancel);

/** A descriptor that is readable once stop was requested, for poll(2); -1 for NULL. Never read it.
 */
COG_API int cog_cancel_descriptor(const struct cog_cancel *cancel);

#endif
