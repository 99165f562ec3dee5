#include "report/embedded_json.h"

#include <string.h>

/* "</script>" would end the element, "<!--" begin a comment. In JSON '<' stands in strings alone,
 * where it can be said otherwise. */
void scn_embedded_json_write(FILE *stream, const char *json, size_t length)
{
    const char *text = json;
    const char *end = json + length;
    while (text < end) {
        const char *next = memchr(text, '<', (size_t)(end - text));
        const size_t plain_length = (size_t)((next != NULL ? next : end) - text);
        (void)fwrite(text, 1, plain_length, stream);
        text += plain_length;
        if (next != NULL) {
            (void)fputs("\\u003c", stream);
            text++;
        }
    }
}
