/** Changes of a tree of JSON by another one. */
#ifndef SCN_PATCH_H
#define SCN_PATCH_H

#include <cogpromote/attributes.h>

#include <cjson/cJSON.h>
#include <stdbool.h>

/**
 * Adds a member, or puts it in the place of what is there.
 *
 * @param node taken, also on failure; NULL fails
 * @return false without memory
 */
bool scn_patch_put(cJSON *object, const char *key, cJSON *node) COG_CHECK;

/**
 * Changes objects member by member, and replaces what is none.
 *
 * @param adds_to_lists entries are added to lists instead; but a list below `server` is replaced
 *        all the same: a timeline is whole or wrong
 * @return false without memory
 */
bool scn_patch_apply(cJSON *target, const cJSON *patch, bool adds_to_lists) COG_CHECK;

#endif
