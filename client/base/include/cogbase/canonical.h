/** JSON as cJSON prints it, which is what RFC 8785 prescribes for us, straight into a text. */
#ifndef COGBASE_CANONICAL_H
#define COGBASE_CANONICAL_H

#include <cogbase/text.h>

#include <stdint.h>

/** Appends a string with its quotes; what is not UTF-8 stays as it is. */
void cog_canonical_append_string(struct cog_text *text, const char *string);

/** @param number up to 2^53 on both sides: JSON knows no other integers */
void cog_canonical_append_integer(struct cog_text *text, int64_t number);
void cog_canonical_append_number(struct cog_text *text, double number);

/**
 * Appends a member's name, with a comma in front unless it is an object's first.
 *
 * @param name of ours: nothing in it needs an escape
 */
void cog_canonical_append_name(struct cog_text *text, const char *name);

#endif
