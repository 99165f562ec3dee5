/* The member `rate_limit` of `server`. */
#include "script/rate_limit.h"

#include "script/call.h"
#include "script/member.h"
#include "script/scenario.h"

#include <stdio.h>
#include <string.h>

enum { RATE_REQUESTS_MAX = 1000000 };

bool mock_rate_limit_equals(const struct mock_rate_limit *left, const struct mock_rate_limit *right)
{
    return strcmp(left->name, right->name) == 0 && left->policy == right->policy &&
           left->scope == right->scope && left->requests == right->requests &&
           left->per_ms == right->per_ms && left->burst == right->burst &&
           left->calls == right->calls && left->retry_after == right->retry_after &&
           left->headers == right->headers;
}

unsigned mock_rate_bearer_calls(void)
{
    const unsigned others = 1U << MOCK_CALL_TOKEN | 1U << MOCK_CALL_INTROSPECT |
                            1U << MOCK_CALL_WEBHOOK | 1U << MOCK_CALL_STUB |
                            1U << MOCK_CALL_UNKNOWN;
    return ((1U << MOCK_CALL_COUNT) - 1) & ~others;
}

static enum cog_code read_amounts(const struct cog_document *document, const cJSON *object,
                                  struct mock_rate_limit *limit, struct cog_error *error)
{
    const struct cog_document_range range = {1, RATE_REQUESTS_MAX};
    const cJSON *node = NULL;
    int64_t requests = 0;
    enum cog_code code = cog_document_require(document, object, "requests", &node, error);
    if (code == COG_OK) {
        code = cog_document_require(document, object, "per", &node, error);
    }
    if (code == COG_OK) {
        code = cog_document_integer(document, object, "requests", range, &requests, error);
    }
    if (code == COG_OK) {
        code = cog_document_duration(document, object, "per", &limit->per_ms, error);
    }
    if (code == COG_OK && limit->per_ms == 0) {
        return cog_document_fail(document, node, error, "'per' must be longer than 0s");
    }
    int64_t burst = requests;
    if (code == COG_OK) {
        code = cog_document_integer(document, object, "burst", range, &burst, error);
    }
    limit->requests = (int)requests;
    limit->burst = (int)burst;
    return code;
}

static enum cog_code read_words(const struct cog_document *document, const cJSON *object,
                                struct mock_rate_limit *limit, struct cog_error *error)
{
    static const char *const policies[] = {"fixed_window", "token_bucket", NULL};
    static const char *const scopes[] = {"tenant", "client", "call", NULL};
    static const char *const forms[] = {"seconds", "date", "none", NULL};
    static const char *const headers[] = {"none", "ratelimit", "x-ratelimit", "both", NULL};
    int policy = MOCK_RATE_FIXED_WINDOW;
    int scope = MOCK_RATE_TENANT;
    int form = MOCK_RATE_SECONDS;
    int header = MOCK_RATE_HEADERS_NONE;
    enum cog_code code = cog_document_word(document, object, "policy", policies, &policy, error);
    if (code == COG_OK) {
        code = cog_document_word(document, object, "scope", scopes, &scope, error);
    }
    if (code == COG_OK) {
        code = cog_document_word(document, object, "retry_after", forms, &form, error);
    }
    if (code == COG_OK) {
        code = cog_document_word(document, object, "headers", headers, &header, error);
    }
    limit->policy = (enum mock_rate_policy)policy;
    limit->scope = (enum mock_rate_scope)scope;
    limit->retry_after = (enum mock_rate_form)form;
    limit->headers = (enum mock_rate_headers)header;
    return code;
}

static enum cog_code read_calls(const struct cog_document *document, const cJSON *object,
                                struct mock_rate_limit *limit, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, object, "calls", &array, error);
    limit->calls = mock_rate_bearer_calls();
    if (code != COG_OK || array == NULL) {
        return code;
    }
    if (cJSON_GetArraySize(array) == 0) {
        return cog_document_fail(document, array, error,
                                 "name at least one call, or leave 'calls' out");
    }
    limit->calls = 0;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        int call = 0;
        code = mock_member_word(document, entry, mock_call_names(), &call, error);
        if (code != COG_OK) {
            return code;
        }
        if (call == MOCK_CALL_WEBHOOK) {
            return cog_document_fail(document, entry, error,
                                     "the webhook's receiver has no limit: use a fault");
        }
        limit->calls |= 1U << call;
    }
    return COG_OK;
}

/* It stands in a header: a word. */
static bool is_name(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789-_";
    return text[strspn(text, letters)] == '\0';
}

/* The first is "default", the n-th "limit-n", unless it has a name. */
static enum cog_code read_name(const struct cog_document *document, const cJSON *object,
                               const struct mock_rate_limits *limits, struct mock_rate_limit *limit,
                               struct cog_error *error)
{
    const struct mock_member_buffer buffer = {limit->name, sizeof limit->name};
    (void)snprintf(limit->name, sizeof limit->name, "default");
    if (limits->count > 0) {
        (void)snprintf(limit->name, sizeof limit->name, "limit-%zu", limits->count + 1);
    }
    enum cog_code code = mock_member_text(document, object, "name", buffer, error);
    if (code != COG_OK) {
        return code;
    }
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "name");
    if (!is_name(limit->name)) {
        return cog_document_fail(document, node, error,
                                 "'name' must be letters, digits, '-' and '_'");
    }
    for (size_t i = 0; i < limits->count; i++) {
        if (strcmp(limits->items[i].name, limit->name) == 0) {
            return cog_document_fail(document, node != NULL ? node : object, error,
                                     "there is a limit '%s' already: give it another 'name'",
                                     limit->name);
        }
    }
    return COG_OK;
}

static enum cog_code check_burst(const struct cog_document *document, const cJSON *object,
                                 const struct mock_rate_limit *limit, struct cog_error *error)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object, "burst");
    if (node != NULL && limit->policy != MOCK_RATE_TOKEN_BUCKET) {
        return cog_document_fail(document, node, error,
                                 "'burst' belongs to the policy 'token_bucket'");
    }
    return COG_OK;
}

static enum cog_code read_limit(const struct cog_document *document, const cJSON *object,
                                struct mock_rate_limits *limits, struct cog_error *error)
{
    static const char *const keys[] = {
        "name",  "policy", "requests",    "per",     "burst",
        "scope", "calls",  "retry_after", "headers", NULL,
    };
    struct mock_rate_limit limit = {0};
    enum cog_code code = cog_document_check_keys(document, object, keys, error);
    if (code == COG_OK) {
        code = read_amounts(document, object, &limit, error);
    }
    if (code == COG_OK) {
        code = read_words(document, object, &limit, error);
    }
    if (code == COG_OK) {
        code = check_burst(document, object, &limit, error);
    }
    if (code == COG_OK) {
        code = read_calls(document, object, &limit, error);
    }
    if (code == COG_OK) {
        code = read_name(document, object, limits, &limit, error);
    }
    if (code == COG_OK) {
        limits->items[limits->count++] = limit;
    }
    return code;
}

static enum cog_code read_list(const struct cog_document *document, const cJSON *array,
                               struct mock_rate_limits *limits, struct cog_error *error)
{
    enum cog_code code = mock_member_check_count(document, array, MOCK_RATE_LIMITS_MAX, error);
    if (code != COG_OK) {
        return code;
    }
    const cJSON *entry = NULL;
    cJSON_ArrayForEach(entry, array)
    {
        code = read_limit(document, entry, limits, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return code;
}

enum cog_code mock_script_read_rate_limits(const struct cog_document *document, const cJSON *server,
                                           struct mock_rate_limits *limits, struct cog_error *error)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(server, "rate_limit");
    if (node == NULL) {
        return COG_OK;
    }
    struct mock_rate_limits read = {0};
    enum cog_code code = COG_OK;
    if (cJSON_IsObject(node)) {
        code = read_limit(document, node, &read, error);
    } else if (cJSON_IsArray(node)) {
        code = read_list(document, node, &read, error);
    } else {
        code = cog_document_fail(document, node, error, "expected a limit or a list of limits");
    }
    if (code == COG_OK) {
        *limits = read;
    }
    return code;
}
