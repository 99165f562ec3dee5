#include "http/waiting.h"

#include <stdlib.h>

enum { CAPACITY_START = 16 };

void mock_waiting_finish(struct mock_waiting *waiting)
{
    free(waiting->parcels);
    *waiting = (struct mock_waiting){0};
}

static bool is_before(const struct mock_parcel *left, const struct mock_parcel *right)
{
    return left->base_due_ms != right->base_due_ms ? left->base_due_ms < right->base_due_ms
                                                   : left->sequence < right->sequence;
}

static void place(struct mock_waiting *waiting, size_t index, struct mock_parcel *parcel)
{
    waiting->parcels[index] = parcel;
    parcel->waiting_index = index;
}

/* @return where it came to rest */
static size_t sift_up(struct mock_waiting *waiting, size_t index)
{
    struct mock_parcel *parcel = waiting->parcels[index];
    while (index > 0 && is_before(parcel, waiting->parcels[(index - 1) / 2])) {
        place(waiting, index, waiting->parcels[(index - 1) / 2]);
        index = (index - 1) / 2;
    }
    place(waiting, index, parcel);
    return index;
}

static void sift_down(struct mock_waiting *waiting, size_t index)
{
    struct mock_parcel *parcel = waiting->parcels[index];
    for (;;) {
        size_t child = 2 * index + 1;
        if (child >= waiting->count) {
            break;
        }
        if (child + 1 < waiting->count &&
            is_before(waiting->parcels[child + 1], waiting->parcels[child])) {
            child++;
        }
        if (!is_before(waiting->parcels[child], parcel)) {
            break;
        }
        place(waiting, index, waiting->parcels[child]);
        index = child;
    }
    place(waiting, index, parcel);
}

static enum cog_code reserve(struct mock_waiting *waiting)
{
    if (waiting->count < waiting->capacity) {
        return COG_OK;
    }
    const size_t capacity = waiting->capacity == 0 ? CAPACITY_START : waiting->capacity * 2;
    struct mock_parcel **parcels =
        realloc(waiting->parcels, capacity * sizeof(struct mock_parcel *));
    if (parcels == NULL) {
        return COG_ERROR_MEMORY;
    }
    waiting->parcels = parcels;
    waiting->capacity = capacity;
    return COG_OK;
}

enum cog_code mock_waiting_add(struct mock_waiting *waiting, struct mock_parcel *parcel)
{
    enum cog_code code = reserve(waiting);
    if (code != COG_OK) {
        return code;
    }
    parcel->base_due_ms = mock_parcel_base_due_ms(parcel);
    parcel->sequence = waiting->sequence++;
    waiting->parcels[waiting->count++] = parcel;
    (void)sift_up(waiting, waiting->count - 1);
    return COG_OK;
}

void mock_waiting_remove(struct mock_waiting *waiting, struct mock_parcel *parcel)
{
    const size_t index = parcel->waiting_index;
    waiting->count--;
    if (index == waiting->count) {
        return;
    }
    place(waiting, index, waiting->parcels[waiting->count]);
    sift_down(waiting, sift_up(waiting, index));
}

void mock_waiting_update(struct mock_waiting *waiting, struct mock_parcel *parcel)
{
    parcel->base_due_ms = mock_parcel_base_due_ms(parcel);
    parcel->sequence = waiting->sequence++;
    sift_down(waiting, sift_up(waiting, parcel->waiting_index));
}

struct mock_parcel *mock_waiting_first(const struct mock_waiting *waiting)
{
    return waiting->count == 0 ? NULL : waiting->parcels[0];
}

int64_t mock_waiting_next_ms(const struct mock_waiting *waiting)
{
    return waiting->count == 0 ? INT64_MAX : waiting->parcels[0]->base_due_ms;
}

void mock_waiting_reorder(struct mock_waiting *waiting)
{
    for (size_t i = 0; i < waiting->count; i++) {
        waiting->parcels[i]->base_due_ms = mock_parcel_base_due_ms(waiting->parcels[i]);
    }
    for (size_t i = waiting->count / 2; i-- > 0;) {
        sift_down(waiting, i);
    }
}
