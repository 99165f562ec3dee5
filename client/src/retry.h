/** Repeats a request when that is safe and may help: a transport around a transport. */
#ifndef RETRY_H
#define RETRY_H

#include <cogpromote/clock.h>
#include <cogpromote/log.h>
#include <cogpromote/random.h>
#include <cogpromote/transport.h>

#include <stdatomic.h>

/*
 * The numbers are the AWS SDKs' of 2026; `Retry-After` is RFC 9110 10.2.3; which request may be
 * repeated is RFC 9110 9.2.2.
 */
enum {
    COG_RETRY_BASE_TRANSIENT_MS = 50,
    COG_RETRY_BASE_THROTTLED_MS = 1000,
    COG_RETRY_BACKOFF_MS_MAX = 20000,
    COG_RETRY_BUDGET = 500,
    COG_RETRY_COST_TRANSIENT = 14,
    COG_RETRY_COST_THROTTLED = 5,
};

/** What repetitions cost, over all layers and threads of a client. `{0}` is a full budget. */
struct cog_retry_budget {
    atomic_int spent; /**< Of COG_RETRY_BUDGET. */
};

/**
 * Visible so that it can live on a stack. Any number of threads may send.
 *
 * What it decides:
 * - 429, 503 with `Retry-After`, and requests that were never sent are repeated for every method.
 * - 408, 500, 502, 503, 504, time-outs and broken connections are repeated unless the request is
 *   `acting`: then the result is COG_ERROR_AMBIGUOUS, with the cause, at once; so it is for any
 *   other 5xx but 501, for an answer that is not HTTP, and for memory that ran out on the way.
 * - `Retry-After` is obeyed against the answer's `Date`; later than `retry_after_ms_max` or than
 *   the request's deadline ends the call now.
 * - What `is_lasting` is not repeated, and nothing is once the request was cancelled.
 * - When the attempts or the budget are used up, the last answer or error is the result.
 */
struct cog_retry {
    struct cog_transport inner;
    struct cog_clock clock;
    struct cog_random random;
    struct cog_log log;
    struct cog_retry_budget *budget; /**< Borrowed. */
    int attempts_max;
    int64_t retry_after_ms_max;
};

struct cog_transport cog_retry_transport(struct cog_retry *retry);

#endif
