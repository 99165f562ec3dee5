/** Seeing what happens in a server while it happens. */
#ifndef COGMOCK_WATCHER_H
#define COGMOCK_WATCHER_H

#include <cogpromote/log.h>

struct mock_exchange;

/** Everything is borrowed for the call. */
struct mock_event {
    const char *kind; /**< "request", "answer", "done", "job", "sessions", "fault", "clock", … */
    int64_t at_ms;    /**< By the server's clock. */
    const struct mock_exchange *exchange; /**< Of the first three; NULL else. */
    const struct cog_log_field *fields;   /**< What else there is to tell. */
    size_t field_count;
};

struct mock_watcher_ops {
    void (*happened)(void *context, const struct mock_event *event);
};

/** A borrowed reference; `{0}` looks away, and then nobody takes the trouble to tell. */
struct mock_watcher {
    const struct mock_watcher_ops *ops;
    void *context;
};

#endif
