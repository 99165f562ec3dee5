#include "script/tracker.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum {
    STATUS_UNAUTHORIZED = 401,
    STATUS_TIMEOUT = 408,
    STATUS_THROTTLED = 429,
    STATUS_SERVER_ERROR = 500,
    TRACK_SIZE = 256, /* With its place in the table, but for its key. */
};

struct mock_track {
    int holder_count;
    struct mock_address address;
    bool has_id;
    bool invites_repetition;
};

void mock_track_drop(struct mock_track *track)
{
    if (track != NULL && --track->holder_count == 0) {
        free(track);
    }
}

static void drop(void *track)
{
    mock_track_drop(track);
}

/* Requests that are under way keep theirs. */
void mock_tracker_finish(struct mock_tracker *tracker)
{
    mock_table_finish(&tracker->tracks, drop);
    tracker->size = 0;
}

/* One kind of key for a request id, another one for a path: neither can be taken for the other. */
static char *track_key(enum mock_call call, const char *path, const char *request_id)
{
    struct cog_text key = {0};
    cog_text_append(&key, mock_call_name(call));
    cog_text_append(&key, request_id != NULL ? " id " : " path ");
    cog_text_append(&key, request_id != NULL ? request_id : path);
    return cog_text_take(&key);
}

static enum cog_code add_track(struct mock_tracker *tracker, const char *key,
                               struct mock_track **out_track)
{
    const size_t size = TRACK_SIZE + strlen(key);
    if (tracker->size + size > MOCK_TRACKS_SIZE_MAX) {
        mock_tracker_finish(tracker);
    }
    struct mock_track *track = calloc(1, sizeof *track);
    if (track == NULL) {
        return COG_ERROR_MEMORY;
    }
    enum cog_code code = mock_table_insert(&tracker->tracks, key, track);
    if (code != COG_OK) {
        free(track);
        return code;
    }
    track->holder_count = 1;
    tracker->size += size;
    *out_track = track;
    return COG_OK;
}

enum cog_code mock_tracker_locate(struct mock_tracker *tracker, enum mock_call call,
                                  const char *path, const char *request_id,
                                  struct mock_track **out_track)
{
    COG_CLEANUP(cog_string_finish) char *key = track_key(call, path, request_id);
    if (key == NULL) {
        return COG_ERROR_MEMORY;
    }
    struct mock_track *track = mock_table_find(&tracker->tracks, key);
    if (track == NULL) {
        enum cog_code code = add_track(tracker, key, &track);
        if (code != COG_OK) {
            return code;
        }
        track->address.call = call;
        track->has_id = request_id != NULL;
    }
    bool is_known = track->address.attempt > 0;
    if (is_known && (track->has_id || track->invites_repetition)) {
        track->address.attempt++;
    } else {
        track->address.nth = ++tracker->call_counts[call];
        track->address.attempt = 1;
    }
    track->holder_count++;
    *out_track = track;
    return COG_OK;
}

struct mock_address mock_track_address(const struct mock_track *track)
{
    return track->address;
}

void mock_track_close(struct mock_track *track, int status, bool whole)
{
    track->invites_repetition = !whole || status == STATUS_UNAUTHORIZED ||
                                status == STATUS_TIMEOUT || status == STATUS_THROTTLED ||
                                status >= STATUS_SERVER_ERROR;
}
