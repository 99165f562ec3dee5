/** Putting one file in another's place at once. */
#ifndef COGBASE_STORAGE_POSIX_REPLACEMENT_H
#define COGBASE_STORAGE_POSIX_REPLACEMENT_H

#include "storage_posix_folder.h"

/**
 * Makes `text` what the file holds, durably; an empty one removes the file. On failure the old file
 * is untouched and nothing else is left behind. The folder must be locked.
 *
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code cog_posix_replacement_put(const struct cog_posix_folder *folder, const char *name,
                                        const char *text, struct cog_error *error) COG_CHECK;

#endif
