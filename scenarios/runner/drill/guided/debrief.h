/** What people say after a drill: what surprised them, and what is to be done. */
#ifndef SCN_DEBRIEF_H
#define SCN_DEBRIEF_H

#include "drill/guided/line_reader.h"
#include "drill/report/rehearsal_report.h"

#include <stdio.h>

enum { SCN_DEBRIEF_MAX = 32 }; /* Of surprises, and of actions. */

/** `{0}` is empty and safe to finish. */
struct scn_debrief {
    char *surprises[SCN_DEBRIEF_MAX]; /**< Owned. */
    size_t surprise_count;
    struct scn_drill_action actions[SCN_DEBRIEF_MAX]; /**< Texts in `lines`. */
    char *lines[SCN_DEBRIEF_MAX];                     /**< Owned. */
    size_t action_count;
};

/** @return COG_OK, COG_ERROR_CONFIGURATION (there are too many), COG_ERROR_MEMORY */
enum cog_code scn_debrief_add_surprise(struct scn_debrief *debrief, const char *text,
                                       struct cog_error *error) COG_CHECK;

/**
 * @param line "TEXT; OWNER; DATE"; the owner and the date may be left out
 * @return COG_OK; COG_ERROR_CONFIGURATION: it is none, and what was expected; COG_ERROR_MEMORY
 */
enum cog_code scn_debrief_add_action(struct scn_debrief *debrief, const char *line,
                                     struct cog_error *error) COG_CHECK;

/**
 * Asks until an empty line, the end of what is typed, or a signal, which is left to be
 * taken. What is wrong is asked for again.
 *
 * @param stream where the questions go
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code scn_debrief_ask(struct scn_debrief *debrief, struct scn_line_reader *reader,
                              FILE *stream, struct cog_error *error) COG_CHECK;

void scn_debrief_finish(struct scn_debrief *debrief);

#endif
