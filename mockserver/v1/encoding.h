/** Percent-encoding of paths and forms, and base64. */
#ifndef MOCK_V1_ENCODING_H
#define MOCK_V1_ENCODING_H

#include <cogbase/text.h>

#include <stddef.h>

/** What an encoded text may be. */
enum mock_encoding {
    MOCK_ENCODING_PATH, /**< A segment of a path (RFC 3986): '+' is a plus sign. */
    MOCK_ENCODING_FORM, /**< application/x-www-form-urlencoded: '+' is a space. */
};

/**
 * @param out_text owned by the caller; untouched when the encoding is malformed
 * @return COG_OK, COG_ERROR_SYNTAX (malformed, or an encoded NUL), COG_ERROR_MEMORY
 */
enum cog_code mock_percent_decode(enum mock_encoding encoding, const char *text, size_t length,
                                  char **out_text) COG_CHECK;

/**
 * The first value of a field in a form or a query.
 *
 * @param out_value owned by the caller; NULL when the field is absent
 * @return as above
 */
enum cog_code mock_form_find(const char *form, const char *name, char **out_value) COG_CHECK;

/** @return COG_OK, COG_ERROR_SYNTAX (not base64, or a NUL in it), COG_ERROR_MEMORY */
enum cog_code mock_base64_decode(const char *text, char **out_text) COG_CHECK;

/** Appends bytes as base64, padded. */
void mock_base64_append(const char *bytes, size_t length, struct cog_text *text);

#endif
