/** A line of a listing for people: a label, and what it says. */
#ifndef COGBASE_ROW_H
#define COGBASE_ROW_H

#include <cogbase/text.h>

/**
 * Appends "  label      value" and a line feed, with the value as a person may be shown it; nothing
 * for an empty one.
 *
 * @param label_width of the longest label of the listing
 */
void cog_row_append(struct cog_text *text, int label_width, const char *label, const char *value);
void cog_row_append_format(struct cog_text *text, int label_width, const char *label,
                           const char *format, ...) COG_PRINTF(4, 5);

#endif
