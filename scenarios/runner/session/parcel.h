/** What a worker says, as bytes: from one process of a program to another one of the same. */
#ifndef SCN_PARCEL_H
#define SCN_PARCEL_H

#include "session/outcome.h"

#include <cogbase/text.h>

/** Its length first: so much of a stream has to be there before anything is known. */
enum { SCN_PARCEL_HEAD_SIZE = 16 };

/** More than this is no outcome, but bytes out of step. */
enum { SCN_PARCEL_LENGTH_MAX = 1 << 28 };

/** `{0}` is empty and safe to finish. */
struct scn_parcel {
    uint64_t index;             /**< Of the scenario. */
    bool is_over;               /**< Else it has only begun, and there is no outcome. */
    struct scn_outcome outcome; /**< Owned. */
};

/** Appends it; without memory the text has failed. */
void scn_parcel_format(const struct scn_parcel *parcel, struct cog_text *text);

/**
 * The first parcel of a stream, all of it checked.
 *
 * @param out_length how many bytes it took; 0, with `out_parcel` untouched, as long as it is not
 *        all there
 * @return COG_OK, COG_ERROR_SYNTAX (no parcel), COG_ERROR_MEMORY
 */
enum cog_code scn_parcel_parse(const char *bytes, size_t length, struct scn_parcel *out_parcel,
                               size_t *out_length, struct cog_error *error) COG_CHECK;

void scn_parcel_finish(struct scn_parcel *parcel);

#endif
