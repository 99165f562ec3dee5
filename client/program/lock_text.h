/** Locks, as text and as JSON. */
#ifndef PROGRAM_LOCK_TEXT_H
#define PROGRAM_LOCK_TEXT_H

#include <cogpromote/lock.h>

#include <cogbase/json.h>
#include <cogbase/text.h>

/** "env-b: held by alice, run …, process 12 on host since …", with a line feed. */
void cog_lock_text_append(struct cog_text *text, const struct cog_lock *lock);

/** @return to be deleted by the caller, or NULL when there is no memory */
cJSON *cog_lock_text_json(const struct cog_lock *lock);

#endif
