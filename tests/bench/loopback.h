/** A client's end of a connection to a server on 127.0.0.1. It blocks, with a limit. */
#ifndef BENCH_LOOPBACK_H
#define BENCH_LOOPBACK_H

#include <stdbool.h>
#include <stdint.h>

enum {
    LOOPBACK_BROKEN = 0,     /**< No whole answer: closed, reset, short, or no HTTP. */
    LOOPBACK_TIMED_OUT = -1, /**< Nothing came within the limit. */
};

/** @return a socket, or -1 when nobody listens */
int loopback_connect(uint16_t port);

/** Limits each single wait on the socket. */
void loopback_limit(int socket, int timeout_ms);

/** Whether the server has neither closed it nor sent what nobody asked for. */
bool loopback_is_idle(int socket);

/** Sends all of a request. @return whether it went out */
bool loopback_send(int socket, const char *request);

/** Reads one answer to its end. @return its status, or one of the above */
int loopback_receive(int socket);

/** @return nanoseconds of the monotonic clock */
int64_t loopback_now_ns(void);

/** Reads a whole number from 0 to `max`; ends the program on anything else. */
long loopback_number(const char *text, long max);

#endif
