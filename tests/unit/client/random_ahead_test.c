#include "random_ahead.h"

#include "support/expect.h"

#include <string.h>

TestSuite(random_ahead, .timeout = 5.0);

/** Counts up from 1, and can be told to fail. */
struct counter {
    int call_count;
    unsigned char next;
    bool fails;
};

static enum cog_code count_up(void *context, void *buffer, size_t length)
{
    struct counter *counter = context;
    unsigned char *bytes = buffer;
    counter->call_count++;
    for (size_t i = 0; i < length; i++) {
        bytes[i] = ++counter->next;
    }
    return counter->fails ? COG_ERROR_INTERNAL : COG_OK;
}

static struct cog_random counter_random(struct counter *counter)
{
    static const struct cog_random_ops ops = {.fill = count_up};
    return (struct cog_random){.ops = &ops, .context = counter};
}

static enum cog_code draw(struct cog_random_ahead *ahead, void *buffer, size_t length)
{
    const struct cog_random random = cog_random_ahead(ahead);
    return random.ops->fill(random.context, buffer, length);
}

Test(random_ahead, gives_no_byte_away_twice_and_asks_once_for_many)
{
    struct counter counter = {0};
    struct cog_random_ahead ahead;
    EXPECT_INT(cog_random_ahead_init(&ahead, counter_random(&counter)), COG_OK);
    unsigned char first[100];
    unsigned char second[100];

    EXPECT_INT(draw(&ahead, first, sizeof first), COG_OK);
    EXPECT_INT(draw(&ahead, second, sizeof second), COG_OK);

    EXPECT_INT(counter.call_count, 1);
    for (size_t i = 0; i < sizeof first; i++) {
        cr_expect(memchr(second, first[i], sizeof second) == NULL, "byte %zu", i);
    }
    cog_random_ahead_finish(&ahead);
}

Test(random_ahead, keeps_nothing_of_what_it_gave_away)
{
    struct counter counter = {0};
    struct cog_random_ahead ahead;
    EXPECT_INT(cog_random_ahead_init(&ahead, counter_random(&counter)), COG_OK);
    unsigned char bytes[16];

    EXPECT_INT(draw(&ahead, bytes, sizeof bytes), COG_OK);

    for (size_t i = ahead.left; i < sizeof ahead.bytes; i++) {
        EXPECT_INT(ahead.bytes[i], 0);
    }
    cog_random_ahead_finish(&ahead);
}

Test(random_ahead, passes_on_that_there_is_no_entropy_and_asks_again)
{
    struct counter counter = {.fails = true};
    struct cog_random_ahead ahead;
    EXPECT_INT(cog_random_ahead_init(&ahead, counter_random(&counter)), COG_OK);
    unsigned char bytes[16];

    EXPECT_INT(draw(&ahead, bytes, sizeof bytes), COG_ERROR_INTERNAL);
    counter.fails = false;
    EXPECT_INT(draw(&ahead, bytes, sizeof bytes), COG_OK);

    EXPECT_INT(counter.call_count, 2);
    cog_random_ahead_finish(&ahead);
}

Test(random_ahead, leaves_what_is_longer_than_its_stock_to_the_source)
{
    struct counter counter = {0};
    struct cog_random_ahead ahead;
    EXPECT_INT(cog_random_ahead_init(&ahead, counter_random(&counter)), COG_OK);
    unsigned char bytes[COG_RANDOM_AHEAD_SIZE + 1];

    EXPECT_INT(draw(&ahead, bytes, sizeof bytes), COG_OK);

    EXPECT_INT(bytes[0], 1);
    EXPECT_INT(ahead.left, 0);
    cog_random_ahead_finish(&ahead);
}
