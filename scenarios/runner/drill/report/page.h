/** Reports of drills as one page that a browser shows, from a file and without a network. */
#ifndef SCN_DRILL_PAGE_H
#define SCN_DRILL_PAGE_H

#include <stddef.h>
#include <stdio.h>

/**
 * The whole page. Whether it could be written, the stream knows.
 *
 * @param json a file of rehearsals, or one report; nothing in it can become markup
 * @param length in bytes
 */
void scn_drill_page_write(FILE *stream, const char *json, size_t length);

#endif
