/** The fake behind a real socket, on a virtual clock, with one thread for both ends. */
#ifndef MOCKSERVER_WIRE_H
#define MOCKSERVER_WIRE_H

#include <cogmock/http.h>

/** 2026-01-01T00:00:00Z */
#define WIRE_START_UNIX_MS INT64_C(1767225600000)

/** How a connection ended for the one who reads it. */
enum wire_end {
    WIRE_OPEN,  /**< It did not: nothing more is readable now. */
    WIRE_FIN,   /**< read() returned 0. */
    WIRE_RESET, /**< read() failed with ECONNRESET. */
};

enum { WIRE_RECEIVED_SIZE = 64 << 10 };

struct wire {
    struct cog_clock_virtual clock;
    struct mock_script *script;
    struct mock_server *server;
    struct mock_http *http;
    int descriptor; /**< The client's end. */
    char received[WIRE_RECEIVED_SIZE];
    size_t received_length;
};

/** @param scenario JSON; NULL for the default world */
void wire_open(struct wire *wire, const char *scenario, struct cog_log log);

/** @param options their clock is the wire's */
void wire_open_with(struct wire *wire, const char *scenario,
                    const struct mock_http_options *options);
void wire_close(struct wire *wire);

/** A new connection, in place of the present one. */
void wire_connect(struct wire *wire);

/** @return a further connection; -1 when it is refused */
int wire_try_connect(const struct wire *wire);

/** Sends bytes and lets the fake work until it has heard one more request. */
void wire_send(struct wire *wire, const char *bytes, size_t length);

/** Sends a request without a body, likewise. */
void wire_get(struct wire *wire, const char *target);

/** Lets the fake do what it can now. */
void wire_run(struct wire *wire);

/** Reads into `received`, from its start, until the end or until a whole answer is there. */
enum wire_end wire_receive(struct wire *wire);

/** Whether anything, also an end, can be read now. */
bool wire_is_readable(const struct wire *wire);

/** The body in `received`. */
const char *wire_body(const struct wire *wire);

/** The value of Content-Length in `received`; -1 for none. */
int64_t wire_content_length(const struct wire *wire);

#endif
