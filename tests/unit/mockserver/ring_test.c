#include "ring.h"

#include "support/expect.h"

#include <stdlib.h>

TestSuite(ring, .timeout = 5.0);

static int released_count;

static void release(void *item)
{
    released_count++;
    free(item);
}

static void append(struct mock_ring *ring, int value, size_t size)
{
    int *item = malloc(sizeof *item);
    cr_assert_not_null(item);
    *item = value;
    cr_assert(mock_ring_append(ring, item, size) == COG_OK);
}

static int value_at(const struct mock_ring *ring, size_t index)
{
    const int *item = mock_ring_item(ring, index);
    return *item;
}

Test(ring, keeps_the_newest_in_order_however_often_it_goes_round)
{
    enum { CAPACITY = 20, ROUNDS = 1000 };
    COG_CLEANUP(mock_ring_finish)
    struct mock_ring ring = {.capacity = CAPACITY, .release = release};
    released_count = 0;

    for (int i = 1; i <= ROUNDS; i++) {
        append(&ring, i, 1);
        const size_t count = i < CAPACITY ? (size_t)i : CAPACITY;
        cr_assert(ring.count == count);
        EXPECT_INT(value_at(&ring, 0), i - (int)count + 1);
        EXPECT_INT(value_at(&ring, count - 1), i);
    }

    EXPECT_INT(ring.dropped_count, ROUNDS - CAPACITY);
    EXPECT_INT(released_count, ROUNDS - CAPACITY);
    EXPECT_INT(ring.newest, ROUNDS);
}

Test(ring, finds_what_is_kept_and_nothing_else)
{
    COG_CLEANUP(mock_ring_finish) struct mock_ring ring = {.capacity = 3, .release = release};
    for (int i = 1; i <= 5; i++) {
        append(&ring, i, 1);
    }

    cr_expect_null(mock_ring_find(&ring, 0));
    cr_expect_null(mock_ring_find(&ring, 2));
    cr_assert_not_null(mock_ring_find(&ring, 3));
    EXPECT_INT(*(int *)mock_ring_find(&ring, 3), 3);
    EXPECT_INT(*(int *)mock_ring_find(&ring, 5), 5);
    cr_expect_null(mock_ring_find(&ring, 6));
}

Test(ring, lets_the_oldest_go_for_bytes_but_never_the_newest)
{
    COG_CLEANUP(mock_ring_finish)
    struct mock_ring ring = {.capacity = 100, .size_max = 10, .release = release};
    append(&ring, 1, 4);
    append(&ring, 2, 4);
    EXPECT_INT(ring.count, 2);

    append(&ring, 3, 4);
    EXPECT_INT(ring.count, 2);
    EXPECT_INT(value_at(&ring, 0), 2);
    EXPECT_INT(ring.size, 8);

    append(&ring, 4, 1000);
    EXPECT_INT(ring.count, 1);
    EXPECT_INT(value_at(&ring, 0), 4);
    EXPECT_INT(ring.size, 1000);

    append(&ring, 5, 1);
    EXPECT_INT(ring.count, 1);
    EXPECT_INT(ring.size, 1);
}

Test(ring, counts_what_items_grow_by_and_forgets_it_with_them)
{
    COG_CLEANUP(mock_ring_finish)
    struct mock_ring ring = {.capacity = 100, .size_max = 10, .release = release};
    append(&ring, 1, 2);
    append(&ring, 2, 2);

    mock_ring_grow(&ring, 2, 5);
    EXPECT_INT(ring.size, 9);
    mock_ring_grow(&ring, 1, 5); /* Itself has to go. */
    EXPECT_INT(ring.count, 1);
    EXPECT_INT(ring.size, 7);
    mock_ring_grow(&ring, 1, 100); /* Is not there any more. */
    EXPECT_INT(ring.size, 7);
}

Test(ring, forgets_all_without_calling_it_dropped_and_numbers_go_on)
{
    COG_CLEANUP(mock_ring_finish) struct mock_ring ring = {.capacity = 3, .release = release};
    append(&ring, 1, 1);
    append(&ring, 2, 1);

    mock_ring_clear(&ring);
    append(&ring, 3, 1);

    EXPECT_INT(ring.count, 1);
    EXPECT_INT(ring.dropped_count, 0);
    EXPECT_INT(ring.newest, 3);
    cr_expect_null(mock_ring_find(&ring, 2));
    EXPECT_INT(*(int *)mock_ring_find(&ring, 3), 3);
}
