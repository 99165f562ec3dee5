#include "report/html.h"

#include "report/page/page.h"

#include <stdlib.h>
#include <string.h>

/* "</script>" would end the results, "<!--" begin a comment. In JSON '<' stands in strings alone,
 * where it can be said otherwise. */
static void write_without_markup(FILE *stream, const char *text, size_t length)
{
    const char *end = text + length;
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

void scn_html_write(FILE *stream, const char *results, size_t length)
{
    (void)fwrite(scn_page_head, 1, scn_page_head_length, stream);
    write_without_markup(stream, results, length);
    (void)fwrite(scn_page_tail, 1, scn_page_tail_length, stream);
}

enum cog_code scn_html_write_results(FILE *stream, const struct scn_results *results,
                                     struct cog_error *error)
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    bool is_whole = memory != NULL;
    if (memory != NULL) {
        scn_results_write(memory, results);
        is_whole = ferror(memory) == 0;
        is_whole = fclose(memory) == 0 && is_whole;
    }
    if (is_whole) {
        scn_html_write(stream, text, length);
    }
    free(text);
    return is_whole ? COG_OK : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}
