/** `--events FILE`: every event as one JSON object on one line. */
#ifndef PROGRAM_EVENT_FILE_H
#define PROGRAM_EVENT_FILE_H

#include <cogpromote/log.h>

/** `{0}` is a sink that swallows everything, and safe to finish. */
struct cog_event_file {
    struct cog_log_json json;
    const char *path;         /**< Borrowed. */
    struct cog_log complaint; /**< Told once, when the file cannot be written. */
    bool has_failed;          /**< Nothing is written from then on: a half line is at the end. */
};

/**
 * Opens the file for appending, with mode 0600 when it is new.
 *
 * @param complaint where the event "events-failed" goes
 * @return COG_OK or COG_ERROR_CONFIGURATION, which names the file and why
 */
enum cog_code cog_event_file_open(struct cog_event_file *file, const char *path,
                                  struct cog_clock clock, struct cog_log complaint,
                                  struct cog_error *error) COG_CHECK;

struct cog_log cog_event_file(struct cog_event_file *file);

void cog_event_file_finish(struct cog_event_file *file);

#endif
