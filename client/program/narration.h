/** A log sink for people: tells the course of a promotion in sentences, with the job's progress. */
#ifndef PROGRAM_NARRATION_H
#define PROGRAM_NARRATION_H

#include "live_line.h"

#include <cogpromote/log.h>
#include <cogpromote/platform.h>

/**
 * Set the first group, zero the rest. Events without a sentence of their own appear as
 * `event key=value`. On a live terminal the job's progress is one line that is drawn again, and all
 * else is printed above it; elsewhere each change is a line.
 */
struct cog_narration {
    FILE *stream; /**< Borrowed. */
    struct cog_terminal terminal;
    struct cog_clock clock;
    int64_t start_ms;
    enum cog_log_level level_min;
    bool has_progress;               /**< The job's progress is told. */
    const struct cog_cancel *cancel; /**< Once requested, nothing is drawn again; may be NULL. */

    struct cog_live_line line;
    char step[COG_VERSION_SIZE]; /**< The last one's name. */
    char job_id[COG_ID_SIZE];    /**< Empty: there is no job yet. */
    char status[COG_VERSION_SIZE];
    double percent;
};

struct cog_log cog_narration(struct cog_narration *narration);

/** Whether there is a line that lives from being drawn again. */
bool cog_narration_is_live(const struct cog_narration *narration);

/** Draws the live line with the time of now. Does nothing where none is live. */
void cog_narration_redraw(struct cog_narration *narration);

/** Takes the live line away. */
void cog_narration_finish(struct cog_narration *narration);

#endif
