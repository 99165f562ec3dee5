#include "script/fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = {
    [MOCK_FAULT_REFUSED] = "refused",
    [MOCK_FAULT_CONNECT_TIMEOUT] = "connect_timeout",
    [MOCK_FAULT_RESET_ON_ACCEPT] = "reset_on_accept",
    [MOCK_FAULT_TLS_UNTRUSTED] = "tls_untrusted",
    [MOCK_FAULT_TLS_EXPIRED] = "tls_expired",
    [MOCK_FAULT_TLS_WRONG_HOST] = "tls_wrong_host",
    [MOCK_FAULT_RESET_BEFORE_BODY] = "reset_before_body",
    [MOCK_FAULT_RESET_MID_BODY] = "reset_mid_body",
    [MOCK_FAULT_STALL_UPLOAD] = "stall_upload",
    [MOCK_FAULT_RESET_AFTER_APPLY] = "reset_after_apply",
    [MOCK_FAULT_CLOSE_NO_RESPONSE] = "close_no_response",
    [MOCK_FAULT_TIMEOUT_AFTER_APPLY] = "timeout_after_apply",
    [MOCK_FAULT_KEEPALIVE_CLOSE] = "keepalive_close",
    [MOCK_FAULT_DELAY] = "delay",
    [MOCK_FAULT_HEADERS] = "headers",
    [MOCK_FAULT_RESET_AFTER_HEADERS] = "reset_after_headers",
    [MOCK_FAULT_TRUNCATED_BODY] = "truncated_body",
    [MOCK_FAULT_OVERSIZED_BODY] = "oversized_body",
    [MOCK_FAULT_BAD_GZIP] = "bad_gzip",
    [MOCK_FAULT_DRIP] = "drip",
    [MOCK_FAULT_TRUNCATED_HEADERS] = "truncated_headers",
    [MOCK_FAULT_BAD_CHUNK] = "bad_chunk",
    [MOCK_FAULT_GARBAGE_THEN_CLOSE] = "garbage_then_close",
    [MOCK_FAULT_WRONG_CONTENT_LENGTH] = "wrong_content_length",
    [MOCK_FAULT_HUGE_HEADERS] = "huge_headers",
    [MOCK_FAULT_MANY_HEADERS] = "many_headers",
    [MOCK_FAULT_MANY_1XX] = "many_1xx",
    [MOCK_FAULT_DUPLICATE_HEADERS] = "duplicate_headers",
    [MOCK_FAULT_REDIRECT] = "redirect",
    [MOCK_FAULT_EMPTY_BODY] = "empty_body",
    [MOCK_FAULT_NOT_JSON] = "not_json",
    [MOCK_FAULT_HTML_BODY] = "html_body",
    [MOCK_FAULT_WRONG_TYPES] = "wrong_types",
    [MOCK_FAULT_MISSING_FIELDS] = "missing_fields",
    [MOCK_FAULT_TRUNCATED_JSON] = "truncated_json",
    [MOCK_FAULT_NULLS] = "nulls",
    [MOCK_FAULT_MISSING_FIELD] = "missing_field",
    [MOCK_FAULT_SET_FIELD] = "set_field",
    [MOCK_FAULT_UNKNOWN_STATUS] = "unknown_status",
    [MOCK_FAULT_OTHER_CASE] = "other_case",
    [MOCK_FAULT_UNKNOWN_FIELDS] = "unknown_fields",
    [MOCK_FAULT_DUPLICATE_KEYS] = "duplicate_keys",
    [MOCK_FAULT_DEEP_JSON] = "deep_json",
    [MOCK_FAULT_INVALID_UTF8] = "invalid_utf8",
    [MOCK_FAULT_NUMBER_OVERFLOW] = "number_overflow",
    [MOCK_FAULT_NAN] = "nan",
    [MOCK_FAULT_PROBLEM_BODY] = "problem_body",
    [MOCK_FAULT_OTHER_ID] = "other_id",
    [MOCK_FAULT_STATUS] = NULL,
};

const char *const *mock_fault_kind_names(void)
{
    return kind_names;
}

/* The enumeration is in the order of the phases: each begins with one of these. */
enum mock_phase mock_fault_phase(enum mock_fault_kind kind)
{
    if (kind < MOCK_FAULT_RESET_BEFORE_BODY) {
        return MOCK_PHASE_CONNECT;
    }
    if (kind < MOCK_FAULT_RESET_AFTER_APPLY) {
        return MOCK_PHASE_SEND;
    }
    if (kind < MOCK_FAULT_DELAY) {
        return MOCK_PHASE_AFTER_APPLY;
    }
    if (kind < MOCK_FAULT_EMPTY_BODY) {
        return MOCK_PHASE_RESPONSE;
    }
    return kind < MOCK_FAULT_STATUS ? MOCK_PHASE_BODY : MOCK_PHASE_STATUS;
}

const char *mock_phase_name(enum mock_phase phase)
{
    static const char *const names[] = {
        [MOCK_PHASE_CONNECT] = "connect",
        [MOCK_PHASE_SEND] = "send",
        [MOCK_PHASE_AFTER_APPLY] = "after_apply",
        [MOCK_PHASE_RESPONSE] = "response",
        [MOCK_PHASE_BODY] = "body",
        [MOCK_PHASE_STATUS] = "status",
    };
    return names[phase];
}

const char *mock_fault_kind_phase(const char *kind)
{
    for (int i = 0; kind_names[i] != NULL; i++) {
        if (strcmp(kind_names[i], kind) == 0) {
            return mock_phase_name(mock_fault_phase((enum mock_fault_kind)i));
        }
    }
    return NULL;
}

bool mock_fault_kind_adds(enum mock_fault_kind kind)
{
    return kind == MOCK_FAULT_DELAY || kind == MOCK_FAULT_HEADERS;
}

void mock_fault_finish(struct mock_fault *fault)
{
    mock_injection_finish(&fault->injection);
    free(fault->source);
    fault->source = NULL;
}

void mock_injection_finish(struct mock_injection *injection)
{
    for (size_t i = 0; i < injection->header_count; i++) {
        free(injection->headers[i].name);
        free(injection->headers[i].value);
    }
    free(injection->field);
    free(injection->value);
    free(injection->location);
    free(injection->raw_body);
    *injection = (struct mock_injection){0};
}

static bool numbers_have(const struct mock_fault_numbers *numbers, int number)
{
    for (size_t i = 0; i < numbers->count; i++) {
        if (numbers->items[i] == number) {
            return true;
        }
    }
    return numbers->count == 0;
}

bool mock_fault_matches(const struct mock_fault *fault, const struct mock_address *address)
{
    return fault->call == address->call && address->nth >= fault->from &&
           numbers_have(&fault->nths, address->nth) &&
           numbers_have(&fault->attempts, address->attempt);
}

/* "call 1,3" and the like. A description that gets too long is cut. */
static void append_numbers(struct cog_text *text, const char *word,
                           const struct mock_fault_numbers *numbers)
{
    for (size_t i = 0; i < numbers->count; i++) {
        if (i == 0) {
            cog_text_append_format(text, " %s ", word);
        }
        cog_text_append_format(text, "%s%d", i == 0 ? "" : ",", numbers->items[i]);
    }
}

static void append_address(struct cog_text *text, const struct mock_fault *fault)
{
    if (mock_fault_phase(fault->injection.kind) == MOCK_PHASE_CONNECT) {
        cog_text_append(text, "connect");
        return;
    }
    cog_text_append(text, mock_call_name(fault->call));
    append_numbers(text, "call", &fault->nths);
    if (fault->from > 0) {
        cog_text_append_format(text, " from call %d", fault->from);
    }
    append_numbers(text, "attempt", &fault->attempts);
    if (fault->probability > 0) {
        cog_text_append_format(text, " probability %g", fault->probability);
    }
}

static void append_kind(struct cog_text *text, const char *kind)
{
    cog_text_append_format(text, "%s%s", text->length > 0 ? " " : "", kind);
}

static void append_status_kind(const struct mock_injection *injection, struct cog_text *text)
{
    char kind[MOCK_FAULT_NAME_SIZE];
    const bool is_redirect = injection->kind == MOCK_FAULT_REDIRECT;
    (void)snprintf(kind, sizeof kind, "%s_%d%s", is_redirect ? "redirect" : "status",
                   injection->status, !is_redirect && injection->applied ? "_applied" : "");
    append_kind(text, kind);
}

void mock_injection_append_kinds(const struct mock_injection *injection, struct cog_text *text)
{
    if (injection->kind == MOCK_FAULT_STATUS || injection->kind == MOCK_FAULT_REDIRECT) {
        append_status_kind(injection, text);
    } else {
        append_kind(text, kind_names[injection->kind]);
    }
    if (injection->delay_ms > 0 && injection->kind != MOCK_FAULT_DELAY) {
        append_kind(text, kind_names[MOCK_FAULT_DELAY]);
    }
    if (injection->header_count > 0 && injection->kind != MOCK_FAULT_HEADERS) {
        append_kind(text, kind_names[MOCK_FAULT_HEADERS]);
    }
}

void mock_fault_describe(struct mock_fault *fault)
{
    if (fault->injection.kind == MOCK_FAULT_STATUS) {
        (void)snprintf(fault->name, sizeof fault->name, "status %d", fault->injection.status);
    } else {
        (void)snprintf(fault->name, sizeof fault->name, "%s", kind_names[fault->injection.kind]);
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    append_address(&text, fault);
    (void)snprintf(fault->description, sizeof fault->description, "%s: %s, %s",
                   cog_text_string(&text), fault->name,
                   fault->injection.applied ? "applied" : "not applied");
}
