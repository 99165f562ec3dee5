/* The port: open, closed, or jammed. */
#include "http/http_private.h"

#include <sys/epoll.h>
#include <sys/socket.h>

static struct mock_server *outer(const struct mock_http *http)
{
    return http->site.ops->outer(http->site.context);
}

bool mock_port_watch(const struct mock_http *http, int descriptor)
{
    struct epoll_event event = {.events = EPOLLIN};
    return epoll_ctl(http->descriptor, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

static enum cog_code watch_listener(const struct mock_http *http, struct cog_error *error)
{
    return mock_port_watch(http, http->listener.descriptor)
               ? COG_OK
               : cog_error_set(error, COG_ERROR_INTERNAL, "cannot watch the port");
}

enum cog_code mock_port_open(struct mock_http *http, struct cog_error *error)
{
    enum cog_code code = mock_listener_open(&http->listener, error);
    return code == COG_OK ? watch_listener(http, error) : code;
}

void mock_port_close(struct mock_http *http)
{
    mock_door_clear(&http->door, -1);
    mock_listener_close(&http->listener);
}

void mock_port_accept(struct mock_http *http)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    while (http->listener.descriptor >= 0 && !http->door.is_jammed) {
        const int descriptor =
            accept(http->listener.descriptor, (struct sockaddr *)&address, &size);
        if (descriptor < 0) {
            break;
        }
        if (mock_server_connect_fault(outer(http)) == MOCK_CONNECT_RESET) {
            mock_server_connect_strike(outer(http));
            mock_door_reset(descriptor);
        } else {
            /* Makes it non-blocking; on failure closes it. */
            (void)MHD_add_connection(http->daemon, descriptor, (struct sockaddr *)&address, size);
        }
        size = sizeof address;
    }
}

/* A jammed port is not watched: whoever stands in it would wake us for ever. */
static enum cog_code jam(struct mock_http *http, struct cog_error *error)
{
    if (http->door.is_jammed) {
        return COG_OK;
    }
    mock_port_accept(http);
    if (epoll_ctl(http->descriptor, EPOLL_CTL_DEL, http->listener.descriptor, NULL) != 0) {
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot look away from the port");
    }
    mock_door_jam(&http->door, http->listener.descriptor);
    return COG_OK;
}

static enum cog_code clear(struct mock_http *http, struct cog_error *error)
{
    if (!http->door.is_jammed) {
        return COG_OK;
    }
    mock_door_clear(&http->door, http->listener.descriptor);
    return watch_listener(http, error);
}

/* A fault of the port as a whole counts once for each time that it is there. */
static void count_shut(struct mock_http *http, enum mock_connect_fault fault)
{
    const bool is_shut = fault == MOCK_CONNECT_REFUSED || fault == MOCK_CONNECT_TIMEOUT;
    if (is_shut && !http->door.is_shut) {
        mock_server_connect_strike(outer(http));
    }
    http->door.is_shut = is_shut;
}

enum cog_code mock_port_follow(struct mock_http *http, struct cog_error *error)
{
    if (http->is_stopping) {
        mock_port_close(http);
        return COG_OK;
    }
    const enum mock_connect_fault fault = mock_server_connect_fault(outer(http));
    count_shut(http, fault);
    if (mock_access_is_closed(http)) {
        mock_port_close(http);
        return COG_OK;
    }
    enum cog_code code = http->listener.descriptor >= 0 ? COG_OK : mock_port_open(http, error);
    if (code != COG_OK) {
        return code;
    }
    return fault == MOCK_CONNECT_TIMEOUT ? jam(http, error) : clear(http, error);
}
