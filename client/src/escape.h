/** Percent-encoding of text that goes into a URL or a form. */
#ifndef ESCAPE_H
#define ESCAPE_H

#include <cogbase/text.h>

/** Everything but RFC 3986's unreserved characters becomes %XX: one segment, or one value. */
void cog_escape_append(struct cog_text *text, const char *string);

/** As above, with '+' for a space (application/x-www-form-urlencoded). */
void cog_escape_append_form(struct cog_text *text, const char *string);

#endif
