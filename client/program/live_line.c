#include "live_line.h"

#include <string.h>

/**
 * The bytes of the characters that fit. One that is not ASCII counts as two columns, as the widest
 * are: a line that is wrapped cannot be drawn again.
 */
static size_t fitting_length(const char *text, int width)
{
    size_t length = 0;
    int used = 0;
    /* What stands around it in the buffer takes less than 16 bytes. */
    while (length < COG_LIVE_LINE_SIZE - 16 && text[length] != '\0') {
        size_t end = length + 1;
        while (((unsigned char)text[end] & 0xC0U) == 0x80U) {
            end++;
        }
        used += (unsigned char)text[length] < 0x80U ? 1 : 2;
        if (used > width) {
            break;
        }
        length = end;
    }
    return length;
}

void cog_live_line_draw(struct cog_live_line *line, const char *text)
{
    /* Terminals differ in where the cursor stands behind the last column: keep off it. */
    size_t length = fitting_length(text, cog_terminal_width(&line->terminal) - 1);
    char drawn[COG_LIVE_LINE_SIZE];
    (void)snprintf(drawn, sizeof drawn, "\r%.*s\033[K", (int)length, text);
    if (strcmp(drawn, line->drawn) != 0) {
        (void)snprintf(line->drawn, sizeof line->drawn, "%s", drawn);
        (void)fputs(drawn, line->stream);
        (void)fflush(line->stream);
    }
}

void cog_live_line_erase(struct cog_live_line *line)
{
    if (line->drawn[0] != '\0') {
        (void)fputs("\r\033[K", line->stream);
        (void)fflush(line->stream);
        line->drawn[0] = '\0';
    }
}
