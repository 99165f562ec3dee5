#include "v1/encoding.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    ESCAPE_LENGTH = 3, /**< "%2F" */
    BASE64_GROUP = 4,
    BASE64_BITS = 6,
    BYTE_BITS = 8,
    BYTE_MASK = 0xff,
};

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* -1 for what is no hexadecimal digit. */
static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
        return digit - 'a' + 10;
    }
    if (digit >= 'A' && digit <= 'F') {
        return digit - 'A' + 10;
    }
    return -1;
}

/* The byte of an escape; 0, which no text may hold, for a malformed one. */
static char escaped_byte(const char *escape, size_t length)
{
    if (length < ESCAPE_LENGTH) {
        return '\0';
    }
    int high = hex_value(escape[1]);
    int low = hex_value(escape[2]);
    if (high < 0 || low < 0) {
        return '\0';
    }
    return (char)(unsigned char)(high * 16 + low);
}

enum cog_code mock_percent_decode(enum mock_encoding encoding, const char *text, size_t length,
                                  char **out_text)
{
    COG_CLEANUP(cog_string_finish) char *decoded = malloc(length + 1);
    if (decoded == NULL) {
        return COG_ERROR_MEMORY;
    }
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        char byte = text[i];
        if (byte == '%') {
            byte = escaped_byte(text + i, length - i);
            i += ESCAPE_LENGTH - 1;
        } else if (byte == '+' && encoding == MOCK_ENCODING_FORM) {
            byte = ' ';
        }
        if (byte == '\0') {
            return COG_ERROR_SYNTAX;
        }
        decoded[count++] = byte;
    }
    decoded[count] = '\0';
    *out_text = decoded;
    decoded = NULL;
    return COG_OK;
}

/* Whether the pair "name=value" that begins at `pair` has that name, decoded. */
static enum cog_code pair_has_name(const char *pair, size_t length, const char *name,
                                   bool *out_equal)
{
    COG_CLEANUP(cog_string_finish) char *decoded = NULL;
    enum cog_code code = mock_percent_decode(MOCK_ENCODING_FORM, pair, length, &decoded);
    if (code == COG_OK) {
        *out_equal = strcmp(decoded, name) == 0;
    }
    return code;
}

enum cog_code mock_form_find(const char *form, const char *name, char **out_value)
{
    const char *pair = form;
    while (*pair != '\0') {
        size_t length = strcspn(pair, "&");
        size_t name_length = strcspn(pair, "=&");
        bool is_equal = false;
        enum cog_code code = pair_has_name(pair, name_length, name, &is_equal);
        if (code != COG_OK) {
            return code;
        }
        if (is_equal) {
            size_t skipped = name_length < length ? name_length + 1 : length;
            return mock_percent_decode(MOCK_ENCODING_FORM, pair + skipped, length - skipped,
                                       out_value);
        }
        pair += length;
        pair += *pair == '&';
    }
    *out_value = NULL;
    return COG_OK;
}

enum cog_code mock_base64_decode(const char *text, char **out_text)
{
    size_t length = strcspn(text, "=");
    const char *padding = text + length;
    size_t padding_length = strspn(padding, "=");
    if (padding[padding_length] != '\0' || (length + padding_length) % BASE64_GROUP != 0 ||
        padding_length > 2) {
        return COG_ERROR_SYNTAX;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text decoded = {0};
    uint32_t bits = 0;
    int bit_count = 0;
    for (size_t i = 0; i < length; i++) {
        const char *digit = strchr(base64_digits, text[i]);
        if (digit == NULL) {
            return COG_ERROR_SYNTAX;
        }
        bits = bits << BASE64_BITS | (uint32_t)(digit - base64_digits);
        bit_count += BASE64_BITS;
        if (bit_count >= BYTE_BITS) {
            bit_count -= BYTE_BITS;
            char byte = (char)(unsigned char)(bits >> bit_count & BYTE_MASK);
            if (byte == '\0') {
                return COG_ERROR_SYNTAX;
            }
            cog_text_append_bytes(&decoded, &byte, 1);
        }
    }
    char *taken = cog_text_take(&decoded);
    if (taken == NULL) {
        return COG_ERROR_MEMORY;
    }
    *out_text = taken;
    return COG_OK;
}

void mock_base64_append(const char *bytes, size_t length, struct cog_text *text)
{
    enum { GROUP_BYTES = BASE64_GROUP - 1, DIGIT_MASK = (1 << BASE64_BITS) - 1 };
    for (size_t i = 0; i < length; i += GROUP_BYTES) {
        uint32_t group = 0;
        char digits[BASE64_GROUP];
        for (size_t j = 0; j < GROUP_BYTES; j++) {
            group = group << BYTE_BITS | (i + j < length ? (unsigned char)bytes[i + j] : 0U);
        }
        for (size_t j = 0; j < BASE64_GROUP; j++) {
            const unsigned shift = BASE64_BITS * (unsigned)(GROUP_BYTES - j);
            digits[j] = base64_digits[group >> shift & DIGIT_MASK];
            if (i + j > length) {
                digits[j] = '=';
            }
        }
        cog_text_append_bytes(text, digits, sizeof digits);
    }
}
