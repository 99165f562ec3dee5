#include "verification/expectation.h"

#include <cogbase/json.h>
#include <cogbase/number.h>
#include <cogmock/script.h>

#include <ctype.h>
#include <string.h>

enum {
    STATUS_MIN = 100,
    STATUS_MAX = 599,
    STATUS_CLASS_SIZE = 100,
};

/* Those of the language, and what the API does not know. */
static enum cog_code read_call(const struct cog_document *document, const cJSON *object,
                               struct mock_expectation *expectation, struct cog_error *error)
{
    static const char unknown[] = "unknown";
    int index = -1;
    const char *const *names = mock_call_names();
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "call");
    if (cJSON_IsString(node) && strcmp(node->valuestring, unknown) == 0) {
        expectation->call = unknown;
        return COG_OK;
    }
    enum cog_code code = cog_document_word(document, object, "call", names, &index, error);
    if (code == COG_OK && index >= 0) {
        expectation->call = names[index];
    }
    return code;
}

static enum cog_code read_place(const struct cog_document *document, const cJSON *object,
                                struct mock_expectation *expectation, struct cog_error *error)
{
    const struct cog_document_range numbers = {1, MOCK_EXPECTED_COUNT_MAX};
    enum cog_code code = read_call(document, object, expectation, error);
    if (code == COG_OK) {
        code = cog_document_string(document, object, "method", &expectation->method, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, object, "path", &expectation->path, error);
    }
    if (code == COG_OK) {
        code = cog_document_string(document, object, "client", &expectation->client, error);
    }
    if (code == COG_OK) {
        code = cog_document_integer(document, object, "nth", numbers, &expectation->nth, error);
    }
    return code == COG_OK ? cog_document_integer(document, object, "attempt", numbers,
                                                 &expectation->attempt, error)
                          : code;
}

/* An object of strings and nulls. */
static enum cog_code read_texts(const struct cog_document *document, const cJSON *object,
                                const char *key, const cJSON **out_node, struct cog_error *error)
{
    enum cog_code code = cog_document_object(document, object, key, out_node, error);
    if (code != COG_OK || *out_node == NULL) {
        return code;
    }
    for (const cJSON *node = (*out_node)->child; node != NULL; node = node->next) {
        if (!cJSON_IsString(node) && !cJSON_IsNull(node)) {
            return cog_document_fail(document, node, error,
                                     "'%s' must be a string (\"*\" for any) or null for none, "
                                     "not %s",
                                     node->string, cog_json_type_name(node));
        }
    }
    return COG_OK;
}

static enum cog_code read_body(const struct cog_document *document, const cJSON *object,
                               struct mock_expectation *expectation, struct cog_error *error)
{
    static const char *const words[] = {"subset", "equals", "text", NULL};
    int match = MOCK_BODY_SUBSET;
    expectation->body = cJSON_GetObjectItemCaseSensitive(object, "body");
    enum cog_code code = cog_document_word(document, object, "body_match", words, &match, error);
    if (code != COG_OK) {
        return code;
    }
    expectation->body_match = (enum mock_body_match)match;
    if (match == MOCK_BODY_TEXT && expectation->body != NULL &&
        !cJSON_IsString(expectation->body)) {
        return cog_document_fail(document, expectation->body, error,
                                 "'body' must be a string where 'body_match' is \"text\", not %s",
                                 cog_json_type_name(expectation->body));
    }
    return COG_OK;
}

static bool is_class(const cJSON *node)
{
    return cJSON_IsString(node) && strlen(node->valuestring) == 3 &&
           isdigit((unsigned char)node->valuestring[0]) != 0 &&
           strcmp(node->valuestring + 1, "xx") == 0;
}

static enum cog_code read_status(const struct cog_document *document, const cJSON *object,
                                 struct mock_expectation *expectation, struct cog_error *error)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "status");
    int64_t status = 0;
    if (node == NULL) {
        return COG_OK;
    }
    expectation->has_status = true;
    if (is_class(node)) {
        expectation->status_minimum = (int64_t)(node->valuestring[0] - '0') * STATUS_CLASS_SIZE;
        expectation->status_maximum = expectation->status_minimum + STATUS_CLASS_SIZE - 1;
        return COG_OK;
    }
    if (!cJSON_IsNumber(node) ||
        !cog_number_to_integer(node->valuedouble, STATUS_MIN, STATUS_MAX, &status)) {
        return cog_document_fail(document, node, error,
                                 "'status' must be a status such as 404, or a class such as "
                                 "\"4xx\"");
    }
    expectation->status_minimum = status;
    expectation->status_maximum = status;
    return COG_OK;
}

static enum cog_code read_outcome(const struct cog_document *document, const cJSON *object,
                                  struct mock_expectation *expectation, struct cog_error *error)
{
    bool applied = false;
    expectation->fault = cJSON_GetObjectItemCaseSensitive(object, "fault");
    expectation->applied = cJSON_GetObjectItemCaseSensitive(object, "applied");
    if (expectation->fault != NULL && !cJSON_IsString(expectation->fault) &&
        !cJSON_IsNull(expectation->fault)) {
        return cog_document_fail(document, expectation->fault, error,
                                 "'fault' must be a fault's name, \"*\" for any, or null for none");
    }
    enum cog_code code = cog_document_boolean(document, object, "applied", &applied, error);
    return code == COG_OK ? read_status(document, object, expectation, error) : code;
}

static enum cog_code read_count_range(const struct cog_document *document, const cJSON *node,
                                      struct mock_expectation *expectation, struct cog_error *error)
{
    static const char *const keys[] = {"min", "max", NULL};
    const struct cog_document_range range = {0, MOCK_EXPECTED_COUNT_MAX};
    expectation->count_minimum = 0;
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code =
            cog_document_integer(document, node, "min", range, &expectation->count_minimum, error);
    }
    if (code == COG_OK) {
        code =
            cog_document_integer(document, node, "max", range, &expectation->count_maximum, error);
    }
    if (code == COG_OK && expectation->count_maximum < expectation->count_minimum) {
        code = cog_document_fail(document, node, error, "'max' is below 'min'");
    }
    return code;
}

/* At least once, unless it says otherwise. */
static enum cog_code read_count(const struct cog_document *document, const cJSON *object,
                                struct mock_expectation *expectation, struct cog_error *error)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "count");
    expectation->count_minimum = 1;
    expectation->count_maximum = MOCK_EXPECTED_COUNT_MAX;
    if (node == NULL) {
        return COG_OK;
    }
    if (cJSON_IsObject(node)) {
        return read_count_range(document, node, expectation, error);
    }
    if (!cJSON_IsNumber(node) ||
        !cog_number_to_integer(node->valuedouble, 0, MOCK_EXPECTED_COUNT_MAX,
                               &expectation->count_minimum)) {
        return cog_document_fail(document, node, error,
                                 "'count' must be a whole number, or {\"min\": …, \"max\": …}");
    }
    expectation->count_maximum = expectation->count_minimum;
    return COG_OK;
}

static enum cog_code read_intervals(const struct cog_document *document, const cJSON *object,
                                    struct mock_expectation *expectation, struct cog_error *error)
{
    static const char *const keys[] = {"min", "max", "grow", NULL};
    struct mock_expected_intervals *intervals = &expectation->intervals;
    const cJSON *node = NULL;
    enum cog_code code = cog_document_object(document, object, "intervals", &node, error);
    if (code != COG_OK || node == NULL) {
        return code;
    }
    expectation->has_intervals = true;
    intervals->maximum_ms = INT64_MAX;
    code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = cog_document_duration(document, node, "min", &intervals->minimum_ms, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, node, "max", &intervals->maximum_ms, error);
    }
    return code == COG_OK ? cog_document_boolean(document, node, "grow", &intervals->grow, error)
                          : code;
}

enum cog_code mock_expectation_read(const struct cog_document *document, const cJSON *object,
                                    struct mock_expectation *out_expectation,
                                    struct cog_error *error)
{
    static const char *const keys[] = {"call",  "method",     "path",   "query", "headers",
                                       "body",  "body_match", "status", "nth",   "attempt",
                                       "fault", "applied",    "client", "count", "intervals",
                                       "since", NULL};
    const struct cog_document_range numbers = {0, COG_NUMBER_INTEGER_MAX};
    static enum cog_code (*const readers[])(const struct cog_document *, const cJSON *,
                                            struct mock_expectation *, struct cog_error *) = {
        read_place, read_body, read_outcome, read_count, read_intervals};
    struct mock_expectation expectation = {0};
    enum cog_code code = cog_document_check_keys(document, object, keys, error);
    for (size_t i = 0; code == COG_OK && i < sizeof readers / sizeof readers[0]; i++) {
        code = readers[i](document, object, &expectation, error);
    }
    if (code == COG_OK) {
        code = read_texts(document, object, "query", &expectation.query, error);
    }
    if (code == COG_OK) {
        code = read_texts(document, object, "headers", &expectation.headers, error);
    }
    if (code == COG_OK) {
        code = cog_document_integer(document, object, "since", numbers, &expectation.since, error);
    }
    if (code == COG_OK) {
        *out_expectation = expectation;
    }
    return code;
}
