/** The state folder, and the folders in it. */
#ifndef COGBASE_STORAGE_POSIX_FOLDER_H
#define COGBASE_STORAGE_POSIX_FOLDER_H

#include <cogpromote/storage.h>

/** What is in it is reached through its descriptor alone. `{0}` is closed and safe to finish. */
struct cog_posix_folder {
    char *path; /**< For messages; owned; NULL: closed. */
    int descriptor;
};

/** Closes it, which releases its lock. */
void cog_posix_folder_finish(struct cog_posix_folder *folder);

/** The path of something in it, for messages. @return owned by the caller; NULL for no memory */
char *cog_posix_folder_path(const struct cog_posix_folder *folder, const char *name) COG_CHECK;

/**
 * Opens the state folder, or one in it, when it can be relied upon.
 *
 * @param child NULL: the state folder itself
 * @param makes or else a folder that does not exist is COG_OK and leaves `out_folder` closed
 * @return COG_OK, COG_ERROR_STORAGE, COG_ERROR_MEMORY
 */
enum cog_code cog_posix_folder_open(const char *directory, const char *child, bool makes,
                                    struct cog_posix_folder *out_folder,
                                    struct cog_error *error) COG_CHECK;

/** Waits until this folder is ours alone. */
enum cog_code cog_posix_folder_lock(const struct cog_posix_folder *folder,
                                    struct cog_error *error) COG_CHECK;

/** Makes its entries survive a crash: a folder is a file of its own. */
enum cog_code cog_posix_folder_sync(const struct cog_posix_folder *folder,
                                    struct cog_error *error) COG_CHECK;

#endif
