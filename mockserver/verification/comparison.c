#include "verification/comparison.h"

#include "mask.h"
#include "v1/encoding.h"
#include "verification/json_difference.h"

#include <cogbase/json.h>
#include <cogbase/text.h>

#include <stdlib.h>
#include <string.h>

static const char any[] = "*";

void mock_comparison_agree(struct mock_comparison *comparison)
{
    comparison->agreed_count++;
}

static void append_value(struct cog_text *text, const cJSON *value)
{
    if (value == NULL) {
        cog_text_append(text, "nothing");
        return;
    }
    COG_CLEANUP(cog_string_finish) char *printed = cJSON_PrintUnformatted(value);
    text->failed = text->failed || printed == NULL;
    cog_text_append(text, printed == NULL ? "" : printed);
}

static bool add_copy(cJSON *object, const char *name, const cJSON *value)
{
    if (value == NULL) {
        return true;
    }
    cJSON *copy = cJSON_Duplicate(value, true);
    if (copy == NULL || !cJSON_AddItemToObject(object, name, copy)) {
        cJSON_Delete(copy);
        return false;
    }
    return true;
}

static bool add_difference(cJSON *differences, const char *member, const cJSON *expected,
                           const cJSON *actual)
{
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    COG_CLEANUP(cog_json_finish) cJSON *item = cJSON_CreateObject();
    cog_text_append_format(&text, "%s: expected ", member);
    append_value(&text, expected);
    cog_text_append(&text, ", was ");
    append_value(&text, actual);
    if (item == NULL || text.failed || !add_copy(item, "expected", expected) ||
        !add_copy(item, "was", actual) || cJSON_AddStringToObject(item, "member", member) == NULL ||
        cJSON_AddStringToObject(item, "text", cog_text_string(&text)) == NULL ||
        !cJSON_AddItemToArray(differences, item)) {
        return false;
    }
    item = NULL;
    return true;
}

void mock_comparison_differ(struct mock_comparison *comparison, const char *member,
                            const cJSON *expected, const cJSON *actual)
{
    comparison->differing_count++;
    if (comparison->differences == NULL ||
        cJSON_GetArraySize(comparison->differences) >= MOCK_DIFFERENCES_MAX) {
        return;
    }
    if (member == NULL || !add_difference(comparison->differences, member, expected, actual)) {
        comparison->failed = true;
    }
}

/* The value of a difference, made only for who wants to read it. */
static void differ_from_text(struct mock_comparison *comparison, const char *member,
                             const cJSON *expected, const char *actual)
{
    COG_CLEANUP(cog_json_finish) cJSON *value = actual == NULL ? NULL : cJSON_CreateString(actual);
    mock_comparison_differ(comparison, member, expected, value);
}

static void compare_texts(struct mock_comparison *comparison, const char *member,
                          const char *expected, const char *actual)
{
    if (expected == NULL) {
        return;
    }
    if (actual != NULL && strcmp(expected, actual) == 0) {
        mock_comparison_agree(comparison);
        return;
    }
    COG_CLEANUP(cog_json_finish) cJSON *value = cJSON_CreateString(expected);
    differ_from_text(comparison, member, value, actual);
}

/* null: must not be there; "*": must be there; else: must be that. */
static void compare_optional(struct mock_comparison *comparison, const char *member,
                             const cJSON *expected, const char *actual)
{
    if (expected == NULL) {
        return;
    }
    const bool fits = cJSON_IsNull(expected)
                          ? actual == NULL
                          : actual != NULL && (strcmp(expected->valuestring, any) == 0 ||
                                               strcmp(expected->valuestring, actual) == 0);
    if (fits) {
        mock_comparison_agree(comparison);
    } else {
        differ_from_text(comparison, member, expected, actual);
    }
}

static void compare_numbers(struct mock_comparison *comparison, const char *member,
                            int64_t expected, int64_t actual)
{
    if (expected == 0) {
        return;
    }
    if (expected == actual) {
        mock_comparison_agree(comparison);
        return;
    }
    COG_CLEANUP(cog_json_finish) cJSON *wanted = cJSON_CreateNumber((double)expected);
    COG_CLEANUP(cog_json_finish) cJSON *value = cJSON_CreateNumber((double)actual);
    mock_comparison_differ(comparison, member, wanted, value);
}

static void compare_status(struct mock_comparison *comparison,
                           const struct mock_expectation *expectation,
                           const struct mock_exchange *exchange)
{
    if (!expectation->has_status) {
        return;
    }
    if (exchange->status >= expectation->status_minimum &&
        exchange->status <= expectation->status_maximum) {
        mock_comparison_agree(comparison);
        return;
    }
    COG_CLEANUP(cog_text_finish) struct cog_text text = {0};
    if (expectation->status_minimum == expectation->status_maximum) {
        compare_numbers(comparison, "status", expectation->status_minimum, exchange->status);
        return;
    }
    cog_text_append_format(&text, "%dxx", (int)(expectation->status_minimum / 100));
    COG_CLEANUP(cog_json_finish) cJSON *wanted = cJSON_CreateString(cog_text_string(&text));
    COG_CLEANUP(cog_json_finish) cJSON *value = cJSON_CreateNumber(exchange->status);
    mock_comparison_differ(comparison, "status", wanted, value);
}

static bool path_fits(const char *expected, const char *path)
{
    const size_t length = strlen(expected);
    const size_t path_length = strcspn(path, "?");
    if (length > 0 && expected[length - 1] == any[0]) {
        return path_length >= length - 1 && strncmp(path, expected, length - 1) == 0;
    }
    return length == path_length && strncmp(path, expected, length) == 0;
}

/* As on the wire, or behind the API's base. */
static void compare_path(struct mock_comparison *comparison,
                         const struct mock_expectation *expectation,
                         const struct mock_exchange *exchange)
{
    if (expectation->path == NULL) {
        return;
    }
    if (path_fits(expectation->path, exchange->target) ||
        path_fits(expectation->path, exchange->path)) {
        mock_comparison_agree(comparison);
        return;
    }
    COG_CLEANUP(cog_string_finish)
    char *path = cog_string_clone(exchange->target, strcspn(exchange->target, "?"));
    COG_CLEANUP(cog_json_finish) cJSON *expected = cJSON_CreateString(expectation->path);
    differ_from_text(comparison, "path", expected, path);
}

/* "headers.Accept" */
static char *part_name(const char *part, const char *name)
{
    struct cog_text text = {0};
    cog_text_append_format(&text, "%s.%s", part, name);
    return cog_text_take(&text);
}

static void compare_query(struct mock_comparison *comparison,
                          const struct mock_expectation *expectation,
                          const struct mock_exchange *exchange)
{
    COG_CLEANUP(cog_text_finish) struct cog_text target = {0};
    if (expectation->query == NULL) {
        return;
    }
    mock_mask_target(exchange, &target);
    const char *query = strchr(cog_text_string(&target), '?');
    for (const cJSON *node = expectation->query->child; node != NULL; node = node->next) {
        COG_CLEANUP(cog_string_finish) char *member = part_name("query", node->string);
        COG_CLEANUP(cog_string_finish) char *value = NULL;
        const enum cog_code code =
            mock_form_find(query == NULL ? "" : query + 1, node->string, &value);
        comparison->failed =
            comparison->failed || member == NULL || code == COG_ERROR_MEMORY || target.failed;
        compare_optional(comparison, member, node, value);
    }
}

/* The value of the header that fits best: of several of one name, one that is as expected. */
static char *find_header(const struct mock_exchange *exchange, const cJSON *expected)
{
    char *found = NULL;
    for (size_t i = 0; i < exchange->header_count; i++) {
        const struct mock_header *header = &exchange->headers[i];
        if (!cog_string_equals_ignoring_case(header->name, expected->string)) {
            continue;
        }
        struct cog_text value = {0};
        mock_mask_header(exchange, header, &value);
        free(found);
        found = cog_text_take(&value);
        if (found != NULL && cJSON_IsString(expected) &&
            strcmp(found, expected->valuestring) == 0) {
            break;
        }
    }
    return found;
}

static void compare_headers(struct mock_comparison *comparison,
                            const struct mock_expectation *expectation,
                            const struct mock_exchange *exchange)
{
    if (expectation->headers == NULL) {
        return;
    }
    for (const cJSON *node = expectation->headers->child; node != NULL; node = node->next) {
        COG_CLEANUP(cog_string_finish) char *member = part_name("headers", node->string);
        COG_CLEANUP(cog_string_finish) char *value = find_header(exchange, node);
        comparison->failed = comparison->failed || member == NULL;
        compare_optional(comparison, member, node, value);
    }
}

static void compare_body(struct mock_comparison *comparison,
                         const struct mock_expectation *expectation,
                         const struct mock_exchange *exchange)
{
    COG_CLEANUP(cog_text_finish) struct cog_text body = {0};
    if (expectation->body == NULL) {
        return;
    }
    mock_mask_body(exchange, &body);
    comparison->failed = comparison->failed || body.failed;
    const char *text = cog_text_string(&body);
    if (expectation->body_match == MOCK_BODY_TEXT) {
        compare_texts(comparison, "body", expectation->body->valuestring, text);
        return;
    }
    COG_CLEANUP(cog_json_finish) cJSON *actual = cJSON_ParseWithLength(text, body.length);
    if (actual == NULL) {
        differ_from_text(comparison, "body", expectation->body, body.length == 0 ? NULL : text);
        return;
    }
    mock_json_compare(comparison, "body", expectation->body, actual,
                      expectation->body_match == MOCK_BODY_SUBSET);
}

static void compare_applied(struct mock_comparison *comparison,
                            const struct mock_expectation *expectation,
                            const struct mock_exchange *exchange)
{
    if (expectation->applied == NULL) {
        return;
    }
    if (cJSON_IsTrue(expectation->applied) == exchange->applied) {
        mock_comparison_agree(comparison);
        return;
    }
    COG_CLEANUP(cog_json_finish) cJSON *value = cJSON_CreateBool(exchange->applied);
    mock_comparison_differ(comparison, "applied", expectation->applied, value);
}

void mock_comparison_run(struct mock_comparison *comparison,
                         const struct mock_expectation *expectation,
                         const struct mock_exchange *exchange)
{
    compare_texts(comparison, "call", expectation->call, exchange->call);
    compare_texts(comparison, "method", expectation->method, exchange->method);
    compare_texts(comparison, "client", expectation->client, exchange->client);
    compare_path(comparison, expectation, exchange);
    compare_numbers(comparison, "nth", expectation->nth, exchange->nth);
    compare_numbers(comparison, "attempt", expectation->attempt, exchange->attempt);
    compare_status(comparison, expectation, exchange);
    compare_optional(comparison, "fault", expectation->fault, exchange->fault);
    compare_applied(comparison, expectation, exchange);
    const bool is_decided = comparison->differences == NULL && comparison->differing_count > 0;
    if (is_decided) {
        return; /* Nobody asks by how much. */
    }
    compare_query(comparison, expectation, exchange);
    compare_headers(comparison, expectation, exchange);
    compare_body(comparison, expectation, exchange);
}
