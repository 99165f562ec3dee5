#include "v1/spoil.h"

#include "v1/distort.h"
#include "v1/problem.h"
#include "v1/retry_after.h"
#include "v1/routes.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

#define TYPE_HTML "text/html; charset=utf-8"
#define TYPE_TEXT "text/plain; charset=utf-8"

/* Over the 1 MiB that a client should take. */
enum { OVERSIZED_LENGTH = (1 << 20) + (1 << 16) };

static const char html_body[] =
    "<!DOCTYPE html><html><head><title>Gateway</title></head><body>Something went wrong."
    "</body></html>\n";

static void end_without_answer(struct mock_plan *plan, enum mock_ending ending)
{
    mock_plan_finish(plan);
    plan->ending = ending;
}

static enum cog_code replace_body(struct mock_plan *plan, const char *type, const char *body)
{
    enum cog_code code = mock_plan_body_set(plan, strdup(body), strlen(body));
    return code == COG_OK ? mock_plan_header_set(plan, "Content-Type", type) : code;
}

/* A body of one byte or more is always cut; an empty one cannot be. */
static void truncate_body(struct mock_plan *plan, size_t sent)
{
    const size_t length = plan->body_length;
    if (sent >= length) {
        sent = length == 0 ? 0 : length - 1;
    }
    plan->sent_length = sent;
    plan->ending = MOCK_ENDING_CLOSE;
}

/* A success whose body says that it is none. */
static enum cog_code replace_by_problem(struct mock_plan *plan)
{
    return replace_body(plan, MOCK_TYPE_PROBLEM,
                        "{\"type\":\"urn:cogmock:injected\",\"title\":\"Internal Server Error\","
                        "\"status\":500,\"detail\":\"injected by the scenario\"}");
}

/* Still the honest JSON, with blanks behind it. */
static enum cog_code pad_body(struct mock_plan *plan)
{
    char *body = malloc(OVERSIZED_LENGTH + 1);
    if (body == NULL) {
        return COG_ERROR_MEMORY;
    }
    memset(body, ' ', OVERSIZED_LENGTH);
    body[OVERSIZED_LENGTH] = '\0';
    if (plan->body_length > 0) {
        memcpy(body, plan->body,
               plan->body_length < OVERSIZED_LENGTH ? plan->body_length : OVERSIZED_LENGTH);
    }
    return mock_plan_body_set(plan, body, OVERSIZED_LENGTH);
}

static enum cog_code zip_badly(struct mock_plan *plan)
{
    enum cog_code code = replace_body(plan, MOCK_TYPE_JSON, "\x1f\x8b\x08 but no deflate");
    return code == COG_OK ? mock_plan_header_set(plan, "Content-Encoding", "gzip") : code;
}

static enum cog_code fill_body(struct mock_plan *plan, const struct mock_injection *injection)
{
    switch (injection->body) {
    case MOCK_FAULT_BODY_PROBLEM: {
        const struct mock_problem problem = {.status = injection->status, .name = "injected"};
        return mock_answer_problem(plan, &problem, "injected by the scenario");
    }
    case MOCK_FAULT_BODY_EMPTY:
        return COG_OK;
    case MOCK_FAULT_BODY_TEXT:
        return replace_body(plan, TYPE_TEXT, "something went wrong\n");
    case MOCK_FAULT_BODY_HTML:
        return replace_body(plan, TYPE_HTML, html_body);
    case MOCK_FAULT_BODY_JSON_NULL:
        return replace_body(plan, MOCK_TYPE_JSON, "null");
    case MOCK_FAULT_BODY_RAW:
        break;
    }
    return replace_body(plan, MOCK_TYPE_JSON, injection->raw_body);
}

static enum cog_code add_challenge(struct mock_plan *plan, const struct mock_visit *visit)
{
    bool is_basic = visit->route->access == MOCK_ACCESS_CLIENT;
    return mock_plan_header_append(plan, "WWW-Authenticate",
                                   is_basic ? "Basic realm=\"cogmock\""
                                            : "Bearer realm=\"cogmock\", error=\"invalid_token\"");
}

static enum cog_code answer_status(struct mock_plan *plan, const struct mock_injection *injection,
                                   const struct mock_visit *visit)
{
    mock_plan_finish(plan);
    /* 204 and 304 have no body (RFC 9110 15.3.5 and 15.4.5). */
    bool has_body = injection->status != MOCK_STATUS_NO_CONTENT &&
                    injection->status != MOCK_STATUS_NOT_MODIFIED;
    enum cog_code code = has_body ? fill_body(plan, injection) : COG_OK;
    mock_answer_empty(plan, injection->status);
    if (code == COG_OK && injection->status == MOCK_STATUS_UNAUTHORIZED) {
        code = add_challenge(plan, visit);
    }
    if (code != COG_OK) {
        return code;
    }
    const struct mock_api *api = visit->api;
    return mock_answer_retry_after(plan, &injection->retry_after,
                                   mock_api_unix_ms(api, api->world->now_ms));
}

/* Without a location: to where the request went, again and again. */
static enum cog_code redirect(struct mock_plan *plan, const struct mock_injection *injection,
                              const struct mock_visit *visit)
{
    COG_CLEANUP(cog_text_finish) struct cog_text location = {0};
    if (injection->location != NULL) {
        cog_text_append(&location, injection->location);
    } else {
        cog_text_append(&location, visit->api->prefix);
        cog_text_append(&location, visit->request->target);
    }
    if (location.failed) {
        return COG_ERROR_MEMORY;
    }
    mock_plan_finish(plan);
    mock_answer_empty(plan, injection->status);
    return mock_plan_header_append(plan, "Location", cog_text_string(&location));
}

/* No answer, or one that breaks off after its headers. */
static void break_off(struct mock_plan *plan, const struct mock_injection *injection,
                      enum mock_ending ending)
{
    const bool has_head = injection->after_headers || injection->after_bytes >= 0;
    const size_t sent = injection->after_bytes < 0 ? 0 : (size_t)injection->after_bytes;
    if (!has_head || plan->status == 0) {
        end_without_answer(plan, ending);
        return;
    }
    truncate_body(plan, sent);
    plan->ending = ending;
    plan->wire = ending == MOCK_ENDING_HANG ? MOCK_WIRE_STALL : MOCK_WIRE_PLAIN;
}

/* @return false when the kind is none of these */
static bool cut(struct mock_plan *plan, const struct mock_injection *injection)
{
    switch ((int)injection->kind) {
    case MOCK_FAULT_RESET_BEFORE_BODY:
    case MOCK_FAULT_RESET_MID_BODY:
        end_without_answer(plan, MOCK_ENDING_RESET);
        return true;
    case MOCK_FAULT_STALL_UPLOAD:
        end_without_answer(plan, MOCK_ENDING_HANG);
        return true;
    case MOCK_FAULT_RESET_AFTER_APPLY:
        break_off(plan, injection, MOCK_ENDING_RESET);
        return true;
    case MOCK_FAULT_CLOSE_NO_RESPONSE:
        break_off(plan, injection, MOCK_ENDING_CLOSE);
        return true;
    case MOCK_FAULT_TIMEOUT_AFTER_APPLY:
        break_off(plan, injection, MOCK_ENDING_HANG);
        return true;
    case MOCK_FAULT_RESET_AFTER_HEADERS:
        truncate_body(plan, injection->after_bytes < 0 ? 0 : (size_t)injection->after_bytes);
        plan->ending = MOCK_ENDING_RESET;
        return true;
    case MOCK_FAULT_TRUNCATED_BODY:
        truncate_body(plan, injection->after_bytes < 0 ? plan->body_length / 2
                                                       : (size_t)injection->after_bytes);
        return true;
    case MOCK_FAULT_KEEPALIVE_CLOSE:
        plan->closes = true;
        return true;
    default:
        return false;
    }
}

/* Kinds that HTTP does not know; those that end before the answer does are not whole. */
static void bend_wire(struct mock_plan *plan, const struct mock_injection *injection)
{
    static const struct {
        enum mock_fault_kind kind;
        enum mock_wire wire;
        enum mock_ending ending;
    } rows[] = {
        {MOCK_FAULT_DRIP, MOCK_WIRE_DRIP, MOCK_ENDING_COMPLETE},
        {MOCK_FAULT_TRUNCATED_HEADERS, MOCK_WIRE_TRUNCATED_HEADERS, MOCK_ENDING_CLOSE},
        {MOCK_FAULT_BAD_CHUNK, MOCK_WIRE_BAD_CHUNK, MOCK_ENDING_CLOSE},
        {MOCK_FAULT_GARBAGE_THEN_CLOSE, MOCK_WIRE_GARBAGE, MOCK_ENDING_CLOSE},
        {MOCK_FAULT_WRONG_CONTENT_LENGTH, MOCK_WIRE_WRONG_CONTENT_LENGTH, MOCK_ENDING_CLOSE},
        {MOCK_FAULT_HUGE_HEADERS, MOCK_WIRE_HUGE_HEADERS, MOCK_ENDING_COMPLETE},
        {MOCK_FAULT_MANY_HEADERS, MOCK_WIRE_MANY_HEADERS, MOCK_ENDING_COMPLETE},
        {MOCK_FAULT_MANY_1XX, MOCK_WIRE_MANY_INTERIM, MOCK_ENDING_COMPLETE},
        {MOCK_FAULT_DUPLICATE_HEADERS, MOCK_WIRE_DUPLICATE_HEADERS, MOCK_ENDING_COMPLETE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].kind == injection->kind) {
            plan->wire = rows[i].wire;
            plan->ending = rows[i].ending;
        }
    }
    plan->head_length = injection->after_bytes < 0 ? SIZE_MAX : (size_t)injection->after_bytes;
    if (injection->kind == MOCK_FAULT_DRIP) {
        plan->piece_length = (size_t)injection->piece_bytes;
        plan->piece_ms = injection->every_ms;
    }
}

static enum cog_code spoil(struct mock_plan *plan, const struct mock_injection *injection,
                           const struct mock_visit *visit)
{
    if (mock_fault_kind_adds(injection->kind) || cut(plan, injection)) {
        return COG_OK;
    }
    switch ((int)injection->kind) {
    case MOCK_FAULT_EMPTY_BODY:
        mock_plan_body_clear(plan);
        return COG_OK;
    case MOCK_FAULT_NOT_JSON:
        return replace_body(plan, MOCK_TYPE_JSON, "this is not JSON\n");
    case MOCK_FAULT_HTML_BODY:
        return replace_body(plan, TYPE_HTML, html_body);
    case MOCK_FAULT_MISSING_FIELDS:
        return replace_body(plan, MOCK_TYPE_JSON, "{}");
    case MOCK_FAULT_PROBLEM_BODY:
        return replace_by_problem(plan);
    case MOCK_FAULT_OVERSIZED_BODY:
        return pad_body(plan);
    case MOCK_FAULT_BAD_GZIP:
        return zip_badly(plan);
    case MOCK_FAULT_REDIRECT:
        return redirect(plan, injection, visit);
    case MOCK_FAULT_STATUS:
        return answer_status(plan, injection, visit);
    default:
        bend_wire(plan, injection);
        return mock_plan_distort(plan, injection);
    }
}

/* In place of what the answer has of that name; several of one name all stand. */
static enum cog_code add_headers(struct mock_plan *plan, const struct mock_injection *injection)
{
    for (size_t i = 0; i < injection->header_count; i++) {
        mock_plan_header_remove(plan, injection->headers[i].name);
        if (cog_string_equals_ignoring_case(injection->headers[i].name, "Retry-After")) {
            plan->retry_after_ms = 0;
        }
    }
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < injection->header_count; i++) {
        const struct mock_fault_header *header = &injection->headers[i];
        code = mock_plan_header_append(plan, header->name, header->value);
    }
    return code;
}

enum cog_code mock_plan_spoil(struct mock_plan *plan, const struct mock_injection *injection,
                              const struct mock_visit *visit)
{
    enum cog_code code = spoil(plan, injection, visit);
    if (code == COG_OK && plan->status != 0) {
        code = add_headers(plan, injection);
    }
    plan->delay_ms += injection->delay_ms;
    return code;
}
