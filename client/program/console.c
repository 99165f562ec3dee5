#include "console.h"

static void wake(void *context)
{
    struct cog_console *console = context;
    cog_narration_redraw(&console->narration);
    if (console->has_heartbeat && !cog_narration_is_live(&console->narration)) {
        cog_heartbeat_wake(&console->heartbeat);
    }
}

static enum cog_log_level level_min(const struct cog_preferences *preferences)
{
    if (preferences->is_quiet) {
        return COG_LOG_ERROR;
    }
    return preferences->is_verbose ? COG_LOG_DEBUG : COG_LOG_INFO;
}

static struct cog_narration narration_make(const struct cog_console_options *options)
{
    const struct cog_preferences *preferences = options->preferences;
    struct cog_terminal terminal = options->terminal;
    terminal.is_live = terminal.is_live && preferences->progress == COG_PROGRESS_AUTO &&
                       preferences->log_format == COG_LOG_FORMAT_TEXT;
    return (struct cog_narration){
        .stream = options->stream,
        .terminal = terminal,
        .clock = options->clock,
        .start_ms = cog_clock_monotonic_ms(options->clock),
        .level_min = level_min(preferences),
        .has_progress = !preferences->is_quiet && preferences->progress != COG_PROGRESS_NONE,
        .cancel = options->cancel,
    };
}

void cog_console_init(struct cog_console *console, const struct cog_console_options *options)
{
    const struct cog_preferences *preferences = options->preferences;
    *console = (struct cog_console){
        .narration = narration_make(options),
        .json = {.stream = options->stream,
                 .level_min = level_min(preferences),
                 .clock = options->clock},
        .has_heartbeat = !preferences->is_quiet && preferences->progress != COG_PROGRESS_NONE,
    };
    console->heartbeat = (struct cog_heartbeat){
        .inner = preferences->log_format == COG_LOG_FORMAT_JSON
                     ? cog_log_json(&console->json)
                     : cog_narration(&console->narration),
        .clock = options->clock,
        .last_ms = console->narration.start_ms,
    };
    console->clock = (struct cog_waking_clock){
        .inner = options->clock,
        .interval_ms = COG_WAKE_INTERVAL_MS,
        .wake = wake,
        .context = console,
    };
}

struct cog_log cog_console_log(struct cog_console *console)
{
    return cog_heartbeat(&console->heartbeat);
}

struct cog_clock cog_console_clock(struct cog_console *console)
{
    return cog_waking_clock(&console->clock);
}

void cog_console_finish(struct cog_console *console)
{
    cog_narration_finish(&console->narration);
}
