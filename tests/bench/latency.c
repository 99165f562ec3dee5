/*
 * How long one client, with one connection, waits for its answers.
 *
 *   latency PORT COUNT PAUSE_US REQUEST
 *
 * Prints the median, the 99th percentile and the most, in microseconds, and how many of the COUNT
 * requests were answered with 200.
 */
#include "loopback.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    COUNT_MAX = 1000000,
    PAUSE_US_MAX = 1000000,
    PORT_MAX = 65535,
    ANSWER_TIMEOUT_MS = 5000,
    STATUS_OK = 200,
};

static int compare(const void *left, const void *right)
{
    const double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

/* @return how many were answered, until one was not */
static size_t measure(int socket, const char *request, struct timespec pause, double *us,
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int64_t start_ns = loopback_now_ns();
        if (!loopback_send(socket, request) || loopback_receive(socket) != STATUS_OK) {
            return i;
        }
        us[i] = (double)(loopback_now_ns() - start_ns) / 1e3;
        (void)nanosleep(&pause, NULL);
    }
    return count;
}

int main(int argc, char **argv)
{
    static double us[COUNT_MAX];
    if (argc != 5) {
        (void)fprintf(stderr, "usage: latency PORT COUNT PAUSE_US REQUEST\n");
        return EXIT_FAILURE;
    }
    const size_t count = (size_t)loopback_number(argv[2], COUNT_MAX);
    const struct timespec pause = {.tv_nsec = loopback_number(argv[3], PAUSE_US_MAX - 1) * 1000};
    const int socket = loopback_connect((uint16_t)loopback_number(argv[1], PORT_MAX));
    if (socket < 0) {
        (void)fprintf(stderr, "latency: nobody listens\n");
        return EXIT_FAILURE;
    }
    loopback_limit(socket, ANSWER_TIMEOUT_MS);
    const size_t answered = measure(socket, argv[4], pause, us, count);
    (void)close(socket);
    if (answered == 0) {
        (void)printf("0 0 0 0\n");
        return EXIT_SUCCESS;
    }
    qsort(us, answered, sizeof us[0], compare);
    (void)printf("%.0f %.0f %.0f %zu\n", us[answered / 2], us[answered * 99 / 100],
                 us[answered - 1], answered);
    return EXIT_SUCCESS;
}
