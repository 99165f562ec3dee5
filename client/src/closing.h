/** What follows on an outcome, on every path: audit record, notice, journal, lock. */
#ifndef CLOSING_H
#define CLOSING_H

#include "running.h"

/** Closes a run whose course has ended. What fails here is in the report, and logged. */
void cog_run_close(struct cog_run *run, struct cog_log log);

/** Gives the target's lock back, if it is this run's. What fails is logged. */
void cog_run_unlock(const struct cog_run *run, struct cog_log log);

#endif
