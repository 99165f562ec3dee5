#include "v1/body.h"

#include <cogbase/json.h>
#include <cogbase/quote.h>

#include <assert.h>

enum { NUMBER_SIZE = 32 };

static void close_array(struct mock_body *body)
{
    if (body->array_state != MOCK_BODY_ARRAY_NONE) {
        cog_text_append_bytes(&body->text, "]", 1);
        body->array_state = MOCK_BODY_ARRAY_NONE;
    }
}

/* Everything up to the member's value. @return where that goes */
static struct cog_text *begin(struct mock_body *body, const char *name)
{
    close_array(body);
    cog_text_append_bytes(&body->text, body->text.length == 0 ? "{" : ",", 1);
    cog_quote_append(&body->text, name);
    cog_text_append_bytes(&body->text, ":", 1);
    return &body->text;
}

/* Everything up to the next item of the array that is open. @return where that goes */
static struct cog_text *begin_item(struct mock_body *body)
{
    assert(body->array_state != MOCK_BODY_ARRAY_NONE);
    if (body->array_state == MOCK_BODY_ARRAY_BEGUN) {
        cog_text_append_bytes(&body->text, ",", 1);
    }
    body->array_state = MOCK_BODY_ARRAY_BEGUN;
    return &body->text;
}

void mock_body_string(struct mock_body *body, const char *name, const char *value)
{
    if (value == NULL) {
        mock_body_raw(body, name, "null");
        return;
    }
    cog_quote_append(begin(body, name), value);
}

void mock_body_integer(struct mock_body *body, const char *name, int64_t value)
{
    char buffer[NUMBER_SIZE];
    char *digit = buffer + sizeof buffer;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    *--digit = '\0';
    do {
        *--digit = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0) {
        *--digit = '-';
    }
    mock_body_raw(body, name, digit);
}

void mock_body_raw(struct mock_body *body, const char *name, const char *json)
{
    cog_text_append(begin(body, name), json);
}

void mock_body_boolean(struct mock_body *body, const char *name, bool value)
{
    mock_body_raw(body, name, value ? "true" : "false");
}

void mock_body_number(struct mock_body *body, const char *name, double value)
{
    mock_body_json(body, name, cJSON_CreateNumber(value));
}

/* Moves what `item` holds to the end of `text`. */
static void append_body(struct cog_text *text, struct mock_body *item)
{
    close_array(item);
    cog_text_append(&item->text, item->text.length == 0 ? "{}" : "}");
    text->failed |= item->failed || item->text.failed;
    if (!item->text.failed) {
        cog_text_append_bytes(text, cog_text_string(&item->text), item->text.length);
    }
    mock_body_finish(item);
}

void mock_body_object(struct mock_body *body, const char *name, struct mock_body *item)
{
    append_body(begin(body, name), item);
}

void mock_body_json(struct mock_body *body, const char *name, cJSON *json)
{
    COG_CLEANUP(cog_string_finish) char *text = NULL;
    body->failed |= cog_json_print(json, &text, NULL) != COG_OK;
    mock_body_raw(body, name, text == NULL ? "null" : text);
    cJSON_Delete(json);
}

void mock_body_array(struct mock_body *body, const char *name)
{
    cog_text_append_bytes(begin(body, name), "[", 1);
    body->array_state = MOCK_BODY_ARRAY_EMPTY;
}

void mock_body_array_append(struct mock_body *body, struct mock_body *item)
{
    append_body(begin_item(body), item);
}

void mock_body_array_string(struct mock_body *body, const char *value)
{
    cog_quote_append(begin_item(body), value);
}

char *mock_body_take(struct mock_body *body)
{
    close_array(body);
    cog_text_append(&body->text, body->text.length == 0 ? "{}" : "}");
    body->text.failed |= body->failed;
    return cog_text_take(&body->text);
}

void mock_body_finish(struct mock_body *body)
{
    cog_text_finish(&body->text);
    *body = (struct mock_body){0};
}
