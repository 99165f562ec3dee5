/** The notices that have not been delivered: one file each, "outbox/<id>.json". */
#ifndef OUTBOX_H
#define OUTBOX_H

#include "webhook.h"

#include <cogpromote/storage.h>

/** Puts a notice in; one of the same id is replaced. @return COG_OK, COG_ERROR_STORAGE, …_MEMORY */
enum cog_code cog_outbox_keep(struct cog_storage storage, const struct cog_notice *notice,
                              struct cog_error *error) COG_CHECK;

/** Takes one out; one that is not there is no failure. @return as `cog_outbox_keep` */
enum cog_code cog_outbox_drop(struct cog_storage storage, const char *id,
                              struct cog_error *error) COG_CHECK;

/** `{0}` is empty and safe to finish. */
struct cog_outbox {
    struct cog_notice *notices; /**< Oldest first, by `created`, then by name. */
    size_t count;
    size_t damaged_count;         /**< Files that hold no notice. */
    char damage[COG_REASON_SIZE]; /**< What is wrong with the first of those; names it. */
};

void cog_outbox_finish(struct cog_outbox *outbox);

/**
 * Reads all of it. What is not named "….json" is somebody else's and left alone.
 *
 * @return COG_OK; COG_ERROR_STORAGE: the folder cannot be read; COG_ERROR_MEMORY
 */
enum cog_code cog_outbox_read(struct cog_storage storage, struct cog_outbox *out_outbox,
                              struct cog_error *error) COG_CHECK;

#endif
