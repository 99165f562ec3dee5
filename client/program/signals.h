/** SIGINT and SIGTERM: the first one asks the run to stop, the second one ends it at once. */
#ifndef PROGRAM_SIGNALS_H
#define PROGRAM_SIGNALS_H

#include <cogpromote/cancel.h>

/** From now on the signals request `cancel`, until `cog_signals_restore`. */
void cog_signals_install(struct cog_cancel *cancel);

/** Gives the signals their default effect again, so that `cancel` may be destroyed. */
void cog_signals_restore(void);

/** The signal that came; 0 for none. */
int cog_signals_received(void);

#endif
