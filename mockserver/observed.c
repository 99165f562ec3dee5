#include "observed.h"

#include <string.h>

/* The answer is the client's when it has it: one that waits, or went astray, is nobody's. */
static bool has_gone_out(const struct mock_exchange *exchange)
{
    return exchange->state == MOCK_EXCHANGE_DONE && exchange->is_whole;
}

static void hide_answer(struct mock_exchange *exchange)
{
    if (exchange->state == MOCK_EXCHANGE_ANSWERED) {
        exchange->state = MOCK_EXCHANGE_ARRIVED;
    }
    exchange->answered_ms = -1;
    exchange->status = 0;
    exchange->token = 0;
    exchange->retry_after_ms = 0;
    exchange->answer_headers = NULL;
    exchange->answer_header_count = 0;
    exchange->answer_body = NULL;
    exchange->answer_body_length = 0;
    exchange->is_whole = false;
}

struct mock_exchange mock_observed_exchange(const struct mock_exchange *exchange)
{
    struct mock_exchange seen = *exchange;
    seen.applied = false;
    seen.fault = NULL;
    seen.faults = NULL;
    seen.fault_kinds = NULL;
    seen.rule = NULL;
    seen.why = NULL;
    seen.delay_ms = 0;
    if (has_gone_out(exchange)) {
        seen.answered_ms = exchange->done_ms;
    } else {
        hide_answer(&seen);
    }
    return seen;
}

static bool has_word(const char *const *words, const char *word)
{
    while (*words != NULL && strcmp(*words, word) != 0) {
        words++;
    }
    return *words != NULL;
}

/* Changes behind everybody's back: the fake was told to make them. */
static bool is_secret_change(const struct mock_event *event)
{
    static const char *const changes[] = {"job-held", "job-released", "changed", NULL};
    for (size_t i = 0; i < event->field_count; i++) {
        const struct cog_log_field *field = &event->fields[i];
        if (strcmp(field->key, "change") == 0 && field->value != NULL) {
            return has_word(changes, field->value);
        }
    }
    return false;
}

bool mock_observed_has_event(const struct mock_event *event)
{
    /* A kind that comes to be later stays untold until somebody has thought about it. */
    static const char *const kinds[] = {"request",     "done",  "job",    "sessions", "health",
                                        "environment", "clock", "tenant", NULL};
    return has_word(kinds, event->kind) && !is_secret_change(event);
}
