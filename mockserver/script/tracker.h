/**
 * Which logical call and which attempt a request is. Requests with the same X-Request-Id are
 * attempts of one call; without it, a request goes on with the preceding one of the same call and
 * path when that one's answer invites a repetition.
 */
#ifndef MOCK_SCRIPT_TRACKER_H
#define MOCK_SCRIPT_TRACKER_H

#include "script/fault.h"
#include "world/table.h"

struct mock_track;

/** When they take so much, all are forgotten: who repeats a call then begins a new one. */
enum { MOCK_TRACKS_SIZE_MAX = 4 << 20 };

/** `{0}` is empty and safe to finish. */
struct mock_tracker {
    struct mock_table tracks;
    size_t size; /**< In bytes, about. */
    int call_counts[MOCK_CALL_COUNT];
};

void mock_tracker_finish(struct mock_tracker *tracker);

/**
 * @param path as on the wire
 * @param request_id NULL when the header was not sent
 * @param out_track held by the caller, who drops it; it outlives the tracker
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_tracker_locate(struct mock_tracker *tracker, enum mock_call call,
                                  const char *path, const char *request_id,
                                  struct mock_track **out_track) COG_CHECK;

/** Where the request stands that was located last on this track. */
struct mock_address mock_track_address(const struct mock_track *track);

/** Says how that request ended: `whole` is false when the answer was cut or never sent. */
void mock_track_close(struct mock_track *track, int status, bool whole);

/** NULL does nothing. */
void mock_track_drop(struct mock_track *track);

#endif
