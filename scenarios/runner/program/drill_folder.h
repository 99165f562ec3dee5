/** The folder that a guided drill is held in. */
#ifndef SCN_DRILL_FOLDER_H
#define SCN_DRILL_FOLDER_H

#include <cogpromote/error.h>

#include <stdint.h>

/**
 * Makes the folder that was typed, or else a new one for state, "ID-20261123T075000Z"; nobody else
 * may look into it. One that is there has to be empty, or it is the conductor's to judge.
 *
 * @param typed NULL: a new one
 * @param id NULL: which drill it is stays a secret
 * @param out_path absolute; owned by the caller
 * @return COG_OK; COG_ERROR_STORAGE: it cannot be made or written, or other things are in it;
 *         COG_ERROR_CONFIGURATION: nothing says where state belongs; COG_ERROR_MEMORY
 */
enum cog_code scn_drill_folder_make(const char *typed, const char *id, int64_t now_unix_ms,
                                    char **out_path, struct cog_error *error) COG_CHECK;

#endif
