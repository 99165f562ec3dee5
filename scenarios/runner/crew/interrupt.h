/** SIGINT, SIGTERM and SIGHUP as something that can be waited for, beside other things. */
#ifndef SCN_INTERRUPT_H
#define SCN_INTERRUPT_H

#include <cogpromote/error.h>

#include <signal.h>
#include <stdbool.h>

/** Between init and finish the signals do nothing else. One at a time. */
struct scn_interrupt {
    int descriptor; /**< Can be read when one has come. */
    sigset_t before;
};

/** @return COG_OK or COG_ERROR_INTERNAL */
enum cog_code scn_interrupt_init(struct scn_interrupt *out_interrupt,
                                 struct cog_error *error) COG_CHECK;

/** The number of the signal that has come; 0 for none. */
int scn_interrupt_take(const struct scn_interrupt *interrupt);

/** Whether one has come that nobody has taken yet. */
bool scn_interrupt_is_pending(const struct scn_interrupt *interrupt);

/** Signals are again as they were. */
void scn_interrupt_finish(struct scn_interrupt *interrupt);

#endif
