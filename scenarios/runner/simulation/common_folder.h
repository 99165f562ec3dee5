/**
 * A state folder that two operators of one machine have in common: each touch of it is a step, at
 * which the other one may come between, and who has the lock is watched.
 */
#ifndef SCN_COMMON_FOLDER_H
#define SCN_COMMON_FOLDER_H

#include "simulation/baton.h"

#include <cogbase/text.h>
#include <cogpromote/lock.h>

/** One operator's way to it. Set the first five; the rest starts as zero, and is to be finished. */
struct scn_common_folder {
    struct cog_storage inner; /**< The folder, without anybody in the way. */
    struct scn_seat seat;
    const char *target_environment_id; /**< Borrowed: whose lock is watched. */
    const int64_t *own_pid;            /**< Borrowed: of the process that runs now; 0 for none. */
    const int64_t *other_pid;          /**< Borrowed: the other operator's. */
    struct cog_text journals; /**< Names of those that it wrote, each with a line break. Owned. */
    bool has_robbed;          /**< It took the lock out of the hands of the other one. */
};

/** The storage for the client. */
struct cog_storage scn_common_folder(struct scn_common_folder *folder);

/** Whether the journal or the record of the run with that id is this operator's. */
bool scn_common_folder_has_run(const struct scn_common_folder *folder, const char *run_id);

void scn_common_folder_finish(struct scn_common_folder *folder);

#endif
