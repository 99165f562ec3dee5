#include <cogpromote/random.h>

#include "support/expect.h"

#include <criterion/criterion.h>

TestSuite(random_seeded, .timeout = 5.0);
TestSuite(random_up_to, .timeout = 5.0);
TestSuite(random_uuid, .timeout = 5.0);
TestSuite(random_openssl, .timeout = 5.0);

/* Hands out the bytes of `numbers`, little-endian, and then fails. */
struct scripted_random {
    const uint64_t *numbers;
    size_t count;
    size_t used;
};

static enum cog_code scripted_fill(void *context, void *buffer, size_t length)
{
    struct scripted_random *random = context;
    unsigned char *bytes = buffer;
    if (random->used == random->count) {
        return COG_ERROR_INTERNAL;
    }
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (unsigned char)(random->numbers[random->used] >> (8 * (i % 8)) & 0xFF);
    }
    random->used++;
    return COG_OK;
}

static const struct cog_random_ops scripted_ops = {.fill = scripted_fill};

/* Always the same byte: zero is below the surplus of most limits. */
static enum cog_code stuck_fill(void *context, void *buffer, size_t length)
{
    (void)context;
    memset(buffer, 0, length);
    return COG_OK;
}

static const struct cog_random_ops stuck_ops = {.fill = stuck_fill};

/* The reference implementation's first five outputs for this seed. */
Test(random_seeded, gives_the_known_sequence_in_little_endian)
{
    static const uint64_t expected[] = {
        UINT64_C(6457827717110365317),  UINT64_C(3203168211198807973),
        UINT64_C(9817491932198370423),  UINT64_C(4593380528125082431),
        UINT64_C(16408922859458223821),
    };
    struct cog_random_seeded state;
    cog_random_seeded_init(&state, 1234567);
    const struct cog_random random = cog_random_seeded(&state);

    unsigned char bytes[sizeof expected];
    const enum cog_code code = random.ops->fill(random.context, bytes, sizeof bytes);

    EXPECT_INT(code, COG_OK);
    for (size_t i = 0; i < sizeof bytes; i++) {
        EXPECT_INT(bytes[i], expected[i / 8] >> (8 * (i % 8)) & 0xFF);
    }
}

Test(random_up_to, stays_within_the_limit_and_reaches_all_of_it)
{
    struct cog_random_seeded state;
    int counts[6] = {0};
    cog_random_seeded_init(&state, 42);

    for (int i = 0; i < 6000; i++) {
        int64_t number = -1;
        EXPECT_INT(cog_random_up_to(cog_random_seeded(&state), 5, &number), COG_OK);
        cr_assert(number >= 0 && number <= 5, "%" PRId64 " is out of range", number);
        counts[number]++;
    }

    for (size_t i = 0; i < 6; i++) {
        cr_expect(counts[i] > 850 && counts[i] < 1150, "%zu came %d times", i, counts[i]);
    }
}

Test(random_up_to, gives_the_largest_limit_too)
{
    const uint64_t numbers[] = {UINT64_MAX};
    struct scripted_random script = {numbers, 1, 0};
    int64_t number = -1;

    const enum cog_code code =
        cog_random_up_to((struct cog_random){&scripted_ops, &script}, INT64_MAX, &number);

    EXPECT_INT(code, COG_OK);
    EXPECT_INT(number, INT64_MAX);
}

/* 2^64 mod 6 is 4: the draws 0 to 3 would make small numbers likelier. */
Test(random_up_to, rejects_the_draws_that_would_bias_it)
{
    const uint64_t numbers[] = {0, 3, 4};
    struct scripted_random script = {numbers, 3, 0};
    int64_t number = -1;

    const enum cog_code code =
        cog_random_up_to((struct cog_random){&scripted_ops, &script}, 5, &number);

    EXPECT_INT(code, COG_OK);
    EXPECT_INT(script.used, 3);
    EXPECT_INT(number, 4);
}

Test(random_up_to, gives_up_on_a_source_that_is_stuck)
{
    int64_t number = -1;

    const enum cog_code code = cog_random_up_to((struct cog_random){&stuck_ops, NULL}, 5, &number);

    EXPECT_INT(code, COG_ERROR_INTERNAL);
    EXPECT_INT(number, -1);
}

Test(random_up_to, passes_on_that_there_is_no_entropy)
{
    struct scripted_random empty = {0};
    int64_t number = -1;

    const enum cog_code code =
        cog_random_up_to((struct cog_random){&scripted_ops, &empty}, 5, &number);

    EXPECT_INT(code, COG_ERROR_INTERNAL);
    EXPECT_INT(number, -1);
}

Test(random_up_to, refuses_a_negative_limit_and_missing_parts)
{
    int64_t number = -1;

    EXPECT_INT(cog_random_up_to(cog_random_openssl(), -1, &number), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_random_up_to(cog_random_openssl(), 1, NULL), COG_ERROR_ARGUMENT);
    EXPECT_INT(cog_random_up_to((struct cog_random){0}, 1, &number), COG_ERROR_ARGUMENT);
    EXPECT_INT(number, -1);
}

Test(random_uuid, has_version_and_variant_whatever_the_bytes)
{
    static const struct {
        uint64_t number;
        const char *uuid;
    } rows[] = {
        {0, "00000000-0000-4000-8000-000000000000"},
        {UINT64_MAX, "ffffffff-ffff-4fff-bfff-ffffffffffff"},
        {UINT64_C(0x7766554433221100), "00112233-4455-4677-8011-223344556677"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scripted_random script = {&rows[i].number, 1, 0};
        char uuid[COG_UUID_SIZE];

        const enum cog_code code =
            cog_random_uuid((struct cog_random){&scripted_ops, &script}, uuid);

        EXPECT_INT(code, COG_OK);
        EXPECT_STR(uuid, rows[i].uuid);
    }
}

Test(random_uuid, leaves_its_output_alone_without_entropy)
{
    struct scripted_random empty = {0};
    char uuid[COG_UUID_SIZE] = "untouched";

    const enum cog_code code = cog_random_uuid((struct cog_random){&scripted_ops, &empty}, uuid);

    EXPECT_INT(code, COG_ERROR_INTERNAL);
    EXPECT_STR(uuid, "untouched");
}

Test(random_openssl, does_not_repeat_itself)
{
    char first[COG_UUID_SIZE];
    char second[COG_UUID_SIZE];

    EXPECT_INT(cog_random_uuid(cog_random_openssl(), first), COG_OK);
    EXPECT_INT(cog_random_uuid(cog_random_openssl(), second), COG_OK);

    cr_expect(strcmp(first, second) != 0);
}
