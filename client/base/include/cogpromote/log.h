/** The log seam: the library says what happens as events and never writes by itself. */
#ifndef COGPROMOTE_LOG_H
#define COGPROMOTE_LOG_H

#include <cogpromote/clock.h>

#include <stddef.h>
#include <stdio.h>

enum cog_log_level {
    COG_LOG_DEBUG,   /**< One request, one header. */
    COG_LOG_INFO,    /**< A step of the promotion. */
    COG_LOG_WARNING, /**< Something failed and is being handled. */
    COG_LOG_ERROR,   /**< Something failed for good. */
};

/** One `key=value`. Values never hold a secret. */
struct cog_log_field {
    const char *key;
    const char *value;
};

/** Everything is borrowed for the call. */
struct cog_log_event {
    enum cog_log_level level;
    const char *name; /**< Stable, lower case with dashes: "retry", "job-progress". */
    const struct cog_log_field *fields;
    size_t field_count;
};

struct cog_log_ops {
    void (*write)(void *context, const struct cog_log_event *event);
};

/** A borrowed reference to some sink; `{0}` swallows everything. */
struct cog_log {
    const struct cog_log_ops *ops;
    void *context;
};

COG_API const char *cog_log_level_name(enum cog_log_level level);

/** Sends one event; fields whose value is NULL are left out. */
COG_API void cog_log_write(struct cog_log log, enum cog_log_level level, const char *name,
                           const struct cog_log_field *fields, size_t field_count);

/** Lines for people: "12.345s warning retry call=promote attempt=2 delay_ms=400". */
struct cog_log_text {
    FILE *stream; /**< Borrowed. */
    enum cog_log_level level_min;
    struct cog_clock clock; /**< For the elapsed time in front of each line. */
    int64_t start_ms;
};
COG_API struct cog_log cog_log_text(struct cog_log_text *log);

/** One JSON object a line: {"time","level","event",…fields as strings}. */
struct cog_log_json {
    FILE *stream; /**< Borrowed. */
    enum cog_log_level level_min;
    struct cog_clock clock;
};
COG_API struct cog_log cog_log_json(struct cog_log_json *log);

#endif
