/** A storage around a storage: chosen operations fail, and somebody else is at the lock. */
#ifndef SCN_TROUBLED_STORAGE_H
#define SCN_TROUBLED_STORAGE_H

#include "language/surroundings.h"
#include "simulation/operations.h"
#include "simulation/other_lock.h"

#include <cogpromote/storage.h>

/** Set the first four, and the server of `done`; the rest starts as zero. */
struct scn_troubled_storage {
    struct cog_storage inner;
    const struct scn_storage_fault *faults; /**< Borrowed. */
    size_t count;
    struct scn_other_lock *lock; /**< Borrowed. */
    struct scn_operations done;  /**< Owned; those that failed too. */
    int seen_counts[SCN_STORAGE_FAULTS_MAX];
    bool is_struck[SCN_STORAGE_FAULTS_MAX];
};

/** The storage for the client. */
struct cog_storage scn_troubled_storage(struct scn_troubled_storage *storage);

#endif
