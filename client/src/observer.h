/** Two log sinks as one: a client's log, and the observer of one run. */
#ifndef OBSERVER_H
#define OBSERVER_H

#include <cogpromote/log.h>

struct cog_observer {
    struct cog_log log;
    struct cog_log observer;
};

/** Writes to both. @param observer must outlive what this returns */
struct cog_log cog_observer_log(struct cog_observer *observer);

#endif
