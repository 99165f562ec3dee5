#include <cogpromote/error.h>

#include <cogbase/utf8.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { CHAIN_SIZE = COG_ERROR_MESSAGE_SIZE + COG_ERROR_CAUSE_SIZE + 2 };

const char *cog_code_name(enum cog_code code)
{
    switch (code) {
    case COG_OK:
        return "ok";
    case COG_ERROR_ARGUMENT:
        return "argument";
    case COG_ERROR_CONFIGURATION:
        return "configuration";
    case COG_ERROR_SYNTAX:
        return "syntax";
    case COG_ERROR_MEMORY:
        return "memory";
    case COG_ERROR_STORAGE:
        return "storage";
    case COG_ERROR_INTERNAL:
        return "internal";
    case COG_ERROR_CANCELLED:
        return "cancelled";
    case COG_ERROR_DEADLINE:
        return "deadline";
    case COG_ERROR_UNREACHABLE:
        return "unreachable";
    case COG_ERROR_TIMEOUT:
        return "timeout";
    case COG_ERROR_NETWORK:
        return "network";
    case COG_ERROR_PROTOCOL:
        return "protocol";
    case COG_ERROR_UNAUTHORIZED:
        return "unauthorized";
    case COG_ERROR_FORBIDDEN:
        return "forbidden";
    case COG_ERROR_NOT_FOUND:
        return "not_found";
    case COG_ERROR_CONFLICT:
        return "conflict";
    case COG_ERROR_REFUSED:
        return "refused";
    case COG_ERROR_THROTTLED:
        return "throttled";
    case COG_ERROR_UNAVAILABLE:
        return "unavailable";
    case COG_ERROR_AMBIGUOUS:
        return "ambiguous";
    }
    return "unknown";
}

/* No default: a new code does not compile until someone has decided. */
bool cog_code_is_transient(enum cog_code code)
{
    switch (code) {
    case COG_ERROR_UNREACHABLE:
    case COG_ERROR_TIMEOUT:
    case COG_ERROR_NETWORK:
    case COG_ERROR_THROTTLED:
    case COG_ERROR_UNAVAILABLE:
        return true;
    case COG_OK:
    case COG_ERROR_ARGUMENT:
    case COG_ERROR_CONFIGURATION:
    case COG_ERROR_SYNTAX:
    case COG_ERROR_MEMORY:
    case COG_ERROR_STORAGE:
    case COG_ERROR_INTERNAL:
    case COG_ERROR_CANCELLED:
    case COG_ERROR_DEADLINE:
    case COG_ERROR_PROTOCOL:
    case COG_ERROR_UNAUTHORIZED:
    case COG_ERROR_FORBIDDEN:
    case COG_ERROR_NOT_FOUND:
    case COG_ERROR_CONFLICT:
    case COG_ERROR_REFUSED:
    case COG_ERROR_AMBIGUOUS:
        return false;
    }
    return false;
}

/*
 * Messages quote files and peers, and end on terminals and in JSON: nothing in them may steer the
 * one or break the other.
 */
static void make_harmless(char *text)
{
    const char *end = text + strlen(text);
    while (text < end) {
        const size_t shown = cog_utf8_shown_length(text, (size_t)(end - text));
        if (shown == 0) {
            *text = '?';
        }
        text += shown > 0 ? shown : 1;
    }
}

/* `length` is what snprintf returned: more than fits when it had to cut. */
static void finish_text(char *buffer, size_t buffer_size, int length)
{
    if (length < 0) {
        buffer[0] = '\0';
    } else if ((size_t)length >= buffer_size) {
        cog_utf8_cut(buffer);
    }
}

COG_PRINTF(3, 0)
static void format_text(char *buffer, size_t buffer_size, const char *format, va_list list)
{
    finish_text(buffer, buffer_size, vsnprintf(buffer, buffer_size, format, list));
    make_harmless(buffer);
}

enum cog_code cog_error_set(struct cog_error *error, enum cog_code code, const char *format, ...)
{
    if (error == NULL) {
        return code;
    }
    /* Formatted aside, because the arguments may well be the texts of this very error. */
    struct cog_error fresh = {.code = code};
    va_list list;
    va_start(list, format);
    format_text(fresh.message, sizeof fresh.message, format, list);
    va_end(list);
    *error = fresh;
    return code;
}

enum cog_code cog_error_wrap(struct cog_error *error, enum cog_code code, const char *format, ...)
{
    if (error == NULL) {
        return code;
    }
    struct cog_error outer = {
        .code = code,
        .http_status = error->http_status,
        .is_lasting = error->is_lasting,
        .retry_after_ms = error->retry_after_ms,
    };
    va_list list;
    va_start(list, format);
    format_text(outer.message, sizeof outer.message, format, list);
    va_end(list);
    cog_error_text(error, outer.cause, sizeof outer.cause);
    *error = outer;
    return code;
}

const char *cog_error_text(const struct cog_error *error, char *buffer, size_t buffer_size)
{
    if (buffer_size == 0) {
        return buffer;
    }
    char chain[CHAIN_SIZE];
    const char *separator = error->message[0] != '\0' && error->cause[0] != '\0' ? ": " : "";
    (void)snprintf(chain, sizeof chain, "%s%s%s", error->message, separator, error->cause);
    finish_text(buffer, buffer_size, snprintf(buffer, buffer_size, "%s", chain));
    return buffer;
}
