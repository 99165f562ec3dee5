#include "script/armed.h"

#include "script/draw.h"

#include <stdlib.h>

enum { CAPACITY_START = 8 };

static void drop(struct mock_armed *armed)
{
    if (armed == NULL || --armed->holder_count > 0) {
        return;
    }
    if (armed->own != NULL) {
        mock_fault_finish(armed->own);
        free(armed->own);
    }
    mock_script_destroy(armed->script);
    free(armed);
}

static enum cog_code list_reserve(struct mock_armed_list *list)
{
    if (list->count < list->capacity) {
        return COG_OK;
    }
    const size_t capacity = list->capacity == 0 ? CAPACITY_START : list->capacity * 2;
    struct mock_armed **items = realloc(list->items, capacity * sizeof(struct mock_armed *));
    if (items == NULL) {
        return COG_ERROR_MEMORY;
    }
    list->items = items;
    list->capacity = capacity;
    return COG_OK;
}

static void list_remove(struct mock_armed_list *list, const struct mock_armed *armed)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] != armed) {
            list->items[count++] = list->items[i];
        }
    }
    list->count = count;
}

static int64_t later(int64_t at_ms, int64_t by_ms)
{
    return by_ms == 0 || at_ms > INT64_MAX - by_ms ? INT64_MAX : at_ms + by_ms;
}

/* Takes over `armed`, of which fault and owner are set. */
static enum cog_code enlist(struct mock_arsenal *arsenal, struct mock_armed *armed, int64_t now_ms)
{
    struct mock_armed_list *list = &arsenal->by_call[armed->fault->call];
    if (list_reserve(&arsenal->all) != COG_OK || list_reserve(list) != COG_OK) {
        return COG_ERROR_MEMORY;
    }
    armed->holder_count = 1;
    armed->number = ++arsenal->last_number;
    armed->armed_ms = now_ms;
    armed->from_ms = now_ms + armed->fault->from_ms;
    armed->until_ms = later(armed->from_ms, armed->fault->for_ms);
    arsenal->all.items[arsenal->all.count++] = armed;
    list->items[list->count++] = armed;
    return COG_OK;
}

static enum cog_code add_scripted(struct mock_arsenal *arsenal, struct mock_script *script,
                                  const struct mock_fault *fault)
{
    struct mock_armed *armed = calloc(1, sizeof *armed);
    if (armed == NULL) {
        return COG_ERROR_MEMORY;
    }
    armed->fault = fault;
    armed->is_scripted = true;
    if (enlist(arsenal, armed, 0) != COG_OK) {
        free(armed);
        return COG_ERROR_MEMORY;
    }
    armed->script = mock_script_hold(script);
    return COG_OK;
}

enum cog_code mock_arsenal_init(struct mock_arsenal *arsenal, struct mock_script *script,
                                uint64_t seed)
{
    *arsenal = (struct mock_arsenal){.seed = seed};
    enum cog_code code = COG_OK;
    for (size_t i = 0; code == COG_OK && i < script->fault_count; i++) {
        code = add_scripted(arsenal, script, &script->faults[i]);
    }
    return code;
}

void mock_arsenal_finish(struct mock_arsenal *arsenal)
{
    for (size_t i = 0; i < arsenal->all.count; i++) {
        drop(arsenal->all.items[i]);
    }
    free(arsenal->all.items);
    for (size_t i = 0; i < MOCK_CALL_COUNT; i++) {
        free(arsenal->by_call[i].items);
    }
    *arsenal = (struct mock_arsenal){0};
}

enum cog_code mock_arsenal_add(struct mock_arsenal *arsenal, struct mock_fault *fault,
                               int64_t now_ms, struct mock_armed **out_armed)
{
    struct mock_armed *armed = calloc(1, sizeof *armed);
    struct mock_fault *own = malloc(sizeof *own);
    if (armed == NULL || own == NULL) {
        free(armed);
        free(own);
        return COG_ERROR_MEMORY;
    }
    *own = *fault;
    armed->fault = own;
    armed->own = own;
    if (enlist(arsenal, armed, now_ms) != COG_OK) {
        free(own);
        free(armed);
        return COG_ERROR_MEMORY;
    }
    *fault = (struct mock_fault){0};
    if (out_armed != NULL) {
        *out_armed = armed;
    }
    return COG_OK;
}

struct mock_armed *mock_arsenal_find(const struct mock_arsenal *arsenal, uint64_t number)
{
    for (size_t i = 0; i < arsenal->all.count; i++) {
        if (arsenal->all.items[i]->number == number) {
            return arsenal->all.items[i];
        }
    }
    return NULL;
}

void mock_arsenal_remove(struct mock_arsenal *arsenal, struct mock_armed *armed)
{
    list_remove(&arsenal->by_call[armed->fault->call], armed);
    list_remove(&arsenal->all, armed);
    drop(armed);
}

int64_t mock_armed_remaining(const struct mock_armed *armed)
{
    return armed->fault->times == 0 ? -1 : armed->fault->times - armed->struck_count;
}

static bool is_live(const struct mock_armed *armed, int64_t now_ms)
{
    return now_ms >= armed->from_ms && now_ms < armed->until_ms && mock_armed_remaining(armed) != 0;
}

bool mock_arsenal_has_connect(const struct mock_arsenal *arsenal)
{
    return arsenal->by_call[MOCK_CALL_UNKNOWN].count > 0;
}

struct mock_armed *mock_arsenal_connect(const struct mock_arsenal *arsenal, int64_t now_ms)
{
    const struct mock_armed_list *list = &arsenal->by_call[MOCK_CALL_UNKNOWN];
    for (size_t i = 0; i < list->count; i++) {
        if (is_live(list->items[i], now_ms)) {
            return list->items[i];
        }
    }
    return NULL;
}

int64_t mock_arsenal_next_ms(const struct mock_arsenal *arsenal, int64_t now_ms)
{
    const struct mock_armed_list *list = &arsenal->by_call[MOCK_CALL_UNKNOWN];
    int64_t next_ms = INT64_MAX;
    for (size_t i = 0; i < list->count; i++) {
        const struct mock_armed *armed = list->items[i];
        const int64_t turn_ms = now_ms < armed->from_ms ? armed->from_ms : armed->until_ms;
        if (turn_ms > now_ms && turn_ms < next_ms) {
            next_ms = turn_ms;
        }
    }
    return next_ms;
}

bool mock_armed_draws(const struct mock_armed *armed, uint64_t seed,
                      const struct mock_address *address)
{
    if (armed->fault->probability <= 0) {
        return true;
    }
    uint64_t draw = mock_draw_mix(mock_draw_mix(0, seed), armed->number);
    draw = mock_draw_mix(draw, (uint64_t)address->call);
    draw = mock_draw_mix(draw, (uint64_t)address->nth);
    draw = mock_draw_mix(draw, (uint64_t)address->attempt);
    /* 53 bits: as many as a double holds. */
    return (double)(draw >> 11) * 0x1p-53 < armed->fault->probability;
}

static void take(struct mock_strike *strike, struct mock_armed *armed)
{
    const bool adds = mock_fault_kind_adds(armed->fault->injection.kind);
    if (strike->count == MOCK_STRIKE_MAX || (!adds && strike->chief != NULL)) {
        armed->lost_count++;
        if (strike->lost_count < MOCK_STRIKE_MAX) {
            armed->holder_count++;
            strike->lost[strike->lost_count++] = armed;
        }
        return;
    }
    armed->struck_count++;
    armed->holder_count++;
    strike->items[strike->count++] = armed;
    strike->chief = adds ? strike->chief : armed;
}

void mock_arsenal_strike(struct mock_arsenal *arsenal, const struct mock_address *address,
                         int64_t now_ms, struct mock_strike *out_strike)
{
    out_strike->count = 0;
    out_strike->lost_count = 0;
    out_strike->chief = NULL;
    if (address->call == MOCK_CALL_UNKNOWN) {
        return;
    }
    const struct mock_armed_list *list = &arsenal->by_call[address->call];
    for (size_t i = 0; i < list->count; i++) {
        struct mock_armed *armed = list->items[i];
        if (is_live(armed, now_ms) && mock_fault_matches(armed->fault, address) &&
            mock_armed_draws(armed, arsenal->seed, address)) {
            take(out_strike, armed);
        }
    }
}

void mock_strike_finish(struct mock_strike *strike)
{
    for (size_t i = 0; i < strike->count; i++) {
        drop(strike->items[i]);
    }
    for (size_t i = 0; i < strike->lost_count; i++) {
        drop(strike->lost[i]);
    }
    strike->count = 0;
    strike->lost_count = 0;
    strike->chief = NULL;
}
