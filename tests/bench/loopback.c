#include "loopback.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum {
    BUFFER_SIZE = 16384,
    STATUS_OFFSET = 9, /* Behind "HTTP/1.1 ". */
    STATUS_FINAL_MIN = 200,
};

int loopback_connect(uint16_t port)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(port),
        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)},
    };
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        return -1;
    }
    const int yes = 1;
    (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(descriptor, (const struct sockaddr *)&address, sizeof address) != 0) {
        (void)close(descriptor);
        return -1;
    }
    return descriptor;
}

void loopback_limit(int socket, int timeout_ms)
{
    const struct timeval limit = {
        .tv_sec = timeout_ms / 1000,
        .tv_usec = (suseconds_t)(timeout_ms % 1000) * 1000,
    };
    (void)setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    (void)setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

bool loopback_is_idle(int socket)
{
    char byte = 0;
    return recv(socket, &byte, sizeof byte, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

bool loopback_send(int socket, const char *request)
{
    const size_t length = strlen(request);
    return send(socket, request, length, MSG_NOSIGNAL) == (ssize_t)length;
}

/* What is read of an answer, NUL-terminated. */
struct answer {
    size_t length;
    char bytes[BUFFER_SIZE];
};

/* @return bytes that came, or one of loopback.h's ends */
static ssize_t read_more(int socket, struct answer *answer)
{
    const size_t room = sizeof answer->bytes - 1 - answer->length;
    if (room == 0) {
        return LOOPBACK_BROKEN;
    }
    const ssize_t got = recv(socket, answer->bytes + answer->length, room, 0);
    if (got < 0) {
        return errno == EAGAIN ? LOOPBACK_TIMED_OUT : LOOPBACK_BROKEN;
    }
    answer->length += (size_t)got;
    answer->bytes[answer->length] = '\0';
    return got;
}

/* @return 1, or one of loopback.h's ends */
static ssize_t skip_body(int socket, struct answer *answer, size_t length)
{
    size_t seen = answer->length;
    while (seen < length) {
        answer->length = 0;
        const ssize_t got = read_more(socket, answer);
        if (got <= 0) {
            return got;
        }
        seen += (size_t)got;
    }
    /* More than was announced would be taken for the next answer. */
    return seen == length ? 1 : LOOPBACK_BROKEN;
}

static void drop_front(struct answer *answer, size_t length)
{
    answer->length -= length;
    memmove(answer->bytes, answer->bytes + length, answer->length + 1);
}

int loopback_receive(int socket)
{
    struct answer answer = {.length = 0};
    int status = 0;
    while (status < STATUS_FINAL_MIN) {
        const char *end = NULL;
        while ((end = strstr(answer.bytes, "\r\n\r\n")) == NULL) {
            const ssize_t got = read_more(socket, &answer);
            if (got <= 0) {
                return (int)got;
            }
        }
        const char *line = strstr(answer.bytes, "Content-Length: ");
        const bool is_http = strncmp(answer.bytes, "HTTP/1.1 ", STATUS_OFFSET) == 0;
        status = is_http ? (int)strtol(answer.bytes + STATUS_OFFSET, NULL, 10) : 0;
        if (status == 0 || (status >= STATUS_FINAL_MIN && (line == NULL || line > end))) {
            return LOOPBACK_BROKEN;
        }
        const size_t body = line == NULL || line > end ? 0 : strtoul(line + 16, NULL, 10);
        drop_front(&answer, (size_t)(end + 4 - answer.bytes));
        if (status >= STATUS_FINAL_MIN) {
            const ssize_t whole = skip_body(socket, &answer, body);
            return whole > 0 ? status : (int)whole;
        }
    }
    return LOOPBACK_BROKEN;
}

int64_t loopback_now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

long loopback_number(const char *text, long max)
{
    char *end = NULL;
    const long number = strtol(text, &end, 10);
    if (end == text || *end != '\0' || number < 0 || number > max) {
        (void)fprintf(stderr, "'%s' is no number from 0 to %ld\n", text, max);
        exit(EXIT_FAILURE);
    }
    return number;
}
