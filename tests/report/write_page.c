/* Makes a report's page out of results, for the tests that look at it in a browser. */
#include "report/html.h"

#include <cogbase/text.h>

#include <stdlib.h>

static bool read_all(FILE *stream, struct cog_text *out_text)
{
    char piece[1 << 16];
    size_t length = 0;
    while ((length = fread(piece, 1, sizeof piece, stream)) > 0) {
        cog_text_append_bytes(out_text, piece, length);
    }
    return !ferror(stream) && !out_text->failed;
}

int main(void)
{
    COG_CLEANUP(cog_text_finish) struct cog_text results = {0};
    if (!read_all(stdin, &results)) {
        (void)fputs("the results cannot be read\n", stderr);
        return EXIT_FAILURE;
    }

    scn_html_write(stdout, cog_text_string(&results), results.length);

    return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
}
