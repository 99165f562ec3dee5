/** A folder for one run of a client, removed with all that the client left in it. */
#ifndef SCN_FOLDER_H
#define SCN_FOLDER_H

#include <cogpromote/error.h>

/**
 * Makes one in $TMPDIR, or else in /tmp.
 *
 * @param out_path owned by the caller (free())
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code scn_folder_create(const char *parent, char **out_path,
                                struct cog_error *error) COG_CHECK;

/** Removes it and everything in it, as far as that goes; links are not followed. */
void scn_folder_remove(const char *path);

#endif
