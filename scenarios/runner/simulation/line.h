/** What carries the requests of a simulation to the fake: sockets, or calls. */
#ifndef SCN_LINE_H
#define SCN_LINE_H

#include "simulation/baton.h"
#include "simulation/shift.h"

#include <cogpromote/clock.h>
#include <cogpromote/config.h>
#include <cogpromote/transport.h>

struct mock_server;
struct scn_door;
struct scn_share;
struct scn_signals;

enum scn_transport {
    SCN_TRANSPORT_WIRE,   /**< libcurl and libmicrohttpd, over loopback. */
    SCN_TRANSPORT_MEMORY, /**< The fake's core is called; no sockets. */
    SCN_TRANSPORT_BOTH,   /**< One after the other. No line of its own: for who compares them. */
};

/** "wire", "memory", "both" */
const char *scn_transport_name(enum scn_transport transport);

/** One process of the client. Everything is borrowed. */
struct scn_line_user {
    const struct cog_config *config;
    struct cog_clock clock;
    struct scn_shift shift;
};

struct scn_line_ops {
    /** A process begins, and sends by that transport until the next call of `disconnect`. */
    enum cog_code (*connect)(void *context, const struct scn_line_user *user,
                             struct cog_transport *out_transport, struct cog_error *error);

    /** The process has ended, and its connections with it. */
    void (*disconnect)(void *context);

    /** Time has moved while nobody was sending: the fake's port may open or close. */
    void (*follow)(void *context);

    /** Why nothing can be judged; NULL while all is well. */
    const char *(*problem)(const void *context);

    void (*destroy)(void *context);
};

/** `{0}` is none. */
struct scn_line {
    const struct scn_line_ops *ops;
    void *context;
    const char *host; /**< Where the fake is, for URLs: "127.0.0.1:PORT". */
};

/** Everything is borrowed, and must outlive the line. */
struct scn_line_options {
    struct mock_server *server;
    struct cog_clock_virtual *clock;
    struct scn_signals *signals; /**< NULL for none. */
    /* Of one line of two, which have no sockets; NULL and zero where there is one. */
    struct scn_door *door;   /**< The one that both come in by. */
    struct scn_share *share; /**< Gets to know what is sent by it. */
    struct scn_seat seat;
};

/**
 * @param transport one of the two
 * @param out_line to be destroyed by the caller
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL, COG_ERROR_CONFIGURATION (no port is free)
 */
enum cog_code scn_line_create(enum scn_transport transport, const struct scn_line_options *options,
                              struct scn_line *out_line, struct cog_error *error) COG_CHECK;

/** As scn_line_create, of one transport. */
enum cog_code scn_line_wire_create(const struct scn_line_options *options,
                                   struct scn_line *out_line, struct cog_error *error) COG_CHECK;
enum cog_code scn_line_memory_create(const struct scn_line_options *options,
                                     struct scn_line *out_line, struct cog_error *error) COG_CHECK;

/** As the operations of the same names; `{0}` does nothing and has no problem. */
void scn_line_follow(struct scn_line line);
const char *scn_line_problem(struct scn_line line);
void scn_line_destroy(struct scn_line line);

#endif
