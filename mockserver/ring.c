#include "ring.h"

#include <assert.h>
#include <stdlib.h>

enum { SLOTS_START = 16 };

static struct mock_ring_slot *slot_at(const struct mock_ring *ring, size_t index)
{
    assert(index < ring->count);
    assert(ring->slot_count > 0);
    return &ring->slots[(ring->first + index) % ring->slot_count];
}

/* Makes the array longer, and straightens it out. */
static enum cog_code reserve(struct mock_ring *ring)
{
    if (ring->count < ring->slot_count) {
        return COG_OK;
    }
    size_t slot_count = ring->slot_count == 0 ? SLOTS_START : ring->slot_count * 2;
    slot_count = slot_count < ring->capacity ? slot_count : ring->capacity;
    struct mock_ring_slot *slots = malloc(slot_count * sizeof *slots);
    if (slots == NULL) {
        return COG_ERROR_MEMORY;
    }
    for (size_t i = 0; i < ring->count; i++) {
        slots[i] = *slot_at(ring, i);
    }
    free(ring->slots);
    ring->slots = slots;
    ring->slot_count = slot_count;
    ring->first = 0;
    return COG_OK;
}

static void take_oldest(struct mock_ring *ring)
{
    const struct mock_ring_slot slot = *slot_at(ring, 0);
    ring->first = (ring->first + 1) % ring->slot_count;
    ring->count--;
    ring->size -= slot.size;
    ring->release(slot.item);
}

static void drop_oldest(struct mock_ring *ring)
{
    take_oldest(ring);
    ring->dropped_count++;
}

static void drop_surplus(struct mock_ring *ring)
{
    while (ring->size_max > 0 && ring->count > 1 && ring->size > ring->size_max) {
        drop_oldest(ring);
    }
}

enum cog_code mock_ring_append(struct mock_ring *ring, void *item, size_t size)
{
    if (ring->count == ring->capacity) {
        drop_oldest(ring);
    }
    enum cog_code code = reserve(ring);
    if (code != COG_OK) {
        return code;
    }
    ring->count++;
    *slot_at(ring, ring->count - 1) = (struct mock_ring_slot){.item = item, .size = size};
    ring->newest++;
    ring->size += size;
    drop_surplus(ring);
    return COG_OK;
}

/* Numbers that are kept have no gaps. @return `count` for one that is not kept */
static size_t index_of(const struct mock_ring *ring, uint64_t number)
{
    const bool is_kept = number <= ring->newest && ring->newest - number < ring->count;
    return is_kept ? ring->count - 1 - (size_t)(ring->newest - number) : ring->count;
}

void mock_ring_grow(struct mock_ring *ring, uint64_t number, size_t by_size)
{
    const size_t index = index_of(ring, number);
    if (index == ring->count) {
        return;
    }
    slot_at(ring, index)->size += by_size;
    ring->size += by_size;
    drop_surplus(ring);
}

void *mock_ring_item(const struct mock_ring *ring, size_t index)
{
    return slot_at(ring, index)->item;
}

void *mock_ring_find(const struct mock_ring *ring, uint64_t number)
{
    const size_t index = index_of(ring, number);
    return index == ring->count ? NULL : slot_at(ring, index)->item;
}

void mock_ring_clear(struct mock_ring *ring)
{
    while (ring->count > 0) {
        take_oldest(ring);
    }
}

void mock_ring_finish(struct mock_ring *ring)
{
    mock_ring_clear(ring);
    free(ring->slots);
    ring->slots = NULL;
    ring->slot_count = 0;
    ring->first = 0;
}
