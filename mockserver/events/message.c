#include "events/message.h"

#include "mask.h"
#include "v1/body.h"

#include <cogmock/truth.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void add_target(struct mock_body *body, const struct mock_exchange *exchange)
{
    COG_CLEANUP(cog_text_finish) struct cog_text target = {0};
    mock_mask_target(exchange, &target);
    body->failed |= target.failed;
    mock_body_string(body, "target", cog_text_string(&target));
}

static void add_place(struct mock_body *body, const struct mock_exchange *exchange)
{
    mock_body_integer(body, "number", (int64_t)exchange->number);
    mock_body_string(body, "state", mock_exchange_state_name(exchange->state));
    mock_body_string(body, "method", exchange->method);
    add_target(body, exchange);
    mock_body_string(body, "call", exchange->call);
    mock_body_integer(body, "nth", exchange->nth);
    mock_body_integer(body, "attempt", exchange->attempt);
}

static void add_answer(struct mock_body *body, const struct mock_exchange *exchange)
{
    mock_body_integer(body, "status", exchange->status);
    mock_body_integer(body, "answered_ms", exchange->answered_ms);
    mock_body_integer(body, "retry_after_ms", exchange->retry_after_ms);
}

/* What only the fake knows of it. */
static void add_secrets(struct mock_body *body, const struct mock_exchange *exchange)
{
    mock_body_string(body, "fault", exchange->fault);
    if (exchange->answered_ms >= 0) {
        mock_body_boolean(body, "applied", exchange->applied);
        mock_body_string(body, "rule", exchange->rule);
        mock_body_string(body, "why", exchange->why);
        mock_body_integer(body, "delay_ms", exchange->delay_ms);
    }
}

static void add_exchange(struct mock_body *body, const struct mock_exchange *exchange)
{
    add_place(body, exchange);
    if (exchange->answered_ms >= 0) {
        add_answer(body, exchange);
    }
    if (exchange->done_ms >= 0) {
        mock_body_integer(body, "done_ms", exchange->done_ms);
    }
}

/* Fields are texts; these are numbers for who reads them. */
static bool is_number(const char *key, const char *value)
{
    static const char *const keys[] = {"active",   "by_ms", "count", "now_ms",
                                       "progress", "scale", "value", NULL};
    for (size_t i = 0; keys[i] != NULL; i++) {
        if (strcmp(keys[i], key) == 0) {
            return *value != '\0' && value[strspn(value, "-0123456789.")] == '\0';
        }
    }
    return false;
}

static void add_fields(struct mock_body *body, const struct mock_event *event)
{
    for (size_t i = 0; i < event->field_count; i++) {
        const struct cog_log_field *field = &event->fields[i];
        if (field->value != NULL && is_number(field->key, field->value)) {
            mock_body_raw(body, field->key, field->value);
        } else {
            mock_body_string(body, field->key, field->value);
        }
    }
}

static void add_exchange_for(struct mock_body *body, const struct mock_exchange *exchange,
                             enum mock_view view)
{
    if (view == MOCK_VIEW_OBSERVER) {
        const struct mock_exchange seen = mock_observed_exchange(exchange);
        add_exchange(body, &seen);
    } else {
        add_exchange(body, exchange);
        add_secrets(body, exchange);
    }
}

void mock_message_append(struct cog_text *text, const struct mock_message *message)
{
    COG_CLEANUP(mock_body_finish) struct mock_body body = {0};
    const struct mock_event *event = message->event;
    mock_body_string(&body, "tenant", message->tenant);
    mock_body_integer(&body, "at_ms", event->at_ms);
    if (event->exchange != NULL) {
        add_exchange_for(&body, event->exchange, message->view);
    }
    add_fields(&body, event);
    char *data = mock_body_take(&body);
    if (data == NULL) {
        text->failed = true;
        return;
    }
    cog_text_append_format(text, "id: %" PRIu64 "\nevent: %s\ndata: %s\n\n", message->number,
                           event->kind, data);
    free(data);
}
