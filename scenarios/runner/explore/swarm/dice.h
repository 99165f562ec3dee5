/** Draws that come from one seed: the same on every machine. */
#ifndef SCN_DICE_H
#define SCN_DICE_H

#include <cogpromote/random.h>

#include <stdbool.h>

struct scn_dice {
    struct cog_random_seeded random;
};

void scn_dice_init(struct scn_dice *dice, uint64_t seed);

/** From 0 to `limit`, both included. @param limit 0 or more */
int scn_dice_up_to(struct scn_dice *dice, int limit);

/** True in so many of a hundred. */
bool scn_dice_chance(struct scn_dice *dice, int percent);

/** One of a list that ends with NULL and is not empty. */
const char *scn_dice_pick(struct scn_dice *dice, const char *const *words);

/**
 * Whether something of that name is on under a seed, which it is under half of them: the same
 * whatever else was drawn.
 */
bool scn_dice_is_on(uint64_t seed, const char *name);

#endif
