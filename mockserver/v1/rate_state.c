#include "v1/rate_state.h"

#include <cogbase/json.h>
#include <cogbase/number.h>

#include <cogmock/script.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LIMIT_SIZE = 160,
    LEVEL_SIZE = 24, /* A full bucket is more than a double holds exactly. */
};

/* All that makes it that limit and no other. */
static const char *describe(const struct mock_rate_limit *limit, char buffer[LIMIT_SIZE])
{
    (void)snprintf(buffer, LIMIT_SIZE,
                   "%s policy=%d scope=%d requests=%d per_ms=%" PRId64
                   " burst=%d calls=%u retry_after=%d headers=%d",
                   limit->name, (int)limit->policy, (int)limit->scope, limit->requests,
                   limit->per_ms, limit->burst, limit->calls, (int)limit->retry_after,
                   (int)limit->headers);
    return buffer;
}

static bool add_number(cJSON *object, const char *name, int64_t number)
{
    return cJSON_AddNumberToObject(object, name, (double)number) != NULL;
}

static bool add_tally(cJSON *object, const struct mock_rate_tally *tally)
{
    return add_number(object, "refused", tally->refused_count) &&
           add_number(object, "early", tally->early_count);
}

/* Adds an empty object to the end of an array; NULL for no memory. */
static cJSON *append_object(cJSON *array)
{
    cJSON *object = cJSON_CreateObject();
    if (!cJSON_AddItemToArray(array, object)) {
        cJSON_Delete(object);
        return NULL;
    }
    return object;
}

static bool add_key(cJSON *object, const char *client_id, enum mock_call call)
{
    return cJSON_AddStringToObject(object, "client_id", client_id) != NULL &&
           cJSON_AddStringToObject(object, "call", mock_call_name(call)) != NULL;
}

static bool append_counter(cJSON *array, const struct mock_rate_counter *counter)
{
    char level[LEVEL_SIZE];
    (void)snprintf(level, sizeof level, "%" PRId64, counter->level);
    cJSON *object = append_object(array);
    return object != NULL && add_key(object, counter->client_id, counter->call) &&
           add_number(object, "at", counter->at) &&
           cJSON_AddStringToObject(object, "level", level) != NULL;
}

static bool append_promise(cJSON *array, const struct mock_rate_promise *promise)
{
    cJSON *object = append_object(array);
    return object != NULL && add_key(object, promise->client_id, promise->call) &&
           add_number(object, "until_ms", promise->until_ms);
}

static bool append_slot(cJSON *array, const struct mock_rate_slot *slot)
{
    char limit[LIMIT_SIZE];
    cJSON *object = append_object(array);
    bool is_good =
        object != NULL &&
        cJSON_AddStringToObject(object, "limit", describe(&slot->limit, limit)) != NULL &&
        add_tally(object, &slot->tally);
    cJSON *counters = is_good ? cJSON_AddArrayToObject(object, "counters") : NULL;
    cJSON *promises = is_good ? cJSON_AddArrayToObject(object, "promises") : NULL;
    is_good = counters != NULL && promises != NULL;
    for (size_t i = 0; is_good && i < slot->counter_count; i++) {
        is_good = append_counter(counters, &slot->counters[i]);
    }
    for (size_t i = 0; is_good && i < slot->promise_count; i++) {
        is_good = append_promise(promises, &slot->promises[i]);
    }
    return is_good;
}

enum cog_code mock_rate_append_state(const struct mock_rate *rate, cJSON *object)
{
    cJSON *array =
        add_tally(object, &rate->total) ? cJSON_AddArrayToObject(object, "limits") : NULL;
    bool is_good = array != NULL;
    for (size_t i = 0; is_good && i < rate->slot_count; i++) {
        is_good = append_slot(array, &rate->slots[i]);
    }
    return is_good ? COG_OK : COG_ERROR_MEMORY;
}

static enum cog_code read_number(const cJSON *object, const char *name, int64_t *out_number,
                                 struct cog_error *error)
{
    return cog_json_integer(object, name, 0, COG_NUMBER_INTEGER_MAX, out_number, error);
}

static enum cog_code read_tally(const cJSON *object, struct mock_rate_tally *tally,
                                struct cog_error *error)
{
    enum cog_code code = read_number(object, "refused", &tally->refused_count, error);
    return code == COG_OK ? read_number(object, "early", &tally->early_count, error) : code;
}

/* A call's name; "unknown" stands for all. */
static enum cog_code read_call(const cJSON *object, enum mock_call *out_call,
                               struct cog_error *error)
{
    const char *name = NULL;
    enum cog_code code = cog_json_string(object, "call", &name, error);
    if (code != COG_OK) {
        return code;
    }
    for (int i = 0; i < MOCK_CALL_COUNT; i++) {
        if (strcmp(mock_call_name((enum mock_call)i), name) == 0) {
            *out_call = (enum mock_call)i;
            return COG_OK;
        }
    }
    return cog_error_set(error, COG_ERROR_PROTOCOL, "field 'call' is no call of the API");
}

static enum cog_code read_counter(const cJSON *object, struct mock_rate_slot *slot,
                                  struct cog_error *error)
{
    struct mock_rate_counter *counter = &slot->counters[slot->counter_count];
    const struct mock_rate_limit *limit = &slot->limit;
    const int64_t level_max =
        limit->policy == MOCK_RATE_FIXED_WINDOW ? limit->requests : limit->burst * limit->per_ms;
    const char *level = NULL;
    enum cog_code code = cog_json_string_copy(object, "client_id", counter->client_id,
                                              sizeof counter->client_id, error);
    if (code == COG_OK) {
        code = read_call(object, &counter->call, error);
    }
    if (code == COG_OK) {
        code = read_number(object, "at", &counter->at, error);
    }
    if (code == COG_OK) {
        code = cog_json_string(object, "level", &level, error);
    }
    if (code == COG_OK &&
        cog_number_parse_integer(level, 0, level_max, &counter->level, NULL) != COG_OK) {
        return cog_error_set(error, COG_ERROR_PROTOCOL,
                             "field 'level' must be digits, at most %" PRId64, level_max);
    }
    slot->counter_count += code == COG_OK;
    return code;
}

static enum cog_code read_promise(const cJSON *object, struct mock_rate_slot *slot,
                                  struct cog_error *error)
{
    struct mock_rate_promise *promise = &slot->promises[slot->promise_count];
    enum cog_code code = cog_json_string_copy(object, "client_id", promise->client_id,
                                              sizeof promise->client_id, error);
    if (code == COG_OK) {
        code = read_call(object, &promise->call, error);
    }
    if (code == COG_OK) {
        code = read_number(object, "until_ms", &promise->until_ms, error);
    }
    slot->promise_count += code == COG_OK;
    return code;
}

/* A list, and room for what it tells of. */
static enum cog_code read_array(const cJSON *object, const char *name, int count_max,
                                const cJSON **out_array, struct cog_error *error)
{
    const cJSON *array = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!cJSON_IsArray(array) || cJSON_GetArraySize(array) > count_max) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "field '%s' must be an array of at most %d",
                             name, count_max);
    }
    *out_array = array;
    return COG_OK;
}

static enum cog_code read_counters(const cJSON *object, struct mock_rate_slot *slot,
                                   struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = read_array(object, "counters", MOCK_RATE_COUNTERS_MAX, &array, error);
    if (code != COG_OK) {
        return code;
    }
    slot->counters = calloc((size_t)cJSON_GetArraySize(array) + 1, sizeof *slot->counters);
    if (slot->counters == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, array)
    {
        code = read_counter(item, slot, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

static enum cog_code read_promises(const cJSON *object, struct mock_rate_slot *slot,
                                   struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = read_array(object, "promises", MOCK_RATE_PROMISES_MAX, &array, error);
    if (code != COG_OK) {
        return code;
    }
    slot->promises = calloc((size_t)cJSON_GetArraySize(array) + 1, sizeof *slot->promises);
    if (slot->promises == NULL) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, array)
    {
        code = read_promise(item, slot, error);
        if (code != COG_OK) {
            return code;
        }
    }
    return COG_OK;
}

/* The slot of the limit that this entry is about; NULL when it is none of today's. */
static struct mock_rate_slot *find_slot(const struct mock_rate *rate, const char *description)
{
    char limit[LIMIT_SIZE];
    for (size_t i = 0; i < rate->slot_count; i++) {
        if (strcmp(describe(&rate->slots[i].limit, limit), description) == 0) {
            return &rate->slots[i];
        }
    }
    return NULL;
}

static enum cog_code read_slot(const cJSON *object, const struct mock_rate *rate,
                               struct cog_error *error)
{
    const char *description = NULL;
    enum cog_code code = cog_json_string(object, "limit", &description, error);
    struct mock_rate_slot *slot = code == COG_OK ? find_slot(rate, description) : NULL;
    if (slot == NULL) {
        return code;
    }
    if (slot->counters != NULL) {
        return cog_error_set(error, COG_ERROR_PROTOCOL, "a limit stands twice");
    }
    code = read_tally(object, &slot->tally, error);
    if (code == COG_OK) {
        code = read_counters(object, slot, error);
    }
    return code == COG_OK ? read_promises(object, slot, error) : code;
}

static enum cog_code read_all(const cJSON *object, struct mock_rate *rate, struct cog_error *error)
{
    const cJSON *array = NULL;
    enum cog_code code = read_tally(object, &rate->total, error);
    if (code == COG_OK) {
        code = read_array(object, "limits", MOCK_RATE_LIMITS_MAX, &array, error);
    }
    const cJSON *item = NULL;
    int index = 0;
    cJSON_ArrayForEach(item, array)
    {
        code = read_slot(item, rate, error);
        if (code != COG_OK) {
            return cog_error_wrap(error, code, "limits[%d]", index);
        }
        index++;
    }
    return code;
}

enum cog_code mock_rate_read_state(struct mock_rate *rate, const struct mock_rate_limits *limits,
                                   const cJSON *object, struct cog_error *error)
{
    COG_CLEANUP(mock_rate_finish) struct mock_rate state = {0};
    if (mock_rate_adopt(&state, limits) != COG_OK) {
        return cog_error_set(error, COG_ERROR_MEMORY, "out of memory");
    }
    enum cog_code code = read_all(object, &state, error);
    if (code != COG_OK) {
        return code;
    }
    const struct mock_rate before = *rate;
    *rate = state;
    state = before;
    return COG_OK;
}
