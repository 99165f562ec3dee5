#include "storage_posix_file.h"

#include "storage_posix_error.h"
#include "storage_posix_lock.h"
#include "storage_posix_trust.h"

#include <cogbase/storage_posix.h>
#include <cogbase/text.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void cog_posix_file_finish(struct cog_posix_file *file)
{
    if (file->path != NULL && file->descriptor >= 0) {
        (void)close(file->descriptor);
    }
    free(file->path);
    *file = (struct cog_posix_file){0};
}

static enum cog_code fail_open(const char *path, int reason, struct cog_error *error)
{
    /* "Too many levels of symbolic links" is what O_NOFOLLOW says of a single one. */
    if (reason == ELOOP) {
        return cog_posix_refuse("open", path, error, "it is a symbolic link: move it away");
    }
    return cog_posix_fail("open", path, reason, error);
}

/* Whatever lies there. One that does not exist leaves `out_file` closed. */
static enum cog_code open_any(const struct cog_posix_folder *folder, const char *name, int flags,
                              struct cog_posix_file *out_file, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *path = cog_posix_folder_path(folder, name);
    if (path == NULL) {
        return cog_posix_fail_memory(error);
    }
    /* O_NONBLOCK: or else opening a FIFO would wait for ever. */
    const int descriptor = openat(folder->descriptor, name,
                                  flags | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY, 0600);
    if (descriptor < 0) {
        const bool is_absent = errno == ENOENT && (flags & O_CREAT) == 0;
        return is_absent ? COG_OK : fail_open(path, errno, error);
    }
    *out_file = (struct cog_posix_file){.path = path, .descriptor = descriptor};
    path = NULL;
    return COG_OK;
}

enum cog_code cog_posix_file_open(const struct cog_posix_folder *folder, const char *name,
                                  int flags, struct cog_posix_file *out_file,
                                  struct cog_error *error)
{
    COG_CLEANUP(cog_posix_file_finish) struct cog_posix_file file = {0};
    enum cog_code code = open_any(folder, name, flags, &file, error);
    if (code != COG_OK || file.path == NULL) {
        return code;
    }
    code = cog_posix_trust_file(file.descriptor, file.path, error);
    if (code != COG_OK) {
        return code;
    }
    *out_file = file;
    file = (struct cog_posix_file){0};
    return COG_OK;
}

enum cog_code cog_posix_file_lock(const struct cog_posix_file *file, int operation,
                                  struct cog_error *error)
{
    return cog_posix_lock_take(file->descriptor, operation, file->path, error);
}

bool cog_posix_file_is_linked(const struct cog_posix_file *file)
{
    struct stat status = {0};
    return fstat(file->descriptor, &status) == 0 && status.st_nlink > 0;
}

static enum cog_code measure(const struct cog_posix_file *file, size_t length_max,
                             size_t *out_length, struct cog_error *error)
{
    struct stat status = {0};
    if (fstat(file->descriptor, &status) != 0) {
        return cog_posix_fail("read", file->path, errno, error);
    }
    if (!S_ISREG(status.st_mode)) {
        return cog_posix_refuse("read", file->path, error, "not a regular file");
    }
    if (status.st_size > (off_t)length_max) {
        return cog_posix_refuse("read", file->path, error, "over %zu bytes", length_max);
    }
    *out_length = (size_t)status.st_size;
    return COG_OK;
}

/* From where the descriptor stands; as much of `inout_length` bytes as there is. */
static enum cog_code fill(const struct cog_posix_file *file, char *bytes, size_t *inout_length,
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
            return cog_posix_fail("read", file->path, errno, error);
        }
    }
    *inout_length = filled;
    return COG_OK;
}

static enum cog_code read_on(const struct cog_posix_file *file, size_t length, char **out_bytes,
                             size_t *out_length, struct cog_error *error)
{
    COG_CLEANUP(cog_string_finish) char *bytes = malloc(length + 1);
    if (bytes == NULL) {
        return cog_posix_fail_memory(error);
    }
    const enum cog_code code = fill(file, bytes, &length, error);
    if (code != COG_OK) {
        return code;
    }
    bytes[length] = '\0';
    *out_bytes = bytes;
    *out_length = length;
    bytes = NULL;
    return COG_OK;
}

enum cog_code cog_posix_file_read(const struct cog_posix_file *file, size_t length_max,
                                  char **out_bytes, size_t *out_length, struct cog_error *error)
{
    size_t length = 0;
    const enum cog_code code = measure(file, length_max, &length, error);
    return code == COG_OK ? read_on(file, length, out_bytes, out_length, error) : code;
}

enum cog_code cog_posix_file_read_tail(const struct cog_posix_file *file, size_t tail_length,
                                       char **out_bytes, size_t *out_length,
                                       size_t *out_file_length, struct cog_error *error)
{
    size_t file_length = 0;
    enum cog_code code = measure(file, COG_POSIX_FILE_LENGTH_MAX, &file_length, error);
    if (code != COG_OK) {
        return code;
    }
    size_t length = file_length;
    if (tail_length > 0 && tail_length < file_length) {
        length = tail_length;
        if (lseek(file->descriptor, (off_t)(file_length - tail_length), SEEK_SET) < 0) {
            return cog_posix_fail("read", file->path, errno, error);
        }
    }
    code = read_on(file, length, out_bytes, out_length, error);
    if (code == COG_OK) {
        *out_file_length = file_length - length + *out_length;
    }
    return code;
}

static enum cog_code sync_file(const struct cog_posix_file *file, struct cog_error *error)
{
    return fsync(file->descriptor) == 0 ? COG_OK : cog_posix_fail("sync", file->path, errno, error);
}

static ssize_t write_once(const struct cog_posix_file *file, const char *bytes, size_t length)
{
    ssize_t written = 0;
    do {
        written = write(file->descriptor, bytes, length);
    } while (written < 0 && errno == EINTR);
    return written;
}

/* What could not be read again is not written in the first place. */
static enum cog_code check_length(const struct cog_posix_file *file, size_t length,
                                  struct cog_error *error)
{
    if (length > COG_POSIX_FILE_LENGTH_MAX) {
        return cog_posix_refuse("write", file->path, error,
                                "it would be over %d bytes: move it away",
                                COG_POSIX_FILE_LENGTH_MAX);
    }
    return COG_OK;
}

enum cog_code cog_posix_file_append(const struct cog_posix_file *file, size_t length,
                                    const char *addition, struct cog_error *error)
{
    const size_t addition_length = strlen(addition);
    const enum cog_code code = check_length(file, length + addition_length, error);
    if (code != COG_OK) {
        return code;
    }
    /* In one write(): a second one could be the half that a crash leaves out. */
    const ssize_t written = write_once(file, addition, addition_length);
    if (written < 0) {
        return cog_posix_fail("write", file->path, errno, error);
    }
    if ((size_t)written == addition_length) {
        return sync_file(file, error);
    }
    if (ftruncate(file->descriptor, (off_t)length) != 0) {
        return cog_posix_refuse("write", file->path, error,
                                "only %zd of %zu bytes were written, and are still there", written,
                                addition_length);
    }
    return cog_posix_refuse("write", file->path, error, "only %zd of %zu bytes were written",
                            written, addition_length);
}

enum cog_code cog_posix_file_write(const struct cog_posix_file *file, const char *text,
                                   struct cog_error *error)
{
    size_t rest = strlen(text);
    const enum cog_code code = check_length(file, rest, error);
    if (code != COG_OK) {
        return code;
    }
    while (rest > 0) {
        const ssize_t written = write_once(file, text, rest);
        if (written < 0) {
            return cog_posix_fail("write", file->path, errno, error);
        }
        text += written;
        rest -= (size_t)written;
    }
    return sync_file(file, error);
}

enum cog_code cog_storage_posix_read_path(const char *path, size_t length_max, char **out_bytes,
                                          size_t *out_length, struct cog_error *error)
{
    COG_CLEANUP(cog_posix_file_finish)
    struct cog_posix_file file = {.path = strdup(path), .descriptor = -1};
    if (file.path == NULL) {
        return cog_posix_fail_memory(error);
    }
    file.descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file.descriptor < 0) {
        return cog_posix_fail("open", path, errno, error);
    }
    return cog_posix_file_read(&file, length_max, out_bytes, out_length, error);
}
