/** What the client did to its files in a run, for whoever wants one of these operations to fail. */
#ifndef SCN_OPERATIONS_H
#define SCN_OPERATIONS_H

#include "judge/facts.h"
#include "simulation/share.h"

#include <cogmock/server.h>

/** `{0}` is safe to finish. */
struct scn_operations {
    const struct mock_server *server; /**< Borrowed: how far its truth was at each of them. */
    const struct scn_share *share;    /**< Borrowed, as `struct scn_recorder` has it. */
    struct scn_operation *items;      /**< Owned. */
    size_t count;
    size_t capacity;
    bool failed; /**< There was no memory for one. */
};

/** @param name of a file, or of a folder that is listed; one of no known kind is left out */
void scn_operations_note(struct scn_operations *operations, enum scn_storage_operation operation,
                         const char *name);

void scn_operations_finish(struct scn_operations *operations);

#endif
