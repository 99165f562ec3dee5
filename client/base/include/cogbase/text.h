/** A growing string. */
#ifndef COGBASE_TEXT_H
#define COGBASE_TEXT_H

#include <cogpromote/error.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/**
 * `{0}` is empty and safe to finish. A failed append is remembered in `failed` and makes every
 * later one do nothing, so that a caller may append at will and look once, at `take`.
 */
struct cog_text {
    char *bytes; /**< NUL-terminated; NULL while empty. */
    size_t length;
    size_t capacity;
    bool failed;
};

/** Makes room for `length` more bytes at once, for a text whose size is known beforehand. */
void cog_text_reserve(struct cog_text *text, size_t length);

void cog_text_append(struct cog_text *text, const char *string);
void cog_text_append_bytes(struct cog_text *text, const char *bytes, size_t length);

/** In decimal digits, without the price of a format. */
void cog_text_append_integer(struct cog_text *text, int64_t number);
void cog_text_append_format(struct cog_text *text, const char *format, ...) COG_PRINTF(2, 3);
void cog_text_append_format_list(struct cog_text *text, const char *format, va_list list)
    COG_PRINTF(2, 0);

/** @param offset where it begins afterwards; at most the text's length */
void cog_text_insert(struct cog_text *text, size_t offset, const char *string);

/**
 * Appends what a person may be shown: a byte of a control character, or of what is not UTF-8,
 * becomes '?', so that nothing in a peer's text can steer a terminal.
 */
void cog_text_append_shown(struct cog_text *text, const char *string);

/** The text so far; "" for an empty one. Borrowed until the next append. */
const char *cog_text_string(const struct cog_text *text);

/**
 * Moves the string out; the text is empty afterwards.
 *
 * @return owned by the caller (free()), "" for an empty text; NULL when an append had failed
 */
char *cog_text_take(struct cog_text *text);

/** As `cog_text_take`. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code cog_text_give(struct cog_text *text, char **out_string,
                            struct cog_error *error) COG_CHECK;

void cog_text_finish(struct cog_text *text);

/** For COG_CLEANUP on a `char *`. */
void cog_string_finish(char **string);

/** Copies `length` bytes and puts a NUL behind them. @return owned, free() it; NULL for no memory
 */
char *cog_string_clone(const char *source, size_t length) COG_CHECK;

/** Copies `source` into `buffer`. @return false, with `buffer` untouched, when it does not fit */
bool cog_string_copy(char *buffer, size_t buffer_size, const char *source) COG_CHECK;

/** Equal but for the case of ASCII letters. */
bool cog_string_equals_ignoring_case(const char *left, const char *right);

/**
 * The candidate that looks most like `word` (edit distance), to ask "did you mean …?".
 *
 * @param candidates ends with NULL
 * @return borrowed from `candidates`; NULL when none is near
 */
const char *cog_string_nearest(const char *word, const char *const *candidates);

#endif
