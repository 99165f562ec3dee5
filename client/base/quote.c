#include <cogbase/quote.h>

#include <cogbase/utf8.h>

#include <string.h>

/* U+0080 to U+009F, some of which terminals obey like an escape sequence. */
static bool is_c1_control(const char *character, size_t length)
{
    return length == 2 && (unsigned char)character[0] == 0xC2 && (unsigned char)character[1] < 0xA0;
}

static void append_ascii(struct cog_text *text, char character)
{
    switch (character) {
    case '"':
        cog_text_append(text, "\\\"");
        break;
    case '\\':
        cog_text_append(text, "\\\\");
        break;
    case '\n':
        cog_text_append(text, "\\n");
        break;
    case '\r':
        cog_text_append(text, "\\r");
        break;
    case '\t':
        cog_text_append(text, "\\t");
        break;
    default:
        if (character < 0x20 || character == 0x7F) {
            cog_text_append_format(text, "\\u%04x", (unsigned)character);
        } else {
            cog_text_append_bytes(text, &character, 1);
        }
        break;
    }
}

/* Most texts are nothing but characters that stand for themselves. */
static size_t plain_length(const char *string)
{
    size_t length = 0;
    while (string[length] >= ' ' && string[length] < 0x7F && string[length] != '"' &&
           string[length] != '\\') {
        length++;
    }
    return length;
}

void cog_quote_append(struct cog_text *text, const char *string)
{
    const char *const end = string + strlen(string);
    cog_text_append(text, "\"");
    while (string < end) {
        const size_t plain = plain_length(string);
        const size_t length = plain > 0 ? plain : cog_utf8_length(string, (size_t)(end - string));
        if (plain > 0) {
            cog_text_append_bytes(text, string, plain);
        } else if (length == 0) {
            cog_text_append(text, "\\ufffd");
        } else if (length == 1) {
            append_ascii(text, *string);
        } else if (is_c1_control(string, length)) {
            cog_text_append_format(text, "\\u%04x", (unsigned)(unsigned char)string[1]);
        } else {
            cog_text_append_bytes(text, string, length);
        }
        string += length > 0 ? length : 1;
    }
    cog_text_append(text, "\"");
}

bool cog_quote_is_needed(const char *string)
{
    const char *const end = string + strlen(string);
    if (string == end) {
        return true;
    }
    while (string < end) {
        const size_t length = cog_utf8_length(string, (size_t)(end - string));
        if (length == 0 || is_c1_control(string, length)) {
            return true;
        }
        if (length == 1 && (*string <= ' ' || *string == 0x7F || strchr("\"\\=", *string))) {
            return true;
        }
        string += length;
    }
    return false;
}
