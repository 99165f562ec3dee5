/* Makes a report's page out of JSON, for the tests that look at it in a browser.
 *
 * usage: write_page [drills] */
#include "drill/report/page.h"
#include "report/html.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

static bool read_all(FILE *stream, struct cog_text *out_text)
{
    char piece[1 << 16];
    size_t length = 0;
    while ((length = fread(piece, 1, sizeof piece, stream)) > 0) {
        cog_text_append_bytes(out_text, piece, length);
    }
    return !ferror(stream) && !out_text->failed;
}

int main(int argc, char **argv)
{
    const bool is_of_drills = argc > 1 && strcmp(argv[1], "drills") == 0;
    COG_CLEANUP(cog_text_finish) struct cog_text json = {0};
    if (!read_all(stdin, &json)) {
        (void)fputs("the results cannot be read\n", stderr);
        return EXIT_FAILURE;
    }

    if (is_of_drills) {
        scn_drill_page_write(stdout, cog_text_string(&json), json.length);
    } else {
        scn_html_write(stdout, cog_text_string(&json), json.length);
    }

    return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
}
