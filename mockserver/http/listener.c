#include "http/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PORT_SIZE = 8 };

static enum cog_code refuse(const struct mock_listener *listener, int number,
                            struct cog_error *error)
{
    const char *address = listener->address;
    const int port = listener->port;
    switch (number) {
    case EADDRINUSE:
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "cannot listen on %s:%d: address already in use", address, port);
    case EACCES:
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "cannot listen on %s:%d: permission denied", address, port);
    case EADDRNOTAVAIL:
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "cannot listen on %s:%d: this machine has no such address", address,
                             port);
    default:
        return cog_error_set(error, COG_ERROR_INTERNAL, "cannot listen on %s:%d: system error %d",
                             address, port, number);
    }
}

static enum cog_code resolve(const struct mock_listener *listener, struct addrinfo **out_info,
                             struct cog_error *error)
{
    char port[PORT_SIZE];
    const struct addrinfo hints = {
        .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
        .ai_socktype = SOCK_STREAM,
    };
    (void)snprintf(port, sizeof port, "%d", listener->port);
    if (getaddrinfo(listener->address, port, &hints, out_info) != 0) {
        return cog_error_set(error, COG_ERROR_CONFIGURATION,
                             "'%s' is no numeric address, such as 127.0.0.1, 0.0.0.0 or ::1",
                             listener->address);
    }
    return COG_OK;
}

static uint16_t bound_port(const struct sockaddr_storage *address)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    if (address->ss_family == AF_INET6) {
        memcpy(&v6, address, sizeof v6);
        return ntohs(v6.sin6_port);
    }
    memcpy(&v4, address, sizeof v4);
    return ntohs(v4.sin_port);
}

/* @return 0 or errno */
static int listen_at(int descriptor, const struct addrinfo *info, uint16_t *out_port)
{
    const int yes = 1;
    struct sockaddr_storage bound = {0};
    socklen_t size = sizeof bound;
    /* For a port whose last connections still linger; two listeners exclude each other anyway. */
    if (setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(descriptor, info->ai_addr, info->ai_addrlen) != 0 ||
        listen(descriptor, SOMAXCONN) != 0 ||
        getsockname(descriptor, (struct sockaddr *)&bound, &size) != 0) {
        return errno;
    }
    *out_port = bound_port(&bound);
    return 0;
}

enum cog_code mock_listener_open(struct mock_listener *listener, struct cog_error *error)
{
    struct addrinfo *info = NULL;
    enum cog_code code = resolve(listener, &info, error);
    if (code != COG_OK) {
        return code;
    }
    const int descriptor = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int number = descriptor < 0 ? errno : listen_at(descriptor, info, &listener->port);
    freeaddrinfo(info);
    if (number != 0) {
        if (descriptor >= 0) {
            (void)close(descriptor);
        }
        return refuse(listener, number, error);
    }
    listener->descriptor = descriptor;
    return COG_OK;
}

void mock_listener_close(struct mock_listener *listener)
{
    if (listener->descriptor >= 0) {
        (void)close(listener->descriptor);
        listener->descriptor = -1;
    }
}

bool mock_listener_is_loopback(const char *address)
{
    struct in_addr v4;
    struct in6_addr v6;
    if (inet_pton(AF_INET, address, &v4) == 1) {
        return (ntohl(v4.s_addr) >> 24) == IN_LOOPBACKNET;
    }
    return inet_pton(AF_INET6, address, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

bool mock_listener_is_any(const char *address)
{
    struct in_addr v4;
    struct in6_addr v6;
    if (inet_pton(AF_INET, address, &v4) == 1) {
        return v4.s_addr == htonl(INADDR_ANY);
    }
    return inet_pton(AF_INET6, address, &v6) == 1 && IN6_IS_ADDR_UNSPECIFIED(&v6);
}
