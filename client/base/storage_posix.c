#include <cogpromote/storage.h>

#include "storage_posix.h"

#include <cogbase/text.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FILE_LENGTH_MAX = 64 << 20,
    REASON_SIZE = 128,
};

/* An open file with what messages call it. `{.descriptor = -1}` is closed. */
struct file {
    int descriptor;
    const char *path; /* Borrowed. */
};

static void file_finish(struct file *file)
{
    if (file->descriptor >= 0) {
        (void)close(file->descriptor); /* Releases the lock as well. */
        file->descriptor = -1;
    }
}

static enum cog_code fail(const char *verb, const char *path, int reason, struct cog_error *error)
{
    char text[REASON_SIZE];
    if (strerror_r(reason, text, sizeof text) != 0) {
        text[0] = '\0';
    }
    return cog_error_set(error, COG_ERROR_STORAGE, "cannot %s '%s': %s", verb, path, text);
}

static enum cog_code fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

/* Makes an entry of a folder survive a crash: the folder is a file of its own. */
static enum cog_code directory_sync(const char *path, struct cog_error *error)
{
    COG_CLEANUP(file_finish)
    struct file directory = {
        .descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
        .path = path,
    };
    if (directory.descriptor < 0) {
        return fail("open", path, errno, error);
    }
    /* Some file systems know no fsync() of a folder and answer EINVAL. */
    if (fsync(directory.descriptor) != 0 && errno != EINVAL) {
        return fail("sync", path, errno, error);
    }
    return COG_OK;
}

/* Makes one folder; `parent` is the one above it. */
static enum cog_code directory_make(const char *path, const char *parent, struct cog_error *error)
{
    if (mkdir(path, 0700) == 0) {
        return directory_sync(parent, error);
    }
    return errno == EEXIST ? COG_OK : fail("make folder", path, errno, error);
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
static enum cog_code directory_make_all(const char *path, struct cog_error *error)
{
    const size_t length = strlen(path);
    for (size_t end = 1; end <= length; end++) {
        if ((path[end] != '/' && path[end] != '\0') || path[end - 1] == '/') {
            continue;
        }
        COG_CLEANUP(cog_string_finish) char *folder = cog_string_clone(path, end);
        COG_CLEANUP(cog_string_finish) char *above = cog_string_clone(path, end);
        if (folder == NULL || above == NULL) {
            return fail_memory(error);
        }
        const enum cog_code code = directory_make(folder, parent_cut(above, end), error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

/* Owned by the caller; NULL for no memory. */
static char *path_join(const char *directory, const char *name)
{
    struct cog_text path = {0};
    cog_text_append_format(&path, "%s/%s", directory, name);
    return cog_text_take(&path);
}

static enum cog_code file_lock(const struct file *file, int operation, struct cog_error *error)
{
    while (flock(file->descriptor, operation) != 0) {
        if (errno != EINTR) {
            return fail("lock", file->path, errno, error);
        }
    }
    return COG_OK;
}

static enum cog_code file_measure(const struct file *file, size_t length_max, size_t *out_length,
                                  struct cog_error *error)
{
    struct stat status = {0};
    if (fstat(file->descriptor, &status) != 0) {
        return fail("read", file->path, errno, error);
    }
    if (!S_ISREG(status.st_mode)) {
        return cog_error_set(error, COG_ERROR_STORAGE, "cannot read '%s': not a regular file",
                             file->path);
    }
    if (status.st_size > (off_t)length_max) {
        return cog_error_set(error, COG_ERROR_STORAGE, "cannot read '%s': over %zu bytes",
                             file->path, length_max);
    }
    *out_length = (size_t)status.st_size;
    return COG_OK;
}

/* As much of `length` bytes as there is. */
static enum cog_code file_fill(const struct file *file, char *bytes, size_t *inout_length,
                               struct cog_error *error)
{
    size_t filled = 0;
    while (filled < *inout_length) {
        const ssize_t count = read(file->descriptor, bytes + filled, *inout_length - filled);
        if (count == 0) {
            break;
        }
        if (count > 0) {
            filled += (size_t)count;
        } else if (errno != EINTR) {
            return fail("read", file->path, errno, error);
        }
    }
    *inout_length = filled;
    return COG_OK;
}

static enum cog_code file_read(const struct file *file, size_t length_max, char **out_bytes,
                               size_t *out_length, struct cog_error *error)
{
    size_t length = 0;
    enum cog_code code = file_measure(file, length_max, &length, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_string_finish) char *bytes = malloc(length + 1);
    if (bytes == NULL) {
        return fail_memory(error);
    }
    code = file_fill(file, bytes, &length, error);
    if (code != COG_OK) {
        return code;
    }
    bytes[length] = '\0';
    *out_bytes = bytes;
    *out_length = length;
    bytes = NULL;
    return COG_OK;
}

/* In one write(): a second one could be the half that a crash leaves out. */
static enum cog_code file_write(const struct file *file, const char *addition,
                                struct cog_error *error)
{
    const size_t length = strlen(addition);
    ssize_t written = 0;
    do {
        written = write(file->descriptor, addition, length);
    } while (written < 0 && errno == EINTR);
    if (written < 0) {
        return fail("write", file->path, errno, error);
    }
    if ((size_t)written < length) {
        return cog_error_set(error, COG_ERROR_STORAGE,
                             "cannot write '%s': only %zd of %zu bytes were written", file->path,
                             written, length);
    }
    return fsync(file->descriptor) == 0 ? COG_OK : fail("sync", file->path, errno, error);
}

/* O_NONBLOCK: or else opening a FIFO of that name would wait for ever. */
static enum cog_code file_open(const char *path, int flags, struct file *out_file,
                               struct cog_error *error)
{
    const int descriptor = open(path, flags | O_CLOEXEC | O_NONBLOCK, 0600);
    if (descriptor < 0) {
        return fail("open", path, errno, error);
    }
    *out_file = (struct file){.descriptor = descriptor, .path = path};
    return COG_OK;
}

/* With the lock held. */
static enum cog_code file_compose(const struct file *file, struct cog_storage_composer composer,
                                  size_t *out_length, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *existing = NULL;
    enum cog_code code = file_read(file, FILE_LENGTH_MAX, &existing, out_length, error);
    if (code != COG_OK) {
        return code;
    }
    COG_CLEANUP(cog_string_finish) char *addition = NULL;
    code = composer.compose(composer.context, existing, *out_length, &addition, error);
    if (code != COG_OK) {
        return code;
    }
    assert(addition != NULL);
    return file_write(file, addition, error);
}

/* @param out_path what `out_file` borrows its name from; written even on failure */
static enum cog_code file_open_for_append(const struct cog_storage_posix *storage, const char *name,
                                          char **out_path, struct file *out_file,
                                          struct cog_error *error)
{
    *out_path = path_join(storage->directory, name);
    if (*out_path == NULL) {
        return fail_memory(error);
    }
    const enum cog_code code = directory_make_all(storage->directory, error);
    if (code != COG_OK) {
        return code;
    }
    return file_open(*out_path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, out_file, error);
}

static enum cog_code append(void *context, const char *name, struct cog_storage_composer composer,
                            struct cog_error *error)
{
    const struct cog_storage_posix *storage = context;
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    COG_CLEANUP(file_finish) struct file file = {.descriptor = -1};
    enum cog_code code = file_open_for_append(storage, name, &path, &file, error);
    if (code != COG_OK) {
        return code;
    }
    code = file_lock(&file, LOCK_EX, error);
    if (code != COG_OK) {
        return code;
    }
    size_t existing_length = 0;
    code = file_compose(&file, composer, &existing_length, error);
    if (code != COG_OK) {
        return code;
    }
    /* An empty file may be a new one, of ours or of somebody who died before syncing it. */
    return existing_length == 0 ? directory_sync(storage->directory, error) : COG_OK;
}

static enum cog_code read_empty(char **out_bytes, size_t *out_length, struct cog_error *error)
{
    char *bytes = calloc(1, 1);
    if (bytes == NULL) {
        return fail_memory(error);
    }
    *out_bytes = bytes;
    *out_length = 0;
    return COG_OK;
}

static enum cog_code read_whole(void *context, const char *name, char **out_bytes,
                                size_t *out_length, struct cog_error *error)
{
    const struct cog_storage_posix *storage = context;
    COG_CLEANUP(cog_string_finish) char *path = path_join(storage->directory, name);
    if (path == NULL) {
        return fail_memory(error);
    }
    COG_CLEANUP(file_finish)
    struct file file = {
        .descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW),
        .path = path,
    };
    if (file.descriptor < 0) {
        return errno == ENOENT ? read_empty(out_bytes, out_length, error)
                               : fail("open", path, errno, error);
    }
    /* Shared with other readers; an append that is under way is waited for. */
    const enum cog_code code = file_lock(&file, LOCK_SH, error);
    if (code != COG_OK) {
        return code;
    }
    return file_read(&file, FILE_LENGTH_MAX, out_bytes, out_length, error);
}

static enum cog_code probe(void *context, const char *name, struct cog_error *error)
{
    const struct cog_storage_posix *storage = context;
    COG_CLEANUP(file_finish) struct file file = {.descriptor = -1};
    COG_CLEANUP(cog_string_finish) char *path = NULL;
    return file_open_for_append(storage, name, &path, &file, error);
}

struct cog_storage cog_storage_posix(struct cog_storage_posix *storage)
{
    static const struct cog_storage_ops ops = {
        .append = append,
        .read = read_whole,
        .probe = probe,
    };
    return (struct cog_storage){.ops = &ops, .context = storage};
}

enum cog_code cog_storage_posix_read_path(const char *path, size_t length_max, char **out_bytes,
                                          size_t *out_length, struct cog_error *error)
{
    COG_CLEANUP(file_finish) struct file file = {.descriptor = -1};
    const enum cog_code code = file_open(path, O_RDONLY, &file, error);
    if (code != COG_OK) {
        return code;
    }
    return file_read(&file, length_max, out_bytes, out_length, error);
}
