#include "drill/guided/real_path.h"

#include <cogbase/text.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, LINK_SIZE = 64 };

/* realpath() is no part of the POSIX that we ask for; the kernel knows what it has opened. */
char *scn_real_path(const char *path)
{
    char link[LINK_SIZE];
    char real[PATH_SIZE];
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return NULL;
    }
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const ssize_t length = readlink(link, real, sizeof real);
    (void)close(descriptor);
    return length > 0 && real[0] == '/' && (size_t)length < sizeof real
               ? cog_string_clone(real, (size_t)length)
               : NULL;
}
