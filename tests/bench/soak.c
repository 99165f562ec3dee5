/*
 * Many requests by a few clients, each at once after the other, whatever comes back.
 *
 *   soak PORT COUNT CLIENTS TIMEOUT_MS REQUEST
 *
 * Prints how many were answered with 2xx, with another status, not whole, and not in time. An
 * answer that was not whole, or not in time, ends its connection.
 */
#include "loopback.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    COUNT_MAX = 100000000,
    CLIENTS_MAX = 256,
    TIMEOUT_MS_MAX = 60000,
    PORT_MAX = 65535,
};

struct client {
    uint16_t port;
    int timeout_ms;
    const char *request;
    long count;
    long good;
    long other;
    long broken;
    long late;
};

static void note(struct client *client, int status)
{
    if (status == LOOPBACK_TIMED_OUT) {
        client->late++;
    } else if (status == LOOPBACK_BROKEN) {
        client->broken++;
    } else if (status / 100 == 2) {
        client->good++;
    } else {
        client->other++;
    }
}

static void *run(void *context)
{
    struct client *client = context;
    int socket = -1;
    for (long i = 0; i < client->count; i++) {
        if (socket >= 0 && !loopback_is_idle(socket)) {
            (void)close(socket);
            socket = -1;
        }
        if (socket < 0) {
            socket = loopback_connect(client->port);
            loopback_limit(socket, client->timeout_ms);
        }
        int status = LOOPBACK_BROKEN;
        if (socket >= 0 && loopback_send(socket, client->request)) {
            status = loopback_receive(socket);
        }
        note(client, status);
        if (status <= 0 && socket >= 0) {
            (void)close(socket);
            socket = -1;
        }
    }
    if (socket >= 0) {
        (void)close(socket);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    static struct client clients[CLIENTS_MAX];
    static pthread_t threads[CLIENTS_MAX];
    struct client sum = {0};
    if (argc != 6) {
        (void)fprintf(stderr, "usage: soak PORT COUNT CLIENTS TIMEOUT_MS REQUEST\n");
        return EXIT_FAILURE;
    }
    const long count = loopback_number(argv[2], COUNT_MAX);
    const long client_count = loopback_number(argv[3], CLIENTS_MAX);
    for (long i = 0; i < client_count; i++) {
        clients[i].port = (uint16_t)loopback_number(argv[1], PORT_MAX);
        clients[i].timeout_ms = (int)loopback_number(argv[4], TIMEOUT_MS_MAX);
        clients[i].request = argv[5];
        clients[i].count = count / client_count + (i < count % client_count ? 1 : 0);
        if (pthread_create(&threads[i], NULL, run, &clients[i]) != 0) {
            (void)fprintf(stderr, "soak: no thread\n");
            return EXIT_FAILURE;
        }
    }
    for (long i = 0; i < client_count; i++) {
        (void)pthread_join(threads[i], NULL);
        sum.good += clients[i].good;
        sum.other += clients[i].other;
        sum.broken += clients[i].broken;
        sum.late += clients[i].late;
    }
    (void)printf("%ld %ld %ld %ld\n", sum.good, sum.other, sum.broken, sum.late);
    return EXIT_SUCCESS;
}
