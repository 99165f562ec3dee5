/** Counting requests against limits. Integers only, on the world's clock; nothing of HTTP here. */
#ifndef MOCK_V1_RATE_H
#define MOCK_V1_RATE_H

#include "script/call.h"
#include "script/rate_limit.h"
#include "world/setup.h"

enum {
    MOCK_RATE_COUNTERS_MAX = 1024, /**< Of one limit; for more the one that rested longest goes. */
    MOCK_RATE_PROMISES_MAX = 1024, /**< Likewise; the one that ends first goes. */
};

/** Whose request it is. */
struct mock_rate_key {
    const char *client_id; /**< Borrowed; "" when nobody knows. */
    enum mock_call call;
};

/** Where one client, call or tenant stands with a limit. */
struct mock_rate_counter {
    char client_id[MOCK_ID_SIZE]; /**< "" when clients are counted together. */
    enum mock_call call;          /**< MOCK_CALL_UNKNOWN when calls are counted together. */
    int64_t at;    /**< Of a window: its number. Of a bucket: the time for which `level` is true. */
    int64_t level; /**< Of a window: requests in it. Of a bucket: parts, `per_ms` to a request. */
};

/** A Retry-After that a client was told on a call. */
struct mock_rate_promise {
    char client_id[MOCK_ID_SIZE];
    enum mock_call call;
    int64_t until_ms;
};

struct mock_rate_tally {
    int64_t refused_count;
    int64_t early_count; /**< Came before the Retry-After that its client was told had passed. */
};

/** One limit, and what has been counted against it. */
struct mock_rate_slot {
    struct mock_rate_limit limit;
    struct mock_rate_counter *counters; /**< Owned. */
    size_t counter_count;
    struct mock_rate_promise *promises; /**< Owned. */
    size_t promise_count;
    struct mock_rate_tally tally;
};

/** `{0}` is empty and safe to finish; it takes no memory before the first limited request. */
struct mock_rate {
    struct mock_rate_slot *slots; /**< Owned; in the order of the limits. */
    size_t slot_count;
    struct mock_rate_tally total; /**< Of all limits, also of those that are no more. */
};

void mock_rate_finish(struct mock_rate *rate);

/**
 * Goes on with these limits: what was counted stays where a limit is as it was, and begins anew
 * where it differs. Cheap when nothing has changed.
 *
 * @return COG_OK; COG_ERROR_MEMORY: nothing has changed
 */
enum cog_code mock_rate_adopt(struct mock_rate *rate,
                              const struct mock_rate_limits *limits) COG_CHECK;

/** What becomes of a request. */
struct mock_rate_verdict {
    const struct mock_rate_slot *refusal; /**< The one to wait for longest; NULL: it may pass. */
    int64_t wait_ms;                      /**< Exactly until one like it may pass. */
};

/**
 * Counts a request against each limit of its call, if all of them let it pass; else against none.
 *
 * @param out_verdict borrows from `rate` until the next adoption
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_rate_ask(struct mock_rate *rate, const struct mock_rate_key *key, int64_t now_ms,
                            struct mock_rate_verdict *out_verdict) COG_CHECK;

/**
 * Notes that this client was told not to call before `until_ms`.
 *
 * @param slot the refusal of a verdict
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_rate_promise(struct mock_rate *rate, const struct mock_rate_slot *slot,
                                const struct mock_rate_key *key, int64_t until_ms) COG_CHECK;

/** How a limit stands for one key. */
struct mock_rate_reading {
    const struct mock_rate_limit *limit; /**< Borrowed. */
    int64_t remaining;                   /**< Requests that would pass at once. */
    int64_t reset_ms;                    /**< Until all of them are there again. */
    int64_t wait_ms;                     /**< Until the next one would pass; 0 for now. */
};

/** @return how many limits the call has; so many readings are filled, in the order of limits */
size_t mock_rate_read(const struct mock_rate *rate, const struct mock_rate_key *key, int64_t now_ms,
                      struct mock_rate_reading out_readings[MOCK_RATE_LIMITS_MAX]);

#endif
