/* The member `inject` of a fault. */
#include "script/fault.h"
#include "script/member.h"

#include <string.h>

enum {
    STATUS_MIN = 200,
    STATUS_MAX = 599,
    REDIRECT_STATUS = 302,
    DRIP_EVERY_MS = 1000,
    DRIP_BYTES = 64,
};

static enum cog_code read_raw_retry_after(const struct cog_document *document, const cJSON *object,
                                          struct mock_retry_after *retry_after,
                                          struct cog_error *error)
{
    static const char *const keys[] = {"raw", NULL};
    const struct mock_member_buffer buffer = {retry_after->raw, sizeof retry_after->raw};
    retry_after->form = MOCK_RETRY_AFTER_RAW;
    enum cog_code code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = mock_member_text(document, object, "raw", buffer, error);
    }
    if (code == COG_OK && strpbrk(retry_after->raw, "\r\n") != NULL) {
        return cog_document_fail(document, object, error, "a header's value is one line");
    }
    return code;
}

static enum cog_code read_formed_retry_after(const struct cog_document *document,
                                             const cJSON *object,
                                             struct mock_retry_after *retry_after,
                                             struct cog_error *error)
{
    static const char *const keys[] = {"form", "after", NULL};
    static const char *const words[] = {"seconds", "imf-fixdate", "rfc850", "asctime", NULL};
    const cJSON *node = NULL;
    int form = 0;
    enum cog_code code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = cog_document_require(document, object, "form", &node, error);
    }
    if (code == COG_OK) {
        code = cog_document_word(document, object, "form", words, &form, error);
    }
    if (code == COG_OK) {
        code = cog_document_require(document, object, "after", &node, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, object, "after", &retry_after->after_ms, error);
    }
    retry_after->form = (enum mock_retry_after_form)(MOCK_RETRY_AFTER_SECONDS + form);
    return code;
}

static enum cog_code read_retry_after(const struct cog_document *document, const cJSON *object,
                                      struct mock_retry_after *retry_after, struct cog_error *error)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "retry_after");
    if (node == NULL) {
        return COG_OK;
    }
    if (cJSON_HasObjectItem(node, "raw")) {
        return read_raw_retry_after(document, node, retry_after, error);
    }
    if (cJSON_IsObject(node)) {
        return read_formed_retry_after(document, node, retry_after, error);
    }
    retry_after->form = MOCK_RETRY_AFTER_SECONDS;
    return mock_member_duration(document, node, &retry_after->after_ms, error);
}

static enum cog_code read_raw_body(const struct cog_document *document, const cJSON *node,
                                   struct mock_injection *injection, struct cog_error *error)
{
    static const char *const keys[] = {"raw", NULL};
    const char *raw = NULL;
    const cJSON *required = NULL;
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = cog_document_require(document, node, "raw", &required, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, node, "raw", &raw, error);
    }
    if (code != COG_OK) {
        return code;
    }
    injection->body = MOCK_FAULT_BODY_RAW;
    injection->raw_body = strdup(raw);
    return injection->raw_body == NULL ? cog_error_set(error, COG_ERROR_MEMORY, "out of memory")
                                       : COG_OK;
}

static enum cog_code read_body(const struct cog_document *document, const cJSON *object,
                               struct mock_injection *injection, struct cog_error *error)
{
    static const char *const words[] = {
        [MOCK_FAULT_BODY_PROBLEM] = "problem",     [MOCK_FAULT_BODY_EMPTY] = "empty",
        [MOCK_FAULT_BODY_TEXT] = "text",           [MOCK_FAULT_BODY_HTML] = "html",
        [MOCK_FAULT_BODY_JSON_NULL] = "json_null", NULL,
    };
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "body");
    if (cJSON_IsObject(node)) {
        return read_raw_body(document, node, injection, error);
    }
    int word = MOCK_FAULT_BODY_PROBLEM;
    enum cog_code code = cog_document_word(document, object, "body", words, &word, error);
    injection->body = (enum mock_fault_body)word;
    return code;
}

static enum cog_code read_status(const struct cog_document *document, const cJSON *object,
                                 struct mock_injection *injection, struct cog_error *error)
{
    static const char *const keys[] = {"status", "retry_after", "applied", "body",
                                       "delay",  "headers",     NULL};
    const struct cog_document_range range = {STATUS_MIN, STATUS_MAX};
    int64_t status = 0;
    injection->kind = MOCK_FAULT_STATUS;
    enum cog_code code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = cog_document_integer(document, object, "status", range, &status, error);
    }
    if (code == COG_OK) {
        code = read_retry_after(document, object, &injection->retry_after, error);
    }
    if (code == COG_OK) {
        code = cog_document_boolean(document, object, "applied", &injection->applied, error);
    }
    if (code == COG_OK) {
        code = read_body(document, object, injection, error);
    }
    injection->status = (int)status;
    return code;
}

/* A kind like any other for who looks for it in a list; but no server takes part in it. */
static enum cog_code refuse_name_lookup(const struct cog_document *document, const cJSON *node,
                                        struct cog_error *error)
{
    return cJSON_IsString(node) && strcmp(node->valuestring, "dns_fail") == 0
               ? cog_document_fail(document, node, error,
                                   "no server can make 'dns_fail': give the client a base URL "
                                   "below .invalid, as http://cogmock.invalid/api/v1")
               : COG_OK;
}

/* Kinds are applied or not by what they are; a status says so itself, and a redirect may. */
static void set_kind(struct mock_injection *injection, enum mock_fault_kind kind)
{
    const enum mock_phase phase = mock_fault_phase(kind);
    injection->kind = kind;
    injection->applied = phase != MOCK_PHASE_CONNECT && phase != MOCK_PHASE_SEND;
}

static enum cog_code read_kind(const struct cog_document *document, const cJSON *object,
                               struct mock_injection *injection, struct cog_error *error)
{
    static const char *const keys[] = {
        "kind",  "delay", "headers", "after_bytes", "after_headers", "field", "value",
        "every", "bytes", "status",  "location",    "applied",       NULL,
    };
    const cJSON *node = NULL;
    int kind = 0;
    enum cog_code code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = cog_document_require(document, object, "kind", &node, error);
    }
    if (code == COG_OK) {
        code = refuse_name_lookup(document, node, error);
    }
    if (code == COG_OK) {
        code = cog_document_word(document, object, "kind", mock_fault_kind_names(), &kind, error);
    }
    set_kind(injection, (enum mock_fault_kind)kind);
    return code == COG_OK ? mock_injection_read_details(document, object, injection, error) : code;
}

static enum cog_code read_object(const struct cog_document *document, const cJSON *object,
                                 struct mock_injection *injection, struct cog_error *error)
{
    const bool is_status =
        cJSON_HasObjectItem(object, "status") && !cJSON_HasObjectItem(object, "kind");
    enum cog_code code = is_status ? read_status(document, object, injection, error)
                                   : read_kind(document, object, injection, error);
    if (code == COG_OK) {
        code = cog_document_duration(document, object, "delay", &injection->delay_ms, error);
    }
    if (code == COG_OK) {
        code = mock_injection_read_headers(document, object, injection, error);
    }
    return code;
}

enum cog_code mock_injection_read(const struct cog_document *document, const cJSON *node,
                                  struct mock_injection *out_injection, struct cog_error *error)
{
    *out_injection = (struct mock_injection){
        .after_bytes = -1,
        .status = REDIRECT_STATUS,
        .every_ms = DRIP_EVERY_MS,
        .piece_bytes = DRIP_BYTES,
    };
    enum cog_code code = COG_OK;
    if (cJSON_IsString(node)) {
        int kind = 0;
        code = refuse_name_lookup(document, node, error);
        if (code == COG_OK) {
            code = mock_member_word(document, node, mock_fault_kind_names(), &kind, error);
        }
        set_kind(out_injection, (enum mock_fault_kind)kind);
    } else {
        code = read_object(document, node, out_injection, error);
    }
    return code == COG_OK ? mock_injection_check_details(document, node, out_injection->kind, error)
                          : code;
}
