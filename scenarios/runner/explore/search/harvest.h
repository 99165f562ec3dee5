/**
 * What came of some runs, as a line of JSON: on its way from the process that made them, and in
 * the file from which an interrupted exploration goes on.
 */
#ifndef SCN_HARVEST_H
#define SCN_HARVEST_H

#include "explore/course.h"
#include "explore/exploration.h"

#include <cogbase/text.h>

/** `{0}` is empty and safe to finish. */
struct scn_harvest {
    struct scn_effort effort;
    struct scn_course *courses; /**< Of single faults, one each; empty of one that did not strike.
                                   Owned. */
    size_t course_count;
    struct scn_exploration found; /**< Discoveries, cells, the slowest; it has no bases. */
};

/** @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_harvest_note_course(struct scn_harvest *harvest,
                                      const struct scn_course *course) COG_CHECK;

/** Appends it, without a line's end; without memory the text has failed. */
void scn_harvest_format(const struct scn_harvest *harvest, struct cog_text *text);

/** @return COG_OK, COG_ERROR_SYNTAX (it is none), COG_ERROR_MEMORY */
enum cog_code scn_harvest_parse(const char *text, size_t length, struct scn_harvest *out_harvest,
                                struct cog_error *error) COG_CHECK;

void scn_harvest_finish(struct scn_harvest *harvest);

#endif
