#include "conduct/rules.h"

#include <string.h>

enum {
    STATUS_SUCCESS = 200,
    STATUS_REDIRECTION = 300,
    STATUS_TIMEOUT = 408,
    STATUS_SERVER_ERROR = 500,
    STATUS_UNAVAILABLE = 503,
};

static bool is_call(const struct mock_exchange *exchange, const char *call)
{
    return strcmp(exchange->call, call) == 0;
}

static bool is_acting(const struct mock_exchange *exchange)
{
    return is_call(exchange, "promote") || is_call(exchange, "rollback") ||
           is_call(exchange, "webhook");
}

/* A delay or another header leaves an answer as good as it was. */
static bool is_spoilt(const struct mock_exchange *exchange)
{
    return exchange->fault != NULL && strcmp(exchange->fault, "delay") != 0 &&
           strcmp(exchange->fault, "headers") != 0;
}

/* Whether its client cannot know what came of it. */
static bool is_unknown(const struct mock_exchange *exchange)
{
    if (!mock_exchange_is_received(exchange)) {
        return true;
    }
    if (exchange->status >= STATUS_SUCCESS && exchange->status < STATUS_REDIRECTION) {
        return is_spoilt(exchange);
    }
    if (exchange->status == STATUS_UNAVAILABLE) {
        return exchange->retry_after_ms == 0;
    }
    return exchange->status == STATUS_TIMEOUT || exchange->status >= STATUS_SERVER_ERROR;
}

static const char *key_of(const struct mock_exchange *exchange)
{
    return is_call(exchange, "webhook") ? exchange->webhook_id : exchange->idempotency_key;
}

static bool is_repeat(const struct mock_exchange *first, const struct mock_exchange *later)
{
    return mock_exchanges_are_alike(first, later) && first->body_length == later->body_length &&
           strcmp(first->body, later->body) == 0;
}

/* A look at the deployments, or at a job, tells what came of it. */
static bool is_settling(const struct mock_exchange *exchange)
{
    return (is_call(exchange, "deployments") || is_call(exchange, "status")) &&
           mock_exchange_is_received(exchange) && exchange->status < STATUS_REDIRECTION;
}

static const char *problem_of(const struct mock_exchange *first, const struct mock_exchange *later)
{
    const char *first_key = key_of(first);
    const char *later_key = key_of(later);
    if (first_key == NULL || later_key == NULL) {
        return "without a key";
    }
    return strcmp(first_key, later_key) == 0 ? NULL : "with another key";
}

static void check_next(struct mock_judgement *judgement, size_t index)
{
    const struct mock_exchange *first = judgement->exchanges[index];
    for (size_t i = index + 1; i < judgement->count; i++) {
        const struct mock_exchange *later = judgement->exchanges[i];
        if (is_settling(later) && !is_call(first, "webhook")) {
            return;
        }
        if (!is_repeat(first, later)) {
            continue;
        }
        const char *problem = problem_of(first, later);
        if (problem != NULL) {
            mock_judgement_find_pair(judgement, MOCK_CONDUCT_UNKEYED_REPEAT, first, later,
                                     "%s was sent again %s, though the first may have been taken",
                                     later->call, problem);
        }
        return;
    }
}

void mock_conduct_check_repeats(struct mock_judgement *judgement)
{
    for (size_t i = 0; i < judgement->count; i++) {
        if (is_acting(judgement->exchanges[i]) && is_unknown(judgement->exchanges[i])) {
            check_next(judgement, i);
        }
    }
}
