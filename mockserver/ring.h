/** The newest of many things, as many as fit by their number and by their bytes. */
#ifndef MOCK_RING_H
#define MOCK_RING_H

#include <cogpromote/error.h>

#include <stddef.h>
#include <stdint.h>

struct mock_ring_slot {
    void *item;
    size_t size;
};

/** `{0}` with `capacity` and `release` set is empty and safe to finish. */
struct mock_ring {
    size_t capacity;
    size_t size_max; /**< Of all items together, in bytes; 0 for no limit. */
    void (*release)(void *item);
    size_t size;
    struct mock_ring_slot *slots; /**< Owned; grows up to `capacity`. */
    size_t slot_count;
    size_t first; /**< Where the oldest is. */
    size_t count;
    uint64_t newest;        /**< Number of the newest that there ever was, from 1; 0: none yet. */
    uint64_t dropped_count; /**< Had to go for newer ones. */
};

/**
 * Puts an item behind all others; the oldest go where there is no room. The newest stays however
 * large it is. Its number is `newest` afterwards.
 *
 * @param item owned by the ring from now on, unless this fails
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code mock_ring_append(struct mock_ring *ring, void *item, size_t size) COG_CHECK;

/** An item that is kept has become larger. Any but the newest may go for it, itself too. */
void mock_ring_grow(struct mock_ring *ring, uint64_t number, size_t by_size);

/** Oldest first. @param index below the count */
void *mock_ring_item(const struct mock_ring *ring, size_t index);

/** NULL when it is not, or no longer, kept. */
void *mock_ring_find(const struct mock_ring *ring, uint64_t number);

/** Releases all items, which do not count as dropped; numbers go on. */
void mock_ring_clear(struct mock_ring *ring);

void mock_ring_finish(struct mock_ring *ring);

#endif
