#include "v1/rate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void slot_finish(struct mock_rate_slot *slot)
{
    free(slot->counters);
    free(slot->promises);
    *slot = (struct mock_rate_slot){0};
}

void mock_rate_finish(struct mock_rate *rate)
{
    for (size_t i = 0; i < rate->slot_count; i++) {
        slot_finish(&rate->slots[i]);
    }
    free(rate->slots);
    *rate = (struct mock_rate){0};
}

static bool are_adopted(const struct mock_rate *rate, const struct mock_rate_limits *limits)
{
    if (rate->slot_count != limits->count) {
        return false;
    }
    for (size_t i = 0; i < limits->count; i++) {
        if (!mock_rate_limit_equals(&rate->slots[i].limit, &limits->items[i])) {
            return false;
        }
    }
    return true;
}

/* Moves out what was counted against the same limit before, if there was one. */
static struct mock_rate_slot take_slot(struct mock_rate *rate, const struct mock_rate_limit *limit)
{
    for (size_t i = 0; i < rate->slot_count; i++) {
        if (mock_rate_limit_equals(&rate->slots[i].limit, limit)) {
            const struct mock_rate_slot slot = rate->slots[i];
            rate->slots[i] = (struct mock_rate_slot){0};
            return slot;
        }
    }
    return (struct mock_rate_slot){.limit = *limit};
}

enum cog_code mock_rate_adopt(struct mock_rate *rate, const struct mock_rate_limits *limits)
{
    if (are_adopted(rate, limits)) {
        return COG_OK;
    }
    struct mock_rate next = {.slot_count = limits->count, .total = rate->total};
    if (limits->count > 0) {
        next.slots = calloc(limits->count, sizeof *next.slots);
        if (next.slots == NULL) {
            return COG_ERROR_MEMORY;
        }
    }
    for (size_t i = 0; i < limits->count; i++) {
        next.slots[i] = take_slot(rate, &limits->items[i]);
    }
    mock_rate_finish(rate);
    *rate = next;
    return COG_OK;
}

static bool applies(const struct mock_rate_slot *slot, enum mock_call call)
{
    return (slot->limit.calls & 1U << call) != 0;
}

/* The part of a request's key that the limit tells apart. */
static struct mock_rate_key narrow_key(const struct mock_rate_limit *limit,
                                       const struct mock_rate_key *key)
{
    return (struct mock_rate_key){
        .client_id = limit->scope == MOCK_RATE_CLIENT ? key->client_id : "",
        .call = limit->scope == MOCK_RATE_CALL ? key->call : MOCK_CALL_UNKNOWN,
    };
}

static struct mock_rate_counter *find_counter(const struct mock_rate_slot *slot,
                                              const struct mock_rate_key *request_key)
{
    const struct mock_rate_key key = narrow_key(&slot->limit, request_key);
    for (size_t i = 0; i < slot->counter_count; i++) {
        struct mock_rate_counter *counter = &slot->counters[i];
        if (counter->call == key.call && strcmp(counter->client_id, key.client_id) == 0) {
            return counter;
        }
    }
    return NULL;
}

static int64_t bucket_size(const struct mock_rate_limit *limit)
{
    return limit->burst * limit->per_ms;
}

static struct mock_rate_counter fresh_counter(const struct mock_rate_limit *limit, int64_t now_ms)
{
    if (limit->policy == MOCK_RATE_FIXED_WINDOW) {
        return (struct mock_rate_counter){.at = now_ms / limit->per_ms};
    }
    return (struct mock_rate_counter){.at = now_ms, .level = bucket_size(limit)};
}

/*
 * Each millisecond brings `requests` parts, and a request takes `per_ms` of them: no division, so
 * nothing is rounded and nothing drifts.
 */
static void refill(const struct mock_rate_limit *limit, struct mock_rate_counter *counter,
                   int64_t now_ms)
{
    int64_t missing = bucket_size(limit) - counter->level;
    int64_t elapsed_ms = now_ms > counter->at ? now_ms - counter->at : 0;
    bool is_full = elapsed_ms >= (missing + limit->requests - 1) / limit->requests;
    counter->level = is_full ? bucket_size(limit) : counter->level + elapsed_ms * limit->requests;
    counter->at = now_ms;
}

/* Brings a counter to the present time. */
static void age(const struct mock_rate_limit *limit, struct mock_rate_counter *counter,
                int64_t now_ms)
{
    if (limit->policy == MOCK_RATE_TOKEN_BUCKET) {
        refill(limit, counter, now_ms);
        return;
    }
    int64_t window = now_ms / limit->per_ms;
    if (counter->at != window) {
        counter->at = window;
        counter->level = 0;
    }
}

/* Until a bucket holds `level`, rounded up to the next millisecond. */
static int64_t fill_ms(const struct mock_rate_limit *limit, const struct mock_rate_counter *counter,
                       int64_t level)
{
    int64_t missing = level - counter->level;
    return missing <= 0 ? 0 : (missing + limit->requests - 1) / limit->requests;
}

/* Of a counter that was brought to the present time. */
static struct mock_rate_reading read_counter(const struct mock_rate_limit *limit,
                                             const struct mock_rate_counter *counter,
                                             int64_t now_ms)
{
    struct mock_rate_reading reading = {.limit = limit};
    if (limit->policy == MOCK_RATE_FIXED_WINDOW) {
        reading.remaining = limit->requests - counter->level;
        reading.reset_ms = (counter->at + 1) * limit->per_ms - now_ms;
        reading.wait_ms = reading.remaining > 0 ? 0 : reading.reset_ms;
        return reading;
    }
    reading.remaining = counter->level / limit->per_ms;
    reading.reset_ms = fill_ms(limit, counter, bucket_size(limit));
    reading.wait_ms = fill_ms(limit, counter, limit->per_ms);
    return reading;
}

static struct mock_rate_reading read_slot(const struct mock_rate_slot *slot,
                                          const struct mock_rate_key *key, int64_t now_ms)
{
    const struct mock_rate_counter *found = find_counter(slot, key);
    struct mock_rate_counter counter = found == NULL ? fresh_counter(&slot->limit, now_ms) : *found;
    age(&slot->limit, &counter, now_ms);
    return read_counter(&slot->limit, &counter, now_ms);
}

/* The place of another counter: a new one, or that of the one that rested longest. */
static struct mock_rate_counter *counter_place(struct mock_rate_slot *slot)
{
    if (slot->counter_count == MOCK_RATE_COUNTERS_MAX) {
        struct mock_rate_counter *oldest = &slot->counters[0];
        for (size_t i = 1; i < slot->counter_count; i++) {
            if (slot->counters[i].at < oldest->at) {
                oldest = &slot->counters[i];
            }
        }
        return oldest;
    }
    size_t size = (slot->counter_count + 1) * sizeof *slot->counters;
    struct mock_rate_counter *counters = realloc(slot->counters, size);
    if (counters == NULL) {
        return NULL;
    }
    slot->counters = counters;
    return &counters[slot->counter_count++];
}

/* Makes sure that there is a counter. @return COG_OK or COG_ERROR_MEMORY */
static enum cog_code ensure_counter(struct mock_rate_slot *slot,
                                    const struct mock_rate_key *request_key, int64_t now_ms)
{
    if (find_counter(slot, request_key) != NULL) {
        return COG_OK;
    }
    struct mock_rate_counter *place = counter_place(slot);
    if (place == NULL) {
        return COG_ERROR_MEMORY;
    }
    const struct mock_rate_key key = narrow_key(&slot->limit, request_key);
    *place = fresh_counter(&slot->limit, now_ms);
    place->call = key.call;
    (void)snprintf(place->client_id, sizeof place->client_id, "%s", key.client_id);
    return COG_OK;
}

static void count_request(struct mock_rate_slot *slot, const struct mock_rate_key *key,
                          int64_t now_ms)
{
    struct mock_rate_counter *counter = find_counter(slot, key);
    age(&slot->limit, counter, now_ms);
    counter->level += slot->limit.policy == MOCK_RATE_FIXED_WINDOW ? 1 : -slot->limit.per_ms;
}

static struct mock_rate_promise *find_promise(const struct mock_rate_slot *slot,
                                              const struct mock_rate_key *key)
{
    for (size_t i = 0; i < slot->promise_count; i++) {
        struct mock_rate_promise *promise = &slot->promises[i];
        if (promise->call == key->call && strcmp(promise->client_id, key->client_id) == 0) {
            return promise;
        }
    }
    return NULL;
}

static void count_early(struct mock_rate *rate, const struct mock_rate_key *key, int64_t now_ms)
{
    bool is_early = false;
    for (size_t i = 0; i < rate->slot_count; i++) {
        const struct mock_rate_promise *promise = find_promise(&rate->slots[i], key);
        if (promise != NULL && now_ms < promise->until_ms) {
            rate->slots[i].tally.early_count++;
            is_early = true;
        }
    }
    rate->total.early_count += is_early;
}

static void refuse(struct mock_rate *rate, struct mock_rate_slot *slot, int64_t wait_ms,
                   struct mock_rate_verdict *verdict)
{
    slot->tally.refused_count++;
    rate->total.refused_count += verdict->refusal == NULL;
    if (wait_ms > verdict->wait_ms) {
        verdict->refusal = slot;
        verdict->wait_ms = wait_ms;
    }
}

static enum cog_code count_passed(struct mock_rate *rate, const struct mock_rate_key *key,
                                  int64_t now_ms)
{
    for (size_t i = 0; i < rate->slot_count; i++) {
        if (applies(&rate->slots[i], key->call)) {
            enum cog_code code = ensure_counter(&rate->slots[i], key, now_ms);
            if (code != COG_OK) {
                return code;
            }
        }
    }
    for (size_t i = 0; i < rate->slot_count; i++) {
        if (applies(&rate->slots[i], key->call)) {
            count_request(&rate->slots[i], key, now_ms);
        }
    }
    return COG_OK;
}

enum cog_code mock_rate_ask(struct mock_rate *rate, const struct mock_rate_key *key, int64_t now_ms,
                            struct mock_rate_verdict *out_verdict)
{
    struct mock_rate_verdict verdict = {0};
    count_early(rate, key, now_ms);
    for (size_t i = 0; i < rate->slot_count; i++) {
        struct mock_rate_slot *slot = &rate->slots[i];
        int64_t wait_ms = applies(slot, key->call) ? read_slot(slot, key, now_ms).wait_ms : 0;
        if (wait_ms > 0) {
            refuse(rate, slot, wait_ms, &verdict);
        }
    }
    enum cog_code code = verdict.refusal == NULL ? count_passed(rate, key, now_ms) : COG_OK;
    if (code == COG_OK) {
        *out_verdict = verdict;
    }
    return code;
}

/* The place of another promise: a new one, or that of the one that ends first. */
static struct mock_rate_promise *promise_place(struct mock_rate_slot *slot)
{
    if (slot->promise_count == MOCK_RATE_PROMISES_MAX) {
        struct mock_rate_promise *first = &slot->promises[0];
        for (size_t i = 1; i < slot->promise_count; i++) {
            if (slot->promises[i].until_ms < first->until_ms) {
                first = &slot->promises[i];
            }
        }
        return first;
    }
    size_t size = (slot->promise_count + 1) * sizeof *slot->promises;
    struct mock_rate_promise *promises = realloc(slot->promises, size);
    if (promises == NULL) {
        return NULL;
    }
    slot->promises = promises;
    return &promises[slot->promise_count++];
}

enum cog_code mock_rate_promise(struct mock_rate *rate, const struct mock_rate_slot *slot,
                                const struct mock_rate_key *key, int64_t until_ms)
{
    struct mock_rate_slot *own = &rate->slots[slot - rate->slots];
    struct mock_rate_promise *promise = find_promise(own, key);
    if (promise == NULL) {
        promise = promise_place(own);
        if (promise == NULL) {
            return COG_ERROR_MEMORY;
        }
        promise->call = key->call;
        (void)snprintf(promise->client_id, sizeof promise->client_id, "%s", key->client_id);
    }
    promise->until_ms = until_ms;
    return COG_OK;
}

size_t mock_rate_read(const struct mock_rate *rate, const struct mock_rate_key *key, int64_t now_ms,
                      struct mock_rate_reading out_readings[MOCK_RATE_LIMITS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < rate->slot_count; i++) {
        if (applies(&rate->slots[i], key->call)) {
            out_readings[count++] = read_slot(&rate->slots[i], key, now_ms);
        }
    }
    return count;
}
