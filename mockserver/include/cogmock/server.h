/**
 * The fake: a pure core. What it answers follows from world, script, clock and seed alone, so that
 * the same requests at the same times give the same answers, whatever carries them.
 */
#ifndef COGMOCK_SERVER_H
#define COGMOCK_SERVER_H

#include <cogmock/clock.h>
#include <cogmock/plan.h>
#include <cogmock/script.h>
#include <cogmock/watcher.h>

#include <stdbool.h>

/** Not thread-safe: one thread calls it. Held by its creator and by each open hearing. */
struct mock_server;

struct mock_metrics;

struct mock_server_options {
    struct cog_clock clock; /**< The server's own clock runs on it. */
    double scale;           /**< How many times as fast; 0 means 1. */
    uint64_t seed;          /**< Of tokens and of faults' draws. */
    /** Exchanges kept, then the oldest go; 0: MOCK_TRUTH_EXCHANGES_MAX. */
    size_t journal_capacity;
    size_t journal_size_max;      /**< Bytes of all of them; 0 for no limit. */
    struct mock_metrics *metrics; /**< Where it counts besides others; NULL for none. Borrowed. */
    const char *prefix; /**< Of every path that it tells: "/t/acme"; NULL for none. Copied. */
};

/**
 * @param script held by the server
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL (the cryptographic library refused)
 */
enum cog_code mock_server_create(struct mock_script *script,
                                 const struct mock_server_options *options,
                                 struct mock_server **out_server,
                                 struct cog_error *error) COG_CHECK;

/** One holder more. @return `server` */
struct mock_server *mock_server_hold(struct mock_server *server);

/** One holder less; the last one's call destroys it. NULL does nothing. */
void mock_server_destroy(struct mock_server *server);

/** Borrowed; who turns it calls `mock_server_advance` afterwards. */
struct mock_clock *mock_server_clock(struct mock_server *server);

/** Lets everything happen that is due by the server's clock. */
void mock_server_advance(struct mock_server *server);

/** Whether nobody listens now: connections are refused, those that are open are closed. */
bool mock_server_is_down(struct mock_server *server);

/** What is wrong with connections to the port, before any request. */
enum mock_connect_fault {
    MOCK_CONNECT_FINE,
    MOCK_CONNECT_REFUSED,    /**< Nobody listens. */
    MOCK_CONNECT_TIMEOUT,    /**< Nobody answers: the connection is never made. */
    MOCK_CONNECT_RESET,      /**< It is made, and reset at once. */
    MOCK_CONNECT_UNTRUSTED,  /**< These three: TLS shows a certificate that is wrong in one way. */
    MOCK_CONNECT_EXPIRED,    /**< As above. */
    MOCK_CONNECT_WRONG_HOST, /**< As above. */
};

/** What is wrong now: the first of its faults that is about connections. */
enum mock_connect_fault mock_server_connect_fault(struct mock_server *server);

/** It was carried out, on one connection or (the first two) on the port: counts that. */
void mock_server_connect_strike(struct mock_server *server);

/** When either changes next, on the base clock; INT64_MAX for never. */
int64_t mock_server_next_turn_ms(const struct mock_server *server);

/** Who hears of what happens in it; `{0}` for nobody. */
void mock_server_watch(struct mock_server *server, struct mock_watcher watcher);

/** One request, from its head to the end of its answer. It holds its server. */
struct mock_hearing;

/** How an exchange ended, as the adapter saw it. */
enum mock_hearing_end {
    MOCK_HEARING_SENT,      /**< All of the plan was carried out. */
    MOCK_HEARING_ABANDONED, /**< The client went away before. */
};

/**
 * The head of a request is there: it gets its place among the calls and in the journal, and the
 * faults that strike it are decided.
 *
 * @param head without its body
 * @param out_hearing owned by the caller, who closes it
 * @return COG_OK, COG_ERROR_MEMORY, COG_ERROR_INTERNAL
 */
enum cog_code mock_hearing_open(struct mock_server *server, const struct mock_request *head,
                                struct mock_hearing **out_hearing,
                                struct cog_error *error) COG_CHECK;

/**
 * How much of its body the request may bring: `mock_hearing_answer` is then called with just that,
 * whatever else comes. SIZE_MAX for all of it.
 */
size_t mock_hearing_upload_max(const struct mock_hearing *hearing);

/**
 * The request is there in full, or as far as it may come: answers it, at the time that the clock
 * shows now. Once a hearing.
 *
 * @param body NUL-terminated; never NULL; borrowed for the call
 * @return COG_OK, with a plan for every request however wrong; COG_ERROR_MEMORY; COG_ERROR_INTERNAL
 *         (the cryptographic library refused)
 */
enum cog_code mock_hearing_answer(struct mock_hearing *hearing, const char *body,
                                  size_t body_length, struct mock_plan *out_plan,
                                  struct cog_error *error) COG_CHECK;

/** What the journal knows of it so far. Borrowed until the hearing is closed. */
struct mock_exchange;
const struct mock_exchange *mock_hearing_exchange(const struct mock_hearing *hearing);

/** The server's clock, by which the plan's delays are meant. Borrowed. */
const struct mock_clock *mock_hearing_clock(const struct mock_hearing *hearing);

/** Releases the hearing, and lets its server go. NULL does nothing. */
void mock_hearing_close(struct mock_hearing *hearing, enum mock_hearing_end end);

/** All three at once, for who has no wire. @return as mock_hearing_answer */
enum cog_code mock_handle(struct mock_server *server, const struct mock_request *request,
                          struct mock_plan *out_plan, struct cog_error *error) COG_CHECK;

#endif
