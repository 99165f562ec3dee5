/** How the API behaves, apart from the world behind it: plain data, filled from a scenario. */
#ifndef MOCK_SCRIPT_BEHAVIOUR_H
#define MOCK_SCRIPT_BEHAVIOUR_H

#include <stdbool.h>
#include <stdint.h>

enum mock_rate_form {
    MOCK_RATE_SECONDS,
    MOCK_RATE_DATE,
    MOCK_RATE_NONE,
};

/** A fixed window; 0 requests means no limit. */
struct mock_rate_limit {
    int requests;
    int64_t per_ms;
    enum mock_rate_form retry_after;
};

struct mock_behaviour {
    bool seed_only; /**< Only what the founding document fixes. */
    struct mock_rate_limit rate_limit;
    bool honours_idempotency_keys;
    int64_t poll_retry_after_ms; /**< -1 for no Retry-After on the statuses of busy jobs. */
    bool conversation_matches;
    bool scope_in_answer;
    bool has_introspection;
};

#endif
