/** Locks between processes, and between threads that have each opened the file. */
#ifndef COGBASE_STORAGE_POSIX_LOCK_H
#define COGBASE_STORAGE_POSIX_LOCK_H

#include <cogpromote/error.h>

/**
 * Waits for the lock of a file or folder; closing the descriptor releases it.
 *
 * @param operation LOCK_SH or LOCK_EX
 * @return COG_OK or COG_ERROR_STORAGE
 */
enum cog_code cog_posix_lock_take(int descriptor, int operation, const char *path,
                                  struct cog_error *error) COG_CHECK;

#endif
