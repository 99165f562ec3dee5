/** A log sink that keeps every event. */
#ifndef SCN_RECORDER_H
#define SCN_RECORDER_H

#include "judge/facts.h"
#include "simulation/share.h"
#include "simulation/shift.h"

#include <cogbase/text.h>

/** `{0}` is safe to finish. */
struct scn_recorder {
    const struct mock_server *server; /**< Borrowed: how far its truth was at each event. */
    const struct scn_share *share;    /**< Borrowed: of one of two; NULL for who is alone. */
    struct cog_clock clock;
    struct scn_shift shift;   /**< What it does while the client logs is not the client's. */
    struct scn_event *events; /**< Owned. */
    size_t event_count;
    size_t event_capacity;
    struct cog_text text; /**< Owned: all events, one a line. */
    bool failed;          /**< There was no memory for an event. */
};

void scn_recorder_init(struct scn_recorder *recorder, const struct mock_server *server,
                       struct cog_clock clock);

struct cog_log scn_recorder_log(struct scn_recorder *recorder);

/** @return COG_OK; COG_ERROR_MEMORY for an event that was lost */
enum cog_code scn_recorder_check(const struct scn_recorder *recorder,
                                 struct cog_error *error) COG_CHECK;

void scn_recorder_finish(struct scn_recorder *recorder);

#endif
