#include "document_private.h"

#include <cogbase/utf8.h>

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* cJSON copies a number into 64 bytes, and no sensible one is longer. */
enum { NUMBER_LENGTH_MAX = 63 };

struct scan {
    const char *text;
    size_t length;
    size_t offset;
    int depth;
    struct cog_document_fault *fault;
};

/* The character at the offset, or '\0' at the end. */
static char peek(const struct scan *scan)
{
    if (scan->offset >= scan->length) {
        return '\0';
    }
    return scan->text[scan->offset];
}

static bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

COG_PRINTF(3, 4)
static bool fail(struct scan *scan, size_t offset, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    (void)vsnprintf(scan->fault->message, sizeof scan->fault->message, format, list);
    va_end(list);
    scan->fault->offset = offset;
    return false;
}

/* "expected X, found Y" */
static bool fail_expected(struct scan *scan, const char *expected)
{
    const size_t offset = scan->offset;
    if (offset >= scan->length) {
        return fail(scan, offset, "expected %s, found the end of the file", expected);
    }
    const char *found = scan->text + offset;
    const size_t length = cog_utf8_length(found, scan->length - offset);
    if (length == 0 || (unsigned char)*found < 0x20 || *found == 0x7F) {
        return fail(scan, offset, "expected %s, found byte 0x%02X", expected,
                    (unsigned)(unsigned char)*found);
    }
    return fail(scan, offset, "expected %s, found '%.*s'", expected, (int)length, found);
}

static void skip_space(struct scan *scan)
{
    while (scan->offset < scan->length && strchr(" \t\r\n", peek(scan)) != NULL &&
           peek(scan) != '\0') {
        scan->offset++;
    }
}

/* Four hexadecimal digits, as after "\u". */
static bool scan_code_unit(struct scan *scan, unsigned *out_unit)
{
    unsigned unit = 0;
    for (int i = 0; i < 4; i++) {
        static const char digits[] = "0123456789abcdef0123456789ABCDEF";
        const char *digit = peek(scan) != '\0' ? strchr(digits, peek(scan)) : NULL;
        if (digit == NULL) {
            return fail_expected(scan, "four hexadecimal digits after '\\u'");
        }
        unit = unit << 4 | (unsigned)((digit - digits) % 16);
        scan->offset++;
    }
    *out_unit = unit;
    return true;
}

/* After the 'u'. Surrogates must come in pairs, and U+0000 would end a C string. */
static bool scan_code_point(struct scan *scan, size_t escape_offset)
{
    unsigned unit = 0;
    if (!scan_code_unit(scan, &unit)) {
        return false;
    }
    if (unit == 0) {
        return fail(scan, escape_offset, "a string cannot hold '\\u0000'");
    }
    if (unit < 0xD800 || unit > 0xDFFF) {
        return true;
    }
    unsigned second = 0;
    if (unit <= 0xDBFF && scan->length - scan->offset > 2 &&
        memcmp(scan->text + scan->offset, "\\u", 2) == 0) {
        scan->offset += 2;
        if (!scan_code_unit(scan, &second)) {
            return false;
        }
    }
    if (second < 0xDC00 || second > 0xDFFF) {
        return fail(scan, escape_offset, "half of a surrogate pair");
    }
    return true;
}

static bool scan_escape(struct scan *scan)
{
    const size_t escape_offset = scan->offset;
    scan->offset++;
    const char letter = peek(scan);
    if (letter == 'u') {
        scan->offset++;
        return scan_code_point(scan, escape_offset);
    }
    if (letter == '\0' || strchr("\"\\/bfnrt", letter) == NULL) {
        return fail_expected(scan, "one of \" \\ / b f n r t u after '\\'");
    }
    scan->offset++;
    return true;
}

/* One character of a string; not the closing quote. */
static bool scan_character(struct scan *scan)
{
    const char letter = scan->text[scan->offset];
    if (letter == '\\') {
        return scan_escape(scan);
    }
    const size_t length = cog_utf8_length(scan->text + scan->offset, scan->length - scan->offset);
    if (length == 0) {
        return fail(scan, scan->offset, "byte 0x%02X is not UTF-8",
                    (unsigned)(unsigned char)letter);
    }
    if (length == 1 && letter < 0x20) {
        return fail(scan, scan->offset, "control character in a string, write it as \\u%04x",
                    (unsigned)letter);
    }
    scan->offset += length;
    return true;
}

static bool scan_string(struct scan *scan)
{
    const size_t start = scan->offset;
    scan->offset++;
    while (peek(scan) != '"') {
        if (scan->offset >= scan->length || peek(scan) == '\n' || peek(scan) == '\r') {
            return fail(scan, start, "unterminated string");
        }
        if (!scan_character(scan)) {
            return false;
        }
    }
    scan->offset++;
    return true;
}

static bool scan_digits(struct scan *scan)
{
    if (!is_digit(peek(scan))) {
        return fail_expected(scan, "a digit");
    }
    while (is_digit(peek(scan))) {
        scan->offset++;
    }
    return true;
}

static bool scan_exponent(struct scan *scan)
{
    if (peek(scan) != 'e' && peek(scan) != 'E') {
        return true;
    }
    scan->offset++;
    if (peek(scan) == '+' || peek(scan) == '-') {
        scan->offset++;
    }
    return scan_digits(scan);
}

static bool scan_number(struct scan *scan)
{
    const size_t start = scan->offset;
    if (peek(scan) == '-') {
        scan->offset++;
    }
    const size_t first_digit = scan->offset;
    if (!scan_digits(scan)) {
        return false;
    }
    if (scan->text[first_digit] == '0' && scan->offset > first_digit + 1) {
        return fail(scan, start, "a number cannot begin with 0");
    }
    if (peek(scan) == '.') {
        scan->offset++;
        if (!scan_digits(scan)) {
            return false;
        }
    }
    if (!scan_exponent(scan)) {
        return false;
    }
    if (scan->offset - start > NUMBER_LENGTH_MAX) {
        return fail(scan, start, "a number of more than %d characters", NUMBER_LENGTH_MAX);
    }
    return true;
}

static bool scan_word(struct scan *scan, const char *word)
{
    const size_t length = strlen(word);
    if (scan->length - scan->offset < length ||
        memcmp(scan->text + scan->offset, word, length) != 0) {
        return fail_expected(scan, "a value");
    }
    scan->offset += length;
    return true;
}

static bool scan_value(struct scan *scan);

static bool scan_member(struct scan *scan)
{
    if (peek(scan) != '"') {
        return fail_expected(scan, "a key in double quotes");
    }
    if (!scan_string(scan)) {
        return false;
    }
    skip_space(scan);
    if (peek(scan) != ':') {
        return fail_expected(scan, "':' after a key");
    }
    scan->offset++;
    return scan_value(scan);
}

/* What stands between two brackets. */
struct container {
    char end;
    bool (*scan_element)(struct scan *scan);
    const char *expected; /* After an element. */
};

static bool scan_container(struct scan *scan, const struct container *container)
{
    if (++scan->depth > COG_DOCUMENT_DEPTH_MAX) {
        return fail(scan, scan->offset, "nested deeper than %d", COG_DOCUMENT_DEPTH_MAX);
    }
    scan->offset++;
    skip_space(scan);
    bool is_open = peek(scan) != container->end;
    while (is_open) {
        skip_space(scan);
        if (!container->scan_element(scan)) {
            return false;
        }
        skip_space(scan);
        is_open = peek(scan) == ',';
        if (!is_open && peek(scan) != container->end) {
            return fail_expected(scan, container->expected);
        }
        scan->offset += is_open ? 1 : 0;
    }
    scan->offset++;
    scan->depth--;
    return true;
}

static bool scan_object(struct scan *scan)
{
    static const struct container object = {'}', scan_member, "',' or '}'"};
    return scan_container(scan, &object);
}

static bool scan_array(struct scan *scan)
{
    static const struct container array = {']', scan_value, "',' or ']'"};
    return scan_container(scan, &array);
}

static bool scan_value(struct scan *scan)
{
    skip_space(scan);
    switch (peek(scan)) {
    case '{':
        return scan_object(scan);
    case '[':
        return scan_array(scan);
    case '"':
        return scan_string(scan);
    case 't':
        return scan_word(scan, "true");
    case 'f':
        return scan_word(scan, "false");
    case 'n':
        return scan_word(scan, "null");
    default:
        if (peek(scan) == '-' || is_digit(peek(scan))) {
            return scan_number(scan);
        }
        return fail_expected(scan, "a value");
    }
}

bool cog_document_scan(const char *text, size_t length, struct cog_document_fault *out_fault)
{
    assert(text != NULL && out_fault != NULL);
    struct scan scan = {.text = text, .length = length, .fault = out_fault};
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        return fail(&scan, 0, "a byte order mark, expected UTF-8 without one");
    }
    skip_space(&scan);
    if (peek(&scan) != '{') {
        return fail_expected(&scan, "an object, which begins with '{'");
    }
    if (!scan_object(&scan)) {
        return false;
    }
    skip_space(&scan);
    return scan.offset == length || fail_expected(&scan, "the end of the file");
}
