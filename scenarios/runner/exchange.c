#include "exchange.h"

#include <string.h>

static bool is_fault_of(const struct mock_exchange *exchange, const char *const *names)
{
    for (; exchange->fault != NULL && *names != NULL; names++) {
        if (strcmp(*names, exchange->fault) == 0) {
            return true;
        }
    }
    return false;
}

bool scn_exchange_is_broken(const struct mock_exchange *exchange)
{
    static const char *const names[] = {
        "reset_after_apply",   "close_no_response",  "timeout_after_apply",
        "reset_after_headers", "truncated_body",     "truncated_headers",
        "oversized_body",      "huge_headers",       "many_headers",
        "bad_chunk",           "garbage_then_close", "reset_before_body",
        "reset_mid_body",      "stall_upload",       NULL,
    };
    return is_fault_of(exchange, names);
}

bool scn_exchange_is_half_sent(const struct mock_exchange *exchange)
{
    static const char *const names[] = {
        "reset_before_body",
        "reset_mid_body",
        "stall_upload",
        NULL,
    };
    return is_fault_of(exchange, names);
}

/* Kinds whose body still says what the honest one said. */
static bool is_honest(const struct mock_exchange *exchange)
{
    static const char *const names[] = {
        "delay",          "drip",       "headers",         "many_1xx", "duplicate_headers",
        "unknown_fields", "other_case", "keepalive_close", NULL,
    };
    return exchange->fault == NULL || is_fault_of(exchange, names);
}

bool scn_exchange_is_clean(const struct mock_exchange *exchange)
{
    const bool is_read = strcmp(exchange->call, "health") == 0 ? !scn_exchange_is_broken(exchange)
                                                               : is_honest(exchange);
    return is_read && exchange->status >= 200 && exchange->status <= 299;
}

bool scn_exchange_may_be_bad(const struct mock_exchange *exchange)
{
    static const char *const names[] = {"drip", "other_case", NULL};
    return !scn_exchange_is_clean(exchange) || is_fault_of(exchange, names);
}

bool scn_exchange_is(const struct mock_exchange *exchange, const char *call)
{
    return strcmp(exchange->call, call) == 0;
}

bool scn_exchange_is_same_call(const struct mock_exchange *left, const struct mock_exchange *right)
{
    return left->request_id != NULL && right->request_id != NULL &&
           strcmp(left->request_id, right->request_id) == 0;
}
