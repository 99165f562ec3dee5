/** What differs from one run to another although nothing did: ports, real times, and their sums. */
#ifndef SCN_ACCIDENT_H
#define SCN_ACCIDENT_H

#include <cogbase/text.h>

/**
 * Appends a text without its accidents: the fake's address is "HOST", a checksum "…".
 *
 * @param host where the fake listened: "127.0.0.1:PORT"
 */
void scn_accident_append(struct cog_text *text, const char *string, const char *host);

#endif
