#include "raw_server.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 4, REQUEST_SIZE = 8192, LIFE_S = 20 };

/* The child's side. Entry 0 is the listener. */
struct service {
    const struct raw_server *server;
    struct pollfd descriptors[1 + CONNECTIONS_MAX];
    size_t request_count;
};

static int listen_on_loopback(int *out_port)
{
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    cr_assert(listener >= 0);
    cr_assert(bind(listener, (struct sockaddr *)&address, size) == 0);
    cr_assert(listen(listener, CONNECTIONS_MAX) == 0);
    cr_assert(getsockname(listener, (struct sockaddr *)&address, &size) == 0);
    *out_port = ntohs(address.sin_port);
    return listener;
}

int raw_port_unused(void)
{
    int port = 0;
    (void)close(listen_on_loopback(&port));
    return port;
}

/* Stops early, without a word, when the client has gone. */
static void send_text(int connection, const char *text)
{
    size_t left = text != NULL ? strlen(text) : 0;
    while (left > 0) {
        const ssize_t sent = send(connection, text, left, MSG_NOSIGNAL);
        if (sent <= 0) {
            return;
        }
        text += sent;
        left -= (size_t)sent;
    }
}

static size_t content_length(const char *request)
{
    const char *field = strstr(request, "Content-Length: ");
    return field != NULL ? strtoul(field + strlen("Content-Length: "), NULL, 10) : 0;
}

/* The first byte of a TLS handshake; what follows it is not for this server. */
enum { TLS_HANDSHAKE = 0x16 };

static bool is_whole(const char *request)
{
    if (request[0] == TLS_HANDSHAKE) {
        return true;
    }
    const char *end = strstr(request, "\r\n\r\n");
    return end != NULL && strlen(end + 4) >= content_length(request);
}

/* False when the client has closed the connection, or has not sent a request by then. */
static bool read_request(int connection, char request[REQUEST_SIZE])
{
    size_t length = 0;
    request[0] = '\0';
    while (!is_whole(request) && length < REQUEST_SIZE - 1) {
        const ssize_t count = recv(connection, request + length, REQUEST_SIZE - 1 - length, 0);
        if (count <= 0) {
            return false;
        }
        length += (size_t)count;
        request[length] = '\0';
    }
    return true;
}

static void end_connection(struct pollfd *descriptor, enum raw_end end)
{
    if (end == RAW_KEEP) {
        return;
    }
    if (end == RAW_RESET) {
        const struct linger linger = {.l_onoff = 1, .l_linger = 0};
        (void)setsockopt(descriptor->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }
    (void)close(descriptor->fd);
    descriptor->fd = -1;
}

static void record(const struct service *service, const char *text)
{
    if (write(service->server->record_descriptor, text, strlen(text)) < 0) {
        _exit(1);
    }
}

static void serve_request(struct service *service, struct pollfd *descriptor)
{
    char request[REQUEST_SIZE];
    if (!read_request(descriptor->fd, request)) {
        end_connection(descriptor, RAW_CLOSE);
        return;
    }
    record(service, request);
    if (service->request_count == RAW_STEPS_MAX) {
        return;
    }
    const struct raw_step *step = &service->server->steps[service->request_count++];
    if (step->signals) {
        (void)kill(getppid(), SIGUSR1);
    }
    send_text(descriptor->fd, step->answer);
    for (size_t i = 0; i < step->filler_count; i++) {
        send_text(descriptor->fd, step->filler);
    }
    send_text(descriptor->fd, step->tail);
    end_connection(descriptor, step->end);
}

static void accept_connection(struct service *service)
{
    const int connection = accept(service->descriptors[0].fd, NULL, NULL);
    record(service, RAW_CONNECTION);
    for (size_t i = 1; i <= CONNECTIONS_MAX; i++) {
        if (service->descriptors[i].fd < 0) {
            service->descriptors[i].fd = connection;
            return;
        }
    }
    (void)close(connection);
}

static void serve(const struct raw_server *server, int listener)
{
    struct service service = {.server = server};
    for (size_t i = 0; i <= CONNECTIONS_MAX; i++) {
        service.descriptors[i] = (struct pollfd){.fd = i == 0 ? listener : -1, .events = POLLIN};
    }
    /* Should the test die without stopping this process. */
    (void)alarm(LIFE_S);
    while (poll(service.descriptors, 1 + CONNECTIONS_MAX, -1) > 0) {
        for (size_t i = 1; i <= CONNECTIONS_MAX; i++) {
            if (service.descriptors[i].fd >= 0 && service.descriptors[i].revents != 0) {
                serve_request(&service, &service.descriptors[i]);
            }
        }
        if (service.descriptors[0].revents != 0) {
            accept_connection(&service);
        }
    }
    _exit(1);
}

void raw_server_start(struct raw_server *server)
{
    int record[2];
    cr_assert(pipe(record) == 0);
    const int listener = listen_on_loopback(&server->port);
    server->process = fork();
    cr_assert(server->process >= 0);
    server->record_descriptor = record[server->process == 0 ? 1 : 0];
    if (server->process == 0) {
        serve(server, listener);
    }
    (void)close(record[1]);
    (void)close(listener);
}

void raw_server_stop(struct raw_server *server)
{
    (void)kill(server->process, SIGKILL);
    (void)waitpid(server->process, NULL, 0);
    size_t length = 0;
    ssize_t count = 0;
    do {
        count = read(server->record_descriptor, server->record + length,
                     sizeof server->record - 1 - length);
        length += count > 0 ? (size_t)count : 0;
    } while (count > 0);
    server->record[length] = '\0';
    (void)close(server->record_descriptor);
}

int raw_server_count(const struct raw_server *server, const char *text)
{
    int count = 0;
    for (const char *at = strstr(server->record, text); at != NULL; at = strstr(at + 1, text)) {
        count++;
    }
    return count;
}
