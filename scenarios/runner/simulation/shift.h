/** Whose turn it is, of those that share the thread. */
#ifndef SCN_SHIFT_H
#define SCN_SHIFT_H

#include <stdbool.h>
#include <stdint.h>

/** Told whose turn it is: the client's, or that of the fake and the runner. */
struct scn_shift {
    /** @param process which one of the client's, from 1 on; 0: none. NULL for nobody to tell */
    void (*turn)(void *context, int64_t process);
    void *context;
    int64_t process; /**< Whose turn the client's is now. */
};

/** Passes the turn on. */
void scn_shift_turn(struct scn_shift shift, bool is_client);

#endif
