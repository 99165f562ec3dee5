/*
 * A server that costs next to nothing: it answers a whole promotion with canned bodies, and keeps
 * connections open. A process of its own, so that its time is not the client's. Prints its port.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 16, REQUEST_SIZE = 16384, ANSWER_SIZE = 2048, POLLS = 20 };

struct connection {
    int socket;
    size_t length;
    char request[REQUEST_SIZE];
};

struct server {
    struct pollfd watched[CONNECTIONS_MAX + 1]; /* The first is the listener. */
    struct connection connections[CONNECTIONS_MAX + 1];
    nfds_t count;
    int poll_count; /* Since the last promotion. */
};

struct canned {
    const char *start; /* Of the request. */
    int status;
    const char *body;
};

/* The first that fits; what is longer stands before what it begins with. */
static const struct canned CANNED[] = {
    {"POST /api/v1/oauth/token ", 200,
     "{\"access_token\":\"0123456789abcdef0123456789abcdef\",\"token_type\":\"Bearer\","
     "\"expires_in\":3600,\"scope\":\"environment:write bot:deploy deployment:execute"
     " conversation:simulate\"}"},
    {"GET /api/v1/environments/env-source/metrics ", 200,
     "{\"environment_id\":\"env-source\",\"intents\":12,\"entities\":7,\"flows\":5,\"webhooks\":2,"
     "\"integrations\":1,\"variables\":9,\"content_digest\":\"00ff\"}"},
    {"GET /api/v1/environments/env-target/metrics ", 200,
     "{\"environment_id\":\"env-target\",\"intents\":12,\"entities\":7,\"flows\":5,\"webhooks\":2,"
     "\"integrations\":1,\"variables\":9,\"content_digest\":\"00ff\"}"},
    {"GET /api/v1/environments/env-target/sessions ", 200,
     "{\"active_sessions\":0,\"status\":\"idle\"}"},
    {"GET /api/v1/environments/", 200, "{\"platform_version\":\"v1.18.0\",\"bot_id\":\"bot-1\"}"},
    {"GET /api/v1/bots/", 200,
     "{\"bot_id\":\"bot-1\",\"versions\":[{\"version\":\"v7\",\"created_at\":\"2026-01-01T00:00:"
     "00Z\"}]}"},
    {"GET /api/v1/health ", 200, "{\"status\":\"ok\"}"},
    {"POST /api/v1/conversations/simulate ", 200,
     "{\"environment_id\":\"env-target\",\"matched_intent\":\"health_check_ping\",\"reply\":"
     "\"pong\"}"},
    {"POST /api/v1/deployments/promote ", 202,
     "{\"job_id\":\"job-1\",\"status\":\"pending\",\"created_at\":\"2026-01-01T00:00:00Z\","
     "\"source_id\":\"env-source\",\"target_id\":\"env-target\"}"},
    {"GET /api/v1/deployments?", 200, "{\"deployments\":[]}"},
};

static void send_answer(int socket, int status, const char *body)
{
    char answer[ANSWER_SIZE];
    const int length = snprintf(answer, sizeof answer,
                                "HTTP/1.1 %d Canned\r\nContent-Type: application/json\r\n"
                                "Content-Length: %zu\r\n\r\n%s",
                                status, strlen(body), body);
    if (length < 0 || send(socket, answer, (size_t)length, MSG_NOSIGNAL) != length) {
        (void)fprintf(stderr, "bench server: an answer was not sent\n");
    }
}

static void send_status(struct server *server, int socket)
{
    server->poll_count++;
    char body[ANSWER_SIZE / 4];
    const bool is_running = server->poll_count < POLLS;
    (void)snprintf(body, sizeof body, "{\"job_id\":\"job-1\",\"status\":\"%s\",\"progress\":%d}",
                   is_running ? "running" : "completed", server->poll_count * 100 / POLLS);
    send_answer(socket, 200, body);
}

static void request_answer(struct server *server, const struct connection *connection)
{
    static const char status_start[] = "GET /api/v1/deployments/job-1/status ";
    if (strncmp(connection->request, status_start, sizeof status_start - 1) == 0) {
        send_status(server, connection->socket);
        return;
    }
    for (size_t i = 0; i < sizeof CANNED / sizeof CANNED[0]; i++) {
        if (strncmp(connection->request, CANNED[i].start, strlen(CANNED[i].start)) == 0) {
            server->poll_count = CANNED[i].status == 202 ? 0 : server->poll_count;
            send_answer(connection->socket, CANNED[i].status, CANNED[i].body);
            return;
        }
    }
    send_answer(connection->socket, 404, "{}");
}

/* Of the request that stands at the front; 0: not all of it is there yet. */
static size_t request_length(const struct connection *connection)
{
    const char *end = strstr(connection->request, "\r\n\r\n");
    if (end == NULL) {
        return 0;
    }
    size_t length = (size_t)(end + 4 - connection->request);
    const char *line = strstr(connection->request, "Content-Length: ");
    if (line != NULL && line < end) {
        length += (size_t)strtoul(line + strlen("Content-Length: "), NULL, 10);
    }
    return length <= connection->length ? length : 0;
}

/* Whether the connection goes on. */
static bool connection_read(struct server *server, struct connection *connection)
{
    const size_t room = sizeof connection->request - 1 - connection->length;
    const ssize_t got = recv(connection->socket, connection->request + connection->length, room, 0);
    if (got <= 0) {
        return false;
    }
    connection->length += (size_t)got;
    connection->request[connection->length] = '\0';
    const size_t length = request_length(connection);
    if (length > 0) {
        request_answer(server, connection);
        connection->length -= length;
        memmove(connection->request, connection->request + length, connection->length + 1);
    }
    return true;
}

static void connection_accept(struct server *server)
{
    const int socket = accept(server->watched[0].fd, NULL, NULL);
    if (socket < 0 || server->count > CONNECTIONS_MAX) {
        (void)close(socket);
        return;
    }
    const int is_on = 1;
    (void)setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &is_on, sizeof is_on);
    server->watched[server->count] = (struct pollfd){.fd = socket, .events = POLLIN};
    server->connections[server->count].socket = socket;
    server->connections[server->count].length = 0;
    server->count++;
}

static void connection_close(struct server *server, nfds_t i)
{
    (void)close(server->watched[i].fd);
    server->count--;
    server->watched[i] = server->watched[server->count];
    server->connections[i] = server->connections[server->count];
}

static void serve(struct server *server)
{
    while (poll(server->watched, server->count, -1) >= 0) {
        /* From behind: closing puts the last into the gap. */
        for (nfds_t i = server->count - 1; i > 0; i--) {
            if (server->watched[i].revents != 0 &&
                !connection_read(server, &server->connections[i])) {
                connection_close(server, i);
            }
        }
        if (server->watched[0].revents != 0) {
            connection_accept(server);
        }
    }
}

int main(void)
{
    static struct server server;
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)},
    };
    socklen_t size = sizeof address;
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || bind(listener, (const struct sockaddr *)&address, size) != 0 ||
        listen(listener, CONNECTIONS_MAX) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0) {
        (void)fprintf(stderr, "bench server: cannot listen\n");
        return EXIT_FAILURE;
    }
    (void)printf("%d\n", ntohs(address.sin_port));
    (void)fflush(stdout);
    server.watched[0] = (struct pollfd){.fd = listener, .events = POLLIN};
    server.count = 1;
    serve(&server);
    return EXIT_SUCCESS;
}
