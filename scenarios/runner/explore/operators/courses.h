/** Courses of runs that were seen, so that a run that is like another one is known for that. */
#ifndef SCN_COURSES_H
#define SCN_COURSES_H

#include <cogbase/digest.h>
#include <cogpromote/error.h>

#include <stdbool.h>
#include <stddef.h>

/** A set. `{0}` is empty and safe to finish. */
struct scn_courses {
    char (*slots)[COG_DIGEST_SIZE]; /**< Open addressing; an empty text is a free slot. Owned. */
    size_t capacity;                /**< A power of two, or 0. */
    size_t count;
};

/**
 * @param course a digest
 * @param out_is_new whether it was not there before
 * @return COG_OK, COG_ERROR_MEMORY
 */
enum cog_code scn_courses_add(struct scn_courses *courses, const char course[COG_DIGEST_SIZE],
                              bool *out_is_new, struct cog_error *error) COG_CHECK;

void scn_courses_finish(struct scn_courses *courses);

#endif
