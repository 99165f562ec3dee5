/** JSON as it may stand in an element of a page. */
#ifndef SCN_EMBEDDED_JSON_H
#define SCN_EMBEDDED_JSON_H

#include <stddef.h>
#include <stdio.h>

/** Nothing in it can become markup. Whether it could be written, the stream knows. */
void scn_embedded_json_write(FILE *stream, const char *json, size_t length);

#endif
