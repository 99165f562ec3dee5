/** What a worker says, as bytes: from one process of a program to another one of the same. */
#ifndef SCN_PARCEL_H
#define SCN_PARCEL_H

#include <cogbase/text.h>
#include <cogpromote/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** So much of a stream has to be there before anything is known. */
enum { SCN_PARCEL_HEAD_SIZE = 40 };

/** More than this is no answer, but bytes out of step. */
enum { SCN_PARCEL_LENGTH_MAX = 1 << 28 };

struct scn_parcel {
    uint64_t index;     /**< Of the work. */
    bool is_over;       /**< Else it has only begun, and there is no answer. */
    int64_t real_ms;    /**< How long it took. */
    const char *answer; /**< Borrowed from the stream; not ended by a NUL. */
    size_t answer_length;
};

/** Appends it; without memory the text has failed. */
void scn_parcel_format(const struct scn_parcel *parcel, struct cog_text *text);

/**
 * The first parcel of a stream.
 *
 * @param out_length how many bytes it took; 0, with `out_parcel` untouched, as long as it is not
 *        all there
 * @return COG_OK, COG_ERROR_SYNTAX (no parcel)
 */
enum cog_code scn_parcel_parse(const char *bytes, size_t length, struct scn_parcel *out_parcel,
                               size_t *out_length, struct cog_error *error) COG_CHECK;

#endif
