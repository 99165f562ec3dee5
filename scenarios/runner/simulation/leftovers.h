/** What a process has open and has lost. */
#ifndef SCN_LEFTOVERS_H
#define SCN_LEFTOVERS_H

#include <stdbool.h>

/** How many of the lowest descriptors are open; -1 when the system does not tell. One call. */
int scn_descriptors_count(void);

/** Whether memory was leaked; only AddressSanitizer can tell, else false. It prints where. */
bool scn_memory_has_leaked(void);

#endif
