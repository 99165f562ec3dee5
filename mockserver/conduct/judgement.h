/** What the rules look at, and where they put what they find. */
#ifndef MOCK_CONDUCT_JUDGEMENT_H
#define MOCK_CONDUCT_JUDGEMENT_H

#include "conduct/conduct.h"

#include <cogmock/truth.h>

enum {
    MOCK_FINDINGS_MAX = 1000,
    MOCK_FINDING_REQUESTS_MAX = 100,
};

enum mock_conduct_rule {
    MOCK_CONDUCT_EARLY_RETRY,
    MOCK_CONDUCT_UNKEYED_REPEAT,
    MOCK_CONDUCT_FLAT_BACKOFF,
    MOCK_CONDUCT_FAST_POLLING,
    MOCK_CONDUCT_EXPIRED_TOKEN,
    MOCK_CONDUCT_DROPPED_TOKEN,
    MOCK_CONDUCT_TOO_MANY_ATTEMPTS,
    MOCK_CONDUCT_NO_REQUEST_ID, /**< Advice: nobody is bad for it. */
};

struct mock_judgement {
    struct mock_conduct_options options;
    const struct mock_exchange **exchanges; /**< Owned array; in order of arrival. */
    size_t count;
    struct mock_body *body; /**< With the array `findings`. Borrowed. */
    size_t finding_count;
    bool is_bad;
    bool failed; /**< Out of memory. */
};

/** Requests to which a finding points, in order of arrival. */
struct mock_evidence {
    const struct mock_exchange *const *exchanges;
    size_t count;
};

void mock_judgement_find(struct mock_judgement *judgement, enum mock_conduct_rule rule,
                         struct mock_evidence evidence, const char *format, ...) COG_PRINTF(4, 5);

/** The same, for one request and the one that should not have followed. */
void mock_judgement_find_pair(struct mock_judgement *judgement, enum mock_conduct_rule rule,
                              const struct mock_exchange *first, const struct mock_exchange *second,
                              const char *format, ...) COG_PRINTF(5, 6);

/** Whether both ask for the same, as far as method, path and sender tell. */
bool mock_exchanges_are_alike(const struct mock_exchange *left, const struct mock_exchange *right);

/** Whether `later` arrived when its client had had time to learn how `earlier` ended. */
bool mock_exchange_follows(const struct mock_exchange *later, const struct mock_exchange *earlier);

/** Whether its client got all of the answer. */
bool mock_exchange_is_received(const struct mock_exchange *exchange);

/** When an exchange was over; the last time known, for one that is not. */
int64_t mock_exchange_end_ms(const struct mock_exchange *exchange);

/**
 * How long the client waited between an answer and the arrival of another request: by the server's
 * clock or by the base clock, whichever makes it more. A client in real time can do nothing about a
 * clock that stands still.
 */
int64_t mock_exchange_waited_ms(const struct mock_exchange *earlier,
                                const struct mock_exchange *later);

/** From the end of one to the arrival of the next, as above; 0 when they overlap. */
int64_t mock_exchange_gap_ms(const struct mock_exchange *earlier,
                             const struct mock_exchange *later);

#endif
