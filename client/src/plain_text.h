/** Text of a peer, made fit to be shown and logged. */
#ifndef PLAIN_TEXT_H
#define PLAIN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Copies `source` without control characters and without what is not UTF-8, cut at a whole
 * character where it does not fit.
 */
void cog_plain_text_copy(char *buffer, size_t buffer_size, const char *source);

/** Whether `cog_plain_text_copy` would leave all of it as it is, whatever its length. */
bool cog_plain_text_is_plain(const char *text);

#endif
