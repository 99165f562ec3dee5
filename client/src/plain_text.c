#include "plain_text.h"

#include "../base/utf8.h"

#include <string.h>

/* Bytes of the character at `text` when it can be shown, else 0: C0, DEL, C1 and bad UTF-8. */
static size_t shown_length(const char *text, size_t length)
{
    const unsigned char first = (unsigned char)text[0];
    if (first < 0x20 || first == 0x7f) {
        return 0;
    }
    const size_t size = cog_utf8_length(text, length);
    const bool is_c1 = size == 2 && first == 0xc2 && (unsigned char)text[1] < 0xa0;
    return is_c1 ? 0 : size;
}

void cog_plain_text_copy(char *buffer, size_t buffer_size, const char *source)
{
    const size_t length = strlen(source);
    size_t written = 0;
    size_t i = 0;
    while (i < length) {
        const size_t size = shown_length(source + i, length - i);
        if (written + size >= buffer_size) {
            break;
        }
        memcpy(buffer + written, source + i, size);
        written += size;
        i += size > 0 ? size : 1;
    }
    buffer[written] = '\0';
}

bool cog_plain_text_is_plain(const char *text)
{
    const size_t length = strlen(text);
    size_t i = 0;
    while (i < length) {
        const size_t size = shown_length(text + i, length - i);
        if (size == 0) {
            return false;
        }
        i += size;
    }
    return true;
}
