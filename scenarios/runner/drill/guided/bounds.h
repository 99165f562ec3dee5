/** What a client may reach that is typed in a drill's shell. */
#ifndef SCN_BOUNDS_H
#define SCN_BOUNDS_H

#include <cogpromote/error.h>

/** Has the address of the drill's own server, wherever that is. */
#define SCN_BOUNDS_VARIABLE "COGDRILL_API_BASE"

/**
 * Whether a command stays in the drill: a person may have set, or read from a file of their own,
 * what leads to a real tenant or into the state folder of real promotions.
 *
 * @param words of the client, without its own name; ends with NULL
 * @param environment "NAME=value", ends with NULL
 * @return COG_OK; COG_ERROR_CONFIGURATION: it does not, and what leads where; COG_ERROR_MEMORY
 */
enum cog_code scn_bounds_check(char *const *words, char *const *environment,
                               struct cog_error *error) COG_CHECK;

#endif
