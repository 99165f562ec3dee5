#include "torture/shortage.h"

#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The linker's names for what it puts in the place of these calls, and for the calls themselves. */
/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *text);
int __real_open64(const char *path, int flags, ...);
int __real_openat64(int folder, const char *path, int flags, ...);
ssize_t __real_read(int descriptor, void *buffer, size_t size);
ssize_t __real_write(int descriptor, const void *bytes, size_t size);
int __real_fsync(int descriptor);
int __real_flock(int descriptor, int operation);
int __real_renameat(int from_folder, const char *from, int to_folder, const char *to);
int __real_unlinkat(int folder, const char *path, int flags);
int __real_mkdir(const char *path, mode_t mode);
int __real_mkdirat(int folder, const char *path, mode_t mode);
int __real_fstat64(int descriptor, struct stat *status);
int __real_fstatat64(int folder, const char *path, struct stat *status, int flags);
int __real_ftruncate64(int descriptor, off_t length);
off_t __real_lseek64(int descriptor, off_t offset, int whence);
DIR *__real_fdopendir(int descriptor);
struct dirent *__real_readdir64(DIR *folder);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *text);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_openat64(int folder, const char *path, int flags, ...);
ssize_t __wrap_read(int descriptor, void *buffer, size_t size);
ssize_t __wrap_write(int descriptor, const void *bytes, size_t size);
int __wrap_fsync(int descriptor);
int __wrap_flock(int descriptor, int operation);
int __wrap_renameat(int from_folder, const char *from, int to_folder, const char *to);
int __wrap_unlinkat(int folder, const char *path, int flags);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_mkdirat(int folder, const char *path, mode_t mode);
int __wrap_fstat64(int descriptor, struct stat *status);
int __wrap_fstatat64(int folder, const char *path, struct stat *status, int flags);
int __wrap_ftruncate64(int descriptor, off_t length);
off_t __wrap_lseek64(int descriptor, off_t offset, int whence);
DIR *__wrap_fdopendir(int descriptor);
struct dirent *__wrap_readdir64(DIR *folder);
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

/* One thread runs everything, so one shortage is enough. */
static struct scn_shortage present;
static bool is_armed;
static size_t count;

/** Counts a call of the victim, and says whether it is one that fails. */
static bool strikes(enum scn_shortage_kind kind)
{
    if (!is_armed || present.kind != kind) {
        return false;
    }
    count++;
    return count == present.at || (present.is_lasting && count > present.at && present.at > 0);
}

void *__wrap_malloc(size_t size)
{
    return strikes(SCN_SHORTAGE_MEMORY) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t element_count, size_t size)
{
    return strikes(SCN_SHORTAGE_MEMORY) ? NULL : __real_calloc(element_count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return strikes(SCN_SHORTAGE_MEMORY) ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *text)
{
    return strikes(SCN_SHORTAGE_MEMORY) ? NULL : __real_strdup(text);
}

/** Sets errno as the shortage says. @return whether the call fails */
static bool file_strikes(void)
{
    static const int reasons[SCN_SHORTAGE_WAY_COUNT] = {
        [SCN_SHORTAGE_IO_ERROR] = EIO,      [SCN_SHORTAGE_NO_SPACE] = ENOSPC,
        [SCN_SHORTAGE_DENIED] = EACCES,     [SCN_SHORTAGE_SHORT_WRITE] = EIO,
        [SCN_SHORTAGE_INTERRUPTED] = EINTR,
    };
    if (!strikes(SCN_SHORTAGE_FILE)) {
        return false;
    }
    errno = reasons[present.way];
    return true;
}

int __wrap_open64(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(list, mode_t) : 0;
    va_end(list);
    return file_strikes() ? -1 : __real_open64(path, flags, mode);
}

int __wrap_openat64(int folder, const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(list, mode_t) : 0;
    va_end(list);
    return file_strikes() ? -1 : __real_openat64(folder, path, flags, mode);
}

ssize_t __wrap_read(int descriptor, void *buffer, size_t size)
{
    return file_strikes() ? -1 : __real_read(descriptor, buffer, size);
}

ssize_t __wrap_write(int descriptor, const void *bytes, size_t size)
{
    if (!file_strikes()) {
        return __real_write(descriptor, bytes, size);
    }
    if (present.way == SCN_SHORTAGE_SHORT_WRITE && size > 1) {
        return __real_write(descriptor, bytes, size / 2);
    }
    return -1;
}

/* In a siege, what is asked for counts; that a disk spins would only take time. */
int __wrap_fsync(int descriptor)
{
    if (present.kind != SCN_SHORTAGE_FILE) {
        return __real_fsync(descriptor);
    }
    return file_strikes() ? -1 : 0;
}

int __wrap_flock(int descriptor, int operation)
{
    return file_strikes() ? -1 : __real_flock(descriptor, operation);
}

int __wrap_renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    return file_strikes() ? -1 : __real_renameat(from_folder, from, to_folder, to);
}

int __wrap_unlinkat(int folder, const char *path, int flags)
{
    return file_strikes() ? -1 : __real_unlinkat(folder, path, flags);
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    return file_strikes() ? -1 : __real_mkdir(path, mode);
}

int __wrap_mkdirat(int folder, const char *path, mode_t mode)
{
    return file_strikes() ? -1 : __real_mkdirat(folder, path, mode);
}

int __wrap_fstat64(int descriptor, struct stat *status)
{
    return file_strikes() ? -1 : __real_fstat64(descriptor, status);
}

int __wrap_fstatat64(int folder, const char *path, struct stat *status, int flags)
{
    return file_strikes() ? -1 : __real_fstatat64(folder, path, status, flags);
}

int __wrap_ftruncate64(int descriptor, off_t length)
{
    return file_strikes() ? -1 : __real_ftruncate64(descriptor, length);
}

off_t __wrap_lseek64(int descriptor, off_t offset, int whence)
{
    return file_strikes() ? -1 : __real_lseek64(descriptor, offset, whence);
}

DIR *__wrap_fdopendir(int descriptor)
{
    return file_strikes() ? NULL : __real_fdopendir(descriptor);
}

struct dirent *__wrap_readdir64(DIR *folder)
{
    return file_strikes() ? NULL : __real_readdir64(folder);
}

static void *crypto_malloc(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return malloc(size);
}

static void *crypto_realloc(void *memory, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return realloc(memory, size);
}

static void crypto_free(void *memory, const char *file, int line)
{
    (void)file;
    (void)line;
    free(memory);
}

bool scn_shortage_install(void)
{
    cJSON_Hooks hooks = {.malloc_fn = malloc, .free_fn = free};
    cJSON_InitHooks(&hooks);
    return CRYPTO_set_mem_functions(crypto_malloc, crypto_realloc, crypto_free) == 1 &&
           curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, free, realloc, strdup, calloc) ==
               CURLE_OK;
}

static void turn(void *context, int64_t process)
{
    (void)context;
    is_armed = process == 1;
}

struct scn_shift scn_shortage_begin(const struct scn_shortage *shortage)
{
    present = *shortage;
    count = 0;
    is_armed = false;
    return (struct scn_shift){.turn = turn};
}

size_t scn_shortage_count(void)
{
    return count;
}

void scn_shortage_end(void)
{
    present = (struct scn_shortage){0};
    is_armed = false;
}
