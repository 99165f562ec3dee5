#include "storage_posix_names.h"

#include "storage_names.h"
#include "storage_posix_error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void stream_finish(DIR **stream)
{
    if (*stream != NULL) {
        (void)closedir(*stream);
        *stream = NULL;
    }
}

/* NULL, and errno, on failure. */
static DIR *stream_open(const struct cog_posix_folder *folder)
{
    const int descriptor = fcntl(folder->descriptor, F_DUPFD_CLOEXEC, 0);
    if (descriptor < 0) {
        return NULL;
    }
    DIR *stream = fdopendir(descriptor);
    if (stream == NULL) {
        (void)close(descriptor);
    }
    return stream;
}

/* A file that has gone since its name was read is none; what cannot be looked at may be one. */
static bool is_listed(const struct cog_posix_folder *folder, const char *name)
{
    if (name[0] == '.') {
        return false;
    }
    struct stat status = {0};
    if (fstatat(folder->descriptor, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno != ENOENT;
    }
    return !S_ISDIR(status.st_mode);
}

static enum cog_code read_all(const struct cog_posix_folder *folder, DIR *stream,
                              struct cog_storage_names *names, struct cog_error *error)
{
    for (;;) {
        errno = 0; /* readdir() tells its end from a failure by this alone. */
        const struct dirent *entry = readdir(stream);
        if (entry == NULL) {
            return errno == 0 ? COG_OK : cog_posix_fail("list", folder->path, errno, error);
        }
        if (!is_listed(folder, entry->d_name)) {
            continue;
        }
        const enum cog_code code =
            cog_storage_names_append(names, folder->path, entry->d_name, error);
        if (code != COG_OK) {
            return code;
        }
    }
}

enum cog_code cog_posix_names_read(const struct cog_posix_folder *folder,
                                   struct cog_storage_names *out_names, struct cog_error *error)
{
    COG_CLEANUP(stream_finish) DIR *stream = stream_open(folder);
    if (stream == NULL) {
        return cog_posix_fail("list", folder->path, errno, error);
    }
    COG_CLEANUP(cog_storage_names_finish) struct cog_storage_names names = {0};
    const enum cog_code code = read_all(folder, stream, &names, error);
    if (code != COG_OK) {
        return code;
    }
    cog_storage_names_sort(&names);
    *out_names = names;
    names = (struct cog_storage_names){0};
    return COG_OK;
}
