#include "conduct/judgement.h"

#include <cogbase/text.h>

#include <stdarg.h>
#include <string.h>

static const struct {
    const char *id;
    const char *severity;
    const char *source;
} rules[] = {
    [MOCK_CONDUCT_EARLY_RETRY] = {"early_retry", "bad", "RFC 9110, 10.2.3 (Retry-After)"},
    [MOCK_CONDUCT_UNKEYED_REPEAT] = {"unkeyed_repeat", "bad",
                                     "RFC 9110, 9.2.2 (what is not idempotent is not repeated)"},
    [MOCK_CONDUCT_FLAT_BACKOFF] =
        {"flat_backoff", "bad", "AWS SDKs, retry behavior (exponential backoff with full jitter)"},
    [MOCK_CONDUCT_FAST_POLLING] = {"fast_polling", "bad", "RFC 9110, 10.2.3 (Retry-After)"},
    [MOCK_CONDUCT_EXPIRED_TOKEN] = {"expired_token", "bad", "RFC 6749, 5.1 (expires_in)"},
    [MOCK_CONDUCT_DROPPED_TOKEN] = {"dropped_token", "bad", "RFC 6750, 3.1 (invalid_token)"},
    [MOCK_CONDUCT_TOO_MANY_ATTEMPTS] = {"too_many_attempts", "bad",
                                        "AWS SDKs, retry behavior (standard mode: 3 attempts)"},
    [MOCK_CONDUCT_NO_REQUEST_ID] = {"no_request_id", "advice", "the API's X-Request-Id"},
};

static void add_numbers(struct mock_body *item, struct mock_evidence evidence)
{
    cJSON *numbers = cJSON_CreateArray();
    for (size_t i = 0; i < evidence.count && i < MOCK_FINDING_REQUESTS_MAX; i++) {
        cJSON *number = cJSON_CreateNumber((double)evidence.exchanges[i]->number);
        item->failed = item->failed || number == NULL || !cJSON_AddItemToArray(numbers, number);
    }
    mock_body_json(item, "requests", numbers);
}

static void find_list(struct mock_judgement *judgement, enum mock_conduct_rule rule,
                      struct mock_evidence evidence, const char *format, va_list list)
    COG_PRINTF(4, 0);
static void find_list(struct mock_judgement *judgement, enum mock_conduct_rule rule,
                      struct mock_evidence evidence, const char *format, va_list list)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
    judgement->is_bad = judgement->is_bad || strcmp(rules[rule].severity, "bad") == 0;
    if (judgement->finding_count++ >= MOCK_FINDINGS_MAX) {
        return;
    }
    const struct mock_exchange *last = evidence.exchanges[evidence.count - 1];
    cog_text_append_format_list(&text, format, list);
    mock_body_string(&item, "rule", rules[rule].id);
    mock_body_string(&item, "severity", rules[rule].severity);
    mock_body_string(&item, "call", last->call);
    add_numbers(&item, evidence);
    mock_body_integer(&item, "at_ms", last->at_ms);
    mock_body_string(&item, "text", cog_text_string(&text));
    mock_body_string(&item, "source", rules[rule].source);
    judgement->failed = judgement->failed || text.failed;
    mock_body_array_append(judgement->body, &item);
}

void mock_judgement_find(struct mock_judgement *judgement, enum mock_conduct_rule rule,
                         struct mock_evidence evidence, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    find_list(judgement, rule, evidence, format, list);
    va_end(list);
}

void mock_judgement_find_pair(struct mock_judgement *judgement, enum mock_conduct_rule rule,
                              const struct mock_exchange *first, const struct mock_exchange *second,
                              const char *format, ...)
{
    const struct mock_exchange *const both[] = {first, second};
    va_list list;
    va_start(list, format);
    find_list(judgement, rule, (struct mock_evidence){both, 2}, format, list);
    va_end(list);
}

bool mock_exchanges_are_alike(const struct mock_exchange *left, const struct mock_exchange *right)
{
    const bool is_same_sender =
        left->client == NULL || right->client == NULL || strcmp(left->client, right->client) == 0;
    return is_same_sender && strcmp(left->method, right->method) == 0 &&
           strcmp(left->path, right->path) == 0;
}

bool mock_exchange_follows(const struct mock_exchange *later, const struct mock_exchange *earlier)
{
    return earlier->done_ms >= 0 && later->number > earlier->newest_at_end;
}

bool mock_exchange_is_received(const struct mock_exchange *exchange)
{
    return exchange->state == MOCK_EXCHANGE_DONE && exchange->is_whole;
}

int64_t mock_exchange_end_ms(const struct mock_exchange *exchange)
{
    if (exchange->done_ms >= 0) {
        return exchange->done_ms;
    }
    return exchange->answered_ms >= 0 ? exchange->answered_ms : exchange->at_ms;
}

static int64_t longer(int64_t left_ms, int64_t right_ms)
{
    return left_ms > right_ms ? left_ms : right_ms;
}

int64_t mock_exchange_waited_ms(const struct mock_exchange *earlier,
                                const struct mock_exchange *later)
{
    return longer(later->at_ms - earlier->answered_ms,
                  later->base_at_ms - earlier->base_answered_ms);
}

int64_t mock_exchange_gap_ms(const struct mock_exchange *earlier, const struct mock_exchange *later)
{
    const int64_t base_gap_ms =
        earlier->done_ms >= 0 ? later->base_at_ms - earlier->base_done_ms : 0;
    return longer(longer(later->at_ms - mock_exchange_end_ms(earlier), base_gap_ms), 0);
}
