/** What the file system answered, as errors that name the path and say why. */
#ifndef COGBASE_STORAGE_POSIX_ERROR_H
#define COGBASE_STORAGE_POSIX_ERROR_H

#include <cogpromote/error.h>

/**
 * "cannot <verb> '<path>': <the system's text>". The front of a long path is left out, so that the
 * reason is never cut.
 *
 * @param reason an errno
 * @return COG_ERROR_STORAGE
 */
enum cog_code cog_posix_fail(const char *verb, const char *path, int reason,
                             struct cog_error *error);

/** As above, with a reason of ours. */
enum cog_code cog_posix_refuse(const char *verb, const char *path, struct cog_error *error,
                               const char *format, ...) COG_PRINTF(4, 5);

/** @return COG_ERROR_MEMORY */
enum cog_code cog_posix_fail_memory(struct cog_error *error);

#endif
