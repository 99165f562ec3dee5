/** Limits on the rate of requests, as a scenario states them. */
#ifndef MOCK_SCRIPT_RATE_LIMIT_H
#define MOCK_SCRIPT_RATE_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MOCK_RATE_LIMITS_MAX = 8,
    MOCK_RATE_NAME_SIZE = 33,
};

enum mock_rate_policy {
    MOCK_RATE_FIXED_WINDOW,
    MOCK_RATE_TOKEN_BUCKET,
};

/** Whose requests are counted together. */
enum mock_rate_scope {
    MOCK_RATE_TENANT, /**< All. */
    MOCK_RATE_CLIENT,
    MOCK_RATE_CALL,
};

enum mock_rate_form {
    MOCK_RATE_SECONDS,
    MOCK_RATE_DATE,
    MOCK_RATE_NONE,
};

/** Bits: which headers tell of the limit. */
enum mock_rate_headers {
    MOCK_RATE_HEADERS_NONE = 0,
    MOCK_RATE_HEADERS_IETF = 1, /**< RateLimit, RateLimit-Policy */
    MOCK_RATE_HEADERS_X = 2,    /**< X-RateLimit-Limit and its like */
    MOCK_RATE_HEADERS_BOTH = 3,
};

struct mock_rate_limit {
    char name[MOCK_RATE_NAME_SIZE];
    enum mock_rate_policy policy;
    enum mock_rate_scope scope;
    int requests;
    int64_t per_ms;
    int burst;      /**< What a bucket holds; of a window, the requests. */
    unsigned calls; /**< The bit 1 << call of each call that counts. */
    enum mock_rate_form retry_after;
    enum mock_rate_headers headers;
};

/** `{0}` is none. */
struct mock_rate_limits {
    struct mock_rate_limit items[MOCK_RATE_LIMITS_MAX];
    size_t count;
};

/** Whether both say the same. */
bool mock_rate_limit_equals(const struct mock_rate_limit *left,
                            const struct mock_rate_limit *right);

/** All calls that need a token: what a limit counts unless it names its calls. */
unsigned mock_rate_bearer_calls(void);

#endif
