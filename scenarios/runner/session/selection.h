/** Which scenarios of a suite are meant. */
#ifndef SCN_SELECTION_H
#define SCN_SELECTION_H

#include "language/suite.h"

enum {
    SCN_SELECTION_WORDS_MAX = 32, /**< Of one kind. */
    SCN_SHARDS_MAX = 1000,
};

/** Of several words one is enough. `{0}` is no condition. */
struct scn_words {
    const char *items[SCN_SELECTION_WORDS_MAX]; /**< Borrowed. */
    size_t count;
};

/** A part of a suite: of `count` parts the one with that index, from 1. `{0}` is all of it. */
struct scn_shard {
    int index;
    int count;
};

/** All of the conditions hold for what is selected. `{0}` selects everything. */
struct scn_selection {
    struct scn_words filters; /**< Parts of a name or a file, in any case. */
    struct scn_words tags;    /**< "!tag" excludes, whatever the others say. */
    const char *case_name;    /**< NULL for any. Borrowed. */
    struct scn_shard shard;
};

/**
 * Leaves in the suite what is selected, and numbers it. Entries with an error stay: nobody knows
 * what they are.
 *
 * @return COG_OK, also for a shard without scenarios: others have them; COG_ERROR_CONFIGURATION
 *         when a condition leaves none; COG_ERROR_INTERNAL (no digest can be made)
 */
enum cog_code scn_selection_apply(const struct scn_selection *selection, struct scn_suite *suite,
                                  struct cog_error *error) COG_CHECK;

/**
 * Which shard of `count` has the scenario of that name: from 1. It depends on nothing else, so
 * that a new scenario moves no other one.
 *
 * @return COG_OK or COG_ERROR_INTERNAL
 */
enum cog_code scn_shard_choose(const char *name, int count, int *out_index,
                               struct cog_error *error) COG_CHECK;

#endif
