/*
 * Holds many connections open, some of them slow on purpose.
 *
 *   crowd PORT IDLE SLOW REQUEST [SLOW-REQUEST]...
 *
 * IDLE connections ask REQUEST once and are silent then. Of the SLOW ones one share sends REQUEST
 * byte by byte, one byte a second, and the others, a share each, ask a SLOW-REQUEST, which the
 * server is to be slow with; when one ends, it is asked again.
 *
 * Says on stdout how many connections are there. When its stdin ends, it says how many still are,
 * and how many bytes the slow ones have sent and received, and ends.
 */
#include "loopback.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    CONNECTIONS_MAX = 30000,
    PORT_MAX = 65535,
    ANSWER_TIMEOUT_MS = 5000,
    EVENTS_MAX = 256,
    TICK_MS = 20,
    TICKS_A_SECOND = 50,
    BUFFER_SIZE = 4096,
    STATUS_OK = 200,
};

struct connection {
    int socket;          /**< -1 while there is none. */
    const char *request; /**< What is asked slowly. */
    size_t sent;         /**< Of the request. */
    bool is_bytewise;
};

struct crowd {
    uint16_t port;
    const char *request;
    char *const *slow_requests;
    size_t slow_request_count;
    size_t idle_count;
    size_t count;
    int descriptor; /**< Of an epoll that has the slow ones, and stdin. */
    unsigned long bytes_sent;
    unsigned long bytes_received;
    struct connection connections[CONNECTIONS_MAX]; /**< The idle ones first. */
};

static void drop(struct connection *connection)
{
    if (connection->socket >= 0) {
        (void)close(connection->socket);
        connection->socket = -1;
    }
}

static void open_idle(struct crowd *crowd, struct connection *connection)
{
    connection->socket = loopback_connect(crowd->port);
    loopback_limit(connection->socket, ANSWER_TIMEOUT_MS);
    if (connection->socket >= 0 && (!loopback_send(connection->socket, crowd->request) ||
                                    loopback_receive(connection->socket) != STATUS_OK)) {
        drop(connection);
    }
}

static void open_slow(struct crowd *crowd, struct connection *connection)
{
    struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = connection}};
    connection->socket = loopback_connect(crowd->port);
    connection->sent = 0;
    if (connection->socket < 0) {
        return;
    }
    if (epoll_ctl(crowd->descriptor, EPOLL_CTL_ADD, connection->socket, &event) != 0) {
        drop(connection);
    } else if (!connection->is_bytewise && loopback_send(connection->socket, connection->request)) {
        crowd->bytes_sent += strlen(connection->request);
    }
}

static void open_all(struct crowd *crowd)
{
    const size_t kinds = crowd->slow_request_count + 1;
    for (size_t i = 0; i < crowd->count; i++) {
        struct connection *connection = &crowd->connections[i];
        if (i < crowd->idle_count) {
            open_idle(crowd, connection);
            continue;
        }
        const size_t kind = i % kinds;
        connection->is_bytewise = kind == crowd->slow_request_count;
        connection->request = connection->is_bytewise ? crowd->request : crowd->slow_requests[kind];
        open_slow(crowd, connection);
    }
}

/* Slow ones that the server ended are opened again by the next tick. */
static void read_slow(struct crowd *crowd, struct connection *connection)
{
    char buffer[BUFFER_SIZE];
    const ssize_t got = recv(connection->socket, buffer, sizeof buffer, MSG_DONTWAIT);
    if (got <= 0) {
        drop(connection);
        return;
    }
    crowd->bytes_received += (unsigned long)got;
}

static void feed(struct crowd *crowd, struct connection *connection)
{
    if (connection->socket < 0) {
        open_slow(crowd, connection);
        return;
    }
    if (!connection->is_bytewise) {
        return;
    }
    if (connection->request[connection->sent] == '\0') {
        connection->sent = 0;
    }
    const char *byte = connection->request + connection->sent;
    if (send(connection->socket, byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1) {
        connection->sent++;
        crowd->bytes_sent++;
    }
}

/* Each slow one has its turn once a second. */
static void tick(struct crowd *crowd, size_t number)
{
    for (size_t i = crowd->idle_count + number % TICKS_A_SECOND; i < crowd->count;
         i += TICKS_A_SECOND) {
        feed(crowd, &crowd->connections[i]);
    }
}

static void hold(struct crowd *crowd)
{
    struct epoll_event events[EVENTS_MAX];
    const int64_t start_ns = loopback_now_ns();
    int64_t ticks = 0;
    for (;;) {
        const int count = epoll_wait(crowd->descriptor, events, EVENTS_MAX, TICK_MS);
        for (int i = 0; i < count; i++) {
            if (events[i].data.ptr == NULL) {
                return;
            }
            read_slow(crowd, events[i].data.ptr);
        }
        for (; ticks < (loopback_now_ns() - start_ns) / ((int64_t)TICK_MS * 1000000); ticks++) {
            tick(crowd, (size_t)ticks);
        }
    }
}

/* A slow one that waits for its next turn to be opened again counts as well. */
static size_t count_open(const struct crowd *crowd)
{
    size_t count = 0;
    for (size_t i = 0; i < crowd->count; i++) {
        const struct connection *connection = &crowd->connections[i];
        const bool is_idle = i < crowd->idle_count;
        count += connection->socket >= 0 && (!is_idle || loopback_is_idle(connection->socket));
    }
    return count;
}

static void raise_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}

int main(int argc, char **argv)
{
    static struct crowd crowd;
    struct epoll_event event = {.events = EPOLLIN | EPOLLHUP};
    if (argc < 5) {
        (void)fprintf(stderr, "usage: crowd PORT IDLE SLOW REQUEST [SLOW-REQUEST]...\n");
        return EXIT_FAILURE;
    }
    crowd.port = (uint16_t)loopback_number(argv[1], PORT_MAX);
    crowd.idle_count = (size_t)loopback_number(argv[2], CONNECTIONS_MAX / 2);
    crowd.count = crowd.idle_count + (size_t)loopback_number(argv[3], CONNECTIONS_MAX / 2);
    crowd.request = argv[4];
    crowd.slow_requests = argv + 5;
    crowd.slow_request_count = (size_t)argc - 5;
    crowd.descriptor = epoll_create1(EPOLL_CLOEXEC);
    if (epoll_ctl(crowd.descriptor, EPOLL_CTL_ADD, STDIN_FILENO, &event) != 0) {
        (void)fprintf(stderr, "crowd: stdin must be a pipe\n");
        return EXIT_FAILURE;
    }
    raise_limit();
    open_all(&crowd);
    (void)printf("%zu\n", count_open(&crowd));
    (void)fflush(stdout);
    hold(&crowd);
    (void)printf("%zu %lu %lu\n", count_open(&crowd), crowd.bytes_sent, crowd.bytes_received);
    return EXIT_SUCCESS;
}
