/** Results as one page that a browser shows, from a file and without a network. */
#ifndef SCN_HTML_H
#define SCN_HTML_H

#include "report/results.h"

#include <cogpromote/error.h>

/**
 * The whole page. Whether it could be written, the stream knows.
 *
 * @param results a results file as JSON; nothing in it can become markup
 * @param length in bytes
 */
void scn_html_write(FILE *stream, const char *results, size_t length);

/** The same of results that are not a file yet. @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_html_write_results(FILE *stream, const struct scn_results *results,
                                     struct cog_error *error) COG_CHECK;

#endif
