#include "session/clip.h"

static int is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0U) == 0x80U;
}

int scn_clip_measure(const char *text, int column_count)
{
    int length = 0;
    for (int columns = 0; text[length] != '\0'; length++) {
        columns += is_continuation(text[length]) ? 0 : 1;
        if (columns > column_count) {
            break;
        }
    }
    return length;
}
