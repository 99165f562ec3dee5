/** JSON in its canonical form (RFC 8785), of which a digest can be taken. */
#ifndef MOCK_WORLD_CANONICAL_H
#define MOCK_WORLD_CANONICAL_H

#include <cogbase/text.h>

#include <cjson/cJSON.h>

/**
 * Appends a value. Keys are sorted by their bytes, which is what the RFC wants as far as they are
 * ASCII, and numbers are exact as far as they are whole and below 1e15.
 *
 * @param without a member of the outermost object to leave out; NULL for none
 */
void mock_canonical_append(const cJSON *value, const char *without, struct cog_text *text);

#endif
