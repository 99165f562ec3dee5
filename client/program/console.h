/** What goes to stderr while something is under way: for people or as JSON, and that it goes on. */
#ifndef PROGRAM_CONSOLE_H
#define PROGRAM_CONSOLE_H

#include "heartbeat.h"
#include "narration.h"
#include "waking_clock.h"

/** Everything is borrowed. */
struct cog_console_options {
    FILE *stream;
    struct cog_terminal terminal;
    struct cog_clock clock;
    const struct cog_cancel *cancel; /**< May be NULL. */
    const struct cog_preferences *preferences;
};

/** Its parts point at each other: it stays where it was initialised. `{0}` is safe to finish. */
struct cog_console {
    struct cog_narration narration;
    struct cog_log_json json;
    struct cog_heartbeat heartbeat;
    struct cog_waking_clock clock;
    bool has_heartbeat;
};

void cog_console_init(struct cog_console *console, const struct cog_console_options *options);
struct cog_log cog_console_log(struct cog_console *console);

/** The clock of the options; whoever waits on it sees the console go on. */
struct cog_clock cog_console_clock(struct cog_console *console);

/** Leaves the stream at the begin of a line. */
void cog_console_finish(struct cog_console *console);

#endif
