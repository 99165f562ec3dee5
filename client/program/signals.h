/**
 * SIGINT, SIGTERM and SIGHUP: the first one asks the run to stop, the second one ends it at once.
 * Who ignores SIGINT or SIGHUP from the start, as nohup and shells in the background do, goes on
 * ignoring it.
 */
#ifndef PROGRAM_SIGNALS_H
#define PROGRAM_SIGNALS_H

#include <cogpromote/cancel.h>

/** A closed pipe is an error of the write, not the end of the program. */
void cog_signals_ignore_pipe(void);

/** From now on the signals request `cancel`, until `cog_signals_restore`. */
void cog_signals_install(struct cog_cancel *cancel);

/** Gives the signals their default effect again, so that `cancel` may be destroyed. */
void cog_signals_restore(void);

/** The signal that came; 0 for none. */
int cog_signals_received(void);

#endif
