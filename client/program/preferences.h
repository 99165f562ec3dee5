/** What only the program can be told: how it speaks, and a few verbs' own flags. */
#ifndef PROGRAM_PREFERENCES_H
#define PROGRAM_PREFERENCES_H

#include <cogpromote/config.h>

enum cog_log_format {
    COG_LOG_FORMAT_TEXT,
    COG_LOG_FORMAT_JSON,
};

enum cog_progress {
    COG_PROGRESS_AUTO,  /**< A line that is redrawn on a terminal, plain lines elsewhere. */
    COG_PROGRESS_PLAIN, /**< Plain lines and heartbeats everywhere. */
    COG_PROGRESS_NONE,  /**< Neither progress nor heartbeats. */
};

/** Texts are borrowed from arguments and environment; `{0}` are the defaults. */
struct cog_preferences {
    bool is_quiet;   /**< Nothing on stderr but errors. */
    bool is_verbose; /**< On stderr, what is for debugging as well. */
    enum cog_log_format log_format;
    enum cog_progress progress;
    const char *events_path;        /**< NULL for none. */
    const char *client_secret_path; /**< NULL for none. */
    const char *anchor;             /**< "SEQ:CHECKSUM"; NULL for none. */
    int64_t last_count;             /**< 0: all. */
};

/** In the order of `--help`. @return NULL from the first index behind the last on */
const struct cog_option *cog_preference(size_t index);

/** @return COG_OK, or COG_ERROR_CONFIGURATION: names the preference and what was expected */
enum cog_code cog_preferences_set(struct cog_preferences *preferences, const char *name,
                                  const char *value, struct cog_error *error) COG_CHECK;

#endif
