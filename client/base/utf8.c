#include <cogbase/utf8.h>

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* What the lead byte announces; 0 for a byte that cannot lead. */
static size_t announced_length(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        return 4;
    }
    return 0;
}

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
static bool second_byte_fits(unsigned char lead, unsigned char second)
{
    switch (lead) {
    case 0xE0:
        return second >= 0xA0;
    case 0xED:
        return second <= 0x9F;
    case 0xF0:
        return second >= 0x90;
    case 0xF4:
        return second <= 0x8F;
    default:
        return true;
    }
}

size_t cog_utf8_length(const char *bytes, size_t length)
{
    if (length == 0) {
        return 0;
    }
    const unsigned char lead = (unsigned char)bytes[0];
    const size_t announced = announced_length(lead);
    if (announced == 0 || announced > length) {
        return 0;
    }
    for (size_t i = 1; i < announced; i++) {
        if (!is_continuation((unsigned char)bytes[i])) {
            return 0;
        }
    }
    if (announced > 1 && !second_byte_fits(lead, (unsigned char)bytes[1])) {
        return 0;
    }
    return announced;
}

/* Terminals obey C1 like an escape sequence. */
static bool is_control(const char *bytes, size_t size)
{
    const unsigned char first = (unsigned char)bytes[0];
    return first < 0x20 || first == 0x7F ||
           (size == 2 && first == 0xC2 && (unsigned char)bytes[1] < 0xA0);
}

size_t cog_utf8_shown_length(const char *bytes, size_t length)
{
    const size_t size = cog_utf8_length(bytes, length);
    return size > 0 && !is_control(bytes, size) ? size : 0;
}

void cog_utf8_cut(char *text)
{
    const size_t length = strlen(text);
    size_t lead = length;
    while (lead > 0 && is_continuation((unsigned char)text[lead - 1])) {
        lead--;
    }
    if (lead == 0) {
        return;
    }
    lead--;
    if (length - lead < announced_length((unsigned char)text[lead])) {
        text[lead] = '\0';
    }
}
