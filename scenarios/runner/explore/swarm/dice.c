#include "explore/swarm/dice.h"

#include <assert.h>
#include <stddef.h>

void scn_dice_init(struct scn_dice *dice, uint64_t seed)
{
    cog_random_seeded_init(&dice->random, seed);
}

int scn_dice_up_to(struct scn_dice *dice, int limit)
{
    int64_t number = 0;
    assert(limit >= 0);
    /* A seeded stream has no end. */
    return cog_random_up_to(cog_random_seeded(&dice->random), limit, &number) == COG_OK
               ? (int)number
               : 0;
}

bool scn_dice_chance(struct scn_dice *dice, int percent)
{
    return scn_dice_up_to(dice, 99) < percent;
}

const char *scn_dice_pick(struct scn_dice *dice, const char *const *words)
{
    int count = 0;
    while (words[count] != NULL) {
        count++;
    }
    assert(count > 0);
    return words[scn_dice_up_to(dice, count - 1)];
}

bool scn_dice_is_on(uint64_t seed, const char *name)
{
    /* FNV-1a, so that names that are alike are drawn apart. */
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *name != '\0'; name++) {
        hash = (hash ^ (unsigned char)*name) * UINT64_C(1099511628211);
    }
    struct scn_dice dice;
    scn_dice_init(&dice, seed ^ hash);
    return scn_dice_chance(&dice, 50);
}
