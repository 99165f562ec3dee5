/** The reports of an exploration: for a terminal, for programs, and for a browser. */
#ifndef SCN_EXPLORATION_REPORT_H
#define SCN_EXPLORATION_REPORT_H

#include "explore/exploration.h"
#include "explore/report/origin.h"

#include <cogbase/text.h>

#include <stdio.h>

enum { SCN_EXPLORATION_VERSION = 1 };

/** What the JSON calls its format. */
#define SCN_EXPLORATION_FORMAT "cogdrill-exploration"

/**
 * What was tried, what was found, what was reached, and what took long; short when nothing was
 * found. Whether it could be written, the stream knows.
 *
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code scn_exploration_write_text(FILE *stream, const struct scn_exploration *exploration,
                                         const struct scn_exploration_origin *origin,
                                         struct cog_error *error) COG_CHECK;

/**
 * One object. For the same exploration everything is the same byte by byte, but for "timing", which
 * is the last line.
 *
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY (also for a scenario that is no JSON)
 */
enum cog_code scn_exploration_write_json(const char *path,
                                         const struct scn_exploration *exploration,
                                         const struct scn_exploration_origin *origin,
                                         struct cog_error *error) COG_CHECK;

/** A page that a browser shows, from a file and without a network. @return as above */
enum cog_code scn_exploration_write_html(const char *path,
                                         const struct scn_exploration *exploration,
                                         const struct scn_exploration_origin *origin,
                                         struct cog_error *error) COG_CHECK;

/**
 * Appends the JSON; without memory the text has failed.
 *
 * @param wants_coverage with a member "coverage", the state of each cell: for the page
 */
void scn_exploration_format(const struct scn_exploration *exploration,
                            const struct scn_exploration_origin *origin, bool wants_coverage,
                            struct cog_text *text);

#endif
