/** Attempts of one call, one after the other. */
#ifndef MOCK_CONDUCT_CHAINS_H
#define MOCK_CONDUCT_CHAINS_H

#include "conduct/judgement.h"

/**
 * Part of the array of its chains. A chain goes on as long as answers invite a repetition: who
 * gives all of his requests one id does not repeat for that.
 */
struct mock_chain {
    const struct mock_exchange *const *exchanges; /**< Borrowed. */
    size_t count;
};

/** `{0}` is empty and safe to finish. */
struct mock_chains {
    const struct mock_exchange **exchanges; /**< Owned. */
    struct mock_chain *items;               /**< Owned. */
    size_t count;
};

/** @return COG_OK or COG_ERROR_MEMORY */
enum cog_code mock_chains_init(struct mock_chains *chains,
                               const struct mock_judgement *judgement) COG_CHECK;

void mock_chains_finish(struct mock_chains *chains);

#endif
