#include "control/exchange.h"

#include "mask.h"
#include "v1/encoding.h"

#include <cogbase/stamp.h>
#include <cogbase/utf8.h>

#include <string.h>

static void add_time(struct mock_body *body, const char *name, int64_t at_ms)
{
    if (at_ms < 0) {
        mock_body_string(body, name, NULL);
    } else {
        mock_body_integer(body, name, at_ms);
    }
}

/* A number for which 0 means that there is none. */
static void add_count(struct mock_body *body, const char *name, int64_t count)
{
    add_time(body, name, count == 0 ? -1 : count);
}

static void add_shown(struct mock_body *body, const char *name, struct cog_text *text)
{
    if (text->failed) {
        body->failed = true;
        return;
    }
    mock_body_string(body, name, cog_text_string(text));
}

static void add_times(const struct mock_exchange *exchange, const struct mock_clock *clock,
                      struct mock_body *body)
{
    char stamp[COG_STAMP_RFC3339_SIZE];
    mock_body_integer(body, "at_ms", exchange->at_ms);
    mock_body_string(body, "at",
                     cog_stamp_format_rfc3339(mock_clock_unix_ms(clock, exchange->at_ms), stamp));
    add_time(body, "answered_ms", exchange->answered_ms);
    add_time(body, "done_ms", exchange->done_ms);
}

static void add_place(const struct mock_exchange *exchange, struct mock_body *body)
{
    COG_CLEANUP(cog_text_finish) struct cog_text target = {0};
    mock_mask_target(exchange, &target);
    mock_body_string(body, "method", exchange->method);
    add_shown(body, "target", &target);
    mock_body_string(body, "call", exchange->call);
    mock_body_integer(body, "nth", exchange->nth);
    mock_body_integer(body, "attempt", exchange->attempt);
}

static void add_outcome(const struct mock_exchange *exchange, struct mock_body *body)
{
    add_count(body, "status", exchange->status);
    add_count(body, "retry_after_ms", exchange->retry_after_ms);
}

/* What only the fake knows of it. */
static void add_secrets(const struct mock_exchange *exchange, struct mock_body *body)
{
    mock_body_boolean(body, "applied", exchange->applied);
    mock_body_integer(body, "delay_ms", exchange->delay_ms);
    mock_body_string(body, "fault", exchange->fault);
    mock_body_string(body, "faults", exchange->faults);
    mock_body_string(body, "rule", exchange->rule);
    mock_body_string(body, "why", exchange->why);
}

static void add_sender(const struct mock_exchange *exchange, struct mock_body *body)
{
    char token[MOCK_MASK_TOKEN_SIZE];
    mock_body_string(body, "client", exchange->client);
    mock_body_string(body, "token", mock_mask_token(exchange, token));
    add_count(body, "connection", (int64_t)exchange->connection);
    add_count(body, "connection_request", (int64_t)exchange->connection_request);
    mock_body_string(body, "request_id", exchange->request_id);
    mock_body_string(body, "idempotency_key", exchange->idempotency_key);
    mock_body_integer(body, "body_length", (int64_t)exchange->body_length);
    mock_body_integer(body, "answer_length", (int64_t)exchange->answer_body_length);
}

void mock_exchange_summarize(const struct mock_exchange *exchange, const struct mock_clock *clock,
                             enum mock_view view, struct mock_body *body)
{
    mock_body_integer(body, "number", (int64_t)exchange->number);
    mock_body_string(body, "state", mock_exchange_state_name(exchange->state));
    add_times(exchange, clock, body);
    add_place(exchange, body);
    add_outcome(exchange, body);
    if (view == MOCK_VIEW_ALL) {
        add_secrets(exchange, body);
    }
    add_sender(exchange, body);
}

static void add_headers(const struct mock_exchange *exchange, const struct mock_header *headers,
                        size_t count, struct mock_body *body)
{
    mock_body_array(body, "headers");
    for (size_t i = 0; i < count; i++) {
        COG_CLEANUP(mock_body_finish) struct mock_body item = {0};
        COG_CLEANUP(cog_text_finish) struct cog_text value = {0};
        mock_mask_header(exchange, &headers[i], &value);
        mock_body_string(&item, "name", headers[i].name);
        mock_exchange_add_bytes(&item, "value", "value_base64", &value);
        mock_body_array_append(body, &item);
    }
}

bool mock_exchange_is_text(const struct cog_text *bytes)
{
    const char *at = cog_text_string(bytes);
    size_t rest = bytes->length;
    while (rest > 0) {
        const size_t length = *at == '\0' ? 0 : cog_utf8_length(at, rest);
        if (length == 0) {
            return false;
        }
        at += length;
        rest -= length;
    }
    return true;
}

void mock_exchange_add_bytes(struct mock_body *body, const char *name, const char *name_base64,
                             const struct cog_text *bytes)
{
    if (bytes->failed) {
        body->failed = true;
        return;
    }
    if (mock_exchange_is_text(bytes)) {
        mock_body_string(body, name, cog_text_string(bytes));
        return;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text encoded = {0};
    mock_base64_append(bytes->bytes, bytes->length, &encoded);
    add_shown(body, name_base64, &encoded);
}

static void add_answer(const struct mock_exchange *exchange, struct mock_body *body)
{
    COG_CLEANUP(mock_body_finish) struct mock_body answer = {0};
    COG_CLEANUP(cog_text_finish) struct cog_text bytes = {0};
    mock_mask_answer_body(exchange, &bytes);
    add_count(&answer, "status", exchange->status);
    add_headers(exchange, exchange->answer_headers, exchange->answer_header_count, &answer);
    mock_exchange_add_bytes(&answer, "body", "body_base64", &bytes);
    mock_body_boolean(&answer, "body_is_cut",
                      exchange->answer_body_length > MOCK_TRUTH_BODY_LENGTH_MAX);
    mock_body_boolean(&answer, "is_whole", exchange->is_whole);
    mock_body_object(body, "answer", &answer);
}

void mock_exchange_describe(const struct mock_exchange *exchange, const struct mock_clock *clock,
                            enum mock_view view, struct mock_body *body)
{
    COG_CLEANUP(cog_text_finish) struct cog_text bytes = {0};
    mock_exchange_summarize(exchange, clock, view, body);
    mock_mask_body(exchange, &bytes);
    add_headers(exchange, exchange->headers, exchange->header_count, body);
    mock_exchange_add_bytes(body, "body", "body_base64", &bytes);
    mock_body_boolean(body, "body_is_cut", exchange->body_length > MOCK_TRUTH_BODY_LENGTH_MAX);
    if (exchange->answered_ms < 0) {
        mock_body_string(body, "answer", NULL);
    } else {
        add_answer(exchange, body);
    }
}
