/** Waiting for files to be saved, and telling which. */
#ifndef SCN_WATCH_H
#define SCN_WATCH_H

#include "language/suite.h"

/** A file as it was: any change to it, also its replacement by another one, changes this. */
struct scn_stamp {
    char *path; /**< Owned. */
    int64_t number;
    int64_t length;
    int64_t changed_s;
    int64_t changed_ns;
};

/** `{0}` with the descriptor -1 is safe to finish. */
struct scn_watch {
    int descriptor; /**< Of inotify(7). */
    struct scn_stamp *stamps;
    size_t count;
    int64_t loading_unix_ms;
};

/** @return COG_OK or COG_ERROR_INTERNAL */
enum cog_code scn_watch_init(struct scn_watch *out_watch, struct cog_error *error) COG_CHECK;

/**
 * Looks after folders, with all that are in them, and after files; to be called before they are
 * read, again and again: there may be new folders. What cannot be watched is left out.
 */
void scn_watch_look_after(struct scn_watch *watch, const char *const *paths, size_t path_count);

/**
 * Until something happened there, and nothing more does for a moment.
 *
 * @param interrupt_descriptor ends it when it can be read
 * @return COG_OK, COG_ERROR_CANCELLED, COG_ERROR_INTERNAL
 */
enum cog_code scn_watch_wait(const struct scn_watch *watch, int interrupt_descriptor,
                             struct cog_error *error) COG_CHECK;

/** Leaves in the suite what is new or has changed since the last call; entries with errors too.
 * @return COG_OK or COG_ERROR_MEMORY */
enum cog_code scn_watch_keep_changed(struct scn_watch *watch, struct scn_suite *suite,
                                     struct cog_error *error) COG_CHECK;

void scn_watch_finish(struct scn_watch *watch);

#endif
