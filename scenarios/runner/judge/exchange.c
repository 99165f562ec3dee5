#include "judge/exchange.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

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

/* Before the end of its answer, the client was gone: it had no more patience. */
static bool is_unseen(const struct mock_exchange *exchange)
{
    return exchange->state == MOCK_EXCHANGE_ABANDONED;
}

bool scn_exchange_is_clean(const struct mock_exchange *exchange)
{
    const bool is_read = strcmp(exchange->call, "health") == 0 ? !scn_exchange_is_broken(exchange)
                                                               : is_honest(exchange);
    return is_read && !is_unseen(exchange) && exchange->status >= 200 && exchange->status <= 299;
}

/* Kinds that leave an answer JSON, and most of its members what they were. */
static bool is_bent(const struct mock_exchange *exchange)
{
    static const char *const names[] = {
        "duplicate_keys", "invalid_utf8", "unknown_status", "set_field", "missing_field",
        "missing_fields", NULL,
    };
    return is_fault_of(exchange, names);
}

bool scn_exchange_is_match(const struct mock_exchange *exchange)
{
    if (strcmp(exchange->call, "simulate") != 0 || exchange->status / 100 != 2 ||
        !is_bent(exchange) || exchange->answer_body == NULL) {
        return false;
    }
    COG_CLEANUP(cog_json_finish) cJSON *answer = cJSON_Parse(exchange->answer_body);
    const cJSON *intent = cJSON_GetObjectItemCaseSensitive(answer, "matched_intent");
    const char *word = cJSON_GetStringValue(intent);
    /* A server may name no intent, but none other. */
    return cJSON_IsObject(answer) &&
           (intent == NULL || (word != NULL && strcmp(word, "health_check_ping") == 0));
}

static const char *find_attempt(const struct mock_exchange *exchange)
{
    for (size_t i = 0; i < exchange->header_count; i++) {
        if (cog_string_equals_ignoring_case(exchange->headers[i].name, "X-Attempt")) {
            return exchange->headers[i].value;
        }
    }
    return NULL;
}

/* Without a byte of an answer. */
static bool is_unanswered(const struct mock_exchange *exchange)
{
    static const char *const names[] = {
        "reset_after_apply", "close_no_response", "reset_before_body", "reset_mid_body", NULL,
    };
    return is_fault_of(exchange, names);
}

bool scn_exchange_is_resent(const struct mock_exchange *first, const struct mock_exchange *second)
{
    const char *first_attempt = find_attempt(first);
    const char *second_attempt = find_attempt(second);
    const bool is_reused = first->connection_request > 1;
    return is_reused && is_unanswered(first) && scn_exchange_is_same_call(first, second) &&
           first_attempt != NULL && second_attempt != NULL &&
           strcmp(first_attempt, second_attempt) == 0;
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

const struct mock_exchange *scn_exchange_find_last(const struct scn_facts *facts, const char *call)
{
    for (size_t i = facts->exchange_count; i > 0; i--) {
        if (scn_exchange_is(&facts->exchanges[i - 1], call)) {
            return &facts->exchanges[i - 1];
        }
    }
    return NULL;
}

bool scn_exchange_is_same_call(const struct mock_exchange *left, const struct mock_exchange *right)
{
    return left->request_id != NULL && right->request_id != NULL &&
           strcmp(left->request_id, right->request_id) == 0;
}
