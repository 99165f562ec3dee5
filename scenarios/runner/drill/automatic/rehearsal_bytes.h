/** A rehearsal on its way from the process that ran it to the one that reports it. */
#ifndef SCN_REHEARSAL_BYTES_H
#define SCN_REHEARSAL_BYTES_H

#include "drill/rehearsal.h"

#include <cogbase/text.h>

/** Appends it as bytes; without memory the text has failed. */
void scn_rehearsal_format(const struct scn_rehearsal *rehearsal, struct cog_text *text);

/**
 * All of the bytes, checked.
 *
 * @param drill that was rehearsed; `out_rehearsal` borrows the ids of its checks
 * @return COG_OK, COG_ERROR_SYNTAX (no rehearsal of it), COG_ERROR_MEMORY
 */
enum cog_code scn_rehearsal_parse(const char *bytes, size_t length, const struct scn_drill *drill,
                                  struct scn_rehearsal *out_rehearsal,
                                  struct cog_error *error) COG_CHECK;

#endif
