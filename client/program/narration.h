/** A log sink for people: tells the course of a promotion in sentences, with the job's progress. */
#ifndef PROGRAM_NARRATION_H
#define PROGRAM_NARRATION_H

#include <cogpromote/log.h>

/** Events without a sentence of their own appear as `event key=value` from INFO on. */
struct cog_narration {
    FILE *stream; /**< Borrowed. */
    struct cog_clock clock;
    int64_t start_ms;
};

struct cog_log cog_narration(struct cog_narration *narration);

#endif
