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

/**
 * Whether somebody else has the lock to the end, and that ended the last process: not one whose
 * death the client could see.
 */
bool scn_mandate_is_kept_out(const struct scn_facts *facts);

/**
 * Whether the last process was to resume, and its disk or somebody else's lock did not let it take
 * the run up: that one has not ended then, and what there was of it stays for whoever resumes next.
 */
bool scn_mandate_is_left(const struct scn_facts *facts);

/** Whether a process was killed between two exchanges: the next one knows only what is on disk. */
bool scn_mandate_has_died(const struct scn_facts *facts, size_t first_index, size_t second_index);

#endif
