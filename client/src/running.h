/** A course from where it stands to its end, and what follows on that. */
#ifndef RUNNING_H
#define RUNNING_H

#include "client_private.h"
#include "course.h"
#include "journal.h"

#include <cogpromote/promote.h>

/** One run. Set all of it; everything is borrowed. */
struct cog_run {
    struct cog_client *client;
    struct cog_watch watch;
    struct cog_journal journal;
    struct cog_course *course;
    bool is_locked;       /**< The target's lock is this run's already. */
    bool is_journal_lost; /**< Closing it could not be written down, and that was said. */
};

/** Names a new run: id, start, journal. @return COG_OK or COG_ERROR_INTERNAL (no random bytes) */
enum cog_code cog_run_name(struct cog_run *run, struct cog_error *error) COG_CHECK;

/**
 * Runs the course to its end, unless it has ended already, and closes it: audit record, notice,
 * journal, lock. Its report is complete then.
 */
void cog_run_finish(struct cog_run *run);

/** The same for a run that could not begin; nothing was sent. */
void cog_run_fail(struct cog_run *run, const struct cog_error *error);

#endif
