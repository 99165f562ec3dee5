/** A log sink that keeps every event, and what the two real sinks would have written. */
#ifndef SCN_RECORDER_H
#define SCN_RECORDER_H

#include "facts.h"
#include "waiter.h"

#include <stdio.h>

/** `{0}` is safe to finish. */
struct scn_recorder {
    const struct mock_server *server; /**< Borrowed: how far its truth was at each event. */
    struct cog_clock clock;
    struct scn_shift shift;   /**< What it does while the client logs is not the client's. */
    struct scn_event *events; /**< Owned. */
    size_t event_count;
    size_t event_capacity;
    FILE *text_stream;
    FILE *json_stream;
    char *text; /**< Complete after `close`. */
    size_t text_size;
    char *json; /**< Complete after `close`. */
    size_t json_size;
    struct cog_log_text text_sink;
    struct cog_log_json json_sink;
    bool failed; /**< There was no memory for an event. */
};

/** @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_recorder_init(struct scn_recorder *recorder, const struct mock_server *server,
                                struct cog_clock clock, struct cog_error *error) COG_CHECK;

struct cog_log scn_recorder_log(struct scn_recorder *recorder);

/** Makes `text` and `json` complete; nothing may be logged afterwards. @return COG_OK or
 * COG_ERROR_MEMORY, also for an event that was lost */
enum cog_code scn_recorder_close(struct scn_recorder *recorder, struct cog_error *error) COG_CHECK;

void scn_recorder_finish(struct scn_recorder *recorder);

#endif
