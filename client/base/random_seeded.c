#include <cogpromote/random.h>

/* SplitMix64, from the public domain reference by Sebastiano Vigna. */
static uint64_t next(struct cog_random_seeded *random)
{
    random->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t mixed = random->state;
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

/* Each fill starts with a fresh number and drops what is left of its last one. */
static enum cog_code fill(void *context, void *buffer, size_t length)
{
    unsigned char *bytes = buffer;
    uint64_t number = 0;
    for (size_t i = 0; i < length; i++) {
        number = i % 8 == 0 ? next(context) : number >> 8;
        bytes[i] = (unsigned char)(number & 0xFF);
    }
    return COG_OK;
}

void cog_random_seeded_init(struct cog_random_seeded *random, uint64_t seed)
{
    *random = (struct cog_random_seeded){.state = seed};
}

struct cog_random cog_random_seeded(struct cog_random_seeded *random)
{
    static const struct cog_random_ops ops = {.fill = fill};
    return (struct cog_random){.ops = &ops, .context = random};
}
