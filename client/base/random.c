#include <cogpromote/random.h>

#include <assert.h>

/* Each draw is accepted with a chance over one half: so many failures mean a stuck source. */
enum { DRAWS_MAX = 128 };

/* Little-endian on every machine, so that a seed gives the same numbers everywhere. */
static enum cog_code draw(struct cog_random random, uint64_t *out_number)
{
    unsigned char bytes[8];
    const enum cog_code code = random.ops->fill(random.context, bytes, sizeof bytes);
    if (code != COG_OK) {
        return code;
    }
    uint64_t number = 0;
    for (size_t i = sizeof bytes; i > 0; i--) {
        number = number << 8 | bytes[i - 1];
    }
    *out_number = number;
    return COG_OK;
}

enum cog_code cog_random_up_to(struct cog_random random, int64_t limit, int64_t *out_number)
{
    if (random.ops == NULL || limit < 0 || out_number == NULL) {
        return COG_ERROR_ARGUMENT;
    }
    const uint64_t count = (uint64_t)limit + 1;
    /* 2^64 mod count: without these lowest draws the rest divides evenly. */
    const uint64_t surplus = (0 - count) % count;
    for (int i = 0; i < DRAWS_MAX; i++) {
        uint64_t number = 0;
        const enum cog_code code = draw(random, &number);
        if (code != COG_OK) {
            return code;
        }
        if (number >= surplus) {
            *out_number = (int64_t)(number % count);
            return COG_OK;
        }
    }
    return COG_ERROR_INTERNAL;
}

enum cog_code cog_random_uuid(struct cog_random random, char out_uuid[COG_UUID_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[16];
    assert(random.ops != NULL);
    const enum cog_code code = random.ops->fill(random.context, bytes, sizeof bytes);
    if (code != COG_OK) {
        return code;
    }
    bytes[6] = (unsigned char)((bytes[6] & 0x0F) | 0x40); /* Version 4. */
    bytes[8] = (unsigned char)((bytes[8] & 0x3F) | 0x80); /* The variant of RFC 9562. */
    size_t length = 0;
    for (size_t i = 0; i < sizeof bytes; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            out_uuid[length++] = '-';
        }
        out_uuid[length++] = digits[bytes[i] >> 4];
        out_uuid[length++] = digits[bytes[i] & 0xF];
    }
    out_uuid[length] = '\0';
    return COG_OK;
}
