#include "report/html.h"

#include "report/embedded_json.h"
#include "report/page/page.h"

#include <stdlib.h>

void scn_html_write(FILE *stream, const char *results, size_t length)
{
    (void)fwrite(scn_page_head, 1, scn_page_head_length, stream);
    scn_embedded_json_write(stream, results, length);
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
