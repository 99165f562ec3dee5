/** A log sink that passes everything on to two others. */
#ifndef PROGRAM_LOG_PAIR_H
#define PROGRAM_LOG_PAIR_H

#include <cogpromote/log.h>

struct cog_log_pair {
    struct cog_log first;
    struct cog_log second;
};

struct cog_log cog_log_pair(struct cog_log_pair *pair);

#endif
