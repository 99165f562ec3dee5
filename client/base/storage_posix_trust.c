#include "storage_posix_trust.h"

#include "storage_posix_error.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* S_ISVTX, which POSIX leaves to the XSI option. */
static const mode_t STICKY = 01000;

static enum cog_code trust_owner(const struct stat *status, const char *path,
                                 struct cog_error *error)
{
    if (status->st_uid == geteuid() || status->st_uid == 0) {
        return COG_OK;
    }
    return cog_posix_refuse("use", path, error,
                            "it belongs to user %lu, not to this one (%lu): 'chown' it, or use "
                            "another folder",
                            (unsigned long)status->st_uid, (unsigned long)geteuid());
}

static enum cog_code trust_mode(const struct stat *status, const char *path,
                                struct cog_error *error)
{
    if ((status->st_mode & (S_IWGRP | S_IWOTH)) == 0) {
        return COG_OK;
    }
    return cog_posix_refuse("use", path, error,
                            "its mode %04o lets others write to it: run 'chmod go-w' on it",
                            (unsigned)(status->st_mode & 07777));
}

enum cog_code cog_posix_trust_file(int descriptor, const char *path, struct cog_error *error)
{
    struct stat status = {0};
    if (fstat(descriptor, &status) != 0) {
        return cog_posix_fail("read", path, errno, error);
    }
    if (!S_ISREG(status.st_mode)) {
        return cog_posix_refuse("use", path, error, "not a regular file: move it away");
    }
    const enum cog_code code = trust_owner(&status, path, error);
    return code == COG_OK ? trust_mode(&status, path, error) : code;
}

enum cog_code cog_posix_trust_folder(int descriptor, const char *path, struct cog_error *error)
{
    struct stat status = {0};
    if (fstat(descriptor, &status) != 0) {
        return cog_posix_fail("read", path, errno, error);
    }
    const enum cog_code code = trust_owner(&status, path, error);
    if (code != COG_OK || (status.st_mode & STICKY) != 0) {
        return code;
    }
    return trust_mode(&status, path, error);
}
