/** Whether an open file or folder may be relied upon: nobody else can have put something there. */
#ifndef COGBASE_STORAGE_POSIX_TRUST_H
#define COGBASE_STORAGE_POSIX_TRUST_H

#include <cogpromote/error.h>

/**
 * It must be a regular file or a folder, belong to this user or to root, and not be writable by
 * others; a folder may be when it is sticky, because others cannot take our files away then.
 *
 * @param path for the message, which says what to do
 * @return COG_OK or COG_ERROR_STORAGE
 */
enum cog_code cog_posix_trust_file(int descriptor, const char *path,
                                   struct cog_error *error) COG_CHECK;
enum cog_code cog_posix_trust_folder(int descriptor, const char *path,
                                     struct cog_error *error) COG_CHECK;

#endif
