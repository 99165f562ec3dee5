/** UTF-8, as far as texts must be cut and checked. */
#ifndef COGBASE_UTF8_H
#define COGBASE_UTF8_H

#include <stddef.h>

/** Bytes of the character at the start of `bytes`: 1 to 4; 0 when there is no valid one. */
size_t cog_utf8_length(const char *bytes, size_t length);

/** The same for a character that can be shown: 0 also for a control character (C0, DEL, C1). */
size_t cog_utf8_shown_length(const char *bytes, size_t length);

/** Takes an unfinished character off the end of a text that was cut at a byte. */
void cog_utf8_cut(char *text);

#endif
