#include <cogbase/text.h>

#include <cogbase/number.h>
#include <cogbase/utf8.h>

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TEXT_CAPACITY_MIN = 256,
    TEXT_CAPACITY_MAX = 128 << 20,
    WORD_LENGTH_MAX = 63,
    /* Nearly everything that is formatted is shorter. */
    FORMATTED_LENGTH = 127,
};

static bool grow(struct cog_text *text, size_t length)
{
    if (text->failed) {
        return false;
    }
    if (length >= TEXT_CAPACITY_MAX - text->length) {
        text->failed = true;
        return false;
    }
    const size_t needed = text->length + length + 1;
    size_t capacity = text->capacity > 0 ? text->capacity : TEXT_CAPACITY_MIN;
    while (capacity < needed) {
        capacity *= 2;
    }
    char *bytes = realloc(text->bytes, capacity);
    if (bytes == NULL) {
        text->failed = true;
        return false;
    }
    text->bytes = bytes;
    text->capacity = capacity;
    return true;
}

/* Makes room for `length` more bytes and a NUL; nearly always there is. */
static inline bool reserve(struct cog_text *text, size_t length)
{
    return (!text->failed && length < text->capacity - text->length) || grow(text, length);
}

void cog_text_reserve(struct cog_text *text, size_t length)
{
    (void)reserve(text, length);
}

void cog_text_append(struct cog_text *text, const char *string)
{
    cog_text_append_bytes(text, string, strlen(string));
}

void cog_text_append_bytes(struct cog_text *text, const char *bytes, size_t length)
{
    if (!reserve(text, length)) {
        return;
    }
    if (length > 0) {
        memcpy(text->bytes + text->length, bytes, length);
    }
    text->length += length;
    text->bytes[text->length] = '\0';
}

void cog_text_append_integer(struct cog_text *text, int64_t number)
{
    char digits[COG_INTEGER_SIZE];
    cog_text_append(text, cog_integer_format(number, digits));
}

void cog_text_append_format(struct cog_text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    cog_text_append_format_list(text, format, list);
    va_end(list);
}

void cog_text_append_format_list(struct cog_text *text, const char *format, va_list list)
{
    if (!reserve(text, FORMATTED_LENGTH)) {
        return;
    }
    /* Most fit into what there is; for the others, this measures them. */
    const size_t room = text->capacity - text->length;
    va_list attempt;
    va_copy(attempt, list);
    const int length = vsnprintf(text->bytes + text->length, room, format, attempt);
    va_end(attempt);
    if (length >= 0 && (size_t)length < room) {
        text->length += (size_t)length;
        return;
    }
    text->bytes[text->length] = '\0';
    if (length < 0) {
        text->failed = true;
        return;
    }
    if (!reserve(text, (size_t)length)) {
        return;
    }
    (void)vsnprintf(text->bytes + text->length, (size_t)length + 1, format, list);
    text->length += (size_t)length;
}

/* In the middle of a text, which has its own end. */
static void put(char *at, const char *bytes, size_t length)
{
    memcpy(at, bytes, length);
}

void cog_text_insert(struct cog_text *text, size_t offset, const char *string)
{
    const size_t length = strlen(string);
    assert(offset <= text->length);
    if (!reserve(text, length)) {
        return;
    }
    char *at = text->bytes + offset;
    memmove(at + length, at, text->length - offset);
    put(at, string, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void cog_text_append_shown(struct cog_text *text, const char *string)
{
    const char *const end = string + strlen(string);
    while (string < end) {
        const size_t shown = cog_utf8_shown_length(string, (size_t)(end - string));
        cog_text_append_bytes(text, shown > 0 ? string : "?", shown > 0 ? shown : 1);
        string += shown > 0 ? shown : 1;
    }
}

const char *cog_text_string(const struct cog_text *text)
{
    return text->bytes != NULL ? text->bytes : "";
}

char *cog_text_take(struct cog_text *text)
{
    if (text->failed) {
        cog_text_finish(text);
        return NULL;
    }
    char *bytes = text->bytes != NULL ? text->bytes : calloc(1, 1);
    *text = (struct cog_text){0};
    return bytes;
}

enum cog_code cog_text_give(struct cog_text *text, char **out_string, struct cog_error *error)
{
    char *string = cog_text_take(text);
    if (string == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    *out_string = string;
    return COG_OK;
}

void cog_text_finish(struct cog_text *text)
{
    free(text->bytes);
    *text = (struct cog_text){0};
}

void cog_string_finish(char **string)
{
    free(*string);
    *string = NULL;
}

char *cog_string_clone(const char *source, size_t length)
{
    char *string = malloc(length + 1);
    if (string == NULL) {
        return NULL;
    }
    if (length > 0) {
        memcpy(string, source, length);
    }
    string[length] = '\0';
    return string;
}

bool cog_string_copy(char *buffer, size_t buffer_size, const char *source)
{
    const size_t length = strlen(source);
    if (length >= buffer_size) {
        return false;
    }
    memcpy(buffer, source, length + 1);
    return true;
}

/* tolower() would ask the locale. */
static char lower_case(char letter)
{
    if (letter < 'A' || letter > 'Z') {
        return letter;
    }
    return (char)(letter - 'A' + 'a');
}

bool cog_string_equals_ignoring_case(const char *left, const char *right)
{
    while (*left != '\0' && lower_case(*left) == lower_case(*right)) {
        left++;
        right++;
    }
    return lower_case(*left) == lower_case(*right);
}

static size_t smaller(size_t left, size_t right)
{
    return left < right ? left : right;
}

static bool is_same_letter(char left, char right)
{
    return lower_case(left) == lower_case(right);
}

/*
 * Levenshtein's, ignoring case, with two neighbours that changed places as one slip (optimal string
 * alignment). Three rows of the matrix suffice for that.
 */
static size_t edit_distance(const char *left, const char *right)
{
    size_t rows[3][WORD_LENGTH_MAX + 1] = {{0}};
    const size_t right_length = strlen(right);
    assert(right_length <= WORD_LENGTH_MAX);
    for (size_t j = 0; j <= right_length; j++) {
        rows[0][j] = j;
    }
    size_t i = 0;
    for (; left[i] != '\0'; i++) {
        const size_t *before_last = rows[(i + 2) % 3];
        const size_t *last = rows[i % 3];
        size_t *row = rows[(i + 1) % 3];
        row[0] = i + 1;
        for (size_t j = 0; j < right_length; j++) {
            const size_t change = is_same_letter(left[i], right[j]) ? 0 : 1;
            row[j + 1] = smaller(last[j] + change, smaller(last[j + 1], row[j]) + 1);
            if (i > 0 && j > 0 && is_same_letter(left[i], right[j - 1]) &&
                is_same_letter(left[i - 1], right[j])) {
                row[j + 1] = smaller(row[j + 1], before_last[j - 1] + 1);
            }
        }
    }
    return rows[i % 3][right_length];
}

const char *cog_string_nearest(const char *word, const char *const *candidates)
{
    const size_t word_length = strlen(word);
    if (word_length > WORD_LENGTH_MAX) {
        return NULL;
    }
    /* A third of the letters wrong is still a slip of the finger; more is another word. */
    size_t best_distance = (word_length < 3 ? 1 : word_length / 3) + 1;
    const char *best = NULL;
    for (size_t i = 0; candidates[i] != NULL; i++) {
        const size_t length = strlen(candidates[i]);
        if (length > WORD_LENGTH_MAX) {
            continue;
        }
        const size_t distance = edit_distance(word, candidates[i]);
        if (distance < best_distance && distance < length) {
            best_distance = distance;
            best = candidates[i];
        }
    }
    return best;
}
