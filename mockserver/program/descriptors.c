#include "program/descriptors.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/resource.h>

/* The standard streams, the port, epoll, the signals' pipe, the watch, and files while they are
 * read or written. */
enum { OTHERS_COUNT = 64 };

static rlim_t lesser(rlim_t left, rlim_t right)
{
    return left < right ? left : right;
}

enum cog_code mock_descriptors_reserve(int64_t asked, unsigned *out_connections_max,
                                       struct cog_error *error)
{
    struct rlimit limit = {0};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "the limit on open files cannot be read");
    }
    const rlim_t wanted = (rlim_t)(asked > 0 ? asked : MOCK_CONNECTIONS_MAX_DEFAULT) + OTHERS_COUNT;
    if ((asked > 0 && limit.rlim_max < wanted) || limit.rlim_max <= OTHERS_COUNT) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "--max-connections '%" PRId64 "': they need %" PRIuMAX
                             " open files, and this process may have %" PRIuMAX
                             " at most: raise the hard limit (ulimit -Hn)",
                             asked, (uintmax_t)wanted, (uintmax_t)limit.rlim_max);
    }
    const rlim_t given = lesser(wanted, limit.rlim_max);
    if (limit.rlim_cur < given) {
        limit.rlim_cur = given;
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0) {
            return cog_error_set(error, COG_ERROR_INTERNAL,
                                 "the limit on open files cannot be raised: %s", strerror(errno));
        }
    }
    *out_connections_max = (unsigned)(given - OTHERS_COUNT);
    return COG_OK;
}
