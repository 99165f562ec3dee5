/**
 * What can go wrong around any client, whoever wrote it. Each run of one that is not ours takes
 * real time: of all that there is, some is what goes wrong most, and the rest much like it.
 */
#ifndef SCN_OUTSIDE_H
#define SCN_OUTSIDE_H

#include <stdbool.h>

/** Not what strikes our client's own files, clock, lock and limits, and no certificates: the fake
 * speaks plain HTTP to a client that is not ours. */
bool scn_outside_has(const char *kind, const char *phase);

/** Whether it is to be tried where nobody says what is: one of each sort, at the first request of
 * each call, and at the second poll. */
bool scn_outside_is_typical(const char *site, const char *kind);

#endif
