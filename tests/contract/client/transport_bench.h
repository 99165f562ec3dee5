/** A transport against a raw server, on the system's clock or on a virtual one. */
#ifndef TRANSPORT_BENCH_H
#define TRANSPORT_BENCH_H

#include <cogpromote/transport_curl.h>

#include "raw_server.h"

enum { BENCH_TIMEOUT_MS = 30000, BENCH_URL_SIZE = 128 };

#define BENCH_OK_ANSWER "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

/** Set the server's steps and the options, then `init`. */
struct bench {
    struct raw_server server;
    struct cog_transport_curl_options options; /**< `init` sets the clock, and where to wait. */
    struct cog_transport_curl *transport;
    char url[BENCH_URL_SIZE];
    struct cog_request request; /**< A GET, until a test changes it. */
    struct cog_response response;
    struct cog_error error;
};

/** Of a suite: its proxies are those that a test names. */
void bench_leave_proxies_out(void);

void bench_init_posix(struct bench *bench);

/** Waits for the real network; once that is quiet, virtual time jumps to the limit. */
void bench_init_virtual(struct bench *bench, struct cog_clock_virtual *clock);

void bench_finish(struct bench *bench);

enum cog_code bench_send(struct bench *bench);

/** The server's record is there afterwards. */
enum cog_code bench_send_last(struct bench *bench);

/** Makes a bench, and says what a single step does to a GET. */
enum cog_code bench_send_to(struct raw_step step, struct bench *bench);

#endif
