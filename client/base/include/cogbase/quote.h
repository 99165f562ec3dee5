/** Texts from outside in quotes, so that neither a JSON reader nor a terminal is led astray. */
#ifndef COGBASE_QUOTE_H
#define COGBASE_QUOTE_H

#include <cogbase/text.h>

/**
 * Appends a JSON string, quotes included. Control characters, DEL and the C1 ones among them, are
 * escaped; what is not UTF-8 becomes U+FFFD.
 */
void cog_quote_append(struct cog_text *text, const char *string);

/** Whether a value of a `key=value` line needs quotes to be read back. */
bool cog_quote_is_needed(const char *string);

#endif
