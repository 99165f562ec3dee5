/* The member `stubs` of `server`: answers for paths that the API does not have. */
#include "script/scenario.h"

#include "script/member.h"
#include "v1/answer.h"
#include "v1/routes.h"
#include "v1/status.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <string.h>

enum { HEADER_LENGTH_MAX = 4096 };

static bool starts_with(const char *text, const char *start)
{
    const size_t length = strlen(start);
    return strncmp(text, start, length) == 0 && (text[length] == '\0' || text[length] == '/');
}

static enum cog_code check_path(const struct cog_document *document, const cJSON *node,
                                const char *path, struct cog_error *error)
{
    static const char *const taken[] = {"/t", MOCK_HOOKS_BASE, "/__mock", NULL};
    if (*path != '/' || path[strcspn(path, "?# \t\r\n*")] != '\0') {
        return cog_document_fail(document, node, error,
                                 "a path begins with '/', has no query, and a '*' only at its end");
    }
    for (size_t i = 0; taken[i] != NULL; i++) {
        if (starts_with(path, taken[i])) {
            return cog_document_fail(document, node, error, "what is below '%s' is not for stubs",
                                     taken[i]);
        }
    }
    const struct mock_route_match match = mock_route_find("", path);
    if (match.route != NULL || match.other != NULL) {
        return cog_document_fail(document, node, error,
                                 "the API has this path itself: a fault can change its answer");
    }
    return COG_OK;
}

static enum cog_code read_path(const struct cog_document *document, const cJSON *object,
                               struct mock_stub *stub, struct cog_error *error)
{
    const cJSON *node = NULL;
    const struct mock_member_buffer buffer = {stub->path, sizeof stub->path};
    enum cog_code code = cog_document_require(document, object, "path", &node, error);
    if (code == COG_OK) {
        code = mock_member_text(document, object, "path", buffer, error);
    }
    if (code != COG_OK) {
        return code;
    }
    const size_t length = strlen(stub->path);
    stub->is_prefix = stub->path[length - 1] == '*';
    if (stub->is_prefix) {
        stub->path[length - 1] = '\0';
    }
    return check_path(document, node, stub->path, error);
}

static enum cog_code read_method(const struct cog_document *document, const cJSON *object,
                                 struct mock_stub *stub, struct cog_error *error)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
    const struct mock_member_buffer buffer = {stub->method, sizeof stub->method};
    enum cog_code code = mock_member_text(document, object, "method", buffer, error);
    if (code == COG_OK && stub->method[strspn(stub->method, letters)] != '\0') {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "method");
        return cog_document_fail(document, node, error,
                                 "a method is in capitals; without one it is any");
    }
    return code;
}

static enum cog_code add_header(const struct cog_document *document, const cJSON *member,
                                struct mock_plan *answer, struct cog_error *error)
{
    enum cog_code code = mock_script_check_header(document, member, error);
    if (code != COG_OK) {
        return code;
    }
    const char *value = cJSON_GetStringValue(member);
    if (value == NULL || *value == '\0' || strpbrk(value, "\r\n") != NULL ||
        strlen(value) > HEADER_LENGTH_MAX) {
        return cog_document_fail(document, member, error,
                                 "a header's value is one line of 1 to %d bytes",
                                 HEADER_LENGTH_MAX);
    }
    if (answer->header_count == MOCK_STUB_HEADERS_MAX) {
        return cog_document_fail(document, member, error, "more than %d headers",
                                 MOCK_STUB_HEADERS_MAX);
    }
    code = mock_plan_header_set(answer, member->string, value);
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "out of memory");
}

static enum cog_code read_headers(const struct cog_document *document, const cJSON *object,
                                  struct mock_plan *answer, struct cog_error *error)
{
    const cJSON *headers = NULL;
    enum cog_code code = cog_document_object(document, object, "headers", &headers, error);
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, headers)
    {
        if (code == COG_OK) {
            code = add_header(document, member, answer, error);
        }
    }
    return code;
}

static enum cog_code set_body(struct mock_plan *answer, char *body, const char *type,
                              struct cog_error *error)
{
    enum cog_code code = mock_plan_body_set(answer, body, body == NULL ? 0 : strlen(body));
    bool has_type = false;
    for (size_t i = 0; i < answer->header_count; i++) {
        has_type |= cog_string_equals_ignoring_case(answer->headers[i].name, "Content-Type");
    }
    if (code == COG_OK && !has_type) {
        code = mock_plan_header_append(answer, "Content-Type", type);
    }
    return code == COG_OK ? COG_OK : cog_error_set(error, code, "out of memory");
}

static enum cog_code read_body(const struct cog_document *document, const cJSON *object,
                               struct mock_plan *answer, struct cog_error *error)
{
    const cJSON *json = cJSON_GetObjectItemCaseSensitive(object, "json");
    const char *text = NULL;
    enum cog_code code = cog_document_string(document, object, "body", &text, error);
    if (code != COG_OK || (json == NULL && text == NULL)) {
        return code;
    }
    if (json == NULL) {
        return set_body(answer, strdup(text), "text/plain; charset=utf-8", error);
    }
    if (text != NULL) {
        return cog_document_fail(document, json, error, "either 'body' or 'json', not both");
    }
    char *printed = NULL;
    code = cog_json_print(json, &printed, error);
    return code == COG_OK ? set_body(answer, printed, MOCK_TYPE_JSON, error) : code;
}

static enum cog_code read_answer(const struct cog_document *document, const cJSON *object,
                                 struct mock_plan *answer, struct cog_error *error)
{
    static const char *const keys[] = {"status", "headers", "body", "json", "delay", NULL};
    static const struct cog_document_range statuses = {200, 599};
    int64_t status = MOCK_STATUS_OK;
    if (object == NULL) {
        mock_answer_empty(answer, MOCK_STATUS_OK);
        return COG_OK;
    }
    enum cog_code code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = cog_document_integer(document, object, "status", statuses, &status, error);
    }
    mock_answer_empty(answer, (int)status);
    if (code == COG_OK) {
        code = read_headers(document, object, answer, error);
    }
    if (code == COG_OK) {
        code = read_body(document, object, answer, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, object, "delay", &answer->delay_ms, error);
    }
    return code;
}

enum cog_code mock_script_read_stub(const struct cog_document *document, const cJSON *object,
                                    struct mock_stub *out_stub, struct cog_error *error)
{
    static const char *const keys[] = {"method", "path", "answer", "times", NULL};
    static const struct cog_document_range times = {1, MOCK_STUB_TIMES_MAX};
    COG_CLEANUP(mock_stub_finish) struct mock_stub stub = {.times = -1};
    const cJSON *answer = NULL;
    enum cog_code code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = read_method(document, object, &stub, error);
    }
    if (code == COG_OK) {
        code = read_path(document, object, &stub, error);
    }
    if (code == COG_OK) {
        code = cog_document_integer(document, object, "times", times, &stub.times, error);
    }
    if (code == COG_OK) {
        code = cog_document_object(document, object, "answer", &answer, error);
    }
    if (code == COG_OK) {
        code = read_answer(document, answer, &stub.answer, error);
    }
    if (code == COG_OK) {
        *out_stub = stub;
        stub = (struct mock_stub){0};
    }
    return code;
}

enum cog_code mock_script_read_stubs(const struct cog_document *document, const cJSON *server,
                                     struct mock_stubs *stubs, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, server, "stubs", &array, error);
    if (code == COG_OK) {
        code = mock_member_check_count(document, array, MOCK_STUBS_MAX, error);
    }
    if (code != COG_OK || array == NULL) {
        return code;
    }
    mock_stubs_finish(stubs);
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, array)
    {
        COG_CLEANUP(mock_stub_finish) struct mock_stub stub = {0};
        code = mock_script_read_stub(document, node, &stub, error);
        if (code == COG_OK) {
            code = mock_stubs_append(stubs, &stub, NULL, error);
        }
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}
