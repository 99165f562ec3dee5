/** A log sink that keeps what it was told, as text. */
#ifndef SUPPORT_RECORDED_LOG_H
#define SUPPORT_RECORDED_LOG_H

#include <cogpromote/log.h>

enum { RECORDED_LOG_SIZE = 8192 };

/** `{0}` is empty. */
struct recorded_log {
    char text[RECORDED_LOG_SIZE]; /**< Lines "name key=value key=value\n". */
};

struct cog_log recorded_log(struct recorded_log *log);

#endif
