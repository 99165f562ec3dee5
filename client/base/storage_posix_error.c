#include "storage_posix_error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    REASON_SIZE = 128,
    PATH_SHOWN_MAX = 100,
};

static enum cog_code fail(const char *verb, const char *path, const char *reason,
                          struct cog_error *error)
{
    const size_t length = strlen(path);
    const bool is_short = length <= PATH_SHOWN_MAX;
    return cog_error_set(error, COG_ERROR_STORAGE, "cannot %s '%s%s': %s", verb,
                         is_short ? "" : "...", is_short ? path : path + (length - PATH_SHOWN_MAX),
                         reason);
}

enum cog_code cog_posix_fail(const char *verb, const char *path, int reason,
                             struct cog_error *error)
{
    char text[REASON_SIZE];
    if (strerror_r(reason, text, sizeof text) != 0) {
        text[0] = '\0';
    }
    return fail(verb, path, text, error);
}

enum cog_code cog_posix_refuse(const char *verb, const char *path, struct cog_error *error,
                               const char *format, ...)
{
    char text[REASON_SIZE];
    va_list list;
    va_start(list, format);
    (void)vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return fail(verb, path, text, error);
}

enum cog_code cog_posix_fail_memory(struct cog_error *error)
{
    return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}
