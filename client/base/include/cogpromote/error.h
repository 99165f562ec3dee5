/** What went wrong: a code to act on and a text to read. */
#ifndef COGPROMOTE_ERROR_H
#define COGPROMOTE_ERROR_H

#include <cogpromote/attributes.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Chosen so that a caller can act on the code alone. */
enum cog_code {
    COG_OK = 0,
    COG_ERROR_ARGUMENT,      /**< The calling program's mistake. */
    COG_ERROR_CONFIGURATION, /**< A setting is missing or malformed: the user's to mend. */
    COG_ERROR_SYNTAX,        /**< A file is not what its format asks for. */
    COG_ERROR_MEMORY,        /**< Out of memory. */
    COG_ERROR_STORAGE,       /**< The local disk: cannot read, write or sync. */
    COG_ERROR_INTERNAL,      /**< A promise inside this library was broken. */
    COG_ERROR_CANCELLED,     /**< The caller's `cog_cancel` was requested. */
    COG_ERROR_DEADLINE,      /**< There is no time left, or not enough for the next wait. */
    COG_ERROR_UNREACHABLE,   /**< The request was never sent: name lookup, connect, TLS. */
    COG_ERROR_TIMEOUT,       /**< Sent, but no whole answer came in time. */
    COG_ERROR_NETWORK,       /**< Sent, but the connection broke before the whole answer came. */
    COG_ERROR_PROTOCOL,      /**< The answer is not what the API promises. */
    COG_ERROR_UNAUTHORIZED,  /**< 401, also after a fresh token; or the token was refused. */
    COG_ERROR_FORBIDDEN,     /**< 403: a scope is missing. */
    COG_ERROR_NOT_FOUND,     /**< 404, 405 or 501: no such thing, or no such call. */
    COG_ERROR_CONFLICT,      /**< 409. */
    COG_ERROR_REFUSED,       /**< Any other answer that says no for good. */
    COG_ERROR_THROTTLED,     /**< 429 until the attempts, the budget or the time ran out. */
    COG_ERROR_UNAVAILABLE,   /**< 408, 500, 502, 503 or 504 until the attempts ran out. */
    COG_ERROR_AMBIGUOUS, /**< An acting request was sent and may or may not have been applied. */
};

enum {
    COG_ERROR_MESSAGE_SIZE = 256,
    COG_ERROR_CAUSE_SIZE = 512,
};

/**
 * An error by value: no allocation, so that running out of memory can be reported.
 * `{0}` means no error. Texts are lower case, without a full stop, and never hold a secret.
 */
struct cog_error {
    enum cog_code code;
    int http_status;                      /**< Of the answer that caused it; 0 for none. */
    bool is_lasting;                      /**< Does not pass by itself, whatever the code says. */
    int64_t retry_after_ms;               /**< What the peer asked to wait; -1 or 0 for nothing. */
    char message[COG_ERROR_MESSAGE_SIZE]; /**< What we were doing, outermost context first. */
    char cause[COG_ERROR_CAUSE_SIZE];     /**< Why it failed; empty when the message says it all. */
};

/** A short stable name such as "unreachable"; never NULL. */
COG_API const char *cog_code_name(enum cog_code code);

/** Whether the cause may pass by itself. Whether a request may be repeated is another question. */
COG_API bool cog_code_is_transient(enum cog_code code);

/**
 * Starts an error: sets code and message, clears the rest. Long texts are cut at a whole UTF-8
 * character.
 *
 * @param error may be NULL
 * @return `code`, so that a function can return what it sets
 */
COG_API enum cog_code cog_error_set(struct cog_error *error, enum cog_code code, const char *format,
                                    ...) COG_PRINTF(3, 4);

/**
 * Adds context: the present message moves in front of the causes ("message: cause"), the new text
 * becomes the message. HTTP status and retry-after are kept.
 *
 * @param error may be NULL
 * @return `code`
 */
COG_API enum cog_code cog_error_wrap(struct cog_error *error, enum cog_code code,
                                     const char *format, ...) COG_PRINTF(3, 4);

/** Writes "message: cause" or "message" into `buffer`, cut to fit; returns `buffer`. */
COG_API const char *cog_error_text(const struct cog_error *error, char *buffer, size_t buffer_size);

#endif
