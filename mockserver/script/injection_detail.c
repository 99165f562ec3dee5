/* What only some kinds of fault have. */
#include "script/fault.h"

#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

enum {
    BYTES_MAX = 1 << 20,
    VALUE_LENGTH_MAX = 4096,
};

/* Which kind a member belongs to, and whether that kind cannot do without it. */
static const struct detail {
    const char *name;
    enum mock_fault_kind kind;
    bool is_required;
} details[] = {
    {"delay", MOCK_FAULT_DELAY, true},
    {"headers", MOCK_FAULT_HEADERS, true},
    {"field", MOCK_FAULT_MISSING_FIELD, true},
    {"field", MOCK_FAULT_SET_FIELD, true},
    {"value", MOCK_FAULT_SET_FIELD, true},
    {"after_bytes", MOCK_FAULT_TRUNCATED_BODY, false},
    {"after_bytes", MOCK_FAULT_TRUNCATED_HEADERS, false},
    {"after_bytes", MOCK_FAULT_RESET_AFTER_HEADERS, false},
    {"after_bytes", MOCK_FAULT_RESET_AFTER_APPLY, false},
    {"after_bytes", MOCK_FAULT_CLOSE_NO_RESPONSE, false},
    {"after_bytes", MOCK_FAULT_TIMEOUT_AFTER_APPLY, false},
    {"after_bytes", MOCK_FAULT_RESET_MID_BODY, false},
    {"after_bytes", MOCK_FAULT_STALL_UPLOAD, false},
    {"after_headers", MOCK_FAULT_RESET_AFTER_APPLY, false},
    {"after_headers", MOCK_FAULT_CLOSE_NO_RESPONSE, false},
    {"after_headers", MOCK_FAULT_TIMEOUT_AFTER_APPLY, false},
    {"every", MOCK_FAULT_DRIP, false},
    {"bytes", MOCK_FAULT_DRIP, false},
    {"status", MOCK_FAULT_REDIRECT, false},
    {"location", MOCK_FAULT_REDIRECT, false},
    {"applied", MOCK_FAULT_REDIRECT, false},
};

enum { DETAIL_COUNT = sizeof details / sizeof details[0] };

/* "delay" and "headers" go with every kind. */
static bool is_general(const char *name)
{
    return strcmp(name, "delay") == 0 || strcmp(name, "headers") == 0;
}

static bool belongs_to(const char *name, enum mock_fault_kind kind)
{
    for (size_t i = 0; i < DETAIL_COUNT; i++) {
        if (details[i].kind == kind && strcmp(details[i].name, name) == 0) {
            return true;
        }
    }
    return is_general(name);
}

/* Names every kind that has such a member. */
static enum cog_code refuse_member(const struct cog_document *document, const cJSON *node,
                                   const char *name, struct cog_error *error)
{
    COG_CLEANUP(cog_text_finish) struct cog_text kinds = {0};
    for (size_t i = 0; i < DETAIL_COUNT; i++) {
        if (strcmp(details[i].name, name) == 0) {
            cog_text_append_format(&kinds, "%s '%s'", kinds.length > 0 ? "," : "",
                                   mock_fault_kind_names()[details[i].kind]);
        }
    }
    return cog_document_fail(document, node, error, "'%s' belongs to the kind%s", name,
                             cog_text_string(&kinds));
}

/* A member that the kind does not have is a slip: it would do nothing. */
static enum cog_code check_members(const struct cog_document *document, const cJSON *object,
                                   enum mock_fault_kind kind, struct cog_error *error)
{
    for (size_t i = 0; i < DETAIL_COUNT; i++) {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, details[i].name);
        if (node != NULL && !belongs_to(details[i].name, kind)) {
            return refuse_member(document, node, details[i].name, error);
        }
    }
    return COG_OK;
}

static enum cog_code read_field(const struct cog_document *document, const cJSON *object,
                                struct mock_injection *injection, struct cog_error *error)
{
    const char *field = NULL;
    enum cog_code code = cog_document_string(document, object, "field", &field, error);
    if (code != COG_OK || field == NULL) {
        return code;
    }
    if (*field == '\0') {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "field");
        return cog_document_fail(document, node, error, "'field' must not be empty");
    }
    injection->field = strdup(field);
    return injection->field != NULL ? COG_OK
                                    : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

/* Kept as text: whoever strikes parses it anew for each answer. */
static enum cog_code read_value(const struct cog_document *document, const cJSON *object,
                                struct mock_injection *injection, struct cog_error *error)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "value");
    if (node == NULL) {
        return COG_OK;
    }
    char *printed = cJSON_PrintUnformatted(node);
    injection->value = printed == NULL ? NULL : strdup(printed);
    cJSON_free(printed);
    if (injection->value == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    if (strlen(injection->value) > VALUE_LENGTH_MAX) {
        return cog_document_fail(document, node, error, "'value' is longer than %d bytes",
                                 VALUE_LENGTH_MAX);
    }
    return COG_OK;
}

static enum cog_code read_drip(const struct cog_document *document, const cJSON *object,
                               struct mock_injection *injection, struct cog_error *error)
{
    const struct cog_document_range range = {1, BYTES_MAX};
    enum cog_code code =
        cog_document_duration(document, object, "every", &injection->every_ms, error);
    if (code == COG_OK && injection->every_ms == 0) {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "every");
        return cog_document_fail(document, node, error, "'every' must be longer than 0s");
    }
    if (code == COG_OK) {
        code =
            cog_document_integer(document, object, "bytes", range, &injection->piece_bytes, error);
    }
    return code;
}

static enum cog_code read_location(const struct cog_document *document, const cJSON *object,
                                   struct mock_injection *injection, struct cog_error *error)
{
    const char *location = NULL;
    enum cog_code code = cog_document_string(document, object, "location", &location, error);
    if (code != COG_OK || location == NULL) {
        return code;
    }
    if (*location == '\0' || strpbrk(location, "\r\n") != NULL ||
        strlen(location) > VALUE_LENGTH_MAX) {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "location");
        return cog_document_fail(document, node, error, "'location' is one line of 1 to %d bytes",
                                 VALUE_LENGTH_MAX);
    }
    injection->location = strdup(location);
    return injection->location != NULL ? COG_OK
                                       : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

static bool is_redirect(int64_t status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static enum cog_code read_redirect(const struct cog_document *document, const cJSON *object,
                                   struct mock_injection *injection, struct cog_error *error)
{
    const struct cog_document_range range = {301, 308};
    int64_t status = injection->status;
    enum cog_code code = cog_document_integer(document, object, "status", range, &status, error);
    if (code == COG_OK && !is_redirect(status)) {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "status");
        return cog_document_fail(document, node, error, "expected 301, 302, 303, 307 or 308");
    }
    injection->status = (int)status;
    if (code == COG_OK) {
        code = cog_document_boolean(document, object, "applied", &injection->applied, error);
    }
    return code == COG_OK ? read_location(document, object, injection, error) : code;
}

/* Where a kind cuts. */
static enum cog_code read_position(const struct cog_document *document, const cJSON *object,
                                   struct mock_injection *injection, struct cog_error *error)
{
    const struct cog_document_range range = {0, BYTES_MAX};
    enum cog_code code = cog_document_integer(document, object, "after_bytes", range,
                                              &injection->after_bytes, error);
    return code == COG_OK ? cog_document_boolean(document, object, "after_headers",
                                                 &injection->after_headers, error)
                          : code;
}

enum cog_code mock_injection_read_details(const struct cog_document *document, const cJSON *object,
                                          struct mock_injection *injection, struct cog_error *error)
{
    enum cog_code code = check_members(document, object, injection->kind, error);
    if (code == COG_OK) {
        code = read_position(document, object, injection, error);
    }
    if (code == COG_OK && injection->kind == MOCK_FAULT_REDIRECT) {
        code = read_redirect(document, object, injection, error);
    }
    if (code == COG_OK) {
        code = read_field(document, object, injection, error);
    }
    if (code == COG_OK) {
        code = read_value(document, object, injection, error);
    }
    if (code == COG_OK) {
        code = read_drip(document, object, injection, error);
    }
    return code;
}

enum cog_code mock_injection_check_details(const struct cog_document *document, const cJSON *node,
                                           enum mock_fault_kind kind, struct cog_error *error)
{
    for (size_t i = 0; i < DETAIL_COUNT; i++) {
        const struct detail *detail = &details[i];
        if (detail->kind == kind && detail->is_required &&
            cJSON_GetObjectItemCaseSensitive(node, detail->name) == NULL) {
            return cog_document_fail(document, node, error, "the kind '%s' needs a \"%s\"",
                                     mock_fault_kind_names()[kind], detail->name);
        }
    }
    return COG_OK;
}
