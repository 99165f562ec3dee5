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

/* The fault's own injection, or else the one that its case has for it. */
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

/* The fault's own call, or else the one that this run is about. */
static enum cog_code read_call(const struct cog_document *document, const cJSON *node,
                               const char *shared, struct mock_fault *fault,
                               struct cog_error *error)
{
    int call = 0;
    if (shared != NULL && cJSON_GetObjectItemCaseSensitive(node, "call") == NULL) {
        while (strcmp(mock_call_names()[call], shared) != 0) {
            call++;
        }
        fault->call = (enum mock_call)call;
        return COG_OK;
    }
    const cJSON *required = NULL;
    enum cog_code code = cog_document_require(document, node, "call", &required, error);
    if (code == COG_OK) {
        code = cog_document_word(document, node, "call", mock_call_names(), &call, error);
    }
    fault->call = (enum mock_call)call;
    return code;
}

/* Where it strikes, of a fault that strikes requests. */
static enum cog_code read_requests(const struct cog_document *document, const cJSON *node,
                                   const char *shared, struct mock_fault *fault,
                                   struct cog_error *error)
{
    static const char *const keys[] = {
        "call", "nth", "from", "attempts", "probability", "times", "for", "inject", NULL,
    };
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = read_call(document, node, shared, fault, error);
    }
    if (code == COG_OK) {
        code = mock_fault_check_call(document, node, fault, error);
    }
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

/* Gives the copy a member that was read elsewhere. @param member owned; NULL: out of memory */
static bool add_member(cJSON *copy, const char *key, cJSON *member)
{
    if (member == NULL || !cJSON_AddItemToObject(copy, key, member)) {
        cJSON_Delete(member);
        return false;
    }
    return true;
}

/* Makes it whole: its call and what it injects are in it, wherever those were read. */
static bool complete_copy(cJSON *copy, const struct mock_fault_defaults *shared,
                          const struct mock_fault *fault)
{
    const bool lacks_call = fault->call != MOCK_CALL_UNKNOWN && !cJSON_HasObjectItem(copy, "call");
    if (lacks_call && !add_member(copy, "call", cJSON_CreateString(mock_call_name(fault->call)))) {
        return false;
    }
    return cJSON_HasObjectItem(copy, "inject") ||
           add_member(copy, "inject", cJSON_Duplicate(shared->inject, true));
}

/* For whoever lists it. */
static enum cog_code keep_source(const cJSON *node, const struct mock_fault_defaults *shared,
                                 struct mock_fault *fault, struct cog_error *error)
{
    cJSON *copy = cJSON_Duplicate(node, true);
    const bool is_whole = copy != NULL && complete_copy(copy, shared, fault);
    char *printed = is_whole ? cJSON_PrintUnformatted(copy) : NULL;
    cJSON_Delete(copy);
    fault->source = printed == NULL ? NULL : strdup(printed);
    cJSON_free(printed);
    return fault->source != NULL ? COG_OK : cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
}

enum cog_code mock_fault_read(const struct cog_document *document, const cJSON *node,
                              const struct mock_fault_defaults *shared,
                              struct mock_fault *out_fault, struct cog_error *error)
{
    static const struct mock_fault_defaults nothing = {0};
    const struct mock_fault_defaults *defaults = shared != NULL ? shared : &nothing;
    static const char *const keys[] = {
        "call",  "nth", "from",        "attempts", "probability",
        "times", "for", "connections", "inject",   NULL,
    };
    enum cog_code code = cog_document_check_keys(document, node, keys, error);
    if (code == COG_OK) {
        code = read_injection(document, node, defaults->inject, out_fault, error);
    }
    if (code != COG_OK) {
        return code;
    }
    code = mock_fault_phase(out_fault->injection.kind) == MOCK_PHASE_CONNECT
               ? read_connections(document, node, out_fault, error)
               : read_requests(document, node, defaults->call, out_fault, error);
    if (code == COG_OK) {
        code = keep_source(node, defaults, out_fault, error);
    }
    if (code == COG_OK) {
        mock_fault_describe(out_fault);
    }
    return code;
}

static enum cog_code read_all(const struct cog_document *document, const cJSON *array,
                              const struct mock_fault_defaults *shared, struct mock_script *script,
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

static bool waits_for_inject(const cJSON *node, const struct mock_fault *fault)
{
    (void)fault;
    return cJSON_GetObjectItemCaseSensitive(node, "inject") == NULL;
}

/* What strikes connections waits for no call. */
static bool waits_for_call(const cJSON *node, const struct mock_fault *fault)
{
    return fault->call != MOCK_CALL_UNKNOWN &&
           cJSON_GetObjectItemCaseSensitive(node, "call") == NULL;
}

static bool is_awaited(const struct mock_script *script, const cJSON *array,
                       bool (*waits)(const cJSON *node, const struct mock_fault *fault))
{
    const cJSON *node = array != NULL ? array->child : NULL;
    for (size_t i = 0; i < script->fault_count && node != NULL; i++, node = node->next) {
        if (waits(node, &script->faults[i])) {
            return true;
        }
    }
    return false;
}

/* A default that no fault waits for would not test what it says. */
static enum cog_code check_defaults(const struct cog_document *document, const cJSON *array,
                                    const struct mock_fault_defaults *shared,
                                    const struct mock_script *script, struct cog_error *error)
{
    if (shared->inject != NULL && !is_awaited(script, array, waits_for_inject)) {
        return cog_document_fail(document, shared->inject, error,
                                 "no fault waits for this 'inject': each has its own");
    }
    if (shared->call != NULL && !is_awaited(script, array, waits_for_call)) {
        const cJSON *calls = cJSON_GetObjectItemCaseSensitive(document->root, "calls");
        return cog_document_fail(document, calls, error,
                                 "no fault waits for these calls: each has its own, or strikes "
                                 "connections");
    }
    return COG_OK;
}

enum cog_code mock_script_read_faults(const struct cog_document *document,
                                      const struct mock_case *chosen, struct mock_script *script,
                                      struct cog_error *error)
{
    const bool is_word = cJSON_IsString(chosen->node);
    const struct mock_fault_defaults shared = {
        .inject = is_word ? chosen->node : cJSON_GetObjectItemCaseSensitive(chosen->node, "inject"),
        .call = chosen->call,
    };
    const cJSON *array = NULL;
    enum cog_code code = cog_document_array(document, document->root, "faults", &array, error);
    if (code == COG_OK && cJSON_IsObject(chosen->node)) {
        code = cog_document_array(document, chosen->node, "faults", &array, error);
    }
    if (code == COG_OK && array != NULL) {
        code = read_all(document, array, &shared, script, error);
    }
    return code == COG_OK ? check_defaults(document, array, &shared, script, error) : code;
}
