/** A request as the core sees it, and the plan with which it answers. No sockets here. */
#ifndef COGMOCK_PLAN_H
#define COGMOCK_PLAN_H

#include <cogpromote/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Of a plan: both in one block, which `name` owns. */
struct mock_header {
    char *name;
    char *value;
};

/** Everything is borrowed for the call of `mock_handle`. */
struct mock_request {
    const char *method;
    const char *target; /**< Path and query as on the wire, percent-encoded: "/api/v1/health". */
    const struct mock_header *headers;
    size_t header_count;
    const char *body; /**< NUL-terminated; never NULL. */
    size_t body_length;
    uint64_t connection;         /**< Which one it came by, from 1; 0: nobody tells. */
    uint64_t connection_request; /**< The n-th request on it, from 1; 0 likewise. */
};

/** How the exchange ends on the wire, named by what the peer sees. */
enum mock_ending {
    MOCK_ENDING_COMPLETE, /**< The whole answer. */
    MOCK_ENDING_RESET,    /**< RST after `sent_length` bytes of the body. */
    MOCK_ENDING_CLOSE,    /**< FIN after `sent_length` bytes of the body. */
    MOCK_ENDING_HANG,     /**< Nothing (more); the connection stays open. */
};

/** What of the answer is not as HTTP has it. */
enum mock_wire {
    MOCK_WIRE_PLAIN, /**< All is well: the adapter writes status, headers and body. */
    MOCK_WIRE_DRIP,
    MOCK_WIRE_TRUNCATED_HEADERS,
    MOCK_WIRE_BAD_CHUNK,
    MOCK_WIRE_GARBAGE,
    MOCK_WIRE_WRONG_CONTENT_LENGTH,
    MOCK_WIRE_HUGE_HEADERS,
    MOCK_WIRE_MANY_HEADERS,
    MOCK_WIRE_MANY_INTERIM,
    MOCK_WIRE_DUPLICATE_HEADERS,
    MOCK_WIRE_STALL, /**< The headers and `sent_length` bytes of the body, and no end. */
};

/** A body without an end: what is to be sent comes bit by bit. */
struct mock_stream_ops {
    /** Fills `buffer` with what there is. @return how much; 0 for nothing at the moment */
    size_t (*read)(void *context, char *buffer, size_t size);

    /** Whether `read` would give something now. */
    bool (*is_ready)(void *context);

    /** The reader has gone, or the server ends. */
    void (*finish)(void *context);
};

/** Owned by the plan; `{0}` is none. */
struct mock_stream {
    const struct mock_stream_ops *ops;
    void *context;
};

/** What an adapter has to carry out. `{0}` is empty and safe to finish. */
struct mock_plan {
    int64_t delay_ms;            /**< On the server's clock, before the first byte. */
    int status;                  /**< 0: no status line; the ending is RESET, CLOSE or HANG. */
    struct mock_header *headers; /**< Owned. Content-Length is the adapter's. */
    size_t header_count;
    char *body; /**< Owned, NUL-terminated; NULL for an empty one. */
    size_t body_length;
    size_t sent_length; /**< Bytes of the body that go out; `body_length` when COMPLETE. */
    enum mock_ending ending;
    bool closes;            /**< FIN after a whole answer, which did not say so. */
    int64_t retry_after_ms; /**< What the header Retry-After asks for, if it can be read. */
    enum mock_wire wire;
    /** Unless `wire` is PLAIN: all bytes that go out, and then the ending. Owned. */
    char *raw;
    size_t raw_length;
    size_t head_length;  /**< Of TRUNCATED_HEADERS: what goes out of them, if they are so long. */
    size_t piece_length; /**< So many bytes of `raw` at once, with `piece_ms` between; 0: all. */
    int64_t piece_ms;
    struct mock_stream stream; /**< In place of a body. */
    bool turns_clock; /**< Some clock was turned: the answer comes after all that is due now. */
};

/** Releases what the plan owns and makes it empty again. */
void mock_plan_finish(struct mock_plan *plan);

#endif
