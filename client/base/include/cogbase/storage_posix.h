/** Reading a file by its path: here, because one file alone may call the file system. */
#ifndef COGBASE_STORAGE_POSIX_H
#define COGBASE_STORAGE_POSIX_H

#include <cogpromote/error.h>

#include <stddef.h>

/**
 * Reads a whole regular file of at most `length_max` bytes; symbolic links are followed.
 *
 * @param out_bytes owned by the caller, free() it; a NUL follows the last byte
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code cog_storage_posix_read_path(const char *path, size_t length_max, char **out_bytes,
                                          size_t *out_length, struct cog_error *error) COG_CHECK;

#endif
