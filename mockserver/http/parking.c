/* Answers that wait: for their time, for ever, or for a client that does not read. */
#include "http/connection.h"
#include "http/http_private.h"

#include <sys/epoll.h>

enum { EVENTS_MAX = 64 };

/* Of a client that waits, only its going away is of interest; of one that has to read, that too. */
static bool watch_client(const struct mock_http *http, struct mock_parcel *parcel, int operation)
{
    struct epoll_event event = {.events = EPOLLRDHUP, .data = {.ptr = parcel}};
    if (parcel->is_blocked) {
        event.events |= EPOLLOUT;
    }
    return epoll_ctl(http->descriptor, operation, mock_connection_descriptor(parcel->connection),
                     &event) == 0;
}

enum MHD_Result mock_parking_add(struct mock_http *http, struct mock_parcel *parcel, int64_t due_ms)
{
    parcel->due_ms = due_ms;
    if (mock_waiting_add(&http->parked, parcel) != COG_OK) {
        return MHD_NO;
    }
    if (!watch_client(http, parcel, EPOLL_CTL_ADD)) {
        mock_waiting_remove(&http->parked, parcel);
        return MHD_NO;
    }
    parcel->is_parked = true;
    MHD_suspend_connection(parcel->connection);
    return MHD_YES;
}

void mock_parking_forget(struct mock_http *http, struct mock_parcel *parcel)
{
    if (!parcel->is_parked) {
        return;
    }
    parcel->is_parked = false;
    parcel->is_blocked = false;
    mock_waiting_remove(&http->parked, parcel);
    (void)epoll_ctl(http->descriptor, EPOLL_CTL_DEL, mock_connection_descriptor(parcel->connection),
                    NULL);
}

static void release(struct mock_http *http, struct mock_parcel *parcel)
{
    mock_parking_forget(http, parcel);
    MHD_resume_connection(parcel->connection);
}

/* It has a time of its own again, or one that its client decides. */
static void wait_on(struct mock_http *http, struct mock_parcel *parcel, bool was_blocked)
{
    if (was_blocked != parcel->is_blocked) {
        (void)watch_client(http, parcel, EPOLL_CTL_MOD);
    }
    mock_waiting_update(&http->parked, parcel);
}

/* Sends a piece of what goes out byte by byte. @return whether there is more to come, later */
static bool send_piece(struct mock_http *http, struct mock_parcel *parcel)
{
    const bool was_blocked = parcel->is_blocked;
    if (!mock_parcel_has_raw(parcel)) {
        return false;
    }
    mock_parcel_send_raw(parcel);
    const bool hangs = parcel->plan.ending == MOCK_ENDING_HANG;
    if (!mock_parcel_has_raw(parcel) && !hangs) {
        return false;
    }
    if (!mock_parcel_has_raw(parcel)) {
        parcel->due_ms = INT64_MAX;
    } else if (!parcel->is_blocked) {
        parcel->due_ms += parcel->plan.piece_ms;
    }
    wait_on(http, parcel, was_blocked);
    return true;
}

bool mock_parking_release_due(struct mock_http *http)
{
    bool has_released = false;
    const int64_t now_ms = cog_clock_monotonic_ms(http->clock);
    while (mock_waiting_next_ms(&http->parked) <= now_ms) {
        struct mock_parcel *parcel = mock_waiting_first(&http->parked);
        if (!send_piece(http, parcel)) {
            release(http, parcel);
            has_released = true;
        }
    }
    return has_released;
}

static void see_client(struct mock_http *http, struct mock_parcel *parcel, uint32_t events)
{
    const bool is_gone = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    parcel->is_abandoned = parcel->is_abandoned || is_gone;
    /* A stream is woken by who looks after streams. */
    if (parcel->is_streaming && is_gone) {
        mock_streaming_abandon(http, parcel);
    }
    if (parcel->is_parked && (is_gone || !send_piece(http, parcel))) {
        release(http, parcel);
    }
}

bool mock_parking_see_sockets(struct mock_http *http)
{
    struct epoll_event events[EVENTS_MAX];
    const int count = epoll_wait(http->descriptor, events, EVENTS_MAX, 0);
    for (int i = 0; i < count; i++) {
        if (events[i].data.ptr != NULL) {
            see_client(http, events[i].data.ptr, events[i].events);
        }
    }
    return count > 0;
}

/* A hang is ended by closing; everything else is sent at once, as far as the client takes it. */
void mock_parking_release_all(struct mock_http *http)
{
    while (http->parked.count > 0) {
        struct mock_parcel *parcel = mock_waiting_first(&http->parked);
        parcel->plan.piece_length = 0;
        if (mock_parcel_has_raw(parcel)) {
            mock_parcel_send_raw(parcel);
        }
        release(http, parcel);
    }
}
