#include "storage_posix_lock.h"

#include "storage_posix_error.h"

#include <errno.h>
#include <sys/file.h>

enum cog_code cog_posix_lock_take(int descriptor, int operation, const char *path,
                                  struct cog_error *error)
{
    while (flock(descriptor, operation) != 0) {
        if (errno != EINTR) {
            return cog_posix_fail("lock", path, errno, error);
        }
    }
    return COG_OK;
}
