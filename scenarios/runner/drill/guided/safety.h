/** What a drill may touch: servers on this machine, and no state of real promotions. */
#ifndef SCN_SAFETY_H
#define SCN_SAFETY_H

#include <cogpromote/error.h>

#include <stdbool.h>

/**
 * Whether drills may be held against a server.
 *
 * @param against_host what was typed behind --against-real-tenant; NULL for nothing
 * @param out_is_real it is not on this machine
 * @return COG_OK; COG_ERROR_CONFIGURATION: it may not, and why; COG_ERROR_MEMORY
 */
enum cog_code scn_safety_check(const char *api_base, const char *against_host, bool *out_is_real,
                               struct cog_error *error) COG_CHECK;

/**
 * Whether a drill may have a folder: it is neither the state folder of real promotions nor in it or
 * above it, whatever links lead there.
 *
 * @param environment "NAME=value", ends with NULL: where those are
 * @return as above
 */
enum cog_code scn_safety_check_folder(const char *folder, char *const *environment,
                                      struct cog_error *error) COG_CHECK;

#endif
