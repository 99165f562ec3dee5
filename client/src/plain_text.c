#include "plain_text.h"

#include <cogbase/utf8.h>

#include <string.h>

void cog_plain_text_copy(char *buffer, size_t buffer_size, const char *source)
{
    const size_t length = strlen(source);
    size_t written = 0;
    size_t i = 0;
    while (i < length) {
        const size_t size = cog_utf8_shown_length(source + i, length - i);
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
        const size_t size = cog_utf8_shown_length(text + i, length - i);
        if (size == 0) {
            return false;
        }
        i += size;
    }
    return true;
}
