/** What an exploration found, in groups of what is likely one fault, the gravest first. */
#ifndef SCN_RANKING_H
#define SCN_RANKING_H

#include "explore/exploration.h"

enum { SCN_DISCOVERY_ID_SIZE = 32 };

/** Discoveries with one finding, but for the numbers, names and times in it. */
struct scn_ranked_group {
    const struct scn_finding *finding; /**< Of the smallest one. Borrowed. */
    char text[SCN_FINDING_TEXT_SIZE];  /**< "N promotions were applied" */
    size_t count;                      /**< Discoveries. */
    size_t smallest_index;             /**< The first one with the fewest faults. */
    size_t fault_count;                /**< Of that. */
};

/** `{0}` is empty and safe to finish. The exploration must outlive it. */
struct scn_ranking {
    struct scn_ranked_group *groups; /**< Owned. */
    size_t count;
};

/**
 * Groups the discoveries, each by its gravest finding: failures before what could not be judged;
 * by how much harm there is in it; then those with the fewest faults, then those found most often.
 *
 * @return COG_OK or COG_ERROR_MEMORY
 */
enum cog_code scn_ranking_make(const struct scn_exploration *exploration,
                               struct scn_ranking *out_ranking) COG_CHECK;

/** "f1" of the first: what commands and files call it. Returns `buffer`. */
const char *scn_discovery_id(size_t index, char buffer[SCN_DISCOVERY_ID_SIZE]);

/** How many faults it took. */
size_t scn_discovery_fault_count(const struct scn_discovery *discovery);

/** The finding to go by; NULL when it has none. */
const struct scn_finding *scn_discovery_gravest(const struct scn_discovery *discovery);

void scn_ranking_finish(struct scn_ranking *ranking);

#endif
