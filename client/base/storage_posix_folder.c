#include "storage_posix_folder.h"

#include "storage_posix_error.h"
#include "storage_posix_lock.h"
#include "storage_posix_trust.h"

#include <cogbase/text.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

void cog_posix_folder_finish(struct cog_posix_folder *folder)
{
    if (folder->path != NULL && folder->descriptor >= 0) {
        (void)close(folder->descriptor);
    }
    free(folder->path);
    *folder = (struct cog_posix_folder){0};
}

char *cog_posix_folder_path(const struct cog_posix_folder *folder, const char *name)
{
    struct cog_text path = {0};
    cog_text_append_format(&path, "%s/%s", folder->path, name);
    return cog_text_take(&path);
}

static enum cog_code fail_open(int parent, const char *name, const char *path,
                               struct cog_error *error)
{
    const int reason = errno;
    struct stat status = {0};
    if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode)) {
        return cog_posix_refuse("use folder", path, error,
                                "it is a symbolic link: name the folder that it leads to");
    }
    return cog_posix_fail("open folder", path, reason, error);
}

/* Whosever it is. One that does not exist leaves `out_folder` closed. */
static enum cog_code open_any(int parent, const char *name, const char *path,
                              struct cog_posix_folder *out_folder, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *own_path = strdup(path);
    if (own_path == NULL) {
        return cog_posix_fail_memory(error);
    }
    const int descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) {
        return errno == ENOENT ? COG_OK : fail_open(parent, name, path, error);
    }
    *out_folder = (struct cog_posix_folder){.path = own_path, .descriptor = descriptor};
    own_path = NULL;
    return COG_OK;
}

/* One that does not exist is COG_OK and leaves `out_folder` closed. */
static enum cog_code open_existing(int parent, const char *name, const char *path,
                                   struct cog_posix_folder *out_folder, struct cog_error *error)
{
    COG_CLEANUP(cog_posix_folder_finish) struct cog_posix_folder folder = {0};
    enum cog_code code = open_any(parent, name, path, &folder, error);
    if (code != COG_OK || folder.path == NULL) {
        return code;
    }
    code = cog_posix_trust_folder(folder.descriptor, path, error);
    if (code != COG_OK) {
        return code;
    }
    *out_folder = folder;
    folder = (struct cog_posix_folder){0};
    return COG_OK;
}

/* One that was there just now. */
static enum cog_code open_made(int parent, const char *name, const char *path,
                               struct cog_posix_folder *out_folder, struct cog_error *error)
{
    const enum cog_code code = open_existing(parent, name, path, out_folder, error);
    return code == COG_OK && out_folder->path == NULL
               ? cog_posix_fail("open folder", path, ENOENT, error)
               : code;
}

static enum cog_code sync_descriptor(int descriptor, const char *path, struct cog_error *error)
{
    /* Some file systems know no fsync() of a folder and answer EINVAL. */
    if (fsync(descriptor) != 0 && errno != EINVAL) {
        return cog_posix_fail("sync", path, errno, error);
    }
    return COG_OK;
}

/* One that lies above the state folder: it may be anybody's, and reached through links. */
static enum cog_code sync_above(const char *path, struct cog_error *error)
{
    const int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return cog_posix_fail("open folder", path, errno, error);
    }
    const enum cog_code code = sync_descriptor(descriptor, path, error);
    (void)close(descriptor);
    return code;
}

/* Makes one folder; `parent` is the one above it. */
static enum cog_code make_above(const char *path, const char *parent, struct cog_error *error)
{
    if (mkdir(path, 0700) == 0) {
        return sync_above(parent, error);
    }
    return errno == EEXIST ? COG_OK : cog_posix_fail("make folder", path, errno, error);
}

/* The folder above the one whose name ends at `end`, cut off in place: "a/b" of "a/b/c". */
static const char *parent_cut(char *path, size_t end)
{
    while (end > 0 && path[end - 1] != '/') {
        end--;
    }
    if (end == 0) {
        return ".";
    }
    if (end == 1) {
        return "/";
    }
    path[end - 1] = '\0';
    return path;
}

/* As `mkdir -p`. */
static enum cog_code make_all(const char *path, struct cog_error *error)
{
    const size_t length = strlen(path);
    for (size_t end = 1; end <= length; end++) {
        if ((path[end] != '/' && path[end] != '\0') || path[end - 1] == '/') {
            continue;
        }
        COG_CLEANUP(cog_string_finish) char *folder = cog_string_clone(path, end);
        COG_CLEANUP(cog_string_finish) char *above = cog_string_clone(path, end);
        if (folder == NULL || above == NULL) {
            return cog_posix_fail_memory(error);
        }
        const enum cog_code code = make_above(folder, parent_cut(above, end), error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

static enum cog_code open_state(const char *directory, bool makes,
                                struct cog_posix_folder *out_folder, struct cog_error *error)
{
    /* With a slash behind it a link's name stands for what it leads to, whatever open() is told. */
    size_t length = strlen(directory);
    while (length > 1 && directory[length - 1] == '/') {
        length--;
    }
    COG_CLEANUP(cog_string_finish) char *path = cog_string_clone(directory, length);
    if (path == NULL) {
        return cog_posix_fail_memory(error);
    }
    enum cog_code code = open_existing(AT_FDCWD, path, path, out_folder, error);
    if (code != COG_OK || out_folder->path != NULL || !makes) {
        return code;
    }
    code = make_all(path, error);
    if (code != COG_OK) {
        return code;
    }
    return open_made(AT_FDCWD, path, path, out_folder, error);
}

static enum cog_code make_child(const struct cog_posix_folder *state, const char *child,
                                const char *path, struct cog_error *error)
{
    if (mkdirat(state->descriptor, child, 0700) == 0) {
        return cog_posix_folder_sync(state, error);
    }
    return errno == EEXIST ? COG_OK : cog_posix_fail("make folder", path, errno, error);
}

static enum cog_code open_child(const struct cog_posix_folder *state, const char *child, bool makes,
                                struct cog_posix_folder *out_folder, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *path = cog_posix_folder_path(state, child);
    if (path == NULL) {
        return cog_posix_fail_memory(error);
    }
    enum cog_code code = open_existing(state->descriptor, child, path, out_folder, error);
    if (code != COG_OK || out_folder->path != NULL || !makes) {
        return code;
    }
    code = make_child(state, child, path, error);
    if (code != COG_OK) {
        return code;
    }
    return open_made(state->descriptor, child, path, out_folder, error);
}

enum cog_code cog_posix_folder_open(const char *directory, const char *child, bool makes,
                                    struct cog_posix_folder *out_folder, struct cog_error *error)
{
    assert(directory != NULL && out_folder->path == NULL);
    if (directory[0] == '\0') {
        return cog_error_set(error, COG_ERROR_STORAGE, "the state folder has no name");
    }
    COG_CLEANUP(cog_posix_folder_finish) struct cog_posix_folder state = {0};
    const enum cog_code code = open_state(directory, makes, &state, error);
    if (code != COG_OK || state.path == NULL) {
        return code;
    }
    if (child != NULL) {
        return open_child(&state, child, makes, out_folder, error);
    }
    *out_folder = state;
    state = (struct cog_posix_folder){0};
    return COG_OK;
}

enum cog_code cog_posix_folder_lock(const struct cog_posix_folder *folder, struct cog_error *error)
{
    return cog_posix_lock_take(folder->descriptor, LOCK_EX, folder->path, error);
}

enum cog_code cog_posix_folder_sync(const struct cog_posix_folder *folder, struct cog_error *error)
{
    return sync_descriptor(folder->descriptor, folder->path, error);
}
