#include "http/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static enum cog_code refuse(int number, uint16_t port, struct cog_error *error)
{
    switch (number) {
    case EADDRINUSE:
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "cannot listen on 127.0.0.1:%d: address already in use", port);
    case EACCES:
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "cannot listen on 127.0.0.1:%d: permission denied", port);
    default:
        return cog_error_set(error, COG_ERROR_INTERNAL,
                             "cannot listen on 127.0.0.1:%d: system error %d", port, number);
    }
}

/* @return 0 or errno */
static int listen_at(int descriptor, struct sockaddr_in *address)
{
    const int yes = 1;
    socklen_t size = sizeof *address;
    /* For a port whose last connections still linger; two listeners exclude each other anyway. */
    if (setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(descriptor, (const struct sockaddr *)address, size) != 0 ||
        listen(descriptor, SOMAXCONN) != 0 ||
        getsockname(descriptor, (struct sockaddr *)address, &size) != 0) {
        return errno;
    }
    return 0;
}

enum cog_code mock_listener_open(uint16_t port, struct mock_listener *out_listener,
                                 struct cog_error *error)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(port),
        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)},
    };
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) {
        return refuse(errno, port, error);
    }
    int number = listen_at(descriptor, &address);
    if (number != 0) {
        (void)close(descriptor);
        return refuse(number, port, error);
    }
    *out_listener = (struct mock_listener){descriptor, ntohs(address.sin_port)};
    return COG_OK;
}
