#include "v1/wire.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum {
    /* Over the 64 KiB that a client should take, and under what libraries take in one line. */
    HUGE_HEADER_LENGTH = 70000,
    MANY_HEADERS_COUNT = 5000,
    MANY_INTERIM_COUNT = 50,
};

static const char garbage[] = "\x16\x03\x01\x02 this is no HTTP \xff\xfe\r\n\r\n";

static void append_status(struct cog_text *text, const struct mock_plan *plan)
{
    for (int i = 0; plan->wire == MOCK_WIRE_MANY_INTERIM && i < MANY_INTERIM_COUNT; i++) {
        cog_text_append(text, "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n");
    }
    cog_text_append_format(text, "HTTP/1.1 %d Injected\r\n", plan->status);
}

static void append_headers(struct cog_text *text, const struct mock_plan *plan)
{
    for (size_t i = 0; i < plan->header_count; i++) {
        const struct mock_header *header = &plan->headers[i];
        cog_text_append_format(text, "%s: %s\r\n", header->name, header->value);
        if (plan->wire == MOCK_WIRE_DUPLICATE_HEADERS) {
            cog_text_append_format(text, "%s: %s\r\n", header->name, header->value);
        }
    }
    for (int i = 0; plan->wire == MOCK_WIRE_MANY_HEADERS && i < MANY_HEADERS_COUNT; i++) {
        cog_text_append_format(text, "X-Filler-%d: x\r\n", i);
    }
    if (plan->wire == MOCK_WIRE_HUGE_HEADERS) {
        cog_text_append(text, "X-Filler: ");
        for (int i = 0; i < HUGE_HEADER_LENGTH; i++) {
            cog_text_append_bytes(text, "x", 1);
        }
        cog_text_append(text, "\r\n");
    }
}

static void append_framing(struct cog_text *text, const struct mock_plan *plan)
{
    size_t length = plan->body_length;
    if (plan->wire == MOCK_WIRE_BAD_CHUNK) {
        cog_text_append(text, "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n");
        return;
    }
    if (plan->wire == MOCK_WIRE_WRONG_CONTENT_LENGTH) {
        length /= 2;
    }
    if (plan->wire == MOCK_WIRE_STALL) {
        cog_text_append_format(text, "Content-Length: %zu\r\n\r\n", length);
        return;
    }
    const int count = plan->wire == MOCK_WIRE_DUPLICATE_HEADERS ? 2 : 1;
    for (int i = 0; i < count; i++) {
        cog_text_append_format(text, "Content-Length: %zu\r\nConnection: close\r\n", length);
    }
    cog_text_append(text, "\r\n");
}

static void append_answer(struct cog_text *text, const struct mock_plan *plan)
{
    if (plan->wire == MOCK_WIRE_GARBAGE) {
        cog_text_append_bytes(text, garbage, sizeof garbage - 1);
        return;
    }
    append_status(text, plan);
    append_headers(text, plan);
    if (plan->wire == MOCK_WIRE_TRUNCATED_HEADERS) {
        cog_text_append(text, "Content-Le");
        return;
    }
    append_framing(text, plan);
    cog_text_append_bytes(text, plan->body == NULL ? "" : plan->body,
                          plan->wire == MOCK_WIRE_STALL ? plan->sent_length : plan->body_length);
}

enum cog_code mock_plan_compose(struct mock_plan *plan)
{
    if (plan->wire == MOCK_WIRE_PLAIN) {
        return COG_OK;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    append_answer(&text, plan);
    const bool is_cut =
        plan->wire == MOCK_WIRE_TRUNCATED_HEADERS && plan->head_length < text.length;
    const size_t length = is_cut ? plan->head_length : text.length;
    char *raw = cog_text_take(&text);
    if (raw == NULL) {
        return COG_ERROR_MEMORY;
    }
    free(plan->raw);
    plan->raw = raw;
    plan->raw_length = length;
    return COG_OK;
}
