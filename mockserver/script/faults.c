/* The member `faults` of a scenario. */
#include "script/scenario.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBER_MAX = 1000000 };

static enum cog_code add_number(const struct cog_document *document, const cJSON *node,
                                struct mock_fault_numbers *numbers, struct cog_error *error)
{
    double number = cJSON_IsNumber(node) ? node->valuedouble : 0;
    if (!(number >= 1 && number <= NUMBER_MAX) || (double)(int)number != number) {
        return cog_document_fail(document, node, error, "expected a whole number from 1 to %d",
                                 NUMBER_MAX);
    }
    if (numbers->count == MOCK_FAULT_NUMBERS_MAX) {
        return cog_document_fail(document, node, error, "more than %d numbers",
                                 MOCK_FAULT_NUMBERS_MAX);
    }
    numbers->items[numbers->count++] = (int)number;
    return COG_OK;
}

/* A list, which must not be empty: it would never match, or read as "every one". */
static enum cog_code read_numbers(const struct cog_document *document, const cJSON *array,
                                  struct mock_fault_numbers *numbers, struct cog_error *error)
{
    if (array->child == NULL) {
        return cog_document_fail(document, array, error, "expected at least one number");
    }
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, array)
    {
        enum cog_code code = add_number(document, node, numbers, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

static enum cog_code read_nths(const struct cog_document *document, const cJSON *node,
                               struct mock_fault *fault, struct cog_error *error)
{
    const cJSON *nth = cJSON_GetObjectItemCaseSensitive(node, "nth");
    const cJSON *from = cJSON_GetObjectItemCaseSensitive(node, "from");
    if (nth != NULL && from != NULL) {
        return cog_document_fail(document, from, error, "'nth' and 'from' exclude each other");
    }
    if (nth != NULL) {
        return cJSON_IsArray(nth) ? read_numbers(document, nth, &fault->nths, error)
                                  : add_number(document, nth, &fault->nths, error);
    }
    const struct cog_document_range range = {1, NUMBER_MAX};
    int64_t number = 0;
    enum cog_code code = cog_document_integer(document, node, "from", range, &number, error);
    fault->from = (int)number;
    return code;
}

static enum cog_code read_attempts(const struct cog_document *document, const cJSON *node,
                                   struct mock_fault *fault, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, node, "attempts", &array, error);
    if (code != COG_OK || array == NULL) {
        return code;
    }
    return read_numbers(document, array, &fault->attempts, error);
}

/* The fault's own injection, or else the one that its variant has for it. */
static enum cog_code read_injection(const struct cog_document *document, const cJSON *node,
                                    const cJSON *shared, struct mock_fault *fault,
                                    struct cog_error *error)
{
    const cJSON *inject = shared;
    if (shared == NULL || cJSON_GetObjectItemCaseSensitive(node, "inject") != NULL) {
        enum cog_code code = cog_document_require(document, node, "inject", &inject, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return mock_injection_read(document, inject, &fault->injection, error);
}

static enum cog_code read_probability(const struct cog_document *document, const cJSON *node,
                                      struct mock_fault *fault, struct cog_error *error)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(node, "probability");
    enum cog_code code =
        cog_document_number(document, node, "probability", &fault->probability, error);
    if (code == COG_OK && member != NULL && !(fault->probability > 0 && fault->probability <= 1)) {
        return cog_document_fail(document, member, error, "expected more than 0, and at most 1");
    }
    return code;
}

/* How often, and how long. @param key of the number: "times" or "connections" */
static enum cog_code read_bounds(const struct cog_document *document, const cJSON *node,
                                 const char *key, struct mock_fault *fault, struct cog_error *error)
{
    const struct cog_document_range range = {1, NUMBER_MAX};
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(node, "for");
    enum cog_code code = cog_document_integer(document, node, key, range, &fault->times, error);
    if (code == COG_OK) {
        code = cog_document_duration(document, node, "for", &fault->for_ms, error);
    }
    if (code == COG_OK && member != NULL && fault->for_ms == 0) {
        return cog_document_fail(document, member, error, "'for' must be longer than 0s");
    }
    return code;
}

/* Where it strikes, of a fault that strikes requests. */
static enum cog_code read_requests(const struct cog_document *document, const cJSON *node,
                                   struct mock_fault *fault, struct cog_error *error)
{
    static const char *const keys[] = {
        "call", "nth", "from", "attempts", "probability", "times", "for", "inject", NULL,
    };
    const cJSON *required = NULL;
    int call = 0;
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = cog_document_require(document, node, "call", &required, error);
    }
    if (code == COG_OK) {
        code = cog_document_word(document, node, "call", mock_call_names(), &call, error);
    }
    fault->call = (enum mock_call)call;
    if (code == COG_OK) {
        code = read_nths(document, node, fault, error);
    }
    if (code == COG_OK) {
        code = read_attempts(document, node, fault, error);
    }
    if (code == COG_OK) {
        code = read_probability(document, node, fault, error);
    }
    return code == COG_OK ? read_bounds(document, node, "times", fault, error) : code;
}

/* A closed port sees nobody whom it could count. */
static bool counts_connections(enum mock_fault_kind kind)
{
    return kind != MOCK_FAULT_REFUSED && kind != MOCK_FAULT_CONNECT_TIMEOUT;
}

/* When it strikes, of a fault that strikes connections. */
static enum cog_code read_connections(const struct cog_document *document, const cJSON *node,
                                      struct mock_fault *fault, struct cog_error *error)
{
    static const char *const keys[] = {"from", "for", "connections", "inject", NULL};
    const cJSON *call = cJSON_GetObjectItemCaseSensitive(node, "call");
    const cJSON *count = cJSON_GetObjectItemCaseSensitive(node, "connections");
    if (call != NULL) {
        return cog_document_fail(document, call, error,
                                 "'%s' strikes before there is a call: give it \"from\", \"for\" "
                                 "or \"connections\"",
                                 mock_fault_kind_names()[fault->injection.kind]);
    }
    if (count != NULL && !counts_connections(fault->injection.kind)) {
        return cog_document_fail(document, count, error,
                                 "'%s' cannot count connections: give it \"from\" and \"for\"",
                                 mock_fault_kind_names()[fault->injection.kind]);
    }
    fault->call = MOCK_CALL_UNKNOWN;
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = cog_document_duration(document, node, "from", &fault->from_ms, error);
    }
    return code == COG_OK ? read_bounds(document, node, "connections", fault, error) : code;
}

/* Whole: what it injects is in it, wherever that was read. @return NULL when out of memory */
static cJSON *copy_whole(const cJSON *node, const cJSON *shared)
{
    cJSON *copy = cJSON_Duplicate(node, true);
    if (copy == NULL || shared == NULL || cJSON_HasObjectItem(node, "inject")) {
        return copy;
    }
    cJSON *inject = cJSON_Duplicate(shared, true);
    if (inject == NULL || !cJSON_AddItemToObject(copy, "inject", inject)) {
        cJSON_Delete(inject);
        cJSON_Delete(copy);
        return NULL;
    }
    return copy;
}

/* For whoever lists it. */
static enum cog_code keep_source(const cJSON *node, const cJSON *shared, struct mock_fault *fault,
                                 struct cog_error *error)
{
    cJSON *copy = copy_whole(node, shared);
    char *printed = copy == NULL ? NULL : cJSON_PrintUnformatted(copy);
    cJSON_Delete(copy);
    fault->source = printed == NULL ? NULL : strdup(printed);
    cJSON_free(printed);
    return fault->source != NULL ? COG_OK : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

enum cog_code mock_fault_read(const struct cog_document *document, const cJSON *node,
                              const cJSON *shared, struct mock_fault *out_fault,
                              struct cog_error *error)
{
    static const char *const keys[] = {
        "call",  "nth", "from",        "attempts", "probability",
        "times", "for", "connections", "inject",   NULL,
    };
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = read_injection(document, node, shared, out_fault, error);
    }
    if (code != COG_OK) {
        return code;
    }
    code = mock_fault_phase(out_fault->injection.kind) == MOCK_PHASE_CONNECT
               ? read_connections(document, node, out_fault, error)
               : read_requests(document, node, out_fault, error);
    if (code == COG_OK) {
        code = keep_source(node, shared, out_fault, error);
    }
    if (code == COG_OK) {
        mock_fault_describe(out_fault);
    }
    return code;
}

static enum cog_code read_all(const struct cog_document *document, const cJSON *array,
                              const cJSON *shared, struct mock_script *script,
                              struct cog_error *error)
{
    int count = cJSON_GetArraySize(array);
    if (count > MOCK_FAULTS_MAX) {
        return cog_document_fail(document, array, error, "more than %d faults", MOCK_FAULTS_MAX);
    }
    if (count == 0) {
        return COG_OK;
    }
    script->faults = calloc((size_t)count, sizeof *script->faults);
    if (script->faults == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, array)
    {
        /* Counted before it is read, so that a half-read one is released as well. */
        struct mock_fault *fault = &script->faults[script->fault_count++];
        enum cog_code code = mock_fault_read(document, node, shared, fault, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

/* An injection that no fault waits for would not test what it says. */
static enum cog_code check_shared(const struct cog_document *document, const cJSON *array,
                                  const cJSON *shared, struct cog_error *error)
{
    const cJSON *node = NULL;
    cJSON_ArrayForEach(node, array)
    {
        if (cJSON_GetObjectItemCaseSensitive(node, "inject") == NULL) {
            return COG_OK;
        }
    }
    return cog_document_fail(document, shared, error,
                             "no fault waits for this 'inject': each has its own");
}

enum cog_code mock_script_read_faults(const struct cog_document *document, const cJSON *variant,
                                      struct mock_script *script, struct cog_error *error)
{
    const cJSON *array = NULL;
    const cJSON *shared = cJSON_GetObjectItemCaseSensitive(variant, "inject");
    enum cog_code code = cog_document_array(document, document->root, "faults", &array, error);
    if (code == COG_OK && variant != NULL) {
        code = cog_document_array(document, variant, "faults", &array, error);
    }
    if (code == COG_OK && shared != NULL) {
        code = check_shared(document, array, shared, error);
    }
    if (code != COG_OK || array == NULL) {
        return code;
    }
    return read_all(document, array, shared, script, error);
}
