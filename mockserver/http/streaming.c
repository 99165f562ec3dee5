/* Answers without an end: what there is to say is sent, and then the connection is suspended. */
#include "http/connection.h"
#include "http/http_private.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <utlist.h>

enum { BLOCK_SIZE = 16 << 10 };

static ssize_t read_stream(void *context, uint64_t position, char *buffer, size_t size)
{
    (void)position;
    struct mock_parcel *parcel = context;
    const struct mock_stream *stream = &parcel->plan.stream;
    if (parcel->is_abandoned) {
        return MHD_CONTENT_READER_END_OF_STREAM;
    }
    const size_t length = stream->ops->read(stream->context, buffer, size);
    if (length == 0) {
        parcel->is_dry = true;
        MHD_suspend_connection(parcel->connection);
    }
    return (ssize_t)length;
}

enum MHD_Result mock_streaming_begin(struct mock_http *http, struct mock_parcel *parcel)
{
    struct epoll_event event = {.events = EPOLLRDHUP, .data = {.ptr = parcel}};
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_SIZE, read_stream, parcel, NULL);
    if (response == NULL ||
        epoll_ctl(http->descriptor, EPOLL_CTL_ADD, mock_connection_descriptor(parcel->connection),
                  &event) != 0) {
        MHD_destroy_response(response);
        return MHD_NO;
    }
    parcel->is_streaming = true;
    DL_APPEND2(http->streams, parcel, previous, next);
    enum MHD_Result result = mock_parcel_queue(parcel, response);
    MHD_destroy_response(response);
    return result;
}

static void go_on(struct mock_parcel *parcel)
{
    parcel->is_dry = false;
    MHD_resume_connection(parcel->connection);
}

bool mock_streaming_wake(struct mock_http *http)
{
    bool has_woken = false;
    struct mock_parcel *parcel = NULL;
    DL_FOREACH2(http->streams, parcel, next)
    {
        const struct mock_stream *stream = &parcel->plan.stream;
        if (parcel->is_dry && (parcel->is_abandoned || stream->ops->is_ready(stream->context))) {
            go_on(parcel);
            has_woken = true;
        }
    }
    return has_woken;
}

/* libmicrohttpd may wait until it can send more: the end of the socket is what it hears of. */
void mock_streaming_abandon(struct mock_http *http, struct mock_parcel *parcel)
{
    const int descriptor = mock_connection_descriptor(parcel->connection);
    parcel->is_abandoned = true;
    (void)epoll_ctl(http->descriptor, EPOLL_CTL_DEL, descriptor, NULL);
    (void)shutdown(descriptor, SHUT_RDWR);
}

void mock_streaming_end_all(struct mock_http *http)
{
    struct mock_parcel *parcel = NULL;
    DL_FOREACH2(http->streams, parcel, next)
    {
        parcel->is_abandoned = true;
        if (parcel->is_dry) {
            go_on(parcel);
        }
    }
}

void mock_streaming_forget(struct mock_http *http, struct mock_parcel *parcel)
{
    if (!parcel->is_streaming) {
        return;
    }
    parcel->is_streaming = false;
    DL_DELETE2(http->streams, parcel, previous, next);
    (void)epoll_ctl(http->descriptor, EPOLL_CTL_DEL, mock_connection_descriptor(parcel->connection),
                    NULL);
}
