/** A server of bare sockets, in a process of its own, that does on the wire what it is told. */
#ifndef RAW_SERVER_H
#define RAW_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { RAW_STEPS_MAX = 8, RAW_RECORD_SIZE = 16384 };

/** In the record, for each connection. */
#define RAW_CONNECTION "[connection]\n"

/** What becomes of the connection. */
enum raw_end {
    RAW_KEEP,
    RAW_CLOSE, /**< FIN. */
    RAW_RESET, /**< RST. */
};

/** What is done with one request, whatever connection it comes by. */
struct raw_step {
    const char *answer; /**< NULL for none. */
    const char *filler; /**< Sent `filler_count` times behind the answer. */
    size_t filler_count;
    const char *tail; /**< Sent behind that. */
    enum raw_end end;
    bool signals; /**< SIGUSR1 to the test, before anything is answered. */
};

struct raw_server {
    struct raw_step steps[RAW_STEPS_MAX]; /**< Requests behind the last one are not answered. */

    int port;
    pid_t process;
    int record_descriptor;
    char record[RAW_RECORD_SIZE]; /**< All requests, once it has been stopped. */
};

void raw_server_start(struct raw_server *server);

void raw_server_stop(struct raw_server *server);

/** How often `text` is in the record. */
int raw_server_count(const struct raw_server *server, const char *text);

/** A port that nobody listens on. */
int raw_port_unused(void);

#endif
