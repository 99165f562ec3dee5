/** What later runs did to the target of a run that was left: then it is not this run's any more. */
#ifndef SUCCESSION_H
#define SUCCESSION_H

#include "journal.h"

/**
 * Finds a run that promoted into the same target of the same platform after the last word of
 * `entry`, and may have left something there. To repeat the earlier promotion, or to roll it back,
 * would undo that one unasked.
 *
 * @param out_run_id empty when there is none
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code cog_succession_find(struct cog_storage storage, const struct cog_journal_entry *entry,
                                  char out_run_id[COG_UUID_SIZE],
                                  struct cog_error *error) COG_CHECK;

#endif
