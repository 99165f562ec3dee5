/** Points of wall-clock time as text. */
#ifndef COGBASE_STAMP_H
#define COGBASE_STAMP_H

#include <cogpromote/error.h>

#include <stdint.h>

enum {
    COG_STAMP_RFC3339_SIZE = 25, /**< "2026-01-31T12:00:00.000Z" and a NUL. */
    COG_STAMP_HTTP_SIZE = 40,    /**< Room for the longest of the three HTTP-date forms. */
};

/** The three forms that RFC 9110 5.6.7 makes a recipient accept. */
enum cog_stamp_http_form {
    COG_STAMP_IMF_FIXDATE, /**< "Sun, 06 Nov 1994 08:49:37 GMT" */
    COG_STAMP_RFC850,      /**< "Sunday, 06-Nov-94 08:49:37 GMT" */
    COG_STAMP_ASCTIME,     /**< "Sun Nov  6 08:49:37 1994" */
};

/** RFC 3339 in UTC; with milliseconds only where they are not zero. Returns `buffer`. */
const char *cog_stamp_format_rfc3339(int64_t unix_ms, char buffer[COG_STAMP_RFC3339_SIZE]);

/**
 * Reads what RFC 3339 calls a date-time, with any offset: "2026-01-31T12:00:00.5+02:00". Digits
 * beyond the milliseconds are dropped; a leap second is the first second of the next minute.
 *
 * @return COG_OK, or COG_ERROR_SYNTAX ("expected a time such as …")
 */
enum cog_code cog_stamp_parse_rfc3339(const char *text, int64_t *out_unix_ms,
                                      struct cog_error *error) COG_CHECK;

/** An HTTP-date, cut to whole seconds; independent of locale and time zone. Returns `buffer`. */
const char *cog_stamp_format_http(int64_t unix_ms, enum cog_stamp_http_form form,
                                  char buffer[COG_STAMP_HTTP_SIZE]);

#endif
