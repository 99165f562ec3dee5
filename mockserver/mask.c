#include "mask.h"

#include "v1/encoding.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LENGTH_MAX = 32 };

/* Fields of forms and members of JSON whose values are nobody's business. */
static bool is_secret(const char *name)
{
    static const char *const names[] = {
        "access_token", "assertion",     "client_assertion", "client_secret", "id_token",
        "password",     "refresh_token", "secret",           "token",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (cog_string_equals_ignoring_case(name, names[i])) {
            return true;
        }
    }
    return false;
}

const char *mock_mask_token(const struct mock_exchange *exchange, char buffer[MOCK_MASK_TOKEN_SIZE])
{
    if (exchange->token == 0) {
        return NULL;
    }
    (void)snprintf(buffer, MOCK_MASK_TOKEN_SIZE, "t-%" PRId64, exchange->token);
    return buffer;
}

static bool has_scheme(const char *value, const char *scheme)
{
    char start[sizeof "Bearer"] = "";
    const size_t length = strlen(scheme);
    if (strlen(value) < length) {
        return false;
    }
    memcpy(start, value, length);
    return cog_string_equals_ignoring_case(start, scheme) &&
           (value[length] == ' ' || value[length] == '\0');
}

static void append_authorization(const struct mock_exchange *exchange, const char *value,
                                 struct cog_text *text)
{
    char token[MOCK_MASK_TOKEN_SIZE];
    const char *id = mock_mask_token(exchange, token);
    if (has_scheme(value, "Bearer")) {
        cog_text_append_format(text, "Bearer %s", id == NULL ? "(unknown)" : id);
    } else if (has_scheme(value, "Basic")) {
        cog_text_append_format(text, "Basic %s",
                               exchange->client == NULL ? "(unknown)" : exchange->client);
    } else {
        cog_text_append(text, "(hidden)");
    }
}

void mock_mask_header(const struct mock_exchange *exchange, const struct mock_header *header,
                      struct cog_text *text)
{
    static const char *const hidden[] = {"Cookie", "Proxy-Authorization", "Set-Cookie",
                                         "X-Api-Key"};
    if (cog_string_equals_ignoring_case(header->name, "Authorization")) {
        append_authorization(exchange, header->value, text);
        return;
    }
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        if (cog_string_equals_ignoring_case(header->name, hidden[i])) {
            cog_text_append(text, "(hidden)");
            return;
        }
    }
    cog_text_append(text, header->value);
}

/* "(t-1)" for the token that was given, else "(secret)". */
static void append_mask(const struct mock_exchange *exchange, const char *name,
                        struct cog_text *text)
{
    char token[MOCK_MASK_TOKEN_SIZE];
    const char *id = mock_mask_token(exchange, token);
    if (id != NULL && cog_string_equals_ignoring_case(name, "access_token")) {
        cog_text_append_format(text, "(%s)", id);
    } else {
        cog_text_append(text, "(secret)");
    }
}

/* One "name=value" of a form. */
static void append_pair(const char *pair, size_t length, struct cog_text *text)
{
    const char *equals = memchr(pair, '=', length);
    const size_t name_length = equals == NULL ? length : (size_t)(equals - pair);
    COG_CLEANUP(cog_string_finish) char *name = NULL;
    const enum cog_code code = mock_percent_decode(MOCK_ENCODING_FORM, pair, name_length, &name);
    text->failed = text->failed || code == COG_ERROR_MEMORY;
    if (equals == NULL || name == NULL || !is_secret(name)) {
        cog_text_append_bytes(text, pair, length);
        return;
    }
    cog_text_append_bytes(text, pair, name_length + 1);
    cog_text_append(text, "(secret)");
}

static void append_form(const char *form, size_t length, struct cog_text *text)
{
    const char *end = form + length;
    while (form < end) {
        const char *ampersand = memchr(form, '&', (size_t)(end - form));
        const char *pair_end = ampersand == NULL ? end : ampersand;
        append_pair(form, (size_t)(pair_end - form), text);
        if (ampersand != NULL) {
            cog_text_append(text, "&");
        }
        form = ampersand == NULL ? end : ampersand + 1;
    }
}

/* Where a string of JSON ends whose first quote is at `start`: behind its last quote, or at `end`.
 */
static const char *string_end(const char *start, const char *end)
{
    const char *at = start + 1;
    while (at < end && *at != '"') {
        at += *at == '\\' && at + 1 < end ? 2 : 1;
    }
    return at < end ? at + 1 : end;
}

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && isspace((unsigned char)*at)) {
        at++;
    }
    return at;
}

/* Where a member's value begins whose name ends at `at`; NULL when that was no name. */
static const char *value_start(const char *at, const char *end)
{
    at = skip_space(at, end);
    return at < end && *at == ':' ? skip_space(at + 1, end) : NULL;
}

/* Copies the name between two quotes, if it may be one of those that matter. */
static bool copy_name(const char *start, const char *end, char name[NAME_LENGTH_MAX])
{
    const size_t length = (size_t)(end - start);
    if (length < 2 || length - 2 >= NAME_LENGTH_MAX) {
        return false;
    }
    memcpy(name, start + 1, length - 2);
    name[length - 2] = '\0';
    return true;
}

/* JSON that may be cut or broken: so it is looked through as text. */
static void append_json(const struct mock_exchange *exchange, const char *bytes, size_t length,
                        struct cog_text *text)
{
    const char *at = bytes;
    const char *end = bytes + length;
    while (at < end) {
        const char *quote = memchr(at, '"', (size_t)(end - at));
        if (quote == NULL) {
            break;
        }
        const char *after = string_end(quote, end);
        const char *value = value_start(after, end);
        char name[NAME_LENGTH_MAX] = "";
        const bool is_masked = value != NULL && value < end && *value == '"' &&
                               copy_name(quote, after, name) && is_secret(name);
        const char *copied_end = is_masked ? value + 1 : after;
        cog_text_append_bytes(text, at, (size_t)(copied_end - at));
        at = copied_end;
        if (is_masked) {
            append_mask(exchange, name, text);
            cog_text_append(text, "\"");
            at = string_end(value, end);
        }
    }
    cog_text_append_bytes(text, at, (size_t)(end - at));
}

void mock_mask_target(const struct mock_exchange *exchange, struct cog_text *text)
{
    const char *query = strchr(exchange->target, '?');
    if (query == NULL) {
        cog_text_append(text, exchange->target);
        return;
    }
    cog_text_append_bytes(text, exchange->target, (size_t)(query - exchange->target) + 1);
    append_form(query + 1, strlen(query + 1), text);
}

static size_t kept_length(size_t length)
{
    return length < MOCK_TRUTH_BODY_LENGTH_MAX ? length : MOCK_TRUTH_BODY_LENGTH_MAX;
}

void mock_mask_body(const struct mock_exchange *exchange, struct cog_text *text)
{
    const size_t length = kept_length(exchange->body_length);
    const char *start = skip_space(exchange->body, exchange->body + length);
    const bool is_json = start < exchange->body + length && strchr("{[\"", *start) != NULL;
    if (is_json) {
        append_json(exchange, exchange->body, length, text);
    } else {
        append_form(exchange->body, length, text);
    }
}

void mock_mask_answer_body(const struct mock_exchange *exchange, struct cog_text *text)
{
    if (exchange->answer_body != NULL) {
        append_json(exchange, exchange->answer_body, kept_length(exchange->answer_body_length),
                    text);
    }
}
