/** What the newest command to promote found when it began: what was before is not its doing. */
#ifndef SCN_MANDATE_H
#define SCN_MANDATE_H

#include "judge/facts.h"

struct scn_mandate {
    size_t exchange_index;   /**< Of its first request. */
    size_t deployment_index; /**< Of its first deployment, if it has one. */
    /** The target's content as it was; NULL when a job of an earlier command went on changing it.
     * Borrowed from the facts. */
    const char *content;
};

struct scn_mandate scn_mandate_read(const struct scn_facts *facts);

/**
 * The next command to promote.
 *
 * @param index of the process to look from
 * @return NULL for none, and when nobody noted the processes
 */
const struct scn_start *scn_mandate_find(const struct scn_facts *facts, size_t index);

/** Whether the two requests, by their indexes, are of different commands to promote. */
bool scn_mandate_divides(const struct scn_facts *facts, size_t first_index, size_t second_index);

#endif
