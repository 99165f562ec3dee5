/** How the API behaves, apart from the world behind it: plain data, filled from a scenario. */
#ifndef MOCK_SCRIPT_BEHAVIOUR_H
#define MOCK_SCRIPT_BEHAVIOUR_H

#include "script/rate_limit.h"

/** What a token's answer says of its life, whatever is true. */
enum mock_expiry {
    MOCK_EXPIRY_AS_IS,
    MOCK_EXPIRY_MISSING,
    MOCK_EXPIRY_ZERO,
    MOCK_EXPIRY_STRING,
    MOCK_EXPIRY_ONE,
    MOCK_EXPIRY_HUGE,
    MOCK_EXPIRY_NEGATIVE,
    MOCK_EXPIRY_NULL,
    MOCK_EXPIRY_FLOAT,
    MOCK_EXPIRY_DURATION,
};

enum { MOCK_TOKEN_TYPE_SIZE = 33 };

/** How the OAuth endpoints treat their clients. */
struct mock_oauth_policy {
    bool takes_basic;   /**< Credentials in a Basic header. */
    bool takes_post;    /**< Credentials in the form. */
    bool narrows_scope; /**< Grants what it can of a scope that is too wide; else refuses it. */
    enum mock_expiry expires_in_said;
    int64_t expires_in_said_ms; /**< Of DURATION. */
    char token_type[MOCK_TOKEN_TYPE_SIZE];
    bool introspects_inactive; /**< The introspection denies every token. */
};

struct mock_behaviour {
    bool seed_only; /**< Only what the founding document fixes. */
    struct mock_rate_limits rate_limits;
    bool honours_idempotency_keys;
    int64_t poll_retry_after_ms; /**< -1 for no Retry-After on the statuses of busy jobs. */
    bool conversation_matches;
    bool scope_in_answer;
    bool has_introspection;
    struct mock_oauth_policy oauth;
};

#endif
